"""Articles to sentences and terms, in one process and in several, which nobody but their parent ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from multiprocessing import active_children
from typing import TYPE_CHECKING

import pytest

from index import LibraryError
from index.inverting import Inverter
from index.model import Article, Attribution
from index.postings import PostingList
from index.preparing import CHUNK_ARTICLES, _without_interrupts, prepared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.inverting import Parcel

BLOCKED = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))"


def articles(count: int) -> Iterator[Article]:
    """So many, each with a word of its own."""
    texts = (f"The bridge fell. It was number {number}." for number in range(count))
    return (Article(Attribution(str(number), title="Rain"), text, "en") for number, text in enumerate(texts))


def contents(parcels: list[Parcel]) -> dict[str, list[int]]:
    """The ordinals of each term."""
    inverter = Inverter()
    for parcel in parcels:
        inverter.extend(parcel)
    return {term: PostingList.decoded(blob, *numbers).ordinals.tolist() for term, *numbers, blob in inverter.lists()}


def test_several_processes_prepare_what_one_does() -> None:
    """The same articles in the same chunks, with the same sentences and terms."""
    alone, apart = (list(prepared(articles(2 * CHUNK_ARTICLES + 1), processes)) for processes in (1, 2))

    assert [len(chunk) for chunk, _, _ in apart] == [CHUNK_ARTICLES, CHUNK_ARTICLES, 1]
    assert [(chunk, spans) for chunk, spans, _ in apart] == [(chunk, spans) for chunk, spans, _ in alone]
    assert contents([one for _, _, one in apart]) == contents([one for _, _, one in alone])


def test_a_process_that_the_system_ends_is_said() -> None:
    """As it does for want of memory; the reindex ends with a remedy, not with a traceback."""
    found = prepared(articles(20 * CHUNK_ARTICLES), 2)
    next(found)
    for process in active_children():
        process.kill()

    with pytest.raises(LibraryError, match="was ended, perhaps for want of memory; nothing was changed"):
        list(found)


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="Windows sends no Ctrl-C to processes in the background")
def test_what_is_started_hears_no_interrupt() -> None:
    """A terminal sends Ctrl-C to all; a worker that it ended in the midst of something would leave the others waiting."""

    def started() -> str:
        return subprocess.run([sys.executable, "-c", BLOCKED], check=True, capture_output=True, text=True).stdout.strip()

    with _without_interrupts():
        assert started() == "True"
    assert started() == "False"
