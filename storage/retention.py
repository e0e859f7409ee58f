"""What was kept long enough goes, all of it: from the tables, and from the bytes of the database file."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, delete, or_, select, text, update
from sqlalchemy.ext.asyncio import create_async_engine

from review.calendar import Cycle
from storage import audit
from storage.engines import is_sqlite, told
from storage.errors import StorageError
from storage.tables import cycles, metadata


def purge(conn: Connection, expired: Sequence[Cycle], now: datetime) -> int:
    """Delete everything that belongs to these reviews but the fact that they were held; how many rows.

    The audit chain stays whole: it never held an answer. Afterwards `scrub` the file.
    """
    ids = [cycle.id for cycle in expired]
    rows = 0
    for table in reversed(metadata.sorted_tables):
        belonging = _belonging(table, ids)
        if belonging is not None:
            rows += conn.execute(delete(table).where(belonging)).rowcount
    conn.execute(update(cycles).where(cycles.c.id.in_(ids)).values(purged_at=now))
    for cycle in expired:
        audit.append(conn, now, audit.OPERATOR, "purge", f"cycle:{cycle.id}", {"year": cycle.year}, cycle.id)
    return rows


async def scrub(url: str) -> None:
    """Leave no deleted byte in the files of the database. Raises StorageError while another program reads them.

    PostgreSQL: the tables are written anew; its write-ahead log is recycled by the server, archives are the operator's.
    """
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as conn:
            if not is_sqlite(url):
                await told(conn.execute(text("VACUUM FULL")))
                return
            await told(conn.execute(text("VACUUM")))
            busy = (await told(conn.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")))).one()[0]
            if busy:
                raise StorageError(
                    "Done, but the file still holds old pages: stop the bot and give the command once more."
                )
    finally:
        await engine.dispose()


def _belonging(table: Table, cycle_ids: Sequence[int]) -> ColumnElement[bool] | None:
    """The rows of a table that lead, by their foreign keys, to one of the reviews; None where nothing leads there."""
    conditions: list[ColumnElement[bool]] = []
    for key in table.foreign_keys:
        parent = key.column.table
        if parent is cycles:
            conditions.append(key.parent.in_(cycle_ids))
        elif parent is not table and (through := _belonging(parent, cycle_ids)) is not None:
            conditions.append(key.parent.in_(select(key.column).where(through)))
    return or_(*conditions) if conditions else None
