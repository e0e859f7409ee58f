"""`tusoi tick --at`: everything due at one instant, planned, sent and recorded, beside a running bot or without one."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime

from bot.clock import system_clock
from bot.courier import Courier
from bot.house import House
from bot.nursery import Nursery
from bot.paper_links import SignedPaperLinks
from bot.papers import HousePapers
from bot.post import OutboxPost
from bot.run import open_house
from bot.settings import Settings
from bot.turn import TurnRunner
from bot.worker import TickReport, Worker
from bot.zalo_oa_side import open_oa
from bot.zalo_oa_tokens import StoredTokens
from bot.zalo_side import MONTHLY_MESSAGES
from handlers.telegram.limiter import FloodGate
from handlers.telegram.pace import BESIDE_REPLIES, Pace
from handlers.telegram.sender import TelegramSender, make_courier_bot
from handlers.zalo_bot.api import ZaloBot
from handlers.zalo_bot.sender import ZaloSender
from handlers.zalo_oa.sender import OaSender, pace
from storage import outbox
from storage.schema import migrate


async def tick_once(settings: Settings, at: datetime) -> TickReport:
    """`at` is aware. Quiet hours and slots are judged by it; a second call for the same instant says nothing."""
    await migrate(settings.database_url, ring=settings.ring)
    house = open_house(settings, lambda: at)
    nursery = Nursery()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(house.db.close)
        stack.push_async_callback(nursery.finish)
        turns = TurnRunner(house, nursery)
        if house.links_to:
            await house.db.write(outbox.withhold_content)
        report = await Worker(house, turns).tick()
        for courier in [courier async for courier in _couriers(settings, house, turns, stack)]:
            await courier.deliver_due()
        return report


async def _couriers(
    settings: Settings, house: House, turns: TurnRunner, stack: AsyncExitStack
) -> AsyncIterator[Courier]:
    papers = HousePapers(house)
    if settings.telegram_token:
        gate = FloodGate()
        bot = make_courier_bot(settings.telegram_token, settings.telegram_api_base, gate, Pace(BESIDE_REPLIES))
        stack.push_async_callback(bot.request.shutdown)
        yield Courier(TelegramSender(bot, papers, gate), OutboxPost(house, turns, "telegram"))
    if settings.zalo_bot_token:
        zalo = await stack.enter_async_context(ZaloBot(settings.zalo_bot_token, settings.zalo_bot_api_base))
        sender = ZaloSender(zalo, SignedPaperLinks(house, papers, settings.public_url))
        yield Courier(sender, OutboxPost(house, turns, "zalo_bot", monthly=MONTHLY_MESSAGES))
    if settings.zalo_oa_app_id:
        oa = await stack.enter_async_context(open_oa(settings))
        # Tokens run out by the clock on the wall, whatever instant is being worked on.
        tokens = StoredTokens(house.db, system_clock, oa)
        links = SignedPaperLinks(house, papers, settings.public_url)
        yield Courier(
            OaSender(oa, tokens, links, pace(settings.zalo_oa_per_minute)), OutboxPost(house, turns, "zalo_oa")
        )
