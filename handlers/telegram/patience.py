"""What Telegram's troubles are called, and insisting until it has done what it was asked."""

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

from handlers.patience import Patience
from handlers.port import Unavailable
from handlers.telegram.limiter import TOKEN_REFUSED

log = logging.getLogger(__name__)
_EVENTS: dict[type[Exception], str] = {
    TelegramConflictError: "telegram_conflict: another program polls with the same token, or a webhook is set",
    TelegramUnauthorizedError: TOKEN_REFUSED,
    TelegramNotFound: "telegram_token_refused: check TELEGRAM_TOKEN and TELEGRAM_API_BASE",
    Unavailable: "telegram_waits_for_storage",
}


async def rest(patience: Patience, error: Exception) -> None:
    """Wait, at least as long as Telegram asks for."""
    asked = error.retry_after if isinstance(error, TelegramRetryAfter) else 0
    await patience.rest(error, _EVENTS.get(type(error), "telegram_out_of_reach"), asked)


async def insist(patience: Patience, act: Callable[[], Awaitable[object]]) -> None:
    """Until it is done, or stopped. What Telegram refuses as wrong is logged and given up."""
    while not patience.stopping.is_set():
        try:
            await act()
        except TelegramBadRequest as error:
            log.error("telegram_refused", extra={"call": type(error.method).__name__, "reason": error.message})
            return
        except AiogramError as error:
            await rest(patience, error)
        else:
            patience.recovered()
            return
