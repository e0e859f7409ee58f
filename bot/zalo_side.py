"""Everything that speaks to the Zalo Bot Platform, wired: the courier and the door, sharing one paced sender."""

import asyncio
from contextlib import AsyncExitStack

from aiohttp import ClientConnectorError, web

from bot.courier import Courier
from bot.parts import Parts, keep
from bot.post import OutboxPost
from bot.settings import Settings
from handlers.patience import Patience
from handlers.zalo_bot import webhook
from handlers.zalo_bot.api import ZaloBot
from handlers.zalo_bot.door import ZaloDoor
from handlers.zalo_bot.polling import Poller
from handlers.zalo_bot.sender import ZaloSender
from handlers.zalo_calls import ZaloRefused, ZaloSilent

MONTHLY_MESSAGES = 3000
"""What the free plan of the platform gives a bot in a calendar month (read in 2026)."""


class ZaloSide:
    """Only where ZALO_BOT_TOKEN is set."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._bot = ZaloBot(parts.settings.zalo_bot_token, parts.settings.zalo_bot_api_base)
        self._sender = ZaloSender(self._bot, parts.links)
        self._opened = False

    async def start_courier(self, stack: AsyncExitStack) -> None:
        parts = self._parts
        await self._open(stack)
        post = OutboxPost(parts.house, parts.turns, "zalo_bot", monthly=MONTHLY_MESSAGES)
        keep(stack, parts, asyncio.create_task(Courier(self._sender, post).run(parts.stopping)))

    async def open_door(self, stack: AsyncExitStack, app: web.Application) -> None:
        parts, settings = self._parts, self._parts.settings
        await self._open(stack)
        stack.push_async_callback(parts.nursery.finish)
        door = ZaloDoor(parts.turns, self._sender)
        if settings.zalo_bot_mode == "webhook":
            webhook.mount(app, door, settings.zalo_bot_webhook_secret)
            patience = Patience()
            registering = webhook.register(self._bot, settings.public_url, settings.zalo_bot_webhook_secret, patience)
            keep(stack, parts, asyncio.create_task(registering))
            stack.callback(patience.stopping.set)
        else:
            poller = Poller(self._bot, door)
            keep(stack, parts, asyncio.create_task(poller.run()))
            stack.callback(poller.stop)

    async def _open(self, stack: AsyncExitStack) -> None:
        """The one connection, whoever of the two needs it first."""
        if not self._opened:
            self._opened = True
            await stack.enter_async_context(self._bot)


async def bot_name(settings: Settings) -> tuple[str | None, str]:
    """The bot's name on Zalo, or why it could not be asked."""
    async with ZaloBot(settings.zalo_bot_token, settings.zalo_bot_api_base) as bot:
        try:
            about = await bot.call("getMe")
        except ZaloRefused as refused:
            return None, f"Zalo refuses it ({refused.code}); copy it again from Zalo Bot Manager"
        except (ZaloSilent, ClientConnectorError):
            return None, f"{settings.zalo_bot_api_base} does not answer; check ZALO_BOT_API_BASE and the network"
    return str(about.get("account_name") or "bot"), ""
