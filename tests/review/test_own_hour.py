"""The own hour: a habit within the reminder hours, slow to change."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.calendar import in_reminder_hours
from review.own_hour import LATEST, own_time, usual_minute

DAY = date(2026, 12, 1)
minutes = st.integers(8 * 60, 9 * 60 + 45)


def at(clock: str) -> datetime:
    return datetime.combine(DAY, time.fromisoformat(clock), UTC)


@pytest.mark.parametrize(
    ("before", "clock", "after"),
    [
        (None, "08:30", "08:30"),
        (None, "06:10", "08:00"),
        (None, "20:14", "09:45"),
        ("08:00", "09:00", "08:15"),
        ("09:45", "22:00", "09:45"),
        ("09:00", "08:00", "08:45"),
    ],
)
def test_one_answer_moves_the_habit_a_little(before: str | None, clock: str, after: str) -> None:
    known = at(before).hour * 60 + at(before).minute if before else None
    assert own_time(usual_minute(known, at(clock))) == time.fromisoformat(after)


def test_whoever_is_not_known_is_written_to_at_eight() -> None:
    assert own_time(None) == time(8)


@given(st.none() | minutes, st.datetimes(timezones=st.just(UTC)))
def test_the_habit_never_leaves_the_reminder_hours(before: int | None, moment: datetime) -> None:
    own = own_time(usual_minute(before, moment))
    assert own <= LATEST
    assert in_reminder_hours(datetime.combine(moment.date(), own, UTC))


@given(minutes, minutes)
def test_who_always_answers_at_the_same_time_is_soon_written_to_then(before: int, always: int) -> None:
    habit: int | None = before
    for _ in range(20):
        habit = usual_minute(habit, datetime.combine(DAY, time(*divmod(always, 60)), UTC))
    assert habit is not None
    assert abs(habit - always) <= 2
