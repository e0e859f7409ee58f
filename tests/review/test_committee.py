"""The committee's ceiling in people: where a group stands, what is stopped, what helps."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from review.ceilings import of_group
from review.committee import EVERYBODY, Entry, after, group_of, is_partial, standing, stop
from review.pack import load
from review.people import Person, Role, Unit
from review.responses import GRADES

RULE = load("hd43-2025").ceiling
assert RULE
HALF_UP = replace(RULE, rounding="half_up")
GOOD_OR_BETTER = replace(RULE, base="good_or_better")
WARD = Unit(1, "P", "Đảng ủy phường", "committee")
CELL = Unit(2, "K5", "Chi bộ Khối 5", "cell", 1)


def group(excellent, good, completed=0, *, decided=False):
    """Entries of one group as the cells propose them, numbered from 1."""
    grades = ["excellent"] * excellent + ["good"] * good + ["completed"] * completed
    return tuple(
        Entry(nth, 2, "member", True, grade, decided, grade if decided else None) for nth, grade in enumerate(grades, 1)
    )


def test_twelve_good_allow_two_and_three_are_proposed():
    """domain.md §5: 20 % of the number graded "tốt"; 12 → 2, and three more "tốt" would carry the third."""
    found = standing(group(3, 12), RULE)
    assert (found.ceiling.allowed, found.over_by, found.to_lower, found.good_missing) == (2, 1, 1, 3)
    assert found.outstanding_helps
    assert standing(group(3, 12), RULE, outstanding=True).over_by == 0
    assert found.other_ceiling.denominator == 15
    assert (found.other_ceiling.allowed, found.ceiling.denominator) == (3, 12)


def test_whoever_is_lowered_widens_the_line():
    """5 excellent beside 9 "tốt": over by 4, yet lowering three is enough, because they are "tốt" then."""
    found = standing(group(5, 9), RULE)
    assert (found.over_by, found.to_lower) == (4, 3)
    assert standing(group(2, 12), RULE).over_by == 0


def test_room_is_told_too():
    found = standing(group(1, 12), RULE)
    assert (found.spare, found.over_by, found.to_lower, found.good_missing) == (1, 0, 0, 0)
    assert not found.outstanding_helps


def test_a_quarter_is_no_help_where_it_is_not_enough():
    assert not standing(group(5, 4), RULE).outstanding_helps
    assert not standing(group(5, 9), RULE, outstanding=True).outstanding_helps


def test_without_a_ceiling_nothing_is_over():
    found = standing(group(9, 1), None)
    assert found.ceiling is found.other_ceiling is None
    assert (found.over_by, found.spare, found.to_lower, found.good_missing, found.decided_too_many) == (0, 0, 0, 0, 0)
    assert not found.outstanding_helps
    assert stop(group(9, 1), {1: "excellent"}, None) is None


def test_a_share_of_nothing_can_never_be_reached():
    assert standing(group(1, 50), replace(RULE, share=0)).good_missing is None


def test_the_decision_counts_before_the_proposal():
    rows = after(group(2, 5), {1: "good", 3: "completed", 4: None})
    assert [entry.expected for entry in rows[:5]] == ["good", "excellent", "completed", None, "good"]
    found = standing(rows, RULE)
    assert (found.due, found.decided, found.missing, found.excellent, found.good) == (7, 3, 0, 1, 4)
    assert [entry.is_pending for entry in rows] == [False, True, False, False, True, True, True]


def test_who_has_no_proposal_is_counted_as_missing():
    found = standing((Entry(1, 2, "member"), *group(0, 1)), RULE)
    assert (found.missing, found.due) == (1, 2)


@pytest.mark.parametrize(
    ("rows", "decisions", "stopped"),
    [
        # the whole list over its ceiling is not confirmed, nor is any excellent one of it
        (group(3, 12), {n: "excellent" if n < 4 else "good" for n in range(1, 16)}, True),
        (group(3, 12), {1: "excellent"}, True),
        # the others of it may be decided, and one may be lowered
        (group(3, 12), {4: "good"}, False),
        (group(3, 12), {1: "good"}, False),
        # 2 excellent, 13 good: within
        (after(group(3, 12), {1: "good"}), {2: "excellent", 3: "excellent"}, False),
        # two excellent are decided beside ten "tốt": no "tốt" may fall out now
        (after(group(2, 10), {1: "excellent", 2: "excellent"}), {3: "completed"}, True),
        (after(group(2, 11), {1: "excellent", 2: "excellent"}), {3: "completed"}, False),
        (after(group(2, 10), {1: "excellent", 2: "excellent"}), {3: "excellent"}, True),
        # taking one back always helps, even where it is not enough yet
        (group(3, 2, decided=True), {1: "good"}, False),
        (group(3, 2, decided=True), {4: "good"}, True),
        (group(3, 2, decided=True), {1: "excellent"}, True),
    ],
)
def test_what_is_stopped(rows, decisions, stopped):
    assert bool(stop(rows, decisions, RULE)) == stopped


def test_grounds_move_the_ceiling():
    assert stop(group(3, 12), {1: "excellent"}, RULE, outstanding=True) is None


def test_heads_are_counted_apart_and_hd21_counts_the_base_organisation_as_one():
    member, head = (Person(1, "A", "A", CELL, peer_group=code) for code in ("member", "head"))
    assert (group_of(member, RULE), group_of(head, RULE), group_of(member, None)) == ("member", "head", "member")
    assert of_group(RULE, "member") == RULE
    assert of_group(RULE, "head") is None
    hd21 = replace(RULE, within="base_organisation")
    assert (group_of(member, hd21), group_of(head, hd21)) == (EVERYBODY, "head")
    own_share = of_group(replace(RULE, shares={"head": 10}), "head")
    assert own_share
    assert own_share.share == 10


def test_a_regulation_without_the_case_of_outstanding_results():
    bare = replace(RULE, outstanding_share=None)
    assert not standing(group(3, 12), bare).outstanding_helps
    with pytest.raises(ValueError, match="nổi trội"):
        assert standing(group(3, 12), bare, outstanding=True).over_by


def test_nobody_decides_on_himself_or_on_the_cell_he_leads():
    officer = Person(5, "D", "Dũng", CELL, roles=(Role("officer", WARD), Role("secretary", CELL)))
    assert is_partial(officer, officer)
    assert is_partial(officer, CELL)
    assert not is_partial(officer, WARD)
    assert not is_partial(officer, replace(officer, id=6))
    assert not is_partial(replace(officer, roles=(Role("officer", WARD), Role("deputy", CELL))), CELL)


PEOPLE = st.integers(0, 60)


@given(PEOPLE, PEOPLE, st.sampled_from([RULE, HALF_UP, GOOD_OR_BETTER]), st.booleans())
def test_lowering_so_many_is_enough_and_one_fewer_is_not(excellent, good, rule_, outstanding):
    found = standing(group(excellent, good), rule_, outstanding=outstanding)
    for lowered, over in ((found.to_lower, False), (found.to_lower - 1, True)):
        if lowered >= 0:
            rows = after(group(excellent, good), dict.fromkeys(range(1, lowered + 1), "good"))
            assert bool(standing(rows, rule_, outstanding=outstanding).over_by) == over


class Evening(RuleBasedStateMachine):
    """Proposals come and change, decisions are tried in any order: a decided group is never above its ceiling."""

    def __init__(self):
        super().__init__()
        self.rows = tuple(Entry(nth, 2, "member") for nth in range(1, 10))
        self.outstanding = False
        self.rule = RULE

    @rule(which=st.sampled_from([RULE, HALF_UP, GOOD_OR_BETTER]))
    def begins_under(self, which):
        if not any(entry.is_decided for entry in self.rows):
            self.rule = which

    @rule(nth=st.integers(0, 8), grade=st.sampled_from(GRADES))
    def cell_proposes(self, nth, grade):
        rows = list(self.rows)
        rows[nth] = replace(rows[nth], is_proposed=True, proposed=grade)
        self.rows = tuple(rows)

    @rule(grades=st.lists(st.sampled_from(["excellent", "good", "good", "good"]), min_size=9, max_size=9))
    def cells_propose(self, grades):
        pairs = zip(self.rows, grades, strict=True)
        self.rows = tuple(replace(entry, is_proposed=True, proposed=grade) for entry, grade in pairs)

    @rule(nth=st.integers(0, 8), grade=st.sampled_from([*GRADES, None]))
    def committee_decides(self, nth, grade):
        if self.rows[nth].is_proposed:
            self.takes({self.rows[nth].subject_id: grade})

    @rule()
    def committee_confirms(self):
        self.takes({entry.subject_id: entry.proposed for entry in self.rows if entry.is_pending})

    @rule()
    def grounds_are_recorded(self):
        self.outstanding = True

    def takes(self, decisions):
        if stop(self.rows, decisions, self.rule, outstanding=self.outstanding) is None:
            self.rows = after(self.rows, decisions)

    @invariant()
    def a_decided_group_is_within_its_ceiling(self):
        found = standing(self.rows, self.rule, outstanding=self.outstanding)
        assert found.decided < found.due or not found.over_by


Evening.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
test_no_evening_ends_above_the_ceiling = Evening.TestCase
