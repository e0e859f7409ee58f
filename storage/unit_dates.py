"""The days a unit set for itself, or was ordered to keep."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import Connection, delete, select

from review.calendar import Cycle, DateName
from review.unit_dates import UnitDates
from storage.dialects import insert_or_change
from storage.tables import redo_orders, unit_dates, units


def set_dates(
    conn: Connection, cycle_id: int, unit_id: int, dates: Mapping[DateName, date], set_by: int | None, now: datetime
) -> None:
    """Write these days of a unit, each over the one it had. Whether they may be so is judged before."""
    rows = [
        {"cycle_id": cycle_id, "unit_id": unit_id, "name": name, "day": day, "set_by": set_by, "set_at": now}
        for name, day in dates.items()
    ]
    insert_or_change(conn, unit_dates, rows, ("cycle_id", "unit_id", "name"))


def drop_dates(conn: Connection, cycle_id: int, unit_id: int, names: Collection[DateName]) -> None:
    """Back to the days above it."""
    here = (unit_dates.c.cycle_id == cycle_id) & (unit_dates.c.unit_id == unit_id)
    conn.execute(delete(unit_dates).where(here, unit_dates.c.name.in_(names)))


def of_cycle(conn: Connection, cycle: Cycle) -> UnitDates:
    """The one answer to "until when": `dates_for(unit)`. The tree is read only where somebody set own days."""
    own: defaultdict[int, dict[DateName, date]] = defaultdict(dict)
    for row in conn.execute(select(unit_dates).where(unit_dates.c.cycle_id == cycle.id)):
        own[row.unit_id][row.name] = row.day
    if not own:
        return UnitDates(cycle)
    ordered = select(redo_orders.c.unit_id).where(
        redo_orders.c.cycle_id == cycle.id, redo_orders.c.unit_id.is_not(None)
    )
    return UnitDates(cycle, dict(own), parents_of_all(conn), frozenset(conn.scalars(ordered)))


def parents_of_all(conn: Connection) -> dict[int, int]:
    """By unit; whoever is at the top is not in it."""
    rows = select(units.c.id, units.c.parent_id).where(units.c.parent_id.is_not(None))
    return dict(conn.execute(rows).tuples().all())
