"""Who may answer a complaint and until when: nobody with a part in it, in ten working days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.appeals import Appeal, Matter, answer_due, choose_handler, reminder_slot, working_days_after
from review.pack import load
from review.people import Person, Unit

BLOCK = Unit(2, "K5", "Chi bộ Khối 5", "cell", 1)
SCHOOL = Unit(3, "TH", "Chi bộ Trường THCS", "cell", 1)
HOA = Person(1, "HOA", "Nguyễn Thị Hoa", BLOCK)
MADE = datetime(2026, 12, 28, 9, tzinfo=UTC)


def officer(number: int, unit: Unit | None = None) -> Person:
    return Person(number, f"P{number}", f"Cán bộ {number}", unit)


@pytest.mark.parametrize(
    ("made_on", "due"),
    [
        (date(2026, 12, 28), date(2027, 1, 11)),  # a Monday: two weeks on
        (date(2027, 1, 1), date(2027, 1, 15)),
        (date(2027, 1, 2), date(2027, 1, 15)),  # a Saturday and a Sunday count from the Monday
        (date(2027, 1, 3), date(2027, 1, 15)),
    ],
)
def test_ten_working_days(made_on, due):
    assert answer_due(made_on) == due


def test_a_pack_may_say_otherwise_in_calendar_days():
    assert answer_due(date(2026, 12, 28), load("hd43-2025").meeting) == date(2027, 1, 11)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 60))
def test_working_days_end_on_one_and_are_so_many(day, count):
    end = working_days_after(day, count)
    days = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert end.weekday() < 5
    assert sum(one.weekday() < 5 for one in days) == count


@pytest.mark.parametrize(
    ("left", "slot"), [(4, None), (3, "T-3"), (2, None), (1, None), (0, "T"), (-1, "T+1"), (-2, None)]
)
def test_the_handler_is_reminded_three_days_before_on_the_day_and_after(left, slot):
    due = date(2027, 1, 11)
    assert reminder_slot(due, due - timedelta(days=left)) == slot


def test_the_nearest_officer_without_a_part():
    matter = Matter(HOA, frozenset({10, 11}))
    ward, province = (officer(10), officer(11), officer(12)), (officer(20),)
    assert choose_handler([ward, province], matter) == officer(12)
    assert choose_handler([ward[:2], province], matter) == officer(20)
    assert choose_handler([ward[:2], ()], matter) is None
    assert choose_handler([], matter) is None


def test_the_member_and_the_own_cell_have_a_part():
    """They sat in the meeting that proposed the grade."""
    matter = Matter(HOA)
    assert matter.has_part(HOA)
    assert matter.has_part(officer(10, BLOCK))
    assert not matter.has_part(officer(10, SCHOOL))
    assert not matter.has_part(officer(10))
    assert not Matter(Person(1, "X", "X")).has_part(officer(10))


PEOPLE = st.builds(officer, st.integers(1, 12), st.sampled_from([None, BLOCK, SCHOOL]))


@given(st.lists(st.lists(PEOPLE, max_size=4), max_size=3), st.frozensets(st.integers(1, 12), max_size=8))
def test_whoever_is_chosen_has_no_part_and_nobody_is_passed_over(levels, hands):
    matter = Matter(HOA, hands)
    chosen = choose_handler(levels, matter)
    free = [person for level in levels for person in level if not matter.has_part(person)]
    assert chosen == (free[0] if free else None)


def test_a_complaint_waits_until_it_is_answered():
    complaint = Appeal(1, 5, 1, "complaint", "Chưa đúng.", MADE, 12, date(2027, 1, 11))
    assert complaint.is_open
    assert not complaint.is_late(date(2027, 1, 11))
    assert complaint.is_late(date(2027, 1, 12))
    answered = Appeal(1, 5, 1, "complaint", "Chưa đúng.", MADE, 12, date(2027, 1, 11), "kept", "Đúng.", MADE)
    assert not answered.is_late(date(2027, 2, 1))
    assert not Appeal(2, 5, 1, "explanation", "Tôi ốm.", MADE).is_open
