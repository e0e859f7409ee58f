"""Backup and restore: one file of JSON lines, gzipped, the same for SQLite and PostgreSQL.

So a backup of one can be restored into the other: that is how an office that outgrows SQLite moves.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, TypeVar

from alembic import command
from sqlalchemy import Connection, Date, DateTime, MetaData, Table, delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engines import reading_engine, told, writing_engine
from storage.errors import BadBackup, NotEmpty
from storage.schema import alembic_config, current_revision, upgrade
from storage.sealed import check_keys
from storage.sealing import NO_KEYS, KeyRing

T = TypeVar("T")

FORMAT = "tusoi-backup/1"
BATCH = 1000
OWN_TABLE, HEAD = "alembic_version", "audit_head"
NOT_WHOLE = "is damaged or was cut short; nothing was restored."


async def backup(url: str, path: Path) -> int:
    """Write a consistent picture to `path` while the bot goes on; how many rows. Half a file is never left behind."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        rows = await _with(reading_engine(url), lambda conn: _write(conn, unfinished))
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return rows


async def restore(url: str, path: Path, ring: KeyRing = NO_KEYS) -> int:
    """Fill an empty database from a backup of this or an older release, all or nothing; how many rows.

    Raises NotEmpty when the database holds anything, BadBackup when the file is not whole, KeyMissing when the text in
    it was sealed with a key that is not on the ring: sealed text is copied as it is, out and in.
    """
    return await _with(writing_engine(url, foreign_keys=False), lambda conn: _restore(conn, path, ring))


async def _with(engine: AsyncEngine, work: Callable[[Connection], T]) -> T:
    async def run() -> T:
        async with engine.begin() as conn:
            return await conn.run_sync(work)

    try:
        return await told(run())
    finally:
        await engine.dispose()


def _write(conn: Connection, path: Path) -> int:
    rows = 0
    with gzip.open(path, "wt", encoding="utf-8") as file:
        _line(file, {"format": FORMAT, "revision": current_revision(conn)})
        for table in _tables(conn):
            _line(file, {"table": table.name, "columns": [column.name for column in table.columns]})
            for row in conn.execute(select(table).execution_options(yield_per=BATCH)):
                _line(file, [_plain(value) for value in row])
                rows += 1
        _line(file, {"end": rows})
    return rows


def _restore(conn: Connection, path: Path, ring: KeyRing) -> int:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            lines = map(json.loads, file)
            head = next(lines)
            if head["format"] != FORMAT:
                raise BadBackup(f"{path} is not a backup of this program.")
            _empty_schema(conn, head["revision"])
            rows = _fill(conn, lines)
    except (OSError, EOFError, ValueError, LookupError, TypeError, StopIteration, IntegrityError) as error:
        raise BadBackup(f"{path} {NOT_WHOLE}") from error
    upgrade(conn, "head")
    check_keys(conn, ring)
    return rows


def _empty_schema(conn: Connection, revision: str) -> None:
    """Tables as the release that wrote the backup had them."""
    for table in _tables(conn):
        if table.name != HEAD and conn.scalar(select(func.count()).select_from(table)):
            raise NotEmpty(f"The database is not empty ({table.name}): restore only into a new one.")
    if current_revision(conn) is not None:
        command.downgrade(alembic_config(conn), "base")
    upgrade(conn, revision)
    conn.execute(delete(next(table for table in _tables(conn) if table.name == HEAD)))


def _fill(conn: Connection, lines: Iterator[Any]) -> int:
    tables = {table.name: table for table in _tables(conn)}
    filled = 0
    for name, rows in groupby(_rows(lines), key=itemgetter(0)):
        types = {column.name: column.type for column in tables[name].columns}
        while batch := [row for _, row in islice(rows, BATCH)]:
            restored = [{column: _restored(types[column], value) for column, value in row.items()} for row in batch]
            conn.execute(insert(tables[name]), restored)
            filled += len(batch)
    _count_on(conn, tables.values())
    return filled


def _rows(lines: Iterator[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Table and row; EOFError when the end is missing."""
    table, count = "", 0
    columns: list[str] = []
    for line in lines:
        if isinstance(line, list):
            yield table, dict(zip(columns, line, strict=True))
            count += 1
        elif line.get("end") == count:
            return
        else:
            table, columns = line["table"], line["columns"]
    raise EOFError


def _count_on(conn: Connection, tables: Iterable[Table]) -> None:
    """PostgreSQL numbers new rows from where the restored ones end; SQLite does so by itself."""
    if conn.dialect.name != "postgresql":
        return
    for table in tables:
        if "id" in table.columns and (last := conn.scalar(select(func.max(table.c.id)))):
            sequence = func.pg_get_serial_sequence(table.name, "id")
            conn.execute(select(func.setval(sequence, last)).where(sequence.is_not(None)))


def _tables(conn: Connection) -> list[Table]:
    """The tables as they stand in the database, parents first, whichever release made them."""
    found = MetaData()
    found.reflect(conn)
    return [table for table in found.sorted_tables if table.name != OWN_TABLE]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _restored(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def _line(file: IO[str], content: Any) -> None:
    file.write(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")
