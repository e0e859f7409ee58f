"""Waiting for a condition instead of sleeping: everything that changes the fake rings the bell."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    def __init__(self) -> None:
        self._ringing = asyncio.Event()

    def ring(self) -> None:
        self._ringing.set()
        self._ringing = asyncio.Event()

    async def rung(self) -> None:
        await self._ringing.wait()

    async def until(self, found: Callable[[], T], seconds: float = 20, what: Callable[[], str] = lambda: "") -> T:
        """The first true value of `found`; the TimeoutError says `what` was waited for."""
        try:
            async with asyncio.timeout(seconds):
                while not (value := found()):
                    await self.rung()
                return value
        except TimeoutError:
            raise TimeoutError(what()) from None
