"""Who asks too much waits, and is told so once."""

import pytest

from bot.throttling import Throttle, Wait


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
    """Nobody else, and until it is over; one notice for the window."""
    throttle = Throttle(clock)

    assert throttle.admit(1, 7, cooldown=10, per_minute=20) is None
    first, second = (throttle.admit(1, 7, cooldown=10, per_minute=20) for _ in range(2))
    assert (first, second) == (Wait(10, is_notice_due=True), Wait(10, is_notice_due=False))
    assert throttle.admit(1, 8, cooldown=10, per_minute=20) is None
    assert throttle.admit(2, 7, cooldown=10, per_minute=20) is None

    clock.now += 10

    assert throttle.admit(1, 7, cooldown=10, per_minute=20) is None
    assert throttle.admit(1, 7, cooldown=10, per_minute=20) == Wait(10, is_notice_due=True)


def test_a_server_gets_so_many_answers_a_minute(clock: Clock) -> None:
    """The next one when the oldest is a minute old."""
    throttle = Throttle(clock)
    for member in range(3):
        assert throttle.admit(1, member, cooldown=0, per_minute=3) is None
        clock.now += 1

    assert throttle.admit(1, 9, cooldown=0, per_minute=3) == Wait(57, is_notice_due=True)

    clock.now += 57

    assert throttle.admit(1, 9, cooldown=0, per_minute=3) is None
    assert throttle.admit(1, 9, cooldown=0, per_minute=3)


def test_memory_follows_the_last_minute(clock: Clock) -> None:
    """Not everybody who ever asked."""
    throttle = Throttle(clock)
    for member in range(100):
        throttle.admit(member, member, cooldown=5, per_minute=20)
    clock.now += 61
    throttle.admit(1, 1, cooldown=0, per_minute=20)

    assert len(throttle._answers) == 1
    assert not throttle._ready
