"""The few statements that SQLite and PostgreSQL write alike but SQLAlchemy keeps apart."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Rows = Sequence[Mapping[str, Any]]


def insert_or_leave(conn: Connection, table: Table, rows: Rows) -> int:
    """Insert the rows that are not there yet; how many those were."""
    if not rows:
        return 0
    leaving = _insert(conn, table).on_conflict_do_nothing().returning(*table.primary_key)
    return len(conn.execute(leaving, [dict(row) for row in rows]).all())


def insert_or_change(conn: Connection, table: Table, rows: Rows, key: Sequence[str]) -> None:
    """Insert the rows; where `key` is already there, change its other columns."""
    if not rows:
        return
    statement = _insert(conn, table)
    changes = {name: statement.excluded[name] for name in rows[0] if name not in key}
    conn.execute(statement.on_conflict_do_update(index_elements=list(key), set_=changes), [dict(row) for row in rows])


def _insert(conn: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if conn.dialect.name == "sqlite" else postgresql.insert(table)
