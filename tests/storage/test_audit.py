"""The audit chain: whatever is changed, taken out or put in, the first wrong entry is named."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from storage import audit
from storage.audit import Broken
from storage.database import Database
from storage.tables import audit as table
from storage.tables import audit_head

NOW = datetime(2026, 12, 1, 8, 0, 0, 123456, tzinfo=UTC)
LENGTH = 5


def append(conn: Connection, thing: str = "response:1") -> None:
    audit.append(conn, NOW, audit.person(7), "look", thing, {"channel": "telegram", "tên": "Hòa"}, 1)


@pytest.fixture
async def chain(db: Database) -> Database:
    def fill(conn: Connection) -> None:
        for number in range(LENGTH):
            append(conn, f"response:{number}")

    await db.write(fill)
    return db


async def test_an_empty_chain_holds(db: Database) -> None:
    assert await db.read(audit.verify) is None


async def test_a_chain_holds(chain: Database) -> None:
    assert await chain.read(audit.verify) is None


async def test_writers_at_once_make_one_chain(db: Database) -> None:
    await asyncio.gather(*(db.write(append) for _ in range(40)))
    assert await db.read(audit.verify) is None
    assert await db.read(lambda conn: list(conn.scalars(select(table.c.seq).order_by(table.c.seq)))) == list(
        range(1, 41)
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "person:8"),
        ("action", "answer"),
        ("object", "response:9"),
        ("detail", {}),
        ("cycle_id", None),
        ("at", NOW.replace(microsecond=0)),
        ("hash", "0" * 64),
    ],
)
async def test_a_changed_entry_is_named(chain: Database, column: str, value: object) -> None:
    await chain.write(lambda conn: conn.execute(update(table).where(table.c.seq == 3).values({column: value})))
    broken = await chain.read(audit.verify)
    assert broken
    assert broken.seq == 3


async def test_an_entry_taken_out_is_named(chain: Database) -> None:
    await chain.write(lambda conn: conn.execute(delete(table).where(table.c.seq == 3)))
    assert await chain.read(audit.verify) == Broken(3, "the entry is missing")


async def test_an_entry_rewritten_with_its_own_hash_is_found_at_the_next(chain: Database) -> None:
    """The forger keeps entry 3 consistent with itself, but entry 4 still names the old one."""

    def forge(conn: Connection) -> None:
        kept = [dict(row._mapping) for row in conn.execute(select(table).order_by(table.c.seq))]
        conn.execute(delete(table))
        conn.execute(update(audit_head).values(seq=2, hash=kept[1]["hash"]))
        conn.execute(insert(table), kept[:2])
        append(conn, "response:forged")
        conn.execute(insert(table), kept[3:])
        conn.execute(update(audit_head).values(seq=LENGTH, hash=kept[-1]["hash"]))

    await chain.write(forge)
    assert await chain.read(audit.verify) == Broken(4, "it does not follow the entry before it")


async def test_an_end_cut_off_is_named(chain: Database) -> None:
    await chain.write(lambda conn: conn.execute(delete(table).where(table.c.seq > 3)))
    assert await chain.read(audit.verify) == Broken(LENGTH, "the end of the chain was cut off or changed")


async def test_an_entry_put_in_is_named(chain: Database) -> None:
    def put(conn: Connection) -> None:
        row = conn.execute(select(table).where(table.c.seq == LENGTH)).one()
        conn.execute(insert(table).values({**row._mapping, "seq": LENGTH + 1}))

    await chain.write(put)
    broken = await chain.read(audit.verify)
    assert broken
    assert broken.seq == LENGTH + 1
