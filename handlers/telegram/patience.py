"""Going on when Telegram or the storage does not answer: wait longer each time, say it once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from handlers.port import Unavailable

log = logging.getLogger(__name__)
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
_EVENTS: dict[type[Exception], str] = {
    TelegramConflictError: "telegram_conflict: another program polls with the same token, or a webhook is set",
    TelegramUnauthorizedError: "telegram_token_refused: check TELEGRAM_TOKEN",
    TelegramNotFound: "telegram_token_refused: check TELEGRAM_TOKEN and TELEGRAM_API_BASE",
    Unavailable: "telegram_waits_for_storage",
}


class Patience:
    """One row of troubles. Setting `stopping` ends every wait."""

    def __init__(self, first_pause: float = FIRST_PAUSE) -> None:
        self.stopping = asyncio.Event()
        self._first_pause = first_pause
        self._pause = first_pause
        self._trouble = ""

    def recovered(self) -> None:
        self._trouble, self._pause = "", self._first_pause

    async def rest(self, error: Exception) -> None:
        """Wait, at least as long as Telegram asks for. A trouble of the same kind in a row is logged once."""
        if type(error).__name__ != self._trouble:
            self._trouble = type(error).__name__
            log.warning(_EVENTS.get(type(error), "telegram_out_of_reach"), extra={"error": self._trouble})
        pause = max(self._pause, error.retry_after if isinstance(error, TelegramRetryAfter) else 0)
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        try:
            async with asyncio.timeout(pause):
                await self.stopping.wait()
        except TimeoutError:
            return

    async def insist(self, act: Callable[[], Awaitable[object]]) -> None:
        """Until it is done, or stopped. What Telegram refuses as wrong is logged and given up."""
        while not self.stopping.is_set():
            try:
                await act()
            except TelegramBadRequest as error:
                log.error("telegram_refused", extra={"call": type(error.method).__name__, "reason": error.message})
                return
            except AiogramError as error:
                await self.rest(error)
            else:
                self.recovered()
                return
