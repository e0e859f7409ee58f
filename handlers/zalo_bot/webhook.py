"""The webhook: answered after the turn is committed. What cannot be read is answered all the same."""

import json
import logging

from aiohttp import web

from handlers.patience import Patience
from handlers.webhooks import read_body, same_secret
from handlers.zalo_bot.api import ZaloBot
from handlers.zalo_bot.door import ZaloDoor
from handlers.zalo_bot.polling import insist

log = logging.getLogger(__name__)
PATH = "/zalo/bot/webhook"
SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


def mount(app: web.Application, door: ZaloDoor, secret: str) -> None:
    """Serve `POST /zalo/bot/webhook` in this application."""

    async def receive(request: web.Request) -> web.Response:
        if not same_secret(request.headers.get(SECRET_HEADER, ""), secret):
            return web.Response(status=401)
        body = await read_body(request)
        if body is None:
            return web.Response(status=413)
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            log.warning("zalo_webhook_body_unreadable", extra={"bytes": len(body)})
            return web.Response()
        await door.handle(raw)
        return web.Response()

    app.router.add_post(PATH, receive)


async def register(bot: ZaloBot, public_url: str, secret: str, patience: Patience) -> None:
    """Tell Zalo where to send updates; tried until it works."""
    await insist(patience, bot, "setWebhook", url=public_url.rstrip("/") + PATH, secret_token=secret)
