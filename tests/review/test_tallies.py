"""Counts and shares of a group."""

from hypothesis import given
from hypothesis import strategies as st

from review.responses import GRADES
from review.tallies import percent, tallies, tally


def test_counts_and_both_shares_of_the_excellent() -> None:
    one = tally("Nhóm", ["excellent", "good", "good", "good", "not_completed", None])
    assert (one.members, one.graded, one.not_graded) == (6, 5, 1)
    assert one.counts == {"excellent": 1, "good": 3, "completed": 0, "not_completed": 1}
    assert (one.share("good"), one.excellent_of_good, one.excellent_of_good_or_better) == (60.0, 33.33, 25.0)


def test_nobody_has_no_share() -> None:
    empty = tally("Nhóm", [None])
    assert (empty.share("good"), empty.excellent_of_good, empty.excellent_of_good_or_better) == (None, None, None)
    assert percent(1, 3) == 33.33


def test_groups_by_their_code_with_their_names() -> None:
    found = tallies([("b", "good"), ("a", None), ("b", None)], {"a": "Nhóm"})
    assert [(one.code, one.name, one.members) for one in found] == [
        ("a", "Nhóm", 1), ("b", "b", 2),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([*GRADES, None]))))
def test_groups_add_up_to_the_whole(rows: list[tuple[str, str | None]]) -> None:
    groups, whole = tallies(rows, {}), tally("", [grade for _, grade in rows])  # type: ignore[arg-type, misc]
    assert sum(one.members for one in groups) == whole.members == len(rows)
    assert all(sum(one.counts[grade] for one in groups) == whole.counts[grade] for grade in GRADES)
