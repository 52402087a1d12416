"""data/library.sqlite3: all SQL of the library. Knows rows and blobs; no file of articles and no wording."""

from index.store.connecting import connected
from index.store.known import Known, KnownArticle
from index.store.reading import Reader, Segments
from index.store.replacing import reindex_lock, remove, replace
from index.store.schema import revision
from index.store.writing import NewArticle, Publication, Store, opened

__all__ = [
    "Known",
    "KnownArticle",
    "NewArticle",
    "Publication",
    "Reader",
    "Segments",
    "Store",
    "connected",
    "opened",
    "reindex_lock",
    "remove",
    "replace",
    "revision",
]
