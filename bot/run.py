"""Everything that runs, wired together: started in order, and stopped so that what is in hand is finished."""

import asyncio
import gc
import logging
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal

from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import health
from bot.clock import Clock, system_clock
from bot.doors import open_doors
from bot.house import House
from bot.nursery import Nursery
from bot.paper_links import SignedPaperLinks
from bot.papers import HousePapers
from bot.parts import Parts, keep
from bot.sessions import StoredSessions
from bot.settings import Settings
from bot.turn import TurnRunner
from bot.worker import Worker
from handlers.web.mount import mount as mount_web
from review.calendar import QuietHours
from review.pack import load
from storage import outbox
from storage.database import Database
from storage.schema import migrate

if TYPE_CHECKING:
    from bot.telegram_side import TelegramSide
    from bot.zalo_oa_side import ZaloOaSide
    from bot.zalo_side import ZaloSide

    Side = TelegramSide | ZaloSide | ZaloOaSide

log = logging.getLogger(__name__)
Part = Literal["web", "worker", "courier"]
TICK = timedelta(seconds=20)


def open_house(settings: Settings, clock: Clock = system_clock) -> House:
    """Opens nothing yet: the database connects at its first use."""
    quiet = QuietHours.read(settings.quiet_hours)
    links_to = settings.public_url if settings.chat_content == "links" else ""
    doors = open_doors(settings)
    db = Database(settings.database_url, settings.ring)
    return House(db, clock, settings.zone, quiet, cache(load), doors, links_to)


async def run(
    settings: Settings,
    clock: Clock = system_clock,
    only: Part | None = None,
    *,
    banner: str = "",
    started: Callable[[], None] = lambda: None,
) -> None:
    """Until SIGTERM or SIGINT. `only` starts one part, for several processes on one PostgreSQL."""
    await migrate(settings.database_url, ring=settings.ring)
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    nursery = Nursery()
    house = open_house(settings, clock)
    turns = TurnRunner(house, nursery)
    papers = HousePapers(house)
    links = SignedPaperLinks(house, papers, settings.public_url)
    parts = Parts(settings, house, turns, papers, links, nursery, stopping)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(house.db.close)
        stack.push_async_callback(nursery.finish)
        try:
            await _start(parts, stack, only, banner)
            # What was imported and built lives as long as the process: the collector need not look at it again.
            gc.collect()
            gc.freeze()
            started()
            log.info("started", extra={"only": only or "everything"})
            await stopping.wait()
        finally:
            stopping.set()  # also when a part could not start: the others must not wait for a signal
    log.info("stopped")


async def _start(parts: Parts, stack: AsyncExitStack, only: Part | None, banner: str) -> None:
    sides = tuple(_sides(parts, alone=only is None))
    if only in (None, "courier"):
        now = parts.house.clock()
        await parts.house.db.write(lambda conn: outbox.take_over_replies(conn, now))
        if parts.house.links_to:
            await parts.house.db.write(outbox.withhold_content)
        for side in sides:
            await side.start_courier(stack)
    if only in (None, "worker"):
        _start_worker(parts, stack)
    if only in (None, "web"):
        await _start_doors(parts, stack, banner, sides)


def _start_worker(parts: Parts, stack: AsyncExitStack) -> None:
    """APScheduler only rings; the round itself is ours, so that a stop lets it finish."""
    worker, bell = Worker(parts.house, parts.turns, own_hours=True), asyncio.Event()

    async def rounds() -> None:
        while True:
            await bell.wait()
            bell.clear()
            if parts.stopping.is_set():
                return
            await worker.tick_quietly(parts.stopping)

    async def last_ring() -> None:
        await parts.stopping.wait()
        bell.set()

    ticker = AsyncIOScheduler(timezone=parts.house.zone)
    ticker.add_job(_ring, "interval", (bell,), seconds=TICK.total_seconds(), max_instances=1, misfire_grace_time=None)
    ticker.start()
    stack.callback(ticker.shutdown, wait=False)
    keep(stack, parts, asyncio.create_task(rounds()))
    keep(stack, parts, asyncio.create_task(last_ring()))
    bell.set()


async def _ring(bell: asyncio.Event) -> None:
    bell.set()


def _sides(parts: Parts, *, alone: bool) -> Iterator["Side"]:
    """Loaded only where there is a token: aiogram alone takes seconds."""
    if parts.settings.telegram_token:
        from bot.telegram_side import TelegramSide  # noqa: PLC0415

        yield TelegramSide(parts, alone=alone)
    if parts.settings.zalo_bot_token:
        from bot.zalo_side import ZaloSide  # noqa: PLC0415

        yield ZaloSide(parts)
    if parts.settings.zalo_oa_app_id:
        from bot.zalo_oa_side import ZaloOaSide  # noqa: PLC0415

        yield ZaloOaSide(parts)


async def _start_doors(parts: Parts, stack: AsyncExitStack, banner: str, sides: "Sequence[Side]") -> None:
    settings = parts.settings
    app = web.Application()
    health.mount(app, parts.house)
    sessions = StoredSessions(parts.house)
    mount_web(app, parts.turns, parts.papers, sessions, parts.links, public_url=settings.public_url, banner=banner)
    for side in sides:
        await side.open_door(stack, app)
    runner = serving(app)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, settings.http_host, settings.http_port).start()


def serving(app: web.Application) -> web.AppRunner:
    """No access log, as addresses carry codes. Bodies are taken as they come: nobody who may write here packs them, and
    one that only says it is packed would end in a traceback, one that is packed very well in no memory.
    """
    return web.AppRunner(app, access_log=None, shutdown_timeout=10, auto_decompress=False)
