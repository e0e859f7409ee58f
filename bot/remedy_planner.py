"""Planning what is asked about remedies through the year, whether a review is open or not."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import Connection

from conversations.effects import NoticeKind
from review.calendar import Cycle, slot_on
from review.faults import Faults
from review.pack import Pack
from review.pack_settings import RemedyRule
from storage import cycles, remedy_calendar, unit_dates

FIRST_ASKED = "made"

Reminder = tuple[NoticeKind, str, int, int]
"""Kind, slot, person and the review it belongs to."""


def make_plans(conn: Connection, local_now: datetime, pack_of: Callable[[str], Pack]) -> None:
    cycle = cycles.current(conn)
    if cycle is not None:
        remedy_calendar.make_due_plans(conn, cycle, pack_of, local_now)


def remedy_reminders(conn: Connection, local_now: datetime, pack_of: Callable[[str], Pack]) -> Iterator[Reminder]:
    """One a day and person, however many remedies it is about."""
    today, held = local_now.date(), cycles.all_cycles(conn)
    rules = {one.id: rule for one in held if (rule := _rule_of(one, pack_of))}
    for person, cycle_id, _ in remedy_calendar.to_be_asked(conn, rules, local_now):
        yield "remedy_check", f"{today}", person, cycle_id
    lacking = remedy_calendar.lacking_plan(conn)
    dates = {one.id: unit_dates.of_cycle(conn, one) for one in held} if lacking else {}
    for person, cycle_id, unit in lacking:
        yield "remedy_plan", FIRST_ASKED, person, cycle_id
        due = dates[cycle_id].dates_for(unit).get("remedy_plan_due")
        if due and (slot := slot_on(due, today)):
            yield "remedy_plan", f"{due} {slot}", person, cycle_id


def _rule_of(cycle: Cycle, pack_of: Callable[[str], Pack]) -> RemedyRule | None:
    """Of a closed review whose own pack is not there any more only the remedies' own dates are asked about."""
    try:
        return pack_of(cycle.pack).remedies
    except Faults:
        return None
