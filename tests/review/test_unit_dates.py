"""A unit's own dates: earlier than those above, never later, always in order; an order to review again pushes them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.calendar import DATE_NAMES, Cycle
from review.people import Unit
from review.unit_dates import OWN_DATE_NAMES, Bounds, UnitDates, bounds, fitting, moved_on

START = date(2026, 11, 1)
PLAN = {
    "open": date(2026, 11, 10),
    "self_reviews_due": date(2026, 12, 10),
    "cell_meeting_due": date(2026, 12, 15),
    "cell_report_due": date(2026, 12, 20),
}
WARD, PART = Unit(1, "P", "Đảng bộ phường", "committee"), Unit(2, "B", "Đảng bộ bộ phận", "committee", 1)
CELL = Unit(3, "C", "Chi bộ", "cell", 2)
PARENTS = {2: 1, 3: 2}


def day(month: int, day_: int) -> date:
    return date(2026, month, day_)


def plan(own=None, ordered=()):
    return UnitDates(Cycle(1, 2026, "p", PLAN), own or {}, PARENTS, frozenset(ordered))


def test_the_nearest_day_counts():
    dates = plan({2: {"self_reviews_due": day(12, 8)}, 3: {"self_reviews_due": day(12, 5)}})
    found = {unit: dates.dates_for(unit)["self_reviews_due"] for unit in (None, 1, 2, 3, 99)}
    assert found == {None: day(12, 10), 1: day(12, 10), 2: day(12, 8), 3: day(12, 5), 99: day(12, 10)}
    assert dates.dates_for(3)["cell_meeting_due"] == day(12, 15)
    assert dates.cycle_for(3).days_left("self_reviews_due", day(12, 1)) == 4
    assert dates.days("self_reviews_due") == {day(12, 10), day(12, 8), day(12, 5)}
    assert dates.days("remedy_plan_due") == frozenset()


@pytest.mark.parametrize(
    ("own", "kept"),
    [
        ({"self_reviews_due": day(12, 9)}, ["self_reviews_due"]),
        ({"self_reviews_due": day(12, 10)}, []),
        ({"self_reviews_due": day(12, 11)}, []),
        ({"self_reviews_due": day(11, 9)}, []),
        ({"open": day(11, 1)}, []),
        ({"remedy_plan_due": day(12, 31)}, []),
        ({"cell_meeting_due": day(12, 9)}, []),
        ({"cell_meeting_due": day(12, 9), "self_reviews_due": day(12, 8)}, ["self_reviews_due", "cell_meeting_due"]),
    ],
    ids=[
        "earlier",
        "the same",
        "later",
        "before the opening",
        "the opening",
        "not above",
        "out of order",
        "both moved",
    ],
)
def test_what_fits_under_the_days_above(own, kept):
    assert list(fitting(PLAN, own)) == kept


def test_an_order_moves_a_day_back_and_pushes_what_follows():
    ordered = {"cell_meeting_due": day(12, 28)}
    assert moved_on(PLAN, ordered) == {**PLAN, "cell_meeting_due": day(12, 28), "cell_report_due": day(12, 28)}
    dates = plan({3: ordered}, ordered=[3])
    assert dates.dates_for(3)["cell_report_due"] == day(12, 28)
    assert dates.dates_above(CELL) == dates.dates_for(3)
    assert plan({3: ordered}).dates_for(3) == PLAN


def test_between_which_days_a_date_may_be_set():
    dates = plan({3: {"cell_meeting_due": day(12, 12)}})
    assert bounds(dates, CELL, "self_reviews_due") == Bounds(day(11, 10), day(12, 10))
    assert bounds(dates, CELL, "cell_meeting_due") == Bounds(day(12, 10), day(12, 15))
    assert bounds(dates, WARD, "cell_meeting_due") == Bounds(day(12, 10), day(12, 20))
    assert bounds(dates, WARD, "cell_report_due") == Bounds(day(12, 15), None)
    assert bounds(dates, WARD, "remedy_plan_due") == Bounds(day(12, 20), None)
    assert [Bounds(day(12, 1), day(12, 2)).hold(day(12, n)) for n in (1, 2, 3)] == [True, True, False]
    assert not Bounds(day(12, 1), None).hold(day(11, 30))
    assert Bounds(None, None).hold(START)


any_day = st.integers(0, 120).map(lambda days: START + timedelta(days=days))
some_days = st.dictionaries(st.sampled_from(DATE_NAMES), any_day)


@st.composite
def calendars(draw):
    names = draw(st.lists(st.sampled_from(DATE_NAMES), unique=True))
    days = sorted(draw(st.lists(any_day, min_size=len(names), max_size=len(names))))
    return dict(zip(sorted(names, key=DATE_NAMES.index), days, strict=True))


def is_in_order(dates):
    named = [dates[name] for name in DATE_NAMES if name in dates]
    return all(sooner <= later for sooner, later in pairwise(named))


@given(calendars(), st.dictionaries(st.sampled_from([1, 2, 3]), some_days))
def test_own_days_are_never_later_than_those_of_any_parent_and_keep_the_order(cycle_dates, own):
    dates = UnitDates(Cycle(1, 2026, "p", cycle_dates), own, PARENTS)
    line = [cycle_dates, *(dates.dates_for(unit) for unit in (1, 2, 3))]
    for above, below in pairwise(line):
        assert above.keys() == below.keys()
        assert all(below[name] <= above[name] for name in above)
        assert is_in_order(below)


@given(calendars(), calendars(), some_days)
def test_moving_the_days_above_keeps_the_order_below(before, after, own):
    """Whatever stood before: under the new days the unit is in order and not later."""
    kept = fitting(after, fitting(before, own))
    assert is_in_order({**after, **kept})
    assert all(kept[name] < after[name] for name in kept)
    assert fitting(after, kept) == kept


@given(calendars(), some_days)
def test_an_order_keeps_the_order(above, ordered):
    moved = moved_on(above, ordered)
    assert is_in_order(moved)
    assert all(moved[name] >= ordered[name] for name in ordered)


@given(calendars(), some_days, st.sampled_from(OWN_DATE_NAMES), any_day)
def test_a_day_within_the_bounds_stands_as_it_was_set(cycle_dates, own, name, wanted):
    dates = UnitDates(Cycle(1, 2026, "p", cycle_dates), {3: own}, PARENTS)
    if name in cycle_dates and bounds(dates, CELL, name).hold(wanted):
        now = {**fitting(dates.dates_for(2), own), name: wanted}
        assert UnitDates(dates.cycle, {3: now}, PARENTS).dates_for(3)[name] == wanted
