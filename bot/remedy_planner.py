"""Planning what is asked about remedies through the year, whether a review is open or not."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import Connection

from conversations.effects import NoticeKind
from review.calendar import slot_on
from review.pack import Pack
from storage import cycles, remedy_calendar, unit_dates

FIRST_ASKED = "made"

Reminder = tuple[NoticeKind, str, int, int]
"""Kind, slot, person and the review it belongs to."""


def make_plans(conn: Connection, local_now: datetime, pack_of: Callable[[str], Pack]) -> None:
    cycle = cycles.current(conn)
    if cycle is not None:
        remedy_calendar.make_due_plans(conn, cycle, pack_of, local_now)


def remedy_reminders(conn: Connection, local_now: datetime) -> Iterator[Reminder]:
    """One a day and person, however many remedies it is about."""
    today = local_now.date()
    for person, cycle_id, _ in remedy_calendar.to_be_asked(conn, local_now):
        yield "remedy_check", f"{today}", person, cycle_id
    lacking = remedy_calendar.lacking_plan(conn)
    dates = {one.id: unit_dates.of_cycle(conn, one) for one in cycles.all_cycles(conn)} if lacking else {}
    for person, cycle_id, unit in lacking:
        yield "remedy_plan", FIRST_ASKED, person, cycle_id
        due = dates[cycle_id].dates_for(unit).get("remedy_plan_due")
        if due and (slot := slot_on(due, today)):
            yield "remedy_plan", f"{due} {slot}", person, cycle_id
