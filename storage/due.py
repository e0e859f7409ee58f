"""When a notice may go out: never in quiet hours."""

from datetime import datetime, time, timedelta

from conversations.effects import NoticeKind
from review.calendar import QuietHours

MORNING = time(8)
EVENING = time(19)


def due_at(kind: NoticeKind, after_days: int, now: datetime, quiet: QuietHours) -> datetime:
    """`now` in local time. At once, or on the morning of a later day; what was put off comes on an evening."""
    if kind == "snoozed":
        return quiet.first_allowed(_on(now, max(after_days, 1), EVENING))
    return quiet.first_allowed(_on(now, after_days, MORNING) if after_days else now)


def _on(now: datetime, days: int, at: time) -> datetime:
    return datetime.combine(now.date() + timedelta(days=days), at, now.tzinfo)
