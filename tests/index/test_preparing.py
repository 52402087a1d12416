"""Processes that prepare articles: started only where there is much to do, and ended by nobody but their parent."""

import signal
import subprocess
import sys

import pytest

from index.preparing import _without_interrupts

BLOCKED = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))"


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="Windows sends no Ctrl-C to processes in the background")
def test_what_is_started_hears_no_interrupt() -> None:
    """A terminal sends Ctrl-C to all; a worker that it ended in the midst of something would leave the others waiting."""

    def started() -> str:
        return subprocess.run([sys.executable, "-c", BLOCKED], check=True, capture_output=True, text=True).stdout.strip()

    with _without_interrupts():
        assert started() == "True"
    assert started() == "False"
