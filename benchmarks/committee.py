"""A committee of any size in a fresh database, everybody joined, consented and at the first question."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.house import House
from bot.nursery import Nursery
from bot.turn import TurnRunner
from conversations.incoming import Asked, Chose, Event, Incoming, Typed
from conversations.screen import Screen
from review.calendar import QuietHours
from review.pack import load
from review.roster import MemberRow, Roster, UnitRow
from storage import cycles, invitations, people, roster
from storage.database import Database
from storage.schema import migrate
from storage.sealing import NO_KEYS, KeyRing
from storage.tables import people as people_table

PACK = "hd43-2025"
DATE, ANSWER = "31/03/2027", "Vận động 14/16 hộ xóm 3 hiến đất, mở 620 m đường, xong trước ngày 30/9."


class Phone:
    """A member who takes first choices and types where ✍️ stands, one answered delivery after the other."""

    def __init__(self, turns: TurnRunner, chat: str) -> None:
        self._turns = turns
        self._chat = chat
        self._sent = 0

    async def say(self, event: Event) -> Screen:
        self._sent += 1
        await self._turns.take(Incoming("web", f"{self._chat}-{self._sent}", self._chat, event))
        return await self.look()

    async def look(self) -> Screen:
        return (await self._turns.present("web", self._chat)).screen

    async def step(self, screen: Screen) -> Screen:
        serial = (await self._turns.present("web", self._chat)).serial
        return await self.say(forward(screen, serial))

    async def join(self, code: str) -> Screen:
        screen = await self.say(Asked("start", code))
        while screen.waits_for is None:
            screen = await self.step(screen)
        return screen


def forward(screen: Screen, serial: int) -> Event:
    """The way on: words where they are asked for, the first choice elsewhere."""
    if screen.waits_for:
        return Typed(DATE if screen.waits_for == "date" else ANSWER, serial)
    return Chose(serial, screen.choices[0].action)


async def open_committee(url: str, members: int, ring: KeyRing = NO_KEYS) -> tuple[House, TurnRunner, Sequence[str]]:
    """The house, its turns and one invitation code per member (form 2C)."""
    await migrate(url, ring=ring)
    now = datetime.now(UTC)
    house = House(Database(url, ring), lambda: now, ZoneInfo("Asia/Ho_Chi_Minh"), QuietHours.read("21:00-07:00"), load)
    codes = await house.db.write(_filling(members, now))
    return house, TurnRunner(house, Nursery()), codes


def _filling(members: int, now: datetime) -> Callable[..., Sequence[str]]:
    units = (UnitRow(2, "P", "Đảng bộ phường", "Đảng bộ"), UnitRow(3, "C", "Chi bộ Khối 1", "Chi bộ", "P"))
    rows = tuple(
        MemberRow(nth, f"M{nth}", f"Đảng viên {nth}", "C", "2C", "chính thức", date(1970, 1, 1))
        for nth in range(2, members + 2)
    )

    def fill(conn):  # type: ignore[no-untyped-def]
        roster.save(conn, Roster(units, rows), now)
        due = now.date() + timedelta(days=9)
        cycles.open_cycle(conn, now.year, PACK, load(PACK).version, {"self_reviews_due": due}, now)
        found = people.find_people(conn, people_table.c.form == "2C")
        return [code for _, code in invitations.issue(conn, [person.id for person in found], now, 30)]

    return fill
