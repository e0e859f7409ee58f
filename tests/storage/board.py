"""A ward whose cells have proposed: twelve good and three excellent members of one peer group, under a ceiling."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import Connection, func, insert, select

from conversations.incoming import ChannelName
from review.pack import CeilingRule
from review.responses import Grade
from review.roster import MemberRow, RoleRow, Roster, UnitRow
from storage import accounts, cycles, roster
from storage.facts import StoredFacts
from storage.tables import decisions, meetings, people, responses, units
from tests.conversations.small_pack import SMALL_PACK
from tests.storage.ward import DATES, ZONE, Ward

RULE = CeilingRule(share=20, outstanding_share=25, base="good", rounding="floor", source="thử")
PACK = replace(SMALL_PACK, ceiling=RULE)
CODES = tuple(f"M{nth:02}" for nth in range(15))
ROSTER = Roster(
    units=(
        UnitRow(2, "P", "Đảng ủy phường Trường Vinh", "Đảng bộ"),
        UnitRow(3, "Q", "Đảng ủy phường Hưng Lộc", "Đảng bộ", "P"),
        UnitRow(4, "TH", "Chi bộ Trường THCS Lê Lợi", "Chi bộ", "P"),
        UnitRow(5, "K5", "Chi bộ Khối 5", "Chi bộ", "P"),
        UnitRow(6, "K9", "Chi bộ Khối 9", "Chi bộ", "Q"),
    ),
    members=tuple(
        MemberRow(
            10 + nth, code, f"Đồng chí {code}", "TH" if nth % 2 else "K5", "2C", "chính thức", peer_group="member"
        )
        for nth, code in enumerate(CODES)
    ),
    roles=(
        RoleRow(2, "CAN", "Đỗ Cán", "cấp ủy cấp trên", "P"),
        RoleRow(3, "M14", "", "cấp ủy cấp trên", "P"),
        RoleRow(4, "M13", "", "bí thư", "TH"),
        RoleRow(5, "QUAN", "Vũ Quân", "cấp ủy cấp trên", "Q"),
    ),
)


@dataclass(slots=True)
class Board(Ward):
    """As a Ward, by the small pack with a ceiling. `units`: ids by code."""

    async def fill(self) -> None:
        def filling(conn: Connection) -> None:
            roster.save(conn, ROSTER, self.now)
            self.cycle = cycles.open_cycle(conn, 2026, PACK.name, PACK.version, DATES, self.now)  # type: ignore[arg-type]
            self.ids = dict(conn.execute(select(people.c.code, people.c.id)).tuples().all())
            for code in ("TH", "K5"):
                _meeting(conn, self.cycle.id, _unit(conn, code), self.ids["M13"], self.now)
            for nth, code in enumerate(CODES):
                _response(conn, self.cycle.id, self.ids[code], self.now)
                self.propose(conn, code, "excellent" if nth < 3 else "good")

        await self.db.write(filling)

    def facts(self, conn: Connection, channel: ChannelName, address: str) -> StoredFacts:
        account = accounts.find_or_create(conn, channel, address, self.now).account
        return StoredFacts(conn, account, self.now.astimezone(UTC), ZONE, lambda _: PACK)

    def propose(self, conn: Connection, code: str, grade: Grade | None, reason: str = "") -> None:
        said = {"cycle_id": self.cycle.id, "stage": "cell", "grade": grade, "reason": reason}
        by = {"decided_by": self.ids["M13"], "decided_at": self.now}
        conn.execute(insert(decisions).values(person_id=self.ids[code], **said, **by))

    async def unit(self, code: str) -> int:
        return await self.db.read(lambda conn: _unit(conn, code))

    async def decided(self) -> int:
        """How many standing decisions of the committee there are."""
        standing = (decisions.c.stage == "committee", decisions.c.superseded_at.is_(None))
        query = select(func.count()).select_from(decisions).where(*standing)
        return int(await self.db.read(lambda conn: conn.scalar(query)) or 0)


def _unit(conn: Connection, code: str) -> int:
    return int(conn.execute(select(units.c.id).where(units.c.code == code)).scalar_one())


def _meeting(conn: Connection, cycle_id: int, unit_id: int, by: int, now: datetime) -> None:
    numbers = {"round": 1, "held_on": date(2026, 11, 30), "official": 8, "present": 8, "absences": [], "secret": True}
    kept = {"recorded_by": by, "recorded_at": now, "closed_at": now}
    conn.execute(insert(meetings).values(cycle_id=cycle_id, unit_id=unit_id, **numbers, **kept))


def _response(conn: Connection, cycle_id: int, person_id: int, now: datetime) -> None:
    form = {"kind": "self_review", "form": "2C", "form_version": "1", "status": "accepted", "submitted_at": now}
    who = {"subject_person_id": person_id, "respondent_id": person_id}
    conn.execute(insert(responses).values(cycle_id=cycle_id, receipt="K7-4F2Q", **form, **who))
