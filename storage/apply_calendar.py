"""A unit's own dates: judged against those above it, written, and settled with everything below."""

from sqlalchemy import Connection

from conversations.calendar_effects import CalendarEffect, KeepDatesAbove, SetDate
from review import permissions
from review.calendar import Cycle, QuietHours
from review.people import Unit
from review.unit_dates import OWN_DATE_NAMES, bounds
from storage import audit, cycles, unit_dates
from storage.facts import StoredFacts
from storage.judge import actor, must
from storage.redating import settle, told, whole_calendar
from storage.refusals import NO_REVIEW, NO_SUCH_DATE, NOT_YOURS


def apply(conn: Connection, effect: CalendarEffect, facts: StoredFacts, quiet: QuietHours) -> None:
    me, unit, cycle = actor(facts), facts.unit(effect.unit_id), facts.cycle
    must(cycle is not None, NO_REVIEW)
    must(unit is not None and permissions.may(me, "set_dates", unit, below=facts.units_below), NOT_YOURS)
    assert cycle is not None
    assert unit is not None
    before = whole_calendar(conn, cycle)
    detail = _set(conn, effect, unit, cycle, facts) if isinstance(effect, SetDate) else _keep(conn, effect, cycle)
    facts.cycle_changed()
    done = settle(conn, before, facts.now, quiet, by=me.id)
    if dropped := told(done.dropped):
        detail = {**detail, "dropped": ", ".join(dropped)}
    audit.append(conn, facts.now, audit.person(me.id), "set_dates", f"unit:{unit.id}", detail, cycle.id)


def _set(conn: Connection, effect: SetDate, unit: Unit, cycle: Cycle, facts: StoredFacts) -> dict[str, str]:
    dates = facts.calendar.dates
    assert dates is not None
    named = unit.parent_id is None or effect.name in dates.dates_above(unit)
    fits = bounds(dates, unit, effect.name).hold(effect.day) and effect.day >= facts.today
    must(effect.name in OWN_DATE_NAMES and named and fits, NO_SUCH_DATE)
    if unit.parent_id is None:
        cycles.move_date(conn, cycle.id, effect.name, effect.day)
    else:
        by = facts.me.id if facts.me else None
        unit_dates.set_dates(conn, cycle.id, unit.id, {effect.name: effect.day}, by, facts.now)
    return {effect.name: effect.day.isoformat()}


def _keep(conn: Connection, effect: KeepDatesAbove, cycle: Cycle) -> dict[str, str]:
    unit_dates.drop_dates(conn, cycle.id, effect.unit_id, OWN_DATE_NAMES)
    return {"kept": "above"}
