"""Typed text becomes a stored value, or a kind sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.answers import NO_DATE, NO_NUMBER, NO_OPTION, NO_WORDS, Refusal, read_answer
from review.forms import Option, Question, is_answer

TODAY = date(2026, 12, 1)
OPTIONS = (Option("yes", "Đã xong"), Option("no", "Chưa làm được"))


def read(kind, text):
    return read_answer(Question("q", kind, "T", "A?", options=OPTIONS, max_points=20), text, TODAY)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  Vận động 14/16 hộ  xóm 3.\n Xong. \n", "Vận động 14/16 hộ  xóm 3.\n Xong."),
        ("text", "Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"),
        ("text", "a\x00b\ud800", "ab"),
        ("number", "12", 12),
        ("number", "12,5", 12.5),
        ("number", "12.50", 12.5),
        ("number", "1.500", 1500),
        ("number", "3,00", 3),
        ("score", "18", 18),
        ("score", "18 điểm", 18),
        ("score", "18/20", 18),
        ("score", "1,5đ", 1.5),
        ("date", "31/03/2027", "2027-03-31"),
        ("date", "15-3-2027", "2027-03-15"),
        ("date", "15.3.27", "2027-03-15"),
        ("date", "15 3 2027", "2027-03-15"),
        ("date", "2027-03-15", "2027-03-15"),
        ("date", "Ngày 5 tháng 3 năm 2027", "2027-03-05"),
        ("date", "1/12", "2026-12-01"),
        ("date", "30/11", "2027-11-30"),
        ("date", "29/2", "2028-02-29"),
        ("choice", "đã xong", "yes"),
        ("many", "Chưa làm được; Đã xong, đã xong", ["no", "yes"]),
    ],
)
def test_what_is_understood(kind, text, value):
    assert read(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("text", " \u200b \n", NO_WORDS),
        ("number", "nhiều lắm", NO_NUMBER),
        ("number", "-3", NO_NUMBER),
        ("score", "21", "Tiêu chí này nhiều nhất 20 điểm. Đồng chí gửi một số từ 0 đến 20."),
        ("score", "đủ", NO_NUMBER),
        ("date", "cuối năm", NO_DATE),
        ("date", "3/2027", NO_DATE),
        ("date", "31/02/2027", NO_DATE),
        ("date", "31/2", NO_DATE),
        ("date", "1/1/0207", NO_DATE),
        ("choice", "có lẽ", NO_OPTION),
        ("many", "Đã xong, có lẽ", NO_OPTION),
    ],
)
def test_what_is_kindly_refused(kind, text, message):
    assert read(kind, text) == Refusal(message)


@given(st.sampled_from(["text", "number", "score", "date", "choice", "many"]), st.text())
def test_any_text_gives_a_valid_answer_or_a_sentence(kind, text):
    question = Question("q", kind, "T", "A?", options=OPTIONS, max_points=20)
    value = read_answer(question, text, TODAY)
    assert value.message if isinstance(value, Refusal) else is_answer(question, value)
