"""Everything that speaks to the Zalo Official Account, wired: tokens, courier and door, sharing one paced sender."""

import asyncio
from contextlib import AsyncExitStack

from aiohttp import web

from bot.courier import Courier
from bot.parts import Parts, keep
from bot.post import OutboxPost
from bot.settings import Settings
from bot.zalo_oa_tokens import StoredTokens
from handlers.zalo_oa import webhook
from handlers.zalo_oa.api import ZaloOa
from handlers.zalo_oa.door import OaDoor
from handlers.zalo_oa.sender import OaSender, pace


class ZaloOaSide:
    """Only where ZALO_OA_APP_ID is set. Zalo is told the webhook's address by hand, at developers.zalo.me."""

    def __init__(self, parts: Parts) -> None:
        settings = parts.settings
        self._parts = parts
        self._oa = open_oa(settings)
        self._tokens = StoredTokens(parts.house.db, parts.house.clock, self._oa)
        self._sender = OaSender(self._oa, self._tokens, parts.links, pace(settings.zalo_oa_per_minute))
        self._opened = False

    async def start_courier(self, stack: AsyncExitStack) -> None:
        parts = self._parts
        await self._open(stack)
        post = OutboxPost(parts.house, parts.turns, "zalo_oa")
        keep(stack, parts, asyncio.create_task(Courier(self._sender, post).run(parts.stopping)))
        keep(stack, parts, asyncio.create_task(self._tokens.watch(parts.stopping)))

    async def open_door(self, stack: AsyncExitStack, app: web.Application) -> None:
        parts, settings = self._parts, self._parts.settings
        await self._open(stack)
        stack.push_async_callback(parts.nursery.finish)
        door = OaDoor(parts.turns, self._sender)
        stack.push_async_callback(door.finish)
        webhook.mount(app, door, settings.zalo_oa_app_id, settings.zalo_oa_secret, settings.zalo_oa_signature)

    async def _open(self, stack: AsyncExitStack) -> None:
        """The one connection, whoever of the two needs it first."""
        if not self._opened:
            self._opened = True
            await stack.enter_async_context(self._oa)


def open_oa(settings: Settings) -> ZaloOa:
    return ZaloOa(
        settings.zalo_oa_app_id, settings.zalo_oa_app_secret, settings.zalo_oa_api_base, settings.zalo_oa_oauth_base
    )
