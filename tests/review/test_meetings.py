"""Who counts, what is a majority, what does not add up: the cases of 294-QĐ/TW §9.3.2, and what follows from them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.decisions import lacks_reason
from review.meetings import (
    USUAL,
    Absence,
    Meeting,
    Votes,
    is_voted_on,
    majority,
    meeting_fault,
    needed,
    not_returned,
    rule_of,
    voters,
    votes_fault,
)
from review.pack import load
from review.people import MemberStatus, Person, Unit
from review.responses import GRADES, Grade
from tests.conversations.small_pack import SMALL_PACK

DAY = date(2026, 12, 12)
CELL = Unit(2, "K5", "Chi bộ Khối 5", "cell")
# The cell of the regulation's example as a handbook puts it: 20 official and 2 probationary, 17 official present.
TWENTY = Meeting(1, 2, DAY, official=20, present=17)

counts = st.integers(0, 30)
votes = st.builds(
    lambda numbers, invalid: Votes(dict(zip(GRADES, numbers, strict=True)), invalid),
    st.lists(counts, min_size=4, max_size=4),
    counts,
)
meetings = st.integers(1, 60).flatmap(
    lambda official: st.integers(1, official).map(lambda present: Meeting(1, 2, DAY, official, present))
)


def member(person_id: int, status: MemberStatus = "official") -> Person:
    return Person(person_id, f"P{person_id}", f"Đồng chí {person_id}", CELL, form="2C", status=status)


def test_probationary_members_do_not_count() -> None:
    """QUIZ-NV: a cell of 20 official and 2 probationary members; the denominator is 20, whoever is there."""
    people = [*map(member, range(20)), member(20, "probationary"), member(21, "probationary")]
    assert len(voters(people)) == 20
    assert needed(TWENTY) == 11


@pytest.mark.parametrize(
    ("status", "elsewhere", "present", "counts"),
    [
        ("official", False, True, True),
        ("official", False, False, True),  # absent, and still counted
        ("official", True, False, False),  # living temporarily in another cell
        ("exempt", False, False, False),
        ("exempt", False, True, True),  # came and votes
        ("suspended", False, True, False),  # so is who is prosecuted or detained
        ("probationary", False, True, False),
    ],
)
def test_who_counts(status: MemberStatus, elsewhere: bool, present: bool, counts: bool) -> None:
    one = member(1, status)
    found = voters([one], elsewhere=[1] if elsewhere else (), present=[1] if present else ())
    assert bool(found) is counts


@pytest.mark.parametrize(
    ("official", "good", "grade"),
    [
        (20, 11, "good"),
        (20, 10, None),  # half is not more than half
        (20, 9, None),  # more than half of those present, not of all
        (21, 11, "good"),
        (5, 3, "good"),
        (1, 1, "good"),
    ],
)
def test_more_than_half_of_all_official_members(official: int, good: int, grade: Grade | None) -> None:
    meeting = replace(TWENTY, official=official, present=min(17, official))
    assert majority(meeting, Votes({"excellent": 0, "good": good})) == grade


def test_another_share_is_the_packs() -> None:
    two_thirds = replace(USUAL, more_than=66)
    assert needed(TWENTY, two_thirds) == 14
    assert majority(TWENTY, Votes({"good": 13, "completed": 4}), two_thirds) is None
    low = replace(USUAL, more_than=30)
    assert majority(TWENTY, Votes({"good": 9, "completed": 8}), low) is None, "two grades have enough: a person decides"


def test_a_pack_without_rules_for_the_meeting_has_the_usual_ones() -> None:
    assert rule_of(None) is rule_of(SMALL_PACK) is USUAL
    assert rule_of(load("hd43-2025")).more_than == 50


def test_who_is_voted_on() -> None:
    pack = load("hd43-2025")
    assert is_voted_on(member(1), pack, DAY)
    assert is_voted_on(member(1, "probationary"), None, DAY)
    assert not is_voted_on(member(1, "exempt"), pack, DAY)
    assert not is_voted_on(replace(member(1), form=None), pack, DAY)
    new = replace(member(1), joined_on=date(2026, 9, 1))
    assert not is_voted_on(new, pack, DAY), "HD 21: reviewed and not graded in the first six months"
    assert is_voted_on(new, pack, date(2027, 3, 2))


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        (Votes({"good": 17}), ""),
        (Votes({"good": 14}, 3), ""),
        (Votes({"good": 12, "excellent": 2}), ""),  # three ballots did not come back
        (Votes({"good": 18}), "18 phiếu, nhiều hơn 17"),
        (Votes({"good": 17}, 1), "18 phiếu, nhiều hơn 17"),
        (Votes({"good": 0}), "Chưa có phiếu nào"),
        (Votes({"good": -1}), "không được âm"),
        (Votes({"good": 1}, -1), "không được âm"),
    ],
)
def test_totals_must_add_up(given_: Votes, says: str) -> None:
    fault = votes_fault(TWENTY, given_)
    assert says in fault
    assert bool(fault) is bool(says)


def test_ballots_that_did_not_come_back() -> None:
    assert not_returned(TWENTY, Votes({"good": 14}, 1)) == 2


@pytest.mark.parametrize(
    ("meeting", "says"),
    [
        (TWENTY, ""),
        (replace(TWENTY, held_on=date(2026, 12, 13)), "chưa đến"),
        (replace(TWENTY, official=0), "từ 1 đến 999"),
        (replace(TWENTY, official=1000), "từ 1 đến 999"),
        (replace(TWENTY, present=0), "từ 1 đến 20"),
        (replace(TWENTY, present=21), "từ 1 đến 20"),
    ],
)
def test_a_meeting_that_cannot_be(meeting: Meeting, says: str) -> None:
    assert says in meeting_fault(meeting, DAY)
    assert bool(meeting_fault(meeting, DAY)) is bool(says)


def test_the_absent() -> None:
    assert replace(TWENTY, absences=(Absence(4, "Ốm"), Absence(7))).absent == {4, 7}


@pytest.mark.parametrize(
    ("grade", "proposed", "voted", "reason", "lacks"),
    [
        ("good", "good", "good", "", False),
        ("good", None, "good", "", False),
        ("good", "excellent", "good", "", True),
        ("good", "excellent", "good", "Vì…", False),
        ("good", "good", None, "", True),
        ("good", "good", "completed", "  ", True),
        (None, "good", None, "", True),
        (None, None, None, "Ốm", False),
    ],
)
def test_when_a_reason_is_needed(
    grade: Grade | None, proposed: Grade | None, voted: Grade | None, reason: str, lacks: bool
) -> None:
    assert lacks_reason(grade, reason, proposed=proposed, voted=voted) is lacks


@given(meetings, votes)
def test_a_majority_is_unique_and_backed_by_more_than_half(meeting: Meeting, cast: Votes) -> None:
    if votes_fault(meeting, cast):
        return
    enough = [grade for grade in GRADES if 2 * cast.counts[grade] > meeting.official]
    assert majority(meeting, cast) == (enough[0] if enough else None)
    assert len(enough) <= 1
    assert not_returned(meeting, cast) >= 0


@given(meetings, votes, st.integers(1, 40))
def test_more_absent_members_never_make_a_majority(meeting: Meeting, cast: Votes, more: int) -> None:
    if votes_fault(meeting, cast):
        return
    larger = replace(meeting, official=meeting.official + more)
    assert majority(larger, cast) in (majority(meeting, cast), None)
    assert needed(larger) >= needed(meeting)
