"""Who asks too much waits, and is told so once."""

import pytest

from bot.throttling import Throttle


class Clock:
    """A time that tests move."""

    now = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock of one test's own."""
    return Clock()


def test_a_cooldown_holds_one_member_back(clock: Clock) -> None:
    """Nobody else, and until it is over; what is no new question neither waits nor makes wait."""
    throttle = Throttle(clock)

    assert throttle.admit(1, None, cooldown=10, per_minute=20) == 0
    assert throttle.admit(1, 7, cooldown=10, per_minute=20) == 0
    assert throttle.admit(1, 7, cooldown=10, per_minute=20) == 10
    assert throttle.admit(1, None, cooldown=10, per_minute=20) == 0
    assert throttle.admit(1, 8, cooldown=10, per_minute=20) == 0
    assert throttle.admit(2, 7, cooldown=10, per_minute=20) == 0

    clock.now += 10

    assert throttle.admit(1, 7, cooldown=10, per_minute=20) == 0
    assert throttle.admit(1, 7, cooldown=10, per_minute=20) == 10


def test_one_notice_for_each_member_and_window(clock: Clock) -> None:
    """And the next when that is over."""
    throttle = Throttle(clock)

    assert [throttle.is_notice_due(1, member, 10) for member in (7, 7, 8, 7)] == [True, False, True, False]

    clock.now += 10

    assert throttle.is_notice_due(1, 7, 10)


def test_a_server_gets_so_many_answers_a_minute(clock: Clock) -> None:
    """The next one when the oldest is a minute old."""
    throttle = Throttle(clock)
    for member in range(3):
        assert throttle.admit(1, member, cooldown=0, per_minute=3) == 0
        clock.now += 1

    assert throttle.admit(1, 9, cooldown=0, per_minute=3) == throttle.admit(1, None, cooldown=0, per_minute=3) == 57

    clock.now += 57

    assert throttle.admit(1, 9, cooldown=0, per_minute=3) == 0
    assert throttle.admit(1, 9, cooldown=0, per_minute=3)


def test_memory_follows_the_last_minute(clock: Clock) -> None:
    """Not everybody who ever asked."""
    throttle = Throttle(clock)
    for member in range(100):
        throttle.admit(member, member, cooldown=5, per_minute=20)
        throttle.is_notice_due(member, member, 5)
    clock.now += 61
    throttle.admit(1, 1, cooldown=0, per_minute=20)

    assert len(throttle._answers) == 1
    assert not throttle._ready
    assert not throttle._noticed
