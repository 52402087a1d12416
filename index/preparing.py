"""Articles → their sentences and the terms of their passages, in several processes where there is much to do.

Knows no file, no SQL and no segment. A worker gets articles and gives back spans and a parcel of its Inverter, which names each
term once in the worker's life; so little travels, and the caller looks up terms rather than words.
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
from typing import TYPE_CHECKING, TypeVar

from index import acronyms, sentences
from index.errors import LibraryError
from index.inverting import Inverter, Parcel
from index.model import Article, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Prepared = tuple[list[tuple[Sentence, ...]], Parcel]

CHUNK_ARTICLES = 64

T = TypeVar("T")
R = TypeVar("R")


def prepared(articles: Iterable[Article], processes: int) -> Iterator[tuple[list[Article], *Prepared]]:
    """The articles in chunks, each with their sentences and the terms of all their passages, in their order.

    Raises:
        LibraryError: the system ended one of the processes.
    """
    return ((chunk, *done) for chunk, done in in_order(_prepare, chunks(articles, CHUNK_ARTICLES), processes))


def in_order(work: Callable[[T, Inverter], R], given: Iterator[T], processes: int) -> Iterator[tuple[T, R]]:
    """Each of what is given with what the work makes of it, in so many processes; reads no further ahead than these need.

    The work gets the Inverter of its process, whose parcels it may give back. With one process nothing is started.

    Raises:
        LibraryError: the system ended one of the processes.
    """
    if processes == 1:
        own = Inverter()
        yield from ((one, work(one, own)) for one in given)
        return
    try:
        yield from _worked_apart(work, given, processes)
    except BrokenProcessPool as error:
        raise LibraryError(
            "One of the processes that read the articles was ended, perhaps for want of memory; nothing was changed. "
            "Free some memory, then reindex again."
        ) from error


def _worked_apart(work: Callable[[T, Inverter], R], given: Iterator[T], processes: int) -> Iterator[tuple[T, R]]:
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_end_with_parent) as pool:
        with _without_interrupts():  # here they are started
            waiting = deque((one, pool.submit(_work, work, one)) for one in islice(given, 2 * processes))
        while waiting:
            one, future = waiting.popleft()
            yield one, future.result()
            waiting.extend((one, pool.submit(_work, work, one)) for one in islice(given, 1))


_own = Inverter()  # a worker's, as long as it lives


def _work(work: Callable[[T, Inverter], R], one: T) -> R:
    return work(one, _own)


def chunks(given: Iterable[T], size: int) -> Iterator[list[T]]:
    """What is given, so many at a time."""
    remaining = iter(given)
    while chunk := list(islice(remaining, size)):
        yield chunk


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


def _prepare(articles: Sequence[Article], inverter: Inverter) -> Prepared:
    spans = [sentences.sentences(article.text, article.language) for article in articles]
    for article, own in zip(articles, spans, strict=True):
        for terms in passage_terms(article, own):
            inverter.add(terms)
    return spans, inverter.parcel()


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
