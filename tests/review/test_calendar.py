"""Calendar files, reminder slots and quiet hours."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.calendar import CalendarFaults, Cycle, QuietHours, in_reminder_hours, read_calendar, slot_on, start_of_day

DUE = date(2026, 12, 10)
NIGHT = QuietHours.read("21:00-07:00")

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def faults_of(text):
    with pytest.raises(CalendarFaults) as caught:
        read_calendar(text, "c.toml")
    return [str(fault) for fault in caught.value.faults]


def test_dates_come_in_the_order_of_the_review():
    found = read_calendar("[dates]\nself_reviews_due = 2026-12-10\nopen = 2026-11-10\ncell_meeting_due = 2026-12-10\n")
    assert list(found.items()) == [("open", date(2026, 11, 10)), ("self_reviews_due", DUE), ("cell_meeting_due", DUE)]


def test_every_fault_is_named_with_its_line():
    text = """title = "x"
[dates]
open = 2026-11-10
self_reviews_du = 2026-12-10
residence_remarks_due = "2026-11-30"
cell_meeting_due = 2026-12-15T08:00:00
cell_report_due = 2026-11-01
"""
    first, *rest = faults_of(text)
    assert first == "c.toml:1: không có mục nào tên «title», chỉ có [dates]"
    assert [line.split(":")[1] for line in rest] == ["4", "5", "6", "7"]
    assert "không có ngày nào tên «self_reviews_du»" in rest[0]
    assert "không có dấu nháy" in rest[1]
    assert "không ghi giờ" in rest[2]
    assert rest[3] == "c.toml:7: «cell_report_due» (01/11/2026) đứng trước «open» (10/11/2026)"


@pytest.mark.parametrize("text", ["", "[dates]\n", "dates = 3\n", "[other]\nopen = 2026-11-10\n"])
def test_the_table_of_dates_is_needed(text):
    assert any("thiếu bảng [dates]" in fault for fault in faults_of(text))


@pytest.mark.parametrize(("text", "line"), [("[dates]\nopen = 10/12\n", 2), ("[dates]\nopen = [", 2), ("[dates", 1)])
def test_a_slip_in_the_syntax_names_its_line(text, line):
    (fault,) = faults_of(text)
    assert fault.startswith(f"c.toml:{line}: sai cú pháp TOML")


@pytest.mark.parametrize(
    ("left", "slot"), [(8, None), (7, "T-7"), (3, "T-3"), (2, None), (1, "T-1"), (0, "T"), (-1, "T+1"), (-2, None)]
)
def test_reminder_slots(left, slot):
    assert slot_on(DUE, DUE - timedelta(days=left)) == slot


@pytest.mark.parametrize(("hour", "minute", "inside"), [(7, 59, False), (8, 0, True), (9, 59, True), (10, 0, False)])
def test_reminder_hours(hour, minute, inside):
    assert in_reminder_hours(datetime(2026, 12, 3, hour, minute)) is inside  # noqa: DTZ001  local time is meant


@pytest.mark.parametrize(
    ("text", "hour", "quiet"),
    [
        ("21:00-07:00", 20, False),
        ("21:00-07:00", 21, True),
        ("21:00-07:00", 6, True),
        ("21:00-07:00", 7, False),
        (" 12:00 - 14:00 ", 13, True),
        ("12:00-14:00", 14, False),
        ("00:00-00:00", 0, False),
    ],
)
def test_quiet_hours(text, hour, quiet):
    assert QuietHours.read(text).covers(datetime(2026, 12, 3, hour)) is quiet  # noqa: DTZ001


@pytest.mark.parametrize("text", ["", "21-7", "21:00", "25:00-07:00", "21:00-07:60", "21:00–07:00"])
def test_quiet_hours_that_cannot_be_read(text):
    with pytest.raises(ValueError, match="21:00-07:00"):
        QuietHours.read(text)


@given(st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 31)), st.times(), st.times())  # noqa: DTZ001
def test_what_is_put_off_goes_out_soon_and_never_in_quiet_hours(local, start, end):
    quiet = QuietHours(start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0))
    allowed = quiet.first_allowed(local)
    assert not quiet.covers(allowed)
    assert timedelta(0) <= allowed - local <= timedelta(days=1)


def test_the_first_allowed_moment():
    evening, morning = datetime(2026, 12, 3, 22), datetime(2026, 12, 4, 7)  # noqa: DTZ001
    assert NIGHT.first_allowed(evening) == morning
    assert NIGHT.first_allowed(morning - timedelta(hours=3)) == morning
    assert QuietHours(time(21), time(7)) == NIGHT


def test_a_due_day_counts_to_its_end():
    cycle = Cycle(1, 2026, "hd43-2025", {"cell_meeting_due": DUE})
    assert cycle.days_left("cell_meeting_due", date(2026, 12, 8)) == 2
    assert cycle.days_left("open", DUE) is None
    assert not cycle.cell_has_met(DUE)
    assert cycle.cell_has_met(date(2026, 12, 11))
    assert not Cycle(1, 2026, "hd43-2025").cell_has_met(DUE)


def test_a_day_begins_at_midnight_where_people_live():
    noon = datetime(2026, 12, 10, 12, 30, tzinfo=HERE)
    assert start_of_day(noon) == datetime(2026, 12, 10, tzinfo=HERE)
