"""A ward committee in a SQLite file, filled through the public functions of storage while no bot runs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, create_engine, event, insert, select
from sqlalchemy.engine import Engine

from review.calendar import DateName
from review.pack import load
from review.roster import MemberRow, RoleRow, Roster, UnitRow
from storage import audit, cycles, invitations, roster
from storage.tables import accounts, answer_history, answers, cycle_dates, people, responses

T = TypeVar("T")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DUE = date(2026, 12, 10)
DATES: dict[DateName, date] = {
    "open": date(2026, 11, 20),
    "residence_remarks_due": date(2026, 12, 20),
    "self_reviews_due": DUE,
    "cell_meeting_due": date(2026, 12, 24),
}
PACK = load("hd43-2025")
UNITS = (
    UnitRow(2, "P", "Đảng ủy phường Trường Vinh", "Đảng bộ"),
    UnitRow(3, "TH", "Chi bộ Trường THCS Lê Lợi", "Chi bộ", "P"),
    UnitRow(4, "K5", "Chi bộ Khối 5", "Chi bộ", "P"),
)
PEOPLE = (
    MemberRow(2, "HOA", "Nguyễn Thị Hoa", "TH", "2C", "chính thức", date(1968, 5, 1), residence="K5"),
    MemberRow(3, "NAM", "Trần Văn Nam", "TH", "2C", "chính thức", residence="K5"),
    MemberRow(4, "BINH", "Lê Văn Bình", "TH", "2C", "chính thức"),
    MemberRow(5, "CHI", "Phạm Thị Chi", "TH", "2B", "chính thức", residence="K5"),
    MemberRow(6, "TAM", "Võ Thị Tâm", "K5", "2C", "chính thức"),
)
ROLES = (
    RoleRow(2, "CHI", "", "bí thư", "TH"),
    RoleRow(3, "TAM", "", "bí thư", "K5"),
    RoleRow(4, "MAT", "Bùi Thị Mặt", "đầu mối nơi cư trú", "K5"),
    RoleRow(5, "CAN", "Đỗ Văn Cán", "cấp ủy cấp trên", "P"),
)


def local(day: date, clock: str) -> datetime:
    """The instant of this local day and time of day ("08:30")."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)


@dataclass
class Committee:
    """The database from outside the bot: short transactions of its own, also while the bot runs."""

    url: str
    now: datetime
    engine: Engine = field(init=False)
    looking: Engine = field(init=False)

    def __post_init__(self) -> None:
        self.engine = create_engine(self.url.replace("+aiosqlite", ""))
        self.looking = create_engine(self.url.replace("+aiosqlite", ""))
        event.listen(self.engine, "connect", _prepare)
        event.listen(self.engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN IMMEDIATE"))

    def does(self, work: Callable[[Connection], T]) -> T:
        with self.engine.begin() as conn:
            return work(conn)

    def fill(self) -> None:
        def filling(conn: Connection) -> None:
            roster.save(conn, Roster(UNITS, PEOPLE, ROLES), self.now)
            cycles.open_cycle(conn, 2026, PACK.name, PACK.version, DATES, self.now)

        self.does(filling)

    def fill_more(self, members: Iterable[MemberRow]) -> None:
        """A second roster: those listed before stay as they are."""
        self.does(lambda conn: roster.save(conn, Roster(UNITS, (*PEOPLE, *members), ROLES), self.now))

    def invite(self, *codes: str) -> dict[str, str]:
        """A fresh invitation code for each of these people (everybody when none is named)."""

        def inviting(conn: Connection) -> dict[str, str]:
            ids = conn.scalars(select(people.c.id).where(people.c.code.in_(codes) if codes else people.c.id > 0))
            return {person.code: code for person, code in invitations.issue(conn, list(ids), self.now, 1000)}

        return self.does(inviting)

    def submits(self, code: str) -> None:
        """As if this person had handed in a form; only that it was handed in counts."""

        def submitting(conn: Connection) -> None:
            cycle, person = cycles.current(conn), conn.scalar(select(people.c.id).where(people.c.code == code))
            assert cycle
            row = {"cycle_id": cycle.id, "kind": "self_review", "form": "2C", "form_version": PACK.forms["2C"].version}
            row |= {"subject_person_id": person, "respondent_id": person, "status": "submitted", "receipt": "K1-TEST"}
            conn.execute(insert(responses).values(row | {"submitted_at": self.now, "saved_at": self.now}))

        self.does(submitting)

    def moves_dates(self, **dates: date) -> None:
        def moving(conn: Connection) -> None:
            cycle = cycles.current(conn)
            assert cycle
            cycles.set_dates(conn, cycle.id, {**cycle.dates, **dates}, self.now)  # type: ignore[dict-item]

        self.does(moving)

    def rows(self, query: Any) -> list[Any]:
        """Only to look: the bot never waits for it."""
        with self.looking.connect() as conn:
            return list(conn.execute(query))

    def close(self) -> None:
        self.engine.dispose()
        self.looking.dispose()

    def answers_of(self, code: str, kind: str = "self_review") -> dict[str, Any]:
        stored = select(answers.c.key, answers.c.value).select_from(
            answers.join(responses).join(people, people.c.id == responses.c.subject_person_id)
        )
        return dict(map(tuple, self.rows(stored.where(people.c.code == code, responses.c.kind == kind))))

    def everything_answered(self) -> list[tuple[Any, ...]]:
        """All answers, their history and how each response stands: what bad input may not change."""
        tables = (answers, answer_history, responses, cycle_dates)
        return [tuple(row) for table in tables for row in self.rows(select(table).order_by(*table.primary_key))]

    def joined(self) -> int:
        return len(self.rows(select(accounts.c.id).where(accounts.c.person_id.is_not(None))))

    def audit_holds(self) -> bool:
        return self.does(audit.verify) is None


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("busy_timeout=20000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
