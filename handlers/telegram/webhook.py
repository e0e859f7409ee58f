"""The webhook: 200 only after the commit, so that Telegram repeats what could not be stored."""

from collections.abc import Mapping

from aiogram import Bot
from aiohttp import web

from handlers.patience import Patience
from handlers.port import Unavailable
from handlers.telegram.door import TelegramDoor
from handlers.telegram.menu import EVERYBODY, set_menu
from handlers.telegram.patience import insist
from handlers.telegram.polling import parse_update
from handlers.telegram.wire import TAKEN_UPDATES
from handlers.webhooks import serve

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


def mount(app: web.Application, door: TelegramDoor, bot: Bot, secret: str) -> None:
    """Serve `POST /telegram/webhook` in this application."""

    async def take(raw: object) -> web.Response:
        """An update of an unknown shape is answered with 200 too."""
        update = parse_update(raw, bot)
        try:
            if update:
                await door.handle(update)
        except Unavailable:
            return web.Response(status=503)
        return web.Response()

    serve(app, PATH, SECRET_HEADER, secret, take)


async def register(
    bot: Bot, public_url: str, secret: str, patience: Patience, menu: Mapping[str, str] = EVERYBODY
) -> None:
    """Tell Telegram where to send updates, and the menu; tried until it works. Pending updates are kept."""
    url = public_url.rstrip("/") + PATH
    await insist(patience, lambda: bot.set_webhook(url, secret_token=secret, allowed_updates=TAKEN_UPDATES))
    await insist(patience, lambda: set_menu(bot, menu))
