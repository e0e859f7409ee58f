"""Parts of a question screen that other dialogues use too: labels, acts, words for stored answers."""

from datetime import date

import pytest

from conversations.form_answers import plain, value_text
from conversations.form_screens import answer_choices, chosen_value, date_choices, score_steps, tag_of
from review.forms import Asked, walk
from review.responses import Value
from tests.conversations.small_pack import SELF_REVIEW

ASKED = {asked.key: asked for asked in walk(SELF_REVIEW, {})}
TAG = tag_of(1, "self_review", 1, SELF_REVIEW.version)


def test_every_button_names_what_it_answers() -> None:
    others = {tag_of(2, "self_review", 1, "v"), tag_of(1, "self_review", 2, "v"), tag_of(1, "self_review", 1, "w")}
    assert len(others | {tag_of(1, "self_review", 1, "v"), tag_of(1, "residence_remark", 1, "v")}) == 5


@pytest.mark.parametrize("key", ["abroad", "unions", "scores.c01", "scores.t01", "self_grade"])
def test_every_choice_is_read_back_and_only_on_its_own_screen(key: str) -> None:
    for choice in answer_choices(ASKED[key], None, TAG):
        assert chosen_value(ASKED[key], choice.act, TAG, None) not in (None, "")
        for other, tag in ((ASKED["conduct"], TAG), (ASKED[key], "000000")):
            with pytest.raises(ValueError, match="belongs to another"):
                chosen_value(other, choice.act, tag, None)


def test_a_typed_question_has_no_choices() -> None:
    assert answer_choices(ASKED["conduct"], None, TAG) == ()


def test_points_go_down_from_full() -> None:
    assert score_steps(1) == [("1", "Đạt: 1 điểm"), ("0.5", "Chưa đạt một phần: 0,5 điểm"), ("0", "Chưa đạt: 0 điểm")]
    assert [points for points, _ in score_steps(3)] == ["3", "2", "1", "0"]
    assert [points for points, _ in score_steps(25)] == ["25", "22", "20", "18", "12"]


def test_dates_offered_are_the_ends_of_the_coming_quarters() -> None:
    labels = [choice.label for choice in date_choices(ASKED["measures.1.due"], TAG, date(2027, 5, 1))]
    assert labels == ["Hết tháng 6/2027", "Hết tháng 9/2027", "Hết tháng 12/2027", "Hết tháng 3/2028"]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("abroad", "yes", "Có"),
        ("unions", ["ccb", "nd"], "Cựu chiến binh, Nông dân"),
        ("scores.c01", 0.5, "0,5 điểm"),
        ("meetings", 12, "12"),
        ("meetings", 12345678, "12345678"),
        ("measures.1.due", "2027-03-31", "31/03/2027"),
        ("measures.1.due", "cuối năm", "cuối năm"),
        ("conduct", "Tốt.", "Tốt."),
        ("conduct", None, ""),
    ],
)
def test_a_stored_answer_in_words(key: str, value: Value, said: str) -> None:
    asked: Asked = ASKED[key]
    assert value_text(asked.question, value) == said


def test_peoples_words_are_not_markup() -> None:
    assert plain("**a** _b_ ✍️ \u202ec") == "∗∗a∗∗ ˍbˍ ✎️ c"
