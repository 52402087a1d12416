"""Where the articles are and where the library is. Lists files and makes folders; opens no article."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index import articles
from index.errors import LibraryError, NoArticlesError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.articles import File


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the articles are and where the library is."""

    seeds: Path
    data: Path

    @property
    def library(self) -> Path:
        """The library file."""
        return self.data / "library.sqlite3"

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder for what does not fit into memory; what a killed reindex left in it goes first."""
        folder = self.data / "reindex.tmp"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def files(self) -> list[File]:
        """Every file that may hold articles, the seeds' first; opens none.

        Raises:
            NoArticlesError: the seeds folder is missing.
        """
        if not self.seeds.is_dir():
            raise NoArticlesError(f"{self.seeds} is no folder. Set SEEDS_DIR to the folder that holds the articles.")
        seeds, added = articles.files(self.seeds), self.data / "added"
        if self.data.is_relative_to(self.seeds):  # what is written there is no seed
            seeds = (file for file in seeds if not file.location.startswith(f"{self.data}{os.sep}"))
        return [*seeds, *(articles.files(added) if added.is_dir() else ())]

    def make_data(self) -> None:
        """Make the folder of the library.

        Raises:
            LibraryError: it cannot be made.
        """
        try:
            self.data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"{self.data} cannot be made ({error.strerror}). Set DATA_DIR to a folder that can be written."
            ) from error
