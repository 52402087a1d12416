"""Verbatim's library: articles in, quotes out. This is all that a face may import."""

from index.articles import is_article_file
from index.errors import (
    DamagedLibraryError,
    EmptyLibraryError,
    LibraryError,
    NewerLibraryError,
    NoArticlesError,
    OlderLibraryError,
    ReindexRunningError,
    TooManyRemovalsError,
)
from index.folders import Folders
from index.indexing import preview
from index.library import Library, open_library
from index.model import (
    Answer,
    Attribution,
    Coverage,
    Fault,
    IndexedArticle,
    Listing,
    PreviewedArticle,
    Progress,
    Quote,
    Reason,
    ReindexReport,
    Status,
    Warnings,
)
from index.store import connected

__all__ = [
    "Answer",
    "Attribution",
    "Coverage",
    "DamagedLibraryError",
    "EmptyLibraryError",
    "Fault",
    "Folders",
    "IndexedArticle",
    "Library",
    "LibraryError",
    "Listing",
    "NewerLibraryError",
    "NoArticlesError",
    "OlderLibraryError",
    "PreviewedArticle",
    "Progress",
    "Quote",
    "Reason",
    "ReindexReport",
    "ReindexRunningError",
    "Status",
    "TooManyRemovalsError",
    "Warnings",
    "connected",
    "is_article_file",
    "open_library",
    "preview",
]
