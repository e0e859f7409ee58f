"""The webhook: answered after the turn is committed. What cannot be read is answered all the same."""

from aiohttp import web

from handlers.patience import Patience
from handlers.webhooks import serve
from handlers.zalo_bot.api import ZaloBot
from handlers.zalo_bot.door import ZaloDoor
from handlers.zalo_bot.polling import insist

PATH = "/zalo/bot/webhook"
SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


def mount(app: web.Application, door: ZaloDoor, secret: str) -> None:
    """Serve `POST /zalo/bot/webhook` in this application."""

    async def take(raw: object) -> web.Response:
        await door.handle(raw)
        return web.Response()

    serve(app, PATH, SECRET_HEADER, secret, take)


async def register(bot: ZaloBot, public_url: str, secret: str, patience: Patience) -> None:
    """Tell Zalo where to send updates; tried until it works."""
    await insist(patience, bot, "setWebhook", url=public_url.rstrip("/") + PATH, secret_token=secret)
