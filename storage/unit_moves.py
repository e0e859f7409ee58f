"""Where units stood before: written when a roster puts one under another parent."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, select

from review.unit_moves import UnitMove
from storage.tables import unit_moves

Parents = Mapping[int, int | None]


def note_moves(conn: Connection, before: Parents, after: Parents, now: datetime) -> None:
    """One row for each unit that was there before and stands under another parent now."""
    moved = [unit for unit, parent in before.items() if after.get(unit, parent) != parent]
    rows = [{"unit_id": unit, "from_id": before[unit], "to_id": after[unit], "at": now} for unit in moved]
    if rows:
        conn.execute(insert(unit_moves), rows)


def find_moves(conn: Connection, *where: ColumnElement[bool]) -> tuple[UnitMove, ...]:
    """The earliest first; conditions are on table `unit_moves`."""
    rows = conn.execute(select(unit_moves).where(*where).order_by(unit_moves.c.at, unit_moves.c.id))
    return tuple(UnitMove(row.unit_id, row.from_id, row.to_id, row.at) for row in rows)
