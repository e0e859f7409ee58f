"""The last free moment: a reminder comes before its own day where nobody could be written to for free on that day."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from review.calendar import REMINDER_HOURS, REMINDER_OFFSETS, slot_on


def brought_forward(due: date, slots: Collection[str], local_now: datetime, free_until: datetime) -> str | None:
    """The next slot of this due date, when it has to be said today; None when it has not.

    `free_until` is the last moment at which this person can be written to for free. A day that has a slot of its own
    brings nothing forward: the same would be said twice in a row.
    """
    today = local_now.date()
    tomorrow = datetime.combine(today + timedelta(days=1), REMINDER_HOURS[0], local_now.tzinfo)
    if not local_now <= free_until < tomorrow or slot_on(due, today) in slots:
        return None
    return next((slot for day, slot in _days(due) if day > today and slot in slots), None)


def _days(due: date) -> list[tuple[date, str]]:
    """Every reminder day of a due date with its slot, the earliest first."""
    days = (due - timedelta(days=offset) for offset in REMINDER_OFFSETS)
    return [(day, slot) for day in days if (slot := slot_on(due, day))]
