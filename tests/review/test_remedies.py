"""Remedies: which measure mends which shortcoming, when they are asked about, what comes first."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.forms import Given, Item
from review.remedies import (
    Measure,
    Plan,
    Remedy,
    RemedyCheck,
    Shortcoming,
    by_urgency,
    dates_asked_about,
    decision_days_asked_about,
    match,
    plans,
)
from tests.conversations.small_pack import SELF_REVIEW

DUE, LATER = date(2027, 3, 31), date(2027, 6, 30)
HOUSES, CLASSES = (
    Shortcoming("shortcomings.1", "Mới gặp 11/16 hộ."),
    Shortcoming("shortcomings.2", "Vắng hai buổi học."),
)


def remedy(number, **more):
    return Remedy(
        number, "person", 1, f"1:{number}", "Ít đọc.", **{"measure": "Đọc.", "owner_id": 1, "due": DUE, **more}
    )


@pytest.mark.parametrize(
    ("measures", "mending"),
    [
        ([], [[], []]),
        ([("Học bù.", "vắng buổi học")], [[], ["Học bù."]]),
        ([("Học bù.", "VANG HAI BUOI HOC"), ("Gặp nốt.", "")], [["Gặp nốt."], ["Học bù."]]),
        ([("Gặp nốt.", ""), ("Học bù.", "")], [["Gặp nốt."], ["Học bù."]]),
        ([("Một.", "gặp hộ"), ("Hai.", "gặp các hộ")], [["Một.", "Hai."], []]),
        ([("Một.", "chuyện chẳng liên quan"), ("Hai.", ""), ("Ba.", "")], [["Một."], ["Hai."]]),
    ],
    ids=["none", "by words", "by words, then by order", "by order", "two for one", "words that name nothing, too many"],
)
def test_which_measure_mends_which_shortcoming(measures, mending):
    given_ = [Measure(text, DUE, about) for text, about in measures]
    assert [[m.text for m in one] for one in match([HOUSES, CLASSES], given_)] == mending


def test_a_plan_from_a_filled_form():
    answers = {
        "shortcomings.1.text": HOUSES.text,
        "shortcomings.1.more": "yes",
        "shortcomings.2.text": CLASSES.text,
        "shortcomings.3.text": "Đã bỏ đi.",
        "fixed.7.status": "partly",
        "fixed.8.status": "done",
        "measures.1.measure": "Gặp nốt.",
        "measures.1.due": "2027-03-31",
        "measures.1.more": "yes",
        "measures.2.due": "bao giờ cũng được",
        "measures.2.measure": "Học bù.",
    }
    carried = Given(carried=(Item("7", "Chưa thăm hộ nghèo."), Item("8", "Nộp đảng phí muộn."), Item("9", "Khác.")))
    assert plans(SELF_REVIEW, answers, carried) == (
        Plan(HOUSES, "Gặp nốt.", DUE),
        Plan(CLASSES, "Học bù.", None),
        Plan(Shortcoming("fixed.7", "Chưa thăm hộ nghèo."), "", None),
    )
    assert plans(SELF_REVIEW, {"measures.1.due": "2027-03-31"}, Given()) == ()


def test_several_measures_for_one_shortcoming_are_one_plan_until_the_last_date():
    mending = match([HOUSES], [Measure("Một.", LATER, "hộ"), Measure("Hai.", DUE, "hộ"), Measure("Ba.", None, "hộ")])
    assert [m.text for m in mending[0]] == ["Một.", "Hai.", "Ba."]


@given(st.lists(st.text(min_size=1), max_size=6), st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=6))
def test_no_measure_mends_two_shortcomings_and_none_is_left_while_one_lacks_any(texts, measures):
    shortcomings = [Shortcoming(f"shortcomings.{nth}", text) for nth, text in enumerate(texts, 1)]
    given_ = [Measure(f"{nth} {text}", None, about) for nth, (text, about) in enumerate(measures)]
    mending = match(shortcomings, given_)
    used = [m for one in mending for m in one]
    assert len(used) == len(set(used))
    assert len(mending) == len(shortcomings)
    assert len(used) == len(given_) or all(mending)


def test_on_which_days_is_asked():
    assert dates_asked_about(DUE) == (date(2027, 4, 7), DUE, date(2027, 3, 24))
    assert decision_days_asked_about((30, 60, 90), DUE) == (date(2027, 3, 1), date(2027, 1, 30), date(2026, 12, 31))


def test_what_lacks_something_comes_first_and_what_is_done_last():
    rows = [remedy(1, status="done"), remedy(2), remedy(3, due=LATER), remedy(4, due=None), remedy(5, measure="")]
    assert [one.id for one in by_urgency(rows)] == [5, 4, 2, 3, 1]


def test_when_it_is_overdue_and_when_it_may_move():
    assert remedy(1).is_overdue(date(2027, 4, 1))
    assert not remedy(1).is_overdue(DUE)
    assert not remedy(1, status="done").is_overdue(LATER)
    assert not remedy(1, due=None).is_overdue(LATER)
    moved = RemedyCheck(datetime(2027, 3, 1, tzinfo=UTC), 1, "redated", "Ốm.")
    assert remedy(1, status="partly").may_move
    assert not remedy(1, status="partly", checks=(moved,)).may_move
    assert not remedy(1, status="not_done").may_move
