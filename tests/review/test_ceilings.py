"""How many may be excellent: 20 % of those graded "tốt" (366-QĐ/TW as local guides of 2026 quote it)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.ceilings import Ceiling, ceiling
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


@pytest.mark.parametrize(("good", "allowed"), [(4, 0), (5, 1), (7, 1), (8, 1), (9, 1), (10, 2)])
@pytest.mark.parametrize("pack", ["hd21-2019", "hd25-2023", "hd43-2025"])
def test_every_generation_has_the_fifth(pack, good, allowed):
    """HD 21 §2.3 (in the base organisation), 124-QĐ/TW, 366-QĐ/TW (by peer group)."""
    rule = load(pack).ceiling
    assert rule
    assert ceiling(rule, 0, good).allowed == allowed
    assert ("trong cả tổ chức cơ sở đảng" in ceiling(rule, 0, good).rule) is (pack == "hd21-2019")


@pytest.mark.parametrize("pack", ["hd21-2019", "hd25-2023"])
def test_a_quarter_came_only_with_366(pack):
    rule = load(pack).ceiling
    assert rule
    with pytest.raises(ValueError, match="không có tỷ lệ riêng"):
        ceiling(rule, 3, 12, outstanding=True)


def test_a_peer_group_may_have_a_share_of_its_own():
    rule = replace(RULE, shares={"leader": 10})
    assert ceiling(rule, 2, 20, peer_group="leader").allowed == 2
    assert ceiling(rule, 2, 20, peer_group="member").allowed == 4


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
