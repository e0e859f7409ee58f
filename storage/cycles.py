"""The yearly reviews: one open at a time, and its dates."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from review.calendar import Cycle, DateName
from storage import audit
from storage.dialects import insert_or_change
from storage.errors import CycleConflict
from storage.tables import cycle_dates, cycles


def open_cycle(
    conn: Connection, year: int, pack: str, pack_version: str, dates: Mapping[DateName, date], now: datetime
) -> Cycle:
    """Raises CycleConflict when a review is open or the year had its review."""
    audit.lock(conn)
    for row in conn.execute(select(cycles.c.year, cycles.c.closed_at)):
        if row.closed_at is None:
            raise CycleConflict(f"The review of {row.year} is still open: close it before opening that of {year}.")
        if row.year == year:
            raise CycleConflict(f"The review of {year} has been held and closed.")
    values = {"year": year, "pack": pack, "pack_version": pack_version, "opened_at": now}
    cycle_id = conn.execute(insert(cycles).values(values).returning(cycles.c.id)).scalar_one()
    _write_dates(conn, cycle_id, dates)
    audit.append(conn, now, audit.OPERATOR, "open_cycle", f"cycle:{cycle_id}", _told(dates), cycle_id)
    return Cycle(cycle_id, year, pack, dict(dates))


def current(conn: Connection) -> Cycle | None:
    return _find(conn, cycles.c.closed_at.is_(None))


def of_year(conn: Connection, year: int) -> Cycle | None:
    """None also when its papers were purged."""
    return _find(conn, (cycles.c.year == year) & cycles.c.purged_at.is_(None))


def all_cycles(conn: Connection) -> tuple[Cycle, ...]:
    """Every review whose papers are still here, by year."""
    ids = conn.scalars(select(cycles.c.id).where(cycles.c.purged_at.is_(None)).order_by(cycles.c.year)).all()
    return tuple(cycle for cycle_id in ids if (cycle := _find(conn, cycles.c.id == cycle_id)))


def set_dates(conn: Connection, cycle_id: int, dates: Mapping[DateName, date], now: datetime) -> None:
    """Replace the whole calendar of a review."""
    conn.execute(delete(cycle_dates).where(cycle_dates.c.cycle_id == cycle_id))
    _write_dates(conn, cycle_id, dates)
    audit.append(conn, now, audit.OPERATOR, "set_dates", f"cycle:{cycle_id}", _told(dates), cycle_id)


def move_date(conn: Connection, cycle_id: int, name: DateName, day: date) -> None:
    """Set one date of a review, named before or not."""
    insert_or_change(conn, cycle_dates, [{"cycle_id": cycle_id, "name": name, "day": day}], ("cycle_id", "name"))


def close(conn: Connection, cycle_id: int, now: datetime) -> None:
    still_open = (cycles.c.id == cycle_id) & cycles.c.closed_at.is_(None)
    if conn.execute(update(cycles).where(still_open).values(closed_at=now)).rowcount != 1:
        raise CycleConflict("This review is not open.")
    audit.append(conn, now, audit.OPERATOR, "close_cycle", f"cycle:{cycle_id}", {}, cycle_id)


def _find(conn: Connection, where: ColumnElement[bool]) -> Cycle | None:
    row = conn.execute(select(cycles).where(where)).first()
    if row is None:
        return None
    days = conn.execute(select(cycle_dates.c.name, cycle_dates.c.day).where(cycle_dates.c.cycle_id == row.id))
    return Cycle(row.id, row.year, row.pack, dict(days.tuples().all()), row.closed_at is not None)


def _write_dates(conn: Connection, cycle_id: int, dates: Mapping[DateName, date]) -> None:
    if dates:
        conn.execute(insert(cycle_dates), [{"cycle_id": cycle_id, "name": n, "day": d} for n, d in dates.items()])


def _told(dates: Mapping[DateName, date]) -> dict[str, str]:
    return {name: day.isoformat() for name, day in dates.items()}
