"""Going on when a channel or the storage does not answer: wait longer each time, say it once."""

import asyncio
import logging

log = logging.getLogger(__name__)
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0


class Patience:
    """One row of troubles. Setting `stopping` ends every wait."""

    def __init__(self, first_pause: float = FIRST_PAUSE) -> None:
        self.stopping = asyncio.Event()
        self._first_pause = first_pause
        self._pause = first_pause
        self._trouble = ""

    def recovered(self) -> None:
        self._trouble, self._pause = "", self._first_pause

    async def rest(self, error: Exception, event: str, at_least: float = 0) -> None:
        """Wait, at least so many seconds. A trouble of the same kind in a row is logged once, as `event`."""
        if type(error).__name__ != self._trouble:
            self._trouble = type(error).__name__
            log.warning(event, extra={"error": self._trouble})
        pause = max(self._pause, at_least)
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        try:
            async with asyncio.timeout(pause):
                await self.stopping.wait()
        except TimeoutError:
            return
