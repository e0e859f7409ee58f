"""The database: nothing lost between writers, readers never in the way, faults said in one line."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, insert, select, text, update

from storage.database import Database
from storage.errors import FolderNotWritable, StorageError, Unreachable
from storage.schema import migrate
from storage.tables import accounts, people, units

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


def add_account(conn: Connection) -> int:
    row = {"channel": "web", "address": "a", "created_at": NOW}
    return int(conn.execute(insert(accounts).values(row).returning(accounts.c.id)).scalar_one())


def add_one(conn: Connection) -> None:
    """Read, then write what was read plus one: the careless way that needs real transactions."""
    seen = conn.execute(select(accounts.c.wrong_codes).with_for_update()).scalar_one()
    conn.execute(update(accounts).values(wrong_codes=seen + 1))


async def test_no_update_is_lost(db: Database) -> None:
    await db.write(add_account)

    async def fifty() -> None:
        for _ in range(50):
            await db.write(add_one)

    await asyncio.gather(*(fifty() for _ in range(8)))
    assert await db.read(lambda conn: conn.scalar(select(accounts.c.wrong_codes))) == 400


async def test_no_update_is_lost_between_two_programs(database_url: str) -> None:
    first, second = Database(database_url), Database(database_url)
    await first.write(add_account)

    async def fifty(db: Database) -> None:
        for _ in range(50):
            await db.write(add_one)

    await asyncio.gather(fifty(first), fifty(second), fifty(first), fifty(second))
    assert await first.read(lambda conn: conn.scalar(select(accounts.c.wrong_codes))) == 200
    await first.close()
    await second.close()


async def test_a_refused_change_takes_no_other_with_it(db: Database) -> None:
    """Changes that wait together share a commit; each is still all or nothing by itself."""

    def half_done(conn: Connection) -> None:
        add_unit(conn, "half")
        raise ValueError("refused")

    def add_unit(conn: Connection, code: str) -> str:
        conn.execute(insert(units).values(code=code, name=code, kind="cell"))
        return code

    done = await asyncio.gather(
        db.write(lambda conn: add_unit(conn, "one")),
        db.write(half_done),
        db.write(lambda conn: add_unit(conn, "two")),
        return_exceptions=True,
    )
    assert done[0] == "one"
    assert isinstance(done[1], ValueError)
    assert done[2] == "two"
    assert await db.read(lambda conn: list(conn.scalars(select(units.c.code).order_by(units.c.code)))) == ["one", "two"]


async def test_who_stops_waiting_harms_nobody(db: Database) -> None:
    await db.write(add_account)
    impatient = [asyncio.create_task(db.write(add_one)) for _ in range(10)]
    patient = [asyncio.create_task(db.write(add_one)) for _ in range(10)]
    await asyncio.sleep(0)
    for task in impatient:
        task.cancel()
    await asyncio.gather(*patient)
    await asyncio.gather(*impatient, return_exceptions=True)
    counted = await db.read(lambda conn: conn.scalar(select(accounts.c.wrong_codes)))
    assert 10 <= int(counted or 0) <= 20


async def test_a_report_neither_waits_nor_sees_half_a_change(db: Database) -> None:
    await db.write(add_account)
    reading, written = asyncio.Event(), asyncio.Event()
    seen: list[int | None] = []

    def report(conn: Connection) -> None:
        """Goes on looking until the change is durable."""
        seen.append(conn.scalar(select(accounts.c.wrong_codes)))
        reading.set()
        while not written.is_set():
            conn.scalar(select(func.count()).select_from(accounts))
        seen.append(conn.scalar(select(accounts.c.wrong_codes)))

    running = asyncio.create_task(db.read(report))
    await reading.wait()
    await db.write(add_one)
    written.set()
    await running
    assert seen == [0, 0]


async def test_a_report_cannot_change_anything(db: Database) -> None:
    with pytest.raises(Exception, match=r"readonly|read-only"):
        await db.read(add_account)


async def test_foreign_keys_hold(db: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await db.write(lambda conn: conn.execute(insert(people).values(code="x", name="X", unit_id=99)))
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await db.write(lambda conn: conn.execute(insert(units).values(code="x", name="X", kind="cell", parent_id=9)))


async def test_moments_come_back_aware_and_texts_in_one_form(db: Database) -> None:
    def write(conn: Connection) -> None:
        conn.execute(delete(units))
        conn.execute(insert(units).values(code="c", name="Chi bộ".encode().decode(), kind="cell"))
        conn.execute(insert(units).values(code="d", name="Chi bo\u0323\u0302", kind="cell"))
        add_account(conn)

    await db.write(write)
    names = await db.read(lambda conn: set(conn.scalars(select(units.c.name))))
    assert names == {"Chi bộ"}
    assert await db.read(lambda conn: conn.scalar(select(accounts.c.created_at))) == NOW


async def test_a_moment_without_a_zone_is_refused(db: Database) -> None:
    with pytest.raises(Exception, match="time zone"):
        await db.write(lambda conn: conn.execute(select(accounts).where(accounts.c.created_at == datetime(2026, 1, 1))))  # noqa: DTZ001


async def test_sqlite_is_set_up_for_durability(sqlite_url: str) -> None:
    db = Database(sqlite_url)

    def pragmas(conn: Connection) -> list[object]:
        return [conn.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")]

    assert await db.write(pragmas) == ["wal", 2, 1]
    await db.close()


async def test_an_unreachable_server_is_said_in_one_line() -> None:
    url = "postgresql+asyncpg://nobody@127.0.0.1:1/none"
    with pytest.raises(Unreachable) as told:
        await Database(url).write(add_account)
    assert "\n" not in str(told.value)
    with pytest.raises(Unreachable):
        await migrate(url)


async def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(FolderNotWritable, match="file") as told:
        await migrate(f"sqlite+aiosqlite:///{tmp_path}/file/tusoi.db")
    assert isinstance(told.value, StorageError)
    assert "\n" not in str(told.value)
