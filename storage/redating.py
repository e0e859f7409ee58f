"""After dates were moved: own days below that no longer fit go, and secretaries whose days changed are told."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import Connection

from review.calendar import Cycle, DateName, QuietHours
from review.people import Unit
from review.redating import Dropped, Redating, redating
from review.unit_dates import UnitDates
from storage import audit, cycles, unit_dates
from storage.due import due_at
from storage.lacking import unit_leaders
from storage.notices import Planned, plan_many
from storage.people import find_units
from storage.progress import count_cells


def whole_calendar(conn: Connection, cycle: Cycle) -> UnitDates:
    """The calendar with the whole tree in it, so that the days of every unit can be told."""
    dates = unit_dates.of_cycle(conn, cycle)
    return UnitDates(cycle, dates.own, unit_dates.parents_of_all(conn), dates.ordered)


def preview(conn: Connection, cycle: Cycle, dates: Mapping[DateName, date], today: date) -> Redating:
    """What another calendar of the whole review would do. Changes nothing."""
    before = whole_calendar(conn, cycle)
    after = UnitDates(Cycle(cycle.id, cycle.year, cycle.pack, dates), before.own, before.parents, before.ordered)
    return _compared(conn, before, after, today)


def redate_cycle(
    conn: Connection, cycle: Cycle, dates: Mapping[DateName, date], now: datetime, quiet: QuietHours
) -> Redating:
    """The operator's new calendar for everybody, written and settled."""
    before = whole_calendar(conn, cycle)
    cycles.set_dates(conn, cycle.id, dates, now)
    done = settle(conn, before, now, quiet)
    if done.dropped:
        detail = {"dropped": ", ".join(told(done.dropped))}
        audit.append(conn, now, audit.OPERATOR, "drop_dates", f"cycle:{cycle.id}", detail, cycle.id)
    return done


def settle(conn: Connection, before: UnitDates, now: datetime, quiet: QuietHours, by: int | None = None) -> Redating:
    """Once new days are written. `now` in local time; `by` made the change and is not told of it."""
    cycle = cycles.current(conn)
    assert cycle is not None
    done = _compared(conn, before, whole_calendar(conn, cycle), now.date())
    for unit, gone in groupby(done.dropped, key=lambda one: one.unit):
        unit_dates.drop_dates(conn, cycle.id, unit.id, [one.name for one in gone])
    _tell(conn, cycle.id, done.moved, now, quiet, by)
    return done


def _compared(conn: Connection, before: UnitDates, after: UnitDates, today: date) -> Redating:
    units = find_units(conn)
    counts = count_cells(conn, before.cycle.id, tuple(unit.id for unit in units))
    return redating(before, after, units, {one.unit.id: one.due - one.submitted for one in counts}, today)


def _tell(
    conn: Connection, cycle_id: int, moved: Collection[Unit], now: datetime, quiet: QuietHours, by: int | None
) -> None:
    """The leader of each cell once per change, however many of his cells it concerns."""
    cells = {unit.id for unit in moved if unit.kind == "cell"}
    people = dict.fromkeys(person for person, unit in unit_leaders(conn) if unit in cells and person != by)
    due = due_at("dates_changed", 0, now, quiet)
    slot = f"dates {now:%Y-%m-%d %H:%M:%S}"
    plan_many(conn, [Planned(person, "dates_changed", slot, due, {}, cycle_id) for person in people], now)


def told(dropped: Iterable[Dropped]) -> list[str]:
    """For the audit: which own days gave way."""
    return [f"{one.unit.code} {one.name} {one.day}" for one in dropped]
