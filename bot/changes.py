"""Telling waiting web pages that an account's screen has moved on."""

import asyncio
from collections.abc import Hashable


class Changes:
    """Wakes those who wait for a key. A change in another process is found by their next look, not by this."""

    def __init__(self) -> None:
        self._waiting: dict[Hashable, set[asyncio.Event]] = {}

    def tell(self, key: Hashable) -> None:
        for event in self._waiting.get(key, ()):
            event.set()

    async def wait(self, key: Hashable, event: asyncio.Event, seconds: float) -> None:
        """Until told or until the time has run out. `watch` the key before looking, so that no change slips by."""
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return
        finally:
            self.forget(key, event)

    def forget(self, key: Hashable, event: asyncio.Event) -> None:
        waiting = self._waiting.get(key, set())
        waiting.discard(event)
        if not waiting:
            self._waiting.pop(key, None)

    def watch(self, key: Hashable) -> asyncio.Event:
        event = asyncio.Event()
        self._waiting.setdefault(key, set()).add(event)
        return event
