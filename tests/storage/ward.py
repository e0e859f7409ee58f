"""A ward for the storage tests: a committee, a work cell and a residence cell, filled through the public functions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from conversations.effects import Effect, SetConsent, Submit, UseInvitation
from conversations.incoming import ChannelName
from review.calendar import Cycle, QuietHours
from review.people import Person
from review.roster import MemberRow, RoleRow, Roster, UnitRow
from storage import accounts, cycles, invitations, roster
from storage.apply import Context, apply
from storage.database import Database
from storage.facts import StoredFacts
from storage.people import find_people
from storage.tables import people
from tests.conversations.small_pack import SMALL_PACK as PACK

T = TypeVar("T")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 12, 1, 9, 30, tzinfo=ZONE)
QUIET = QuietHours(time(21), time(7))
DATES = {
    "open": date(2026, 11, 20),
    "self_reviews_due": date(2026, 12, 10),
    "residence_remarks_due": date(2026, 12, 8),
    "cell_meeting_due": date(2026, 12, 15),
}
WARD = Roster(
    units=(
        UnitRow(2, "P", "Đảng ủy phường Trường Vinh", "Đảng bộ"),
        UnitRow(3, "TH", "Chi bộ Trường THCS Lê Lợi", "Chi bộ", "P"),
        UnitRow(4, "K5", "Chi bộ Khối 5", "Chi bộ", "P"),
    ),
    members=(
        MemberRow(2, "HOA", "Nguyễn Thị Hoa", "TH", "2C", "chính thức", date(1968, 5, 1), residence="K5"),
        MemberRow(3, "NAM", "Trần Văn Nam", "TH", "2C", "chính thức", residence="K5"),
        MemberRow(4, "BINH", "Lê Văn Bình", "TH", "2C", "dự bị"),
        MemberRow(5, "CHI", "Phạm Thị Chi", "TH", "2B", "chính thức", residence="K5"),
        MemberRow(6, "MIEN", "Hồ Văn Miên", "TH", "", "miễn sinh hoạt", residence="K5"),
        MemberRow(7, "TAM", "Võ Thị Tâm", "K5", "2C", "chính thức"),
    ),
    roles=(
        RoleRow(2, "CHI", "", "bí thư", "TH"),
        RoleRow(3, "TAM", "", "bí thư", "K5"),
        RoleRow(4, "MAT", "Bùi Thị Mặt", "đầu mối nơi cư trú", "K5"),
        RoleRow(5, "CAN", "Đỗ Cán", "cấp ủy cấp trên", "P"),
    ),
)


@dataclass(slots=True)
class Ward:
    """The ward in a database, with a clock of its own. Every act is one transaction, as in a turn."""

    db: Database
    db_url: str
    now: datetime = NOW
    ids: dict[str, int] = field(default_factory=dict)
    cycle: Cycle = field(default_factory=lambda: Cycle(0, 0, ""))

    def passes(self, **time_: float) -> None:
        self.now += timedelta(**time_)

    async def fill(self) -> None:
        def filling(conn: Connection) -> None:
            roster.save(conn, WARD, self.now)
            self.cycle = cycles.open_cycle(conn, 2026, PACK.name, PACK.version, DATES, self.now)  # type: ignore[arg-type]
            self.ids = dict(conn.execute(select(people.c.code, people.c.id)).tuples().all())

        await self.db.write(filling)

    async def join(self, code: str, channel: ChannelName = "telegram", address: str = "", consent: bool = True) -> str:
        """The person comes in with an invitation; returns the address of the chat."""
        address = address or code

        def joining(conn: Connection) -> None:
            [(_, secret)] = invitations.issue(conn, [self.ids[code]], self.now, 30)
            invitation = invitations.by_code(conn, secret, self.now)
            assert invitation
            self._apply(conn, channel, address, UseInvitation(invitation.id))
            if consent:
                self._apply(conn, channel, address, SetConsent(True, "2026-11"))

        await self.db.write(joining)
        return address

    async def does(self, address: str, *effects: Effect, channel: ChannelName = "telegram") -> None:
        def acting(conn: Connection) -> None:
            for effect in effects:
                self._apply(conn, channel, address, effect)

        await self.db.write(acting)

    async def submits(self, address: str, response_id: int) -> None:
        await self.does(address, Submit(response_id))

    async def sees(self, address: str, look: Callable[[StoredFacts], T], channel: ChannelName = "telegram") -> T:
        return await self.db.write(lambda conn: look(self.facts(conn, channel, address)))

    def facts(self, conn: Connection, channel: ChannelName, address: str) -> StoredFacts:
        account = accounts.find_or_create(conn, channel, address, self.now).account
        return StoredFacts(conn, account, self.now.astimezone(UTC), ZONE, lambda _: PACK)

    def person(self, conn: Connection, code: str) -> Person:
        [found] = find_people(conn, people.c.code == code)
        return found

    def _apply(self, conn: Connection, channel: ChannelName, address: str, effect: Effect) -> None:
        self.apply_with(conn, self.facts(conn, channel, address), effect)

    def apply_with(self, conn: Connection, facts: StoredFacts, effect: Effect) -> None:
        apply(conn, effect, Context(facts, QUIET))
