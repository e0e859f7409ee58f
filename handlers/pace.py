"""Sending no faster than a channel allows."""

import asyncio
import time
from collections.abc import Awaitable, Callable


class Pace:
    """One after the other, `seconds_apart`; after a silence so many `at_once` without waiting.

    So at most `at_once + t / seconds_apart` pass within any t seconds.
    """

    def __init__(
        self,
        seconds_apart: float,
        at_once: int = 1,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._apart = seconds_apart
        self._ahead = (at_once - 1) * seconds_apart
        self._clock = clock
        self._sleep = sleep
        self._turn = asyncio.Lock()
        self._next = 0.0

    async def enter(self) -> None:
        """Wait for one's turn; first come, first served."""
        async with self._turn:
            while (wait := self._next - self._ahead - self._clock()) > 0:
                await self._sleep(wait)
            self._next = max(self._next, self._clock()) + self._apart


class Gate:
    """How long the channel has asked everybody to be silent."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._opens_at = 0.0

    def shut(self, seconds: float) -> None:
        self._opens_at = max(self._opens_at, self._clock() + seconds)

    def seconds_shut(self) -> float:
        return max(0.0, self._opens_at - self._clock())
