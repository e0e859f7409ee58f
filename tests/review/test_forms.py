"""Which questions of a form stand, which are missing, and what the answers come to."""

from dataclasses import replace

import pytest

from review.forms import Form, Given, Option, Question, Section, assemble, is_answer, is_deduction, missing, walk
from tests.review.small import FORM, LAST_YEAR

COMPLETE = {
    "abroad": "no",
    "unions": ["yes"],
    "meetings": 11,
    "since": "2026-01-31",
    "shortcomings.1.text": "Chưa gặp hết các hộ.",
    "shortcomings.1.cause": "Ngại đi tối.",
    "shortcomings.1.more": "no",
    "wishes.0.more": "no",
    "scores.c01": 2,
    "scores.t01": 8.5,
    "scores.t01.reason": "Hai việc chậm.",
    "self_grade": "yes",
}


def keys(answers, given=None) -> list[str]:
    return [asked.key for asked in walk(FORM, answers, given or Given())]


def test_an_empty_form_asks_the_first_item_and_numbers_main_questions_only():
    walked = walk(FORM, {})
    assert [asked.key for asked in walked] == [
        "abroad", "quiet", "unions", "meetings", "since", "shortcomings.1.text", "shortcomings.1.cause",
        "shortcomings.1.more", "wishes.0.more", "scores.c01", "scores.t01", "self_grade",
    ]  # fmt: skip
    assert [asked.number for asked in walked] == [1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10, 11]
    assert {asked.total for asked in walked} == {11}


def test_conditions_open_and_close_questions():
    assert "why" in keys({"abroad": "yes"})
    assert "quiet" not in keys({"abroad": "yes"})
    assert "why" not in keys({"abroad": "no"})


def test_a_condition_on_several_answers_holds_when_one_fits():
    question = Question("x", "text", "X", "X?", when=replace(FORM.sections[0].blocks[1].when, key="unions"))
    form = Form("f", "F", "self_review", (Section("s", "", "S", (question,)),))
    assert walk(form, {"unions": ["no", "yes"]})
    assert not walk(form, {"unions": ["no"]})


def test_a_group_grows_while_the_writer_says_more_and_stops_at_its_most():
    more = {f"shortcomings.{nth}.more": "yes" for nth in range(1, 9)}
    assert "shortcomings.3.cause" in keys(more)
    assert "shortcomings.3.more" not in keys(more)
    assert "shortcomings.4.text" not in keys(more)


def test_a_group_that_may_stay_empty_asks_first_whether_there_is_anything():
    assert "wishes.1.wish" not in keys({"wishes.0.more": "no"})
    assert keys({"wishes.0.more": "yes"})[8:11] == ["wishes.0.more", "wishes.1.wish", "wishes.1.more"]


def test_given_items_are_asked_once_each():
    assert [key for key in keys({}, LAST_YEAR) if key.startswith("fixed")] == ["fixed.7.status", "fixed.8.status"]


def test_a_deduction_asks_for_its_reason():
    assert "scores.c01.reason" in keys({"scores.c01": 1})
    assert "scores.c01.reason" not in keys({"scores.c01": 2})
    assert "scores.c01.reason" not in keys({"scores.c01": 99}), "not a valid answer, so nothing was taken off"


def test_an_option_that_ends_the_form_leaves_nothing_after_it():
    ends = Question("seen", "choice", "T", "A?", options=(Option("yes", "Có"), Option("gone", "Đi rồi", ends=True)))
    after = Question("free", "text", "T", "A?")
    form = Form("residence_remark", "Phiếu", "residence_remark", (Section("s", "", "S", (ends, after)),))
    assert [asked.key for asked in walk(form, {"seen": "gone"})] == ["seen"]
    assert not missing(form, {"seen": "gone"})
    assert [asked.key for asked in missing(form, {"seen": "yes"})] == ["free"]


def test_a_complete_form_misses_nothing_and_assembles_as_the_contract_says():
    assert not missing(FORM, COMPLETE)
    done = assemble(FORM, COMPLETE)
    assert done.answers == {
        "abroad": "no",
        "unions": ["yes"],
        "meetings": 11,
        "since": "2026-01-31",
        "shortcomings": [{"text": "Chưa gặp hết các hộ.", "cause": "Ngại đi tối."}],
    }
    assert done.scores == {"c01": 2.0, "t01": 8.5}
    assert done.score_reasons == {"t01": "Hai việc chậm."}
    assert done.self_grade == "yes"


def test_given_items_are_assembled_with_their_own_words():
    done = assemble(FORM, {"fixed.8.status": "yes"}, LAST_YEAR)
    assert done.answers["fixed"] == [{"item": "Lập sổ", "status": "yes"}]


def test_what_no_longer_stands_is_left_out():
    done = assemble(FORM, {**COMPLETE, "why": "Thăm con", "shortcomings.2.text": "đã bỏ"})
    assert "why" not in done.answers
    assert len(done.answers["shortcomings"]) == 1


def test_an_answer_that_fits_no_more_is_missing_again():
    assert [asked.key for asked in missing(FORM, {**COMPLETE, "abroad": "maybe"})] == ["abroad"]


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [
        ("text", "Có", True),
        ("text", "", False),
        ("text", 3, False),
        ("choice", "yes", True),
        ("choice", "maybe", False),
        ("many", ["yes", "no"], True),
        ("many", [], False),
        ("many", ["maybe"], False),
        ("many", "yes", False),
        ("number", 0, True),
        ("number", float("nan"), False),
        ("number", True, False),
        ("score", 2, True),
        ("score", 2.5, False),
        ("score", -1, False),
        ("score", "2", False),
        ("date", "2026-12-31", True),
        ("date", None, False),
    ],
)
def test_what_answers_a_question(kind, value, fits):
    question = Question("q", kind, "T", "A?", options=(Option("yes", "Có"), Option("no", "Không")), max_points=2)
    assert is_answer(question, value) is fits


def test_only_points_are_deducted():
    assert not is_deduction(Question("q", "number", "T", "A?"), 1)
