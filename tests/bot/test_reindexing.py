"""Reindexes run in a process of their own, and end with the bot."""

import asyncio
import os
from pathlib import Path

import pytest

from bot.reindexing import ReindexFailedError, ReindexGuardedError, Reindexing
from bot.settings import Settings
from index import Progress


def settings(tmp_path: Path, articles: int) -> Settings:
    """Folders of one test's own, with so many articles."""
    seeds = tmp_path / "seeds"
    seeds.mkdir(exist_ok=True)
    for number in range(articles):
        (seeds / f"{number}.txt").write_text(f"Judge number {number} denied the bid. It was the {number}th time.", "utf-8")
    return Settings.from_env({"SEEDS_DIR": str(seeds), "DATA_DIR": str(tmp_path / "data")})


async def test_a_reindex_reports_and_follows(tmp_path: Path) -> None:
    """Its progress, then what changed."""
    followed: list[Progress] = []

    async def follow(progress: Progress) -> None:
        followed.append(progress)

    reindexing = Reindexing(settings(tmp_path, 30))
    report = await reindexing.run(follow=follow)

    assert report.added == 30
    assert report.warnings.no_link == 30
    assert followed
    assert not reindexing.is_running
    assert reindexing.progress is None


async def test_many_removals_are_refused_until_they_are_allowed(tmp_path: Path) -> None:
    """The library stays as it was."""
    given = settings(tmp_path, 30)
    reindexing = Reindexing(given)
    await reindexing.run()
    for number in range(20):
        (given.seeds_dir / f"{number}.txt").unlink()

    with pytest.raises(ReindexGuardedError) as refused:
        await reindexing.run()
    assert (refused.value.removed, refused.value.articles) == (20, 30)

    assert (await reindexing.run(allow_removals=True)).removed == 20


async def test_a_folder_without_articles_changes_nothing(tmp_path: Path) -> None:
    """And says so in one sentence."""
    with pytest.raises(ReindexFailedError, match=r"^SEEDS_DIR holds no article") as refused:
        await Reindexing(settings(tmp_path, 0)).run()

    assert str(tmp_path) not in str(refused.value)


async def test_a_cancelled_reindex_ends_its_process(tmp_path: Path) -> None:
    """And leaves nothing locked."""
    reindexing = Reindexing(settings(tmp_path, 400))
    running = asyncio.create_task(reindexing.run())
    await asyncio.sleep(0.3)
    assert reindexing.is_running
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert (await reindexing.run()).added == 400


async def test_an_end_is_told_to_all_who_wait(tmp_path: Path) -> None:
    """The one under way, those behind it, and those that come too late; the library is as it was."""
    given = settings(tmp_path, 400)
    reindexing = Reindexing(given)
    running = [asyncio.create_task(reindexing.run()) for _ in range(2)]
    await asyncio.sleep(0.3)
    assert reindexing._process
    assert os.getpgid(reindexing._process.pid) != os.getpgid(0), "Ctrl-C would end it before the bot can say so"
    reindexing.end()
    running.append(asyncio.create_task(reindexing.run()))

    for task in running:
        with pytest.raises(ReindexFailedError, match=r"^The bot was ended before the reindex was done\."):
            await task
    assert (await Reindexing(given).run()).added == 400
