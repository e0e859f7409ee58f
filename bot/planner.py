"""Planning the day's reminders: from the calendar of each unit and from who may still lack something."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.choosing import FREE_FOR
from bot.remedy_planner import Reminder, make_plans, remedy_reminders
from conversations.effects import NoticeKind
from review.calendar import REMINDER_HOURS, REMINDER_SLOTS, Cycle, DateName, slot_on, start_of_day
from review.early import brought_forward
from review.pack import Pack
from storage import chats, cycles, lacking, unit_dates
from storage.appeal_reminders import answers_due, new_handlers
from storage.lacking import Concerned
from storage.notices import Planned, forget_early, plan_many
from storage.request_reminders import requests_due

Concerns = Callable[[Connection, int], Concerned]
PLANS: tuple[tuple[NoticeKind, DateName, tuple[str, ...], Concerns], ...] = (
    ("self_review_due", "self_reviews_due", REMINDER_SLOTS, lacking.without_self_review),
    ("digest", "self_reviews_due", REMINDER_SLOTS, lambda conn, _: lacking.cell_secretaries(conn)),
    ("collective_due", "collective_review_due", REMINDER_SLOTS, lacking.without_collective_review),
    ("meeting_due", "cell_meeting_due", ("T-3", "T", "T+1"), lacking.meeting_recorders),
    ("remarks_due", "residence_remarks_due", REMINDER_SLOTS, lambda conn, _: lacking.remark_givers(conn)),
)
"""Kind, date, the days on which it is said and whom it may concern, the most personal first."""


def plan_day(conn: Connection, local_now: datetime, pack_of: Callable[[str], Pack]) -> int:
    """Plan today's reminders once, however often it is asked; how many are new.

    What is planned is looked at again when it falls due: who has finished by then hears nothing.
    After the reminder hours nothing is planned any more: a late start does not write at noon.
    """
    start, end = REMINDER_HOURS
    if local_now.time() >= end:
        return 0
    cycle = cycles.current(conn)
    make_plans(conn, local_now, pack_of)
    forget_early(conn, start_of_day(local_now))
    due_at = datetime.combine(local_now.date(), start, local_now.tzinfo)
    reminders = [
        *(_review_reminders(conn, cycle, local_now.date()) if cycle else ()),
        *remedy_reminders(conn, local_now, pack_of),
    ]
    planned = [Planned(person, kind, slot, due_at, cycle_id=cycle_id) for kind, slot, person, cycle_id in reminders]
    planned += requests_due(conn, cycle.id if cycle else 0, local_now.date(), due_at)
    if cycle:
        early = _early_reminders(conn, cycle, local_now)
        planned += [Planned(who, kind, slot, due_at, cycle_id=cycle.id, early=True) for kind, slot, who, _ in early]
        planned += new_handlers(conn, cycle.id, local_now, due_at)
        planned += answers_due(conn, cycle.id, local_now.date(), due_at)
    return plan_many(conn, planned, local_now) if planned else 0


def _review_reminders(conn: Connection, cycle: Cycle, today: date) -> Iterator[Reminder]:
    """Those of the open review. A slot names its due date, so that a date that is moved
    gets its reminders again; whoever leads two cells hears once of a date they share."""
    if cycle.dates.get("open") == today:
        yield from (("opening", "open", person, cycle.id) for person, _ in lacking.without_self_review(conn, cycle.id))
    dates = unit_dates.of_cycle(conn, cycle)
    for kind, name, said_on, concerned in PLANS:
        slots = {due: f"{due} {slot}" for due in dates.days(name) if (slot := slot_on(due, today)) in said_on}
        if not slots:
            continue
        for person, unit in concerned(conn, cycle.id):
            if slot := slots.get(dates.dates_for(unit)[name], ""):
                yield kind, slot, person, cycle.id


def _early_reminders(conn: Connection, cycle: Cycle, local_now: datetime) -> Iterator[Reminder]:
    """The next slot of those to whom nobody can write for free any more when its own day comes.

    The review has to be open: on that day the opening itself is said.
    """
    opened, tomorrow = cycle.dates.get("open"), local_now + timedelta(days=1)
    morning = datetime.combine(tomorrow.date(), REMINDER_HOURS[0], local_now.tzinfo)
    shutting = chats.shutting(conn, FREE_FOR, local_now, morning)
    if not shutting or (opened and local_now.date() <= opened):
        return
    dates = unit_dates.of_cycle(conn, cycle)
    for kind, name, said_on, concerned in PLANS:
        for person, unit in concerned(conn, cycle.id):
            due, until = dates.dates_for(unit).get(name), shutting.get(person)
            if due and until and (slot := brought_forward(due, said_on, local_now, until)):
                yield kind, f"{due} {slot}", person, cycle.id
