"""Files that admins add: kept aside while they look at what is in them, then put where a reindex finds them. No Discord."""

import asyncio
import re
import shutil
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from time import time

from index import Fault, PreviewedArticle, preview

LARGEST_BYTES = 10_000_000
_WAITING_SECONDS = 86_400
_NAME_CHARACTERS = 50


@dataclass(frozen=True, slots=True)
class Addition:
    """A file that waits under a number: its name once it is added, what it holds, and whether it replaces another."""

    number: int
    name: str
    articles: tuple[PreviewedArticle, ...]
    faults: tuple[Fault, ...]
    replaces: bool


class Additions:
    """The folder of added files below the data. Those that wait are in a hidden one, which a reindex does not see."""

    def __init__(self, data: Path) -> None:
        self._added = data / "added"
        self._waiting = self._added / ".waiting"

    async def prepare(self, filename: str, number: int, content: bytes) -> Addition:
        """Keep a file aside, under a name that nothing in it can choose, and read it as a reindex would."""
        return await asyncio.to_thread(self._prepare, _safe(filename), number, content)

    def _prepare(self, name: str, number: int, content: bytes) -> Addition:
        folder = self._waiting / str(number)
        folder.mkdir(parents=True)
        self._forget_old()
        (folder / name).write_bytes(content)
        articles, faults = preview(folder, name)
        return Addition(number, name, articles, faults, (self._added / name).exists())

    def _forget_old(self) -> None:
        for old in self._waiting.iterdir():
            with suppress(FileNotFoundError):  # accepted just now
                if old.stat().st_mtime < time() - _WAITING_SECONDS:
                    shutil.rmtree(old, ignore_errors=True)

    async def accept(self, number: int) -> bool:
        """Put a waiting file in its place; False where it waits no longer."""
        return await asyncio.to_thread(self._accept, self._waiting / str(number))

    def _accept(self, folder: Path) -> bool:
        with suppress(FileNotFoundError):  # another click was faster
            for file in folder.glob("*"):
                file.replace(self._added / file.name)
                folder.rmdir()
                return True
        return False

    async def cancel(self, number: int) -> None:
        """Forget a waiting file."""
        await asyncio.to_thread(shutil.rmtree, self._waiting / str(number), ignore_errors=True)


def _safe(filename: str) -> str:
    """A name of ASCII letters, digits, dots and hyphens, with the suffix of the one given."""
    path = PurePath(filename)
    plain = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:_NAME_CHARACTERS]
    return f"{stem or 'article'}{path.suffix.lower()}"
