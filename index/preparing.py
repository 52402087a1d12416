"""Articles → their sentences and the terms of their passages, in several processes where there is much to do.

Knows no file, no SQL and no segment. A worker gets articles and gives back spans and an Inverter of a few thousand passages,
in which each distinct term stands once; so little travels, and the caller counts terms rather than words.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING

from index import acronyms, sentences
from index.errors import LibraryError
from index.model import Article, Sentence
from index.postings import Inverter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Prepared = tuple[list[tuple[Sentence, ...]], Inverter]

CHUNK_ARTICLES = 64


def prepared(articles: Iterable[Article], processes: int) -> Iterator[tuple[list[Article], *Prepared]]:
    """The articles in chunks, each with their sentences and the terms of all their passages, in their order.

    With one process nothing is started. Reads no further ahead than the processes need.

    Raises:
        LibraryError: the system ended one of the processes.
    """
    chunks = _chunks(articles)
    if processes == 1:
        yield from ((chunk, *_prepare(chunk)) for chunk in chunks)
        return
    try:
        yield from _prepared_apart(chunks, processes)
    except BrokenProcessPool as error:
        raise LibraryError(
            "One of the processes that read the articles was ended, perhaps for want of memory; nothing was changed. "
            "Free some memory, then reindex again."
        ) from error


def _prepared_apart(chunks: Iterator[list[Article]], processes: int) -> Iterator[tuple[list[Article], *Prepared]]:
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_end_with_parent) as pool:
        with _without_interrupts():  # here they are started
            waiting = deque((chunk, pool.submit(_prepare, chunk)) for chunk in islice(chunks, 2 * processes))
        while waiting:
            chunk, future = waiting.popleft()
            yield chunk, *future.result()
            waiting.extend((chunk, pool.submit(_prepare, chunk)) for chunk in islice(chunks, 1))


def passage_terms(article: Article, spans: Sequence[Sentence]) -> Iterator[list[str]]:
    """The terms of each of the article's passages; the headline's count with each.

    With it once, never and twice, one of the first three quotes by BM25 answers .80, .78 and .80 of realtimeqa, qed, selqa and
    squad2_dev, and the weighed sentences hold an answer to .978, .967 and .978: `python -m tests.quality.passages`.
    """
    spelled = acronyms.spelled_out(article.text, article.language)
    headline = acronyms.terms(article.attribution.title, article.language, spelled)
    for first, count in sentences.passages(len(spans)):
        text = article.text[spans[first].start : spans[first + count - 1].end]
        yield headline + acronyms.terms(text, article.language, spelled)


def available_processors() -> int:
    """How many this process may use; one fewer at a low priority, which says that others are to go first."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    is_low = hasattr(os, "nice") and os.nice(0) > 0
    return max(1, count - is_low)


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    remaining = iter(articles)
    while chunk := list(islice(remaining, CHUNK_ARTICLES)):
        yield chunk


def _prepare(articles: Sequence[Article]) -> Prepared:
    spans = [sentences.sentences(article.text, article.language) for article in articles]
    inverter = Inverter()
    for article, own in zip(articles, spans, strict=True):
        for terms in passage_terms(article, own):
            inverter.add(terms)
    return spans, inverter


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Let the processes that are started within not hear Ctrl-C, which a terminal sends to all: they end with their parent."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    """Let a worker end when its parent is killed; it would wait for work for ever."""
    Thread(target=_wait_and_end, daemon=True).start()


def _wait_and_end() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
