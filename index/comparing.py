"""The folders' files held against what the last reindex found: what it has to look at now. Opens no file; knows no article's text.

There are tens of thousands of files, and nearly all are as they were: nothing is made of those.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence, Set as AbstractSet

    from index.articles import File, Place
    from index.store import Known, KnownArticle


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a reindex has to look at.

    ``unread`` are the files to be read, in their order, and ``absent`` those that are gone. ``known`` are the articles that the
    library has from either, by id, and ``unchanged`` is how many it has from all other files.
    """

    unread: dict[Place, File]
    absent: AbstractSet[Place]
    known: dict[str, KnownArticle]
    unchanged: int


def compared(files: Sequence[File], library: Known) -> Comparison:
    """What to look at where files that look as they did are left alone."""
    new = {file.state: file for file in files}
    outdated = {state[:2] for state in library.files(settled=True) if new.pop(state, None) is None}
    outdated.update(state[:2] for state in library.files(settled=False))
    unread = {file.place: file for file in new.values()}
    known = library.articles_of(outdated)
    return Comparison(unread, outdated - unread.keys(), known, library.count() - len(known))


def all_unread(files: Sequence[File], known: dict[str, KnownArticle]) -> Comparison:
    """What to look at where every file is read."""
    return Comparison({file.place: file for file in files}, set(), known, 0)


def is_same(files: Sequence[File], library: Known) -> bool:
    """Whether all files look as they did."""
    return {file.state for file in files} == {*library.files(settled=True), *library.files(settled=False)}
