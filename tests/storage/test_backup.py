"""Backup and restore: the same data back, also in the other kind of database; nothing overwritten or half done."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from conversations.effects import Submit
from storage import audit
from storage.backup import backup, restore
from storage.database import Database
from storage.errors import BadBackup, NewerSchema, NotEmpty
from storage.schema import migrate, revisions
from storage.tables import metadata, units
from tests.storage.filling import answer, complete
from tests.storage.ward import Ward

Damage = Callable[[bytes, list[bytes]], bytes]


def alter(file: Path, damage: Damage) -> None:
    whole = file.read_bytes()
    file.write_bytes(damage(whole, gzip.decompress(whole).splitlines(keepends=True)))


def everything(conn: Connection) -> dict[str, list[Any]]:
    return {
        table.name: [tuple(row) for row in conn.execute(select(table).order_by(*table.primary_key))]
        for table in metadata.sorted_tables
    }


@pytest.fixture
async def saved(ward: Ward, tmp_path: Path) -> Path:
    hoa = await ward.join("HOA")
    await ward.does(hoa, *complete(ward.ids["HOA"]), answer(ward.ids["HOA"], "wish", "Không"))
    response = await ward.sees(hoa, lambda facts: facts.response("self_review", ward.ids["HOA"]))
    assert response
    await ward.does(hoa, Submit(response.id))
    file = tmp_path / "tusoi.backup"
    await backup(ward.db_url, file)
    return file


@pytest.fixture
async def small(sqlite_url: str, tmp_path: Path) -> Path:
    """A backup of a few rows."""
    db = Database(sqlite_url)
    rows = [{"code": code, "name": code, "kind": "cell"} for code in "abc"]
    await db.write(lambda conn: conn.execute(insert(units), rows))
    await db.close()
    await backup(sqlite_url, tmp_path / "small.backup")
    return tmp_path / "small.backup"


async def test_what_was_saved_comes_back(ward: Ward, saved: Path, empty_url: str) -> None:
    """Into an empty SQLite or PostgreSQL database, whichever it came from."""
    await restore(empty_url, saved)
    restored = Database(empty_url)
    assert await restored.read(everything) == await ward.db.read(everything)
    assert await restored.read(audit.verify) is None
    now = await revisions(empty_url)
    assert now.current == now.newest
    await restored.write(lambda conn: conn.execute(insert(units).values(code="new", name="Mới", kind="cell")))
    await restored.close()


async def test_also_into_a_database_the_program_was_started_on(ward: Ward, saved: Path, empty_url: str) -> None:
    await migrate(empty_url)
    await restore(empty_url, saved)
    restored = Database(empty_url)
    assert await restored.read(everything) == await ward.db.read(everything)
    await restored.close()


async def test_a_database_that_holds_something_is_left_alone(ward: Ward, saved: Path) -> None:
    before = await ward.db.read(everything)
    with pytest.raises(NotEmpty):
        await restore(ward.db_url, saved)
    assert await ward.db.read(everything) == before


DAMAGES: dict[str, Damage] = {
    "cut short": lambda whole, lines: whole[: len(whole) // 2],
    "last line lost": lambda whole, lines: gzip.compress(b"".join(lines[:-1])),
    "a row lost": lambda whole, lines: gzip.compress(b"".join(line for line in lines if b'"b"' not in line)),
    "a row doubled": lambda whole, lines: gzip.compress(b"".join(line * (1 + (b'"b"' in line)) for line in lines)),
    "not a backup": lambda whole, lines: b"PK\x03\x04 something else",
    "empty": lambda whole, lines: b"",
    "another program": lambda whole, lines: gzip.compress(b'{"format":"other"}\n'),
    "no lines": lambda whole, lines: gzip.compress(b""),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
async def test_a_damaged_backup_restores_nothing(small: Path, sqlite_url: str, tmp_path: Path, damage: Damage) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/new.db"
    alter(small, damage)
    with pytest.raises(BadBackup) as told:
        await restore(url, small)
    assert "\n" not in str(told.value)
    assert (await revisions(url)).current is None


async def test_on_postgresql_too_a_damaged_backup_restores_nothing(small: Path, empty_postgres_url: str) -> None:
    alter(small, DAMAGES["last line lost"])
    with pytest.raises(BadBackup):
        await restore(empty_postgres_url, small)
    assert (await revisions(empty_postgres_url)).current is None


async def test_a_backup_of_a_newer_release_is_refused(small: Path, empty_url: str) -> None:
    alter(small, lambda _, lines: gzip.compress(re.sub(rb'"revision":"\d+"', b'"revision":"9999"', b"".join(lines))))
    with pytest.raises(NewerSchema):
        await restore(empty_url, small)


async def test_a_failed_backup_leaves_no_file(ward: Ward, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="nowhere"):
        await backup(ward.db_url, tmp_path / "nowhere" / "tusoi.backup")
    assert not (tmp_path / "nowhere").exists()
