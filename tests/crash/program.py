"""One life of the program: the real turn, couriers and worker on a database, with channels that are the world's."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, exists, select

from bot.courier import Courier
from bot.house import House
from bot.nursery import Nursery
from bot.post import OutboxPost
from bot.turn import TurnRunner
from bot.worker import Worker
from conversations.incoming import ChannelName, Chose, Incoming
from conversations.screen import Screen
from handlers.port import Deliver, Ending, Reply, Unwatched, Way
from storage import outbox, tables
from storage.database import Database
from tests.crash.boundaries import Boundaries
from tests.crash.pack import PACK
from tests.crash.world import Delivery, World
from tests.storage.ward import QUIET, ZONE

CLOSING_SECONDS = 0.05
WRITTEN_TO: tuple[ChannelName, ...] = ("telegram", "zalo_bot")


class Program:
    def __init__(self, db: Database, world: World, boundaries: Boundaries) -> None:
        self.world = world
        self.boundaries = boundaries
        self.nursery = Nursery()
        self.house = House(db, lambda: world.now, ZONE, QUIET, lambda _: PACK)
        boundaries.watch(db)
        self.turns = TurnRunner(self.house, self.nursery)
        self.sender = PhoneSender(world, boundaries)
        posts = (OutboxPost(self.house, self.turns, channel) for channel in WRITTEN_TO)
        self.couriers = [Courier(self.sender, post) for post in posts]
        self.worker = Worker(self.house, self.turns)

    async def until_dead(self, work: Coroutine[Any, Any, None]) -> bool:
        """Do it; False when the program died meanwhile: then every task is cut off and no connection is left."""
        others = asyncio.all_tasks()
        doing = asyncio.ensure_future(work)
        dying = asyncio.ensure_future(self.boundaries.dead.wait())
        await asyncio.wait((doing, dying), return_when=asyncio.FIRST_COMPLETED)
        dying.cancel()
        if not self.boundaries.dead.is_set():
            await doing
            return True
        cut_off = {task for task in asyncio.all_tasks() - others if not _closes_a_connection(task)}
        for task in cut_off:
            task.cancel()
        await asyncio.gather(doing, *cut_off, return_exceptions=True)
        if closing := asyncio.all_tasks() - others:
            await asyncio.wait(closing, timeout=CLOSING_SECONDS)
            for task in closing:
                task.cancel()
        await self.lets_go()
        return False

    async def lets_go(self) -> None:
        """Connections close without a commit."""
        await self.house.db._writers.dispose()
        await self.house.db._readers.dispose()

    async def begins(self, couriers_first: bool) -> None:
        """As a start does; whether the couriers or the doors are quicker is chance."""
        now = self.house.clock()
        await self.house.db.write(lambda conn: outbox.take_over_replies(conn, now))
        if couriers_first:
            await self.delivers()
        await self.works()

    async def works(self) -> None:
        """Everything that waits is taken and answered, everything due is said."""
        world = self.world
        if world.ticking and not world.ticked:
            await self.worker.tick()
            world.ticked = True
        while world.pending or world.reloads:
            waiting, world.reloads = world.reloads, []
            await asyncio.gather(*map(self.opens_page, waiting))
            await asyncio.gather(*map(self.receives, tuple(world.pending)))
        await self.nursery.finish()
        await self.delivers()

    async def receives(self, delivery: Delivery) -> None:
        """One delivery, as the door of its channel takes it and confirms it."""
        incoming, channel = delivery.incoming, delivery.incoming.channel
        if channel == "zalo_bot":  # what it has handed over once it never repeats
            self.boundaries.cross("fetch")
            self.world.confirmed(delivery)
        await self.turns.take(incoming, None if channel == "web" else self.deliver(incoming))
        self.world.returned(delivery)
        if channel == "web":
            await self.opens_page(delivery.phone, delivery)
        elif channel == "telegram":
            self.boundaries.cross("confirm")
            self.world.confirmed(delivery)
            self.boundaries.cross("confirmed")

    async def opens_page(self, phone: str, delivery: Delivery | None = None) -> None:
        chat = self.world.phones[phone].chat
        reply = await self.turns.present("web", chat)
        self.boundaries.cross("page")
        if delivery:
            self.world.confirmed(delivery)
        self.world.sees(chat, reply.serial, reply.screen)
        self.boundaries.cross("page shown")

    def deliver(self, incoming: Incoming) -> Deliver:
        async def deliver(reply: Reply) -> int:
            number = await self.sender.reaches(reply.chat, reply.serial, reply.screen)
            return 0 if isinstance(incoming.event, Chose) else number  # a tapped message is drawn over

        return deliver

    async def delivers(self) -> None:
        """The couriers go round until nothing is due, if there is anything at all."""
        while await self.house.db.read(self._has_letters):
            if not sum([await courier.deliver_due() for courier in self.couriers]):
                return

    def _has_letters(self, conn: Connection) -> bool:
        now = self.house.clock()
        queued = (tables.outbox.c.state == "queued") & (tables.outbox.c.due_at <= now)
        over = (tables.outbox.c.state == "sending") & (tables.outbox.c.lease_until < now)
        return bool(conn.scalar(select(exists().where(queued | over))))


def _closes_a_connection(task: "asyncio.Task[Any]") -> bool:
    """SQLAlchemy does that in a task of its own once a commit has been cut off; a second one for the same SQLite
    connection waits for its thread in vain.
    """
    return "terminate" in getattr(task.get_coro(), "__qualname__", "")


UNWATCHED = Unwatched()


@dataclass(frozen=True, slots=True)
class PhoneSender:
    """Both ways to a phone, and `handlers.port.Sender`: text first, then each paper, each a request of its own."""

    world: World
    boundaries: Boundaries

    def seconds_shut(self) -> float:
        return 0

    async def send(self, chat: str, serial: int, screen: Screen, way: Way) -> None:
        await self.reaches(chat, serial, screen, way)

    async def reaches(self, chat: str, serial: int, screen: Screen, way: Way = UNWATCHED) -> int:
        """The number of the message."""
        self.boundaries.cross("send")
        way.left()
        number = self.world.sees(chat, serial, screen)
        self.boundaries.cross("sent")
        way.arrived()
        for _ in screen.papers:
            self.boundaries.cross("send paper")
            self.boundaries.cross("paper sent")
        return number

    def judge(self, error: Exception, tries: int) -> Ending:
        raise AssertionError("these channels refuse nothing") from error
