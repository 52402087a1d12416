"""What the benchmarks measure alike."""

from __future__ import annotations

from pathlib import Path


def peak_mb() -> float:
    """This process' peak memory; ru_maxrss would be that of the parent it was forked from."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1000
