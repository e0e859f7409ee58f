"""`tusoi tick --at`: everything due at one instant, planned, sent and recorded, beside a running bot or without one."""

from contextlib import AsyncExitStack
from datetime import datetime

from bot.courier import Courier, make_courier_bot
from bot.nursery import Nursery
from bot.papers import HousePapers
from bot.post import OutboxPost
from bot.run import open_house
from bot.settings import Settings
from bot.turn import TurnRunner
from bot.worker import TickReport, Worker
from handlers.telegram.limiter import FloodGate
from storage.schema import migrate


async def tick_once(settings: Settings, at: datetime) -> TickReport:
    """`at` is aware. Quiet hours and slots are judged by it; a second call for the same instant says nothing."""
    await migrate(settings.database_url)
    house = open_house(settings, lambda: at)
    nursery = Nursery()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(house.db.close)
        stack.push_async_callback(nursery.finish)
        turns = TurnRunner(house, nursery)
        report = await Worker(house, turns).tick()
        if settings.telegram_token:
            gate = FloodGate()
            bot = make_courier_bot(settings.telegram_token, settings.telegram_api_base, gate)
            stack.push_async_callback(bot.request.shutdown)
            courier = Courier(bot, OutboxPost(house, turns), HousePapers(house), gate)
            while await courier.deliver_due():
                pass
        return report
