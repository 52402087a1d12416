"""Who asks too much: a member's cooldown, and a server's answers a minute. Knows no Discord object and keeps nothing on disk."""

from collections import deque
from collections.abc import Callable
from time import monotonic

WINDOW_SECONDS = 60.0


class Throttle:
    """The questions of the last minute. Members and budgets are ids: a server's answers have one budget for all its members."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._answers: dict[int, deque[float]] = {}
        self._ready: dict[tuple[int, int], float] = {}
        self._noticed: dict[tuple[int, int], float] = {}

    def admit(self, budget: int, member: int | None, *, cooldown: int, per_minute: int) -> float:
        """Count a question and give 0, or the seconds it has to wait: then it is not counted.

        ``member`` is None for what is no new question of anyone's: it waits for no cooldown and begins none.
        """
        now = self._clock()
        self._forget(now)
        answers = self._answers.setdefault(budget, deque())
        free = answers[-per_minute] + WINDOW_SECONDS if len(answers) >= per_minute else now
        ready = free if member is None else max(free, self._ready.get((budget, member), now))
        if ready > now:
            return ready - now
        answers.append(now)
        if cooldown and member is not None:
            self._ready[budget, member] = now + cooldown
        return 0.0

    def is_notice_due(self, budget: int, member: int, seconds: float) -> bool:
        """Whether a member was not told yet that they have to wait so many seconds; now they are."""
        now = self._clock()
        is_due = self._noticed.get((budget, member), now) <= now
        if is_due:
            self._noticed[budget, member] = now + seconds
        return is_due

    def _forget(self, now: float) -> None:
        """Drop what no longer holds anyone back, so that memory follows the last minute's questions."""
        for held in (self._ready, self._noticed):
            for who in [who for who, until in held.items() if until <= now]:
                del held[who]
        for budget, answers in list(self._answers.items()):
            while answers and answers[0] <= now - WINDOW_SECONDS:
                answers.popleft()
            if not answers:
                del self._answers[budget]
