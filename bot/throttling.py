"""Who asks too much: a member's cooldown, and a server's answers a minute. Knows no Discord object and keeps nothing on disk."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

WINDOW_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Wait:
    """A question that has to wait so many seconds; ``is_notice_due`` for the first one within a window only."""

    seconds: float
    is_notice_due: bool


class Throttle:
    """The questions of the last minute. Members and servers are ids; outside of servers each member is their own server."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._answers: dict[int, deque[float]] = {}
        self._ready: dict[tuple[int, int], float] = {}
        self._noticed: dict[tuple[int, int], float] = {}

    def admit(self, server: int, member: int, *, cooldown: int, per_minute: int) -> Wait | None:
        """Count a question, or say how long it has to wait; one that has to wait is not counted."""
        now = self._clock()
        self._forget(now)
        answers = self._answers.setdefault(server, deque())
        free = answers[-per_minute] + WINDOW_SECONDS if len(answers) >= per_minute else now
        ready = max(free, self._ready.get((server, member), now))
        if ready > now:
            return Wait(ready - now, self._is_notice_due((server, member), now, ready))
        answers.append(now)
        if cooldown:
            self._ready[server, member] = now + cooldown
        return None

    def _is_notice_due(self, who: tuple[int, int], now: float, ready: float) -> bool:
        is_due = self._noticed.get(who, now) <= now
        if is_due:
            self._noticed[who] = ready
        return is_due

    def _forget(self, now: float) -> None:
        """Drop what no longer holds anyone back, so that memory follows the last minute's questions."""
        for held in (self._ready, self._noticed):
            for who in [who for who, until in held.items() if until <= now]:
                del held[who]
        for server, answers in list(self._answers.items()):
            while answers and answers[0] <= now - WINDOW_SECONDS:
                answers.popleft()
            if not answers:
                del self._answers[server]
