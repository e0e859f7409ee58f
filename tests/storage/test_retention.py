"""Purging: a year goes without a trace, the others and the audit chain stay whole."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, func, insert, select

from conversations.effects import Notify, Submit
from storage import audit, cycles, retention
from storage.errors import CycleConflict, StorageError
from storage.export import export_year
from storage.given import give
from storage.schema import migrate
from storage.tables import (
    appeals,
    decisions,
    meeting_votes,
    meetings,
    metadata,
    redo_orders,
    remedies,
    remedy_checks,
    unit_dates,
)
from storage.unfinished import unfinished
from tests.conversations.small_pack import SMALL_PACK
from tests.storage.filling import complete
from tests.storage.ward import DATES, Ward

SECRET = "Giấu kín trong vườn chè 7391"


def put(conn: Connection, table: Table, **row: object) -> int:
    return int(conn.execute(insert(table).values(**row)).inserted_primary_key[0])


def afterwards(conn: Connection, ward: Ward) -> None:
    """A meeting, a decision with a complaint, an order and a remedy, as plain rows."""
    hoa, chi, now, cycle = ward.ids["HOA"], ward.ids["CHI"], ward.now, ward.cycle.id
    unit = ward.person(conn, "HOA").unit
    assert unit
    absences = [{"person_id": hoa, "reason": SECRET}]
    meeting = put(
        conn, meetings, cycle_id=cycle, unit_id=unit.id, round=1, held_on=now.date(), official=3, present=3,
        absences=absences, secret=True, recorded_by=chi, recorded_at=now,
    )  # fmt: skip
    votes = {"counts": {"good": 3}, "invalid": 0}
    put(conn, meeting_votes, meeting_id=meeting, person_id=hoa, recorded_by=chi, recorded_at=now, **votes)
    decision = put(
        conn, decisions, cycle_id=cycle, stage="committee", person_id=hoa, grade="good", reason=SECRET,
        decided_by=chi, decided_at=now, meeting_id=meeting,
    )  # fmt: skip
    put(conn, appeals, decision_id=decision, person_id=hoa, kind="complaint", text=SECRET, made_at=now)
    put(
        conn, redo_orders, cycle_id=cycle, person_id=hoa, what="review", reason=SECRET, due=now.date(),
        ordered_by=chi, ordered_at=now,
    )  # fmt: skip
    remedy = put(
        conn, remedies, cycle_id=cycle, person_id=hoa, source="1:a", shortcoming=SECRET, status="open", created_at=now
    )
    put(conn, remedy_checks, remedy_id=remedy, at=now, by=hoa, status="partly", note=SECRET)
    put(conn, unit_dates, cycle_id=cycle, unit_id=unit.id, name="cell_meeting_due", day=now.date(), set_at=now)


@pytest.fixture
async def full(ward: Ward) -> Ward:
    """A review with everything in it that can be in one."""
    hoa = await ward.join("HOA")
    hoa_id = ward.ids["HOA"]
    await ward.does(hoa, *complete(hoa_id, shortcomings__1__text="Nháp cũ " + SECRET))
    await ward.does(hoa, *complete(hoa_id, shortcomings__1__text=SECRET))
    response = await ward.sees(hoa, lambda facts: facts.response("self_review", hoa_id))
    assert response
    await ward.does(hoa, Submit(response.id), Notify(hoa_id, "snoozed", "a"))
    await ward.db.write(lambda conn: give(conn, ward.cycle.id, hoa_id, "carried", [SECRET]))
    await ward.db.write(lambda conn: afterwards(conn, ward))
    return ward


def rows(conn: Connection) -> dict[str, int]:
    counts = {t.name: conn.scalar(select(func.count()).select_from(t)) or 0 for t in metadata.sorted_tables}
    return {name: count for name, count in counts.items() if count}


async def purge(ward: Ward) -> None:
    await ward.db.write(lambda conn: cycles.close(conn, ward.cycle.id, ward.now))
    closed = await ward.db.read(cycles.all_cycles)
    await ward.db.write(lambda conn: retention.purge(conn, closed, ward.now))


async def test_nothing_but_the_roster_and_the_chain_is_left(full: Ward) -> None:
    before = await full.db.read(rows)
    await purge(full)
    after = await full.db.read(rows)
    lasting = {"units", "people", "roles", "accounts", "invitations", "consents", "consent_texts", "cycles"}
    lasting |= {"audit", "audit_head"}
    assert set(before) > lasting
    assert set(after) == lasting
    assert await full.db.read(audit.verify) is None
    assert await full.db.read(cycles.all_cycles) == ()


async def test_another_year_stays_whole(full: Ward) -> None:
    await full.db.write(lambda conn: cycles.close(conn, full.cycle.id, full.now))
    old = await full.db.read(cycles.all_cycles)

    def next_year(conn: Connection) -> None:
        full.cycle = cycles.open_cycle(conn, 2027, SMALL_PACK.name, "v", DATES, full.now)  # type: ignore[arg-type]
        give(conn, full.cycle.id, full.ids["HOA"], "carried", ["Còn ba hộ."])
        afterwards(conn, full)

    await full.db.write(next_year)
    before = await full.db.read(lambda conn: everything_of(conn, full.cycle.id))
    await full.db.write(lambda conn: retention.purge(conn, old, full.now))
    assert await full.db.read(lambda conn: everything_of(conn, full.cycle.id)) == before


def everything_of(conn: Connection, cycle_id: int) -> dict[str, list[Any]]:
    tables = [table for table in metadata.sorted_tables if "cycle_id" in table.columns and table.name != "audit"]
    return {t.name: [tuple(row) for row in conn.execute(select(t).where(t.c.cycle_id == cycle_id))] for t in tables}


async def test_a_purged_year_was_held_and_has_nothing_to_export(full: Ward) -> None:
    await purge(full)
    with pytest.raises(CycleConflict, match="2026"):
        await full.db.read(lambda conn: export_year(conn, 2026, full.now, lambda _: SMALL_PACK))
    with pytest.raises(CycleConflict, match="2026"):
        await full.db.write(lambda conn: cycles.open_cycle(conn, 2026, "p", "v", {}, full.now))


async def test_no_byte_of_it_is_left_in_the_file(full: Ward, database_url: str) -> None:
    if "postgresql" in database_url:
        await full.db.close()
        await purge(full)
        await retention.scrub(database_url)
        return
    file = Path(database_url.split("///")[1])
    assert holds(file, SECRET)
    await purge(full)
    assert holds(file, SECRET), "deleted rows leave their bytes behind until the file is scrubbed"
    await full.db.close()
    await retention.scrub(database_url)
    assert not holds(file, SECRET)
    assert holds(file, "Nguyễn Thị Hoa")


def holds(file: Path, words: str) -> bool:
    """In the database or what stands beside it."""
    return any(words.encode() in path.read_bytes() for path in file.parent.glob(f"{file.name}*"))


async def test_while_another_program_reads_old_pages_it_says_so(sqlite_url: str) -> None:
    """Deleted, yes; but the file is not clean yet, and whoever purged must know."""
    await migrate(sqlite_url)
    reader = sqlite3.connect(sqlite_url.split("///")[1], isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM decisions").fetchall()
    with pytest.raises(StorageError, match="stop the bot"):
        await retention.scrub(sqlite_url)
    reader.close()
    await retention.scrub(sqlite_url)


async def test_what_is_open_is_counted(full: Ward) -> None:
    left = await full.db.read(lambda conn: unfinished(conn, full.cycle.id))
    assert left == [
        "members without a decision of the committee: 4",
        "unanswered complaints: 1",
        "open orders to review or grade again: 1",
    ]
