"""The last free moment: which slot is said early, for whom, and never twice."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.calendar import REMINDER_HOURS, REMINDER_OFFSETS, REMINDER_SLOTS, slot_on
from review.early import brought_forward

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DUE = date(2026, 12, 10)
WINDOW = timedelta(hours=48)


def at(day: int, clock: str = "08:00") -> datetime:
    return datetime.combine(date(2026, 12, day), time.fromisoformat(clock), ZONE)


@pytest.mark.parametrize(
    ("now", "heard_at", "slot"),
    [
        (at(6), at(4, "20:00"), "T-3"),  # free until 20:00 today, not tomorrow morning
        (at(6, "09:30"), at(4, "20:00"), "T-3"),
        (at(6), at(5, "20:00"), None),  # free tomorrow morning as well: on its own day
        (at(6), at(5, "08:00"), None),  # to the minute
        (at(6), at(5, "07:59"), "T-3"),
        (at(6, "09:30"), at(4, "09:00"), None),  # shut since half an hour
        (at(5), at(3, "20:00"), "T-3"),  # two days before its own day
        (at(3), at(1, "20:00"), None),  # the day has a slot of its own
        (at(2), at(1, "07:00"), "T-7"),
        (at(8), at(6, "12:00"), "T-1"),
        (at(10), at(8, "12:00"), None),
        (at(12), at(10, "12:00"), None),  # nothing comes any more
    ],
)
def test_what_is_brought_forward(now: datetime, heard_at: datetime, slot: str | None) -> None:
    assert brought_forward(DUE, REMINDER_SLOTS, now, heard_at + WINDOW) == slot


def test_only_the_slots_of_its_kind() -> None:
    assert brought_forward(DUE, ("T-3", "T", "T+1"), at(8), at(8, "20:00")) == "T"
    assert brought_forward(DUE, ("T-3",), at(8), at(8, "20:00")) is None
    assert brought_forward(DUE, ("T-3", "T", "T+1"), at(9), at(9, "20:00")) == "T", "the eve has no slot of this kind"


moments = st.integers(0, 22 * 24 * 60).map(lambda minutes: at(1) + timedelta(minutes=minutes - 11 * 24 * 60))
slots = st.sets(st.sampled_from(REMINDER_SLOTS), min_size=1)


def said(kinds: set[str], heard_at: datetime, window: timedelta) -> list[tuple[str, datetime]]:
    """What somebody hears for free who says nothing more: every slot once, on its own day or early."""
    until, told = heard_at + window, dict[str, datetime]()
    first = heard_at.date()
    for ahead in range((date(2026, 12, 13) - first).days):
        for clock in (time(8), time(9, 59)):
            now = datetime.combine(first + timedelta(days=ahead), clock, ZONE)
            slot = slot_on(DUE, now.date())
            if heard_at <= now <= until and slot in kinds:
                told.setdefault(slot, now)
            early = brought_forward(DUE, kinds, now, until) if now >= heard_at else None
            if early:
                told.setdefault(early, now)
    return list(told.items())


@given(slots, moments, st.integers(1, 96).map(lambda hours: timedelta(hours=hours)))
def test_nothing_is_said_after_the_free_time_nor_after_its_own_day(
    kinds: set[str], heard_at: datetime, window: timedelta
) -> None:
    own = {slot_on(DUE, day): day for day in (DUE - timedelta(days=offset) for offset in REMINDER_OFFSETS)}
    for slot, when in said(kinds, heard_at, window):
        assert heard_at <= when <= heard_at + window
        assert when.date() <= own[slot]
        assert slot in kinds


@given(slots, moments, st.integers(25, 96).map(lambda hours: timedelta(hours=hours)))
def test_the_next_slot_is_said_if_a_free_reminder_hour_was_left(
    kinds: set[str], heard_at: datetime, window: timedelta
) -> None:
    """Unless the last free day has a slot of its own: then that is what is said there."""
    until = heard_at + window
    last = until.date() if until.time() >= REMINDER_HOURS[0] else until.date() - timedelta(days=1)
    heard = dict(said(kinds, heard_at, window))
    ahead = [slot for offset in REMINDER_OFFSETS if (slot := slot_on(DUE, DUE - timedelta(days=offset))) in kinds
             and DUE - timedelta(days=offset) > last]  # fmt: skip
    morning = datetime.combine(last, REMINDER_HOURS[0], ZONE)
    if slot_on(DUE, last) not in kinds and ahead and heard_at <= morning:
        assert ahead[0] in heard
        assert heard[ahead[0]].date() == last
    assert not set(ahead[1:]) & heard.keys(), "only the next one"


@given(slots, moments)
def test_whoever_stays_in_reach_hears_nothing_early(kinds: set[str], now: datetime) -> None:
    tomorrow = datetime.combine(now.date() + timedelta(days=1), REMINDER_HOURS[0], ZONE)
    assert brought_forward(DUE, kinds, now, tomorrow) is None
    assert brought_forward(DUE, kinds, now, now - timedelta(seconds=1)) is None
