"""How many messages a second the bot sends on Telegram, and how evenly."""

import time
from collections import deque
from collections.abc import Callable

PERMITTED = 30
"""Telegram's limit in any second for what is sent unasked."""
WITH_REPLIES = 29.0
"""What is sent unasked a second by the process that also sends the replies: each reply takes the place of one."""
BESIDE_REPLIES = 25.0
"""The same in a process of its own, which cannot see the replies that another one sends meanwhile."""
SAFE_SECOND = 1.02
"""A little more than a second: messages do not travel equally long."""
CATCH_UP = 0.2
"""Seconds that may be made up for when the program was late; the second above still holds."""

Seconds = Callable[[], float]


class Pace:
    """One timetable for everybody in this process. A reply takes its place at once, bulk waits for one."""

    def __init__(self, per_second: float, clock: Seconds = time.monotonic) -> None:
        self._gap = 1 / per_second
        self._clock = clock
        self._next = 0.0
        self._sent: deque[float] = deque(maxlen=PERMITTED)

    def seconds_to_wait(self) -> float:
        """Until the next place for a message nobody waits for."""
        full_until = self._sent[0] + SAFE_SECOND if len(self._sent) == PERMITTED else 0.0
        return max(self._next, full_until) - self._clock()

    def take(self) -> None:
        """A message leaves now; those that can wait leave later by as much."""
        now = self._clock()
        late = now - self._next
        self._next = (now if late > CATCH_UP else self._next) + self._gap
        self._sent.append(now)
