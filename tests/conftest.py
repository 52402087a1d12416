"""Fixtures of all tests: an environment without settings, and empty folders for articles and library."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from index import Folders, Library, open_library
from tests import builders

settings.register_profile("verbatim", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("verbatim")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SEEDS_DIR", "DATA_DIR", "QUOTE_CHARACTERS", "DISCORD_TOKEN", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """An empty folder of seeds, and where the library will be."""
    return builders.folders(tmp_path)


@pytest.fixture
async def library(folders: Folders) -> AsyncIterator[Library]:
    """The library of ``folders``, opened and not yet indexed."""
    async with open_library(folders) as opened:
        yield opened
