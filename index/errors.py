"""What the library can refuse, as one tree. Owns no wording of the faces: each message is already a sentence to act on.

LibraryError                     the root; str(error) is safe to show a person
├── NoArticlesError              a folder is missing, or holds no article
├── TooManyRemovalsError         a reindex would remove more than a third of the articles
├── ReindexRunningError          another process holds the reindex lock
├── NewerLibraryError            the library was written by a newer version
├── EmptyLibraryError            a question before the first reindex
│   └── OlderLibraryError        or before the first of a version that reads other files
└── DamagedLibraryError          what was read is not what was written
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from index.model import Fault


class LibraryError(Exception):
    """Something the library was asked for and cannot do."""


class NoArticlesError(LibraryError):
    """Nothing to index. ``faults`` says which files were looked at in vain."""

    def __init__(self, message: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class TooManyRemovalsError(LibraryError):
    """A reindex that looks like a wrong folder rather than like a change."""

    def __init__(self, removed: int, articles: int, seeds: Path) -> None:
        super().__init__(
            f"This would remove {removed:,} of {articles:,} articles. "
            f"Is SEEDS_DIR ({seeds}) the right folder? If so: --allow-removals"
        )
        self.removed = removed
        self.articles = articles


class ReindexRunningError(LibraryError):
    """One writer over all processes."""

    def __init__(self, holder: str) -> None:
        super().__init__(f"A reindex is already running ({holder}). Wait for it, or end that process, then try again.")


class NewerLibraryError(LibraryError):
    """Reading on would misread the file."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"{path} was written by a newer Verbatim (library version {found}; this one knows {known}). "
            "Update Verbatim, or point DATA_DIR at another folder."
        )


class EmptyLibraryError(LibraryError):
    """Asked before anything was indexed."""

    def __init__(self, message: str = "No articles are indexed yet. Index them with: python -m bot reindex") -> None:
        super().__init__(message)


class OlderLibraryError(EmptyLibraryError):
    """Asked before a library of another making was made anew."""

    def __init__(self) -> None:
        super().__init__("The articles were indexed by an older Verbatim. Index them anew with: python -m bot reindex")


class DamagedLibraryError(LibraryError):
    """A digest or a checksum does not match, or SQLite cannot read the file."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} is damaged ({why}). Restore it from the articles: python -m bot reindex --rebuild")
