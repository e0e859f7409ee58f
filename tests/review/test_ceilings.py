"""How many may be excellent: 20 % of those graded "tốt" (366-QĐ/TW as local guides of 2026 quote it)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.ceilings import Ceiling, allowed, ceiling, good_needed_for, most_of, over_by, to_lower
from review.pack import load

RULE = load("hd43-2025").ceiling
assert RULE
HALF_UP = replace(RULE, rounding="half_up")
GOOD_OR_BETTER = replace(RULE, base="good_or_better")
COUNTS = st.integers(0, 500)


@pytest.mark.parametrize(
    ("good", "down", "half_up"), [(0, 0, 0), (4, 0, 1), (7, 1, 1), (8, 1, 2), (12, 2, 2), (13, 2, 3)]
)
def test_rounding(good, down, half_up):
    assert ceiling(RULE, 0, good).allowed == down
    assert ceiling(HALF_UP, 0, good).allowed == half_up


def test_the_arithmetic_is_shown():
    assert ceiling(RULE, 4, 11) == Ceiling(2, 11, 0.2, 2, "20% của 11 người xếp «tốt» là 2,2, làm tròn xuống: 2")


def test_the_other_denominator_counts_the_excellent_too():
    found = ceiling(GOOD_OR_BETTER, 4, 11)
    assert (found.denominator, found.allowed, found.over_by) == (15, 3, 1)
    assert "trở lên" in found.rule


def test_outstanding_results_with_grounds_allow_a_quarter():
    found = ceiling(RULE, 3, 12, outstanding=True)
    assert (found.allowed, found.share, found.over_by) == (3, 0.25, 0)


def test_counts_are_people():
    with pytest.raises(ValueError, match="âm"):
        ceiling(RULE, -1, 3)


@given(COUNTS, COUNTS, st.sampled_from([RULE, HALF_UP, GOOD_OR_BETTER]), st.booleans())
def test_monotone(excellent, good, rule, outstanding):
    found = ceiling(rule, excellent, good, outstanding=outstanding)
    assert ceiling(rule, excellent, good + 1, outstanding=outstanding).allowed >= found.allowed
    assert ceiling(rule, excellent, good, outstanding=True).allowed >= found.allowed
    assert ceiling(replace(rule, rounding="half_up"), excellent, good, outstanding=outstanding).allowed >= found.allowed
    assert ceiling(replace(rule, base="good"), excellent, good, outstanding=outstanding).allowed <= found.allowed
    assert found.over_by == max(0, excellent - found.allowed)


@given(COUNTS)
def test_of_n_good_or_better_people_at_most_a_sixth_can_be_excellent(people):
    """E ≤ 0.20 × (n − E) is E ≤ n/6: the people called excellent are no longer "tốt"."""
    most = max(e for e in range(people + 1) if ceiling(RULE, e, people - e).over_by == 0)
    assert most <= people / 6 < most + 1 + 5 / 6


@pytest.mark.parametrize(
    ("excellent", "good", "needed", "lower"),
    [
        # domain.md §5, 20 % of the number graded "tốt"
        (2, 12, 10, 0),
        (3, 12, 15, 1),
        (1, 4, 5, 1),
        (0, 0, 0, 0),
        # whoever is lowered is "tốt" then: three are enough although four are too many
        (5, 9, 25, 3),
    ],
)
def test_how_many_good_ones_it_takes(excellent, good, needed, lower):
    assert good_needed_for(RULE, excellent) == needed
    assert to_lower(RULE, excellent, good) == lower


def test_rounding_up_and_the_other_denominator_take_fewer():
    assert good_needed_for(HALF_UP, 3) == 13, "20 % of 13 is 2.6"
    assert good_needed_for(GOOD_OR_BETTER, 3) == 12, "20 % of 15"
    assert good_needed_for(RULE, 3, outstanding=True) == 12


def test_a_share_of_nothing():
    nobody = replace(RULE, share=0)
    assert good_needed_for(nobody, 1) is None
    assert most_of(nobody, 50) == 0


@pytest.mark.parametrize(
    ("people", "most", "half_up", "or_better"),
    [(0, 0, 0, 0), (6, 1, 1, 1), (12, 2, 2, 2), (18, 3, 3, 3), (23, 3, 4, 4)],
)
def test_the_best_split(people, most, half_up, or_better):
    found = [most_of(rule, people) for rule in (RULE, HALF_UP, GOOD_OR_BETTER)]
    assert found == [most, half_up, or_better]
    with pytest.raises(ValueError, match="âm"):
        most_of(RULE, -1)


@given(st.integers(0, 200), st.sampled_from([RULE, HALF_UP, GOOD_OR_BETTER]), st.booleans())
def test_the_best_split_is_legal_and_none_is_better(people, rule, outstanding):
    most = most_of(rule, people, outstanding=outstanding)
    assert not over_by(rule, most, people - most, outstanding=outstanding)
    assert all(over_by(rule, e, people - e, outstanding=outstanding) for e in range(most + 1, people + 1))
    assert most_of(rule, people + 1, outstanding=outstanding) >= most


@given(COUNTS, COUNTS, st.booleans())
def test_the_ways_of_counting_lie_close_together(excellent, good, outstanding):
    down = allowed(RULE, excellent, good, outstanding=outstanding)
    assert 0 <= allowed(HALF_UP, excellent, good, outstanding=outstanding) - down <= 1
    assert allowed(GOOD_OR_BETTER, excellent, good, outstanding=outstanding) >= down


@given(st.integers(0, 100), COUNTS, st.sampled_from([RULE, HALF_UP, GOOD_OR_BETTER]), st.booleans())
def test_so_many_good_ones_are_enough_and_one_fewer_is_not(excellent, good, rule, outstanding):
    needed = good_needed_for(rule, excellent, outstanding=outstanding)
    assert needed is not None
    assert not over_by(rule, excellent, needed, outstanding=outstanding)
    assert needed == 0 or over_by(rule, excellent, needed - 1, outstanding=outstanding)
    assert to_lower(rule, excellent, good, outstanding=outstanding) <= over_by(
        rule, excellent, good, outstanding=outstanding
    )
