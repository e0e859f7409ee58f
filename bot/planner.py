"""Planning the day's reminders: from the calendar and from who may still lack something."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection

from conversations.effects import NoticeKind
from review.calendar import REMINDER_HOURS, Cycle, slot_on
from storage import cycles, lacking
from storage.notices import Planned, plan_many


def plan_day(conn: Connection, local_now: datetime) -> int:
    """Plan today's reminders once, however often it is asked; how many are new.

    What is planned is looked at again when it falls due: who has finished by then hears nothing.
    After the reminder hours nothing is planned any more: a late start does not write at noon.
    """
    cycle = cycles.current(conn)
    start, end = REMINDER_HOURS
    if cycle is None or local_now.time() >= end:
        return 0
    due_at = datetime.combine(local_now.date(), start, local_now.tzinfo)
    planned = [
        Planned(person_id, kind, slot, due_at, cycle_id=cycle.id)
        for kind, slot, people in _slots(conn, cycle, local_now)
        for person_id in people
    ]
    return plan_many(conn, planned, local_now) if planned else 0


def _slots(conn: Connection, cycle: Cycle, local_now: datetime) -> Iterator[tuple[NoticeKind, str, list[int]]]:
    """Kind, slot and people of each reminder of this day, the most personal first. A slot names its due date,
    so that a date that is moved gets its reminders again."""
    today = local_now.date()
    if cycle.dates.get("open") == today:
        yield "opening", "open", lacking.without_self_review(conn, cycle.id)
    reviews_due, remarks_due = cycle.dates.get("self_reviews_due"), cycle.dates.get("residence_remarks_due")
    if reviews_due and (slot := slot_on(reviews_due, today)):
        yield "self_review_due", f"{reviews_due} {slot}", lacking.without_self_review(conn, cycle.id)
        yield "digest", f"{reviews_due} {slot}", lacking.cell_secretaries(conn)
    collective_due = cycle.dates.get("collective_review_due")
    if collective_due and (slot := slot_on(collective_due, today)):
        yield "collective_due", f"{collective_due} {slot}", lacking.without_collective_review(conn, cycle.id)
    if remarks_due and (slot := slot_on(remarks_due, today)):
        yield "remarks_due", f"{remarks_due} {slot}", lacking.remark_givers(conn)
