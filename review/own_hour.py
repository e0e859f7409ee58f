"""The own hour: the minute of the day near which a person usually answers, within the reminder hours."""

from datetime import datetime, time

from review.calendar import REMINDER_HOURS

LATEST = time(9, 45)
"""A reminder that waits for somebody's own hour goes out by then: the reminder hours end soon after."""
INERTIA = 4
"""One answer moves the habit by this part of the way."""


def usual_minute(before: int | None, local: datetime) -> int:
    """The habit after one more sign of life: a smoothed minute of the day that never leaves the reminder hours."""
    here = min(max(_minute(local.time()), _minute(REMINDER_HOURS[0])), _minute(LATEST))
    return here if before is None else (before * (INERTIA - 1) + here + INERTIA // 2) // INERTIA


def own_time(minute: int | None) -> time:
    """When to write to this person; the first of the reminder hours while no habit is known."""
    return REMINDER_HOURS[0] if minute is None else time(*divmod(minute, 60))


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute
