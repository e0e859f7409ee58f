"""Asking Telegram who the bot is: for start links, and to see whether the token is good."""

from collections.abc import Callable

from aiogram.exceptions import AiogramError, TelegramUnauthorizedError

from bot.settings import Settings
from handlers.patience import Patience
from handlers.telegram.patience import insist
from handlers.telegram.replies import make_bot

PATIENCE = 10  # seconds


async def bot_name(settings: Settings) -> tuple[str | None, str]:
    """The bot's username and "", or None and the reason in words. The token itself is never said."""
    bot = make_bot(settings.telegram_token, settings.telegram_api_base)
    try:
        return (await bot.get_me(request_timeout=PATIENCE)).username, ""
    except TelegramUnauthorizedError:
        return None, "Telegram does not know this token; copy it again from @BotFather"
    except (AiogramError, OSError, TimeoutError) as error:
        return None, f"{settings.telegram_api_base} did not answer ({type(error).__name__})"
    finally:
        await bot.session.close()


async def learn_name(settings: Settings, patience: Patience, told: Callable[[str], None]) -> None:
    """Ask until Telegram tells it, or until `patience` is stopped; nobody waits for it."""
    bot = make_bot(settings.telegram_token, settings.telegram_api_base)

    async def ask() -> None:
        told((await bot.get_me(request_timeout=PATIENCE)).username or "")

    try:
        await insist(patience, ask)
    finally:
        await bot.session.close()
