"""Moving dates: who becomes late, whose own dates give way, how many have to hurry."""

from datetime import date

from hypothesis import given

from review.calendar import Cycle
from review.people import Unit
from review.redating import Dropped, redating, standing, with_day
from review.unit_dates import UnitDates
from tests.review.test_unit_dates import any_day, calendars, some_days

WARD = Unit(1, "P", "Đảng bộ phường", "committee")
ONE, TWO = Unit(2, "A", "Chi bộ A", "cell", 1), Unit(3, "B", "Chi bộ B", "cell", 1)
UNITS = (WARD, TWO, ONE)
PLAN = {"open": date(2026, 11, 10), "self_reviews_due": date(2026, 12, 10), "cell_meeting_due": date(2026, 12, 15)}
TODAY = date(2026, 12, 5)


def plan(own=None, ordered=()):
    return UnitDates(Cycle(1, 2026, "p", PLAN), own or {}, {2: 1, 3: 1}, frozenset(ordered))


def test_an_earlier_date_hurries_those_who_have_not_submitted():
    before = plan({3: {"self_reviews_due": date(2026, 12, 6)}})
    after = with_day(before, WARD, "self_reviews_due", date(2026, 12, 8), UNITS)
    found = redating(before, after, UNITS, {2: 4, 3: 9}, TODAY)
    assert (found.moved, found.late, found.dropped, found.hurry) == ((ONE, WARD), (), (), 4)


def test_what_becomes_overdue_only_by_it_is_named():
    before = plan()
    after = with_day(before, WARD, "self_reviews_due", date(2026, 12, 4), UNITS)
    assert redating(before, after, UNITS, {2: 4, 3: 0}, TODAY).late == (ONE,)
    meeting = with_day(after, WARD, "cell_meeting_due", date(2026, 12, 4), UNITS)
    assert redating(before, meeting, UNITS, {}, TODAY).late == (ONE, TWO)
    assert redating(after, meeting, UNITS, {2: 1}, date(2026, 12, 20)).late == ()


def test_own_dates_that_no_longer_fit_give_way_but_not_those_of_an_order():
    own = {2: {"self_reviews_due": date(2026, 12, 9)}, 3: {"cell_meeting_due": date(2026, 12, 28)}}
    before = plan(own, ordered=[3])
    after = with_day(before, WARD, "self_reviews_due", date(2026, 12, 7), UNITS)
    assert redating(before, after, UNITS, {}, TODAY).dropped == (Dropped(ONE, "self_reviews_due", date(2026, 12, 9)),)
    assert after.dates_for(3)["cell_meeting_due"] == date(2026, 12, 28)


def test_a_unit_below_the_top_moves_its_own_day_only():
    after = with_day(UnitDates(Cycle(1, 2026, "p", PLAN)), ONE, "self_reviews_due", date(2026, 12, 8), UNITS)
    assert after.cycle.dates == PLAN
    assert after.dates_for(2)["self_reviews_due"] == date(2026, 12, 8)
    assert after.dates_for(3) == PLAN
    top = with_day(after, WARD, "remedy_plan_due", date(2026, 12, 30), UNITS)
    assert list(top.cycle.dates) == [*PLAN, "remedy_plan_due"]


@given(calendars(), calendars(), some_days, some_days)
def test_after_redating_only_what_stands_is_left_and_nothing_that_stood_is_lost_unnamed(old, new, one, two):
    before = UnitDates(Cycle(1, 2026, "p", old), {2: one, 3: two}, {2: 1, 3: 1})
    after = UnitDates(Cycle(1, 2026, "p", new), before.own, before.parents)
    dropped = {(one.unit.id, one.name) for one in redating(before, after, UNITS, {}, TODAY).dropped}
    for unit in (ONE, TWO):
        stood, stands = set(standing(before, unit)), set(standing(after, unit))
        assert {name for unit_id, name in dropped if unit_id == unit.id} == stood - stands


@given(calendars(), some_days, any_day)
def test_hurry_counts_only_cells_whose_date_comes_sooner(dates, own, day):
    before = UnitDates(Cycle(1, 2026, "p", dates), {2: own}, {2: 1, 3: 1})
    after = with_day(before, WARD, "self_reviews_due", day, UNITS)
    found = redating(before, after, UNITS, {2: 1, 3: 10}, TODAY)
    sooner = {
        unit.id
        for unit in (ONE, TWO)
        if after.dates_for(unit.id)["self_reviews_due"] < before.dates_for(unit.id).get("self_reviews_due", date.max)
    }
    assert found.hurry == (2 in sooner) + 10 * (3 in sooner)
