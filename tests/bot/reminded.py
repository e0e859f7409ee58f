"""A ward whose worker ticks on a clock of the test's own, and what each person was told through which channel."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, select, update

from bot.house import House
from bot.nursery import Nursery
from bot.turn import TurnRunner
from bot.worker import TickReport, Worker
from conversations.effects import Submit
from conversations.incoming import Asked, ChannelName, Incoming
from storage import outbox
from storage.tables import accounts, notices
from tests.storage.filling import complete
from tests.storage.ward import PACK, QUIET, ZONE, Ward

OA: ChannelName = "zalo_oa"


def at(day: int, clock: str = "08:00") -> datetime:
    """In December 2026; 0 is the last day of November."""
    return datetime.combine(date(2026, 11, 30) + timedelta(days=day), time.fromisoformat(clock), ZONE)


@dataclass
class Reminded:
    ward: Ward
    own_hours: bool = False
    house: House = field(init=False)
    turns: TurnRunner = field(init=False)
    nursery: Nursery = field(default_factory=Nursery)
    asked: int = 0

    def __post_init__(self) -> None:
        self.house = House(self.ward.db, lambda: self.ward.now, ZONE, QUIET, lambda _: PACK)
        self.turns = TurnRunner(self.house, self.nursery)

    async def join(self, code: str, channel: ChannelName = OA, heard_at: datetime | None = None) -> None:
        """The chat's address is "CODE-channel"; `heard_at` is when its person last wrote."""
        await self.ward.join(code, channel, f"{code}-{channel}")
        await self.hears(code, channel, heard_at)

    async def hears(self, code: str, channel: ChannelName, when: datetime | None, minute: int | None = None) -> None:
        here = (accounts.c.channel == channel) & (accounts.c.address == f"{code}-{channel}")
        values = {"last_inbound_at": when, "usual_minute": minute}
        await self.ward.db.write(lambda conn: conn.execute(update(accounts).where(here).values(values)))

    async def asks(self, code: str, command: str, channel: ChannelName = OA) -> None:
        """The person writes; the reply arrives."""
        self.asked += 1

        async def deliver(_: object) -> int:
            return 0

        incoming = Incoming(channel, f"d{self.asked}", f"{code}-{channel}", Asked(command))
        await self.turns.take(incoming, deliver)
        await self.nursery.finish()

    async def submits(self, code: str, channel: ChannelName = OA) -> None:
        chat, person_id = f"{code}-{channel}", self.ward.ids[code]
        await self.ward.does(chat, *complete(person_id), channel=channel)
        response = await self.ward.sees(chat, lambda facts: facts.response("self_review", person_id), channel)
        assert response
        await self.ward.does(chat, Submit(response.id), channel=channel)

    async def tick(self, when: datetime) -> TickReport:
        """Everything due, and what it put into the outbox is sent."""
        self.ward.now = when
        report = await Worker(self.house, self.turns, own_hours=self.own_hours).tick()
        for channel in ("telegram", "zalo_bot", "zalo_oa"):
            await self.ward.db.write(lambda conn, channel=channel: _deliver(conn, channel, when))
        return report

    async def told(self, code: str, kind: str = "self_review_due") -> list[tuple[str, str, str | None, str]]:
        """Slot without its date, state, channel and how ("free", "paid", "early"), in the order planned."""

        def look(conn: Connection) -> list[tuple[str, str, str | None, str]]:
            mine = (notices.c.person_id == self.ward.ids[code]) & (notices.c.kind == kind)
            rows = conn.execute(select(notices).where(mine).order_by(notices.c.id))
            return [(row.slot[11:], row.state, row.channel, _how(row.paid, row.early)) for row in rows]

        return await self.ward.db.read(look)


def _how(paid: bool, early: bool) -> str:
    return "paid" if paid else "early" if early else "free"


def _deliver(conn: Connection, channel: ChannelName, now: datetime) -> None:
    for row in outbox.claim(conn, channel, "notice", now, 100, timedelta(minutes=2)):
        outbox.mark_sent(conn, row.id, now)
