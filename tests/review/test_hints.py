"""Hints: by phrases of the pack, at most one, none for a concrete answer."""

from dataclasses import replace

import pytest

from review.hints import alike, hint_for
from review.pack import load

PACK = load("hd43-2025")
OWN = "Tôi đã gặp 14 trên 16 hộ xóm 3 và mở được 620 m đường trước hạn một tháng."


@pytest.mark.parametrize(
    ("question", "text", "code"),
    [
        ("shortcomings.text", "Đôi khi chưa sâu sát trong công việc.", "vague"),
        ("shortcomings.text", "doi khi CHUA SAU SAT", "vague"),
        ("shortcomings.text", "Tôi luôn hoàn thành tốt mọi việc", "achievement_only"),
        ("shortcomings.text", "Chưa gặp hết các hộ: 16 hộ mới gặp 11.", None),
        ("shortcomings.cause", "Do khách quan", "no_cause"),
        ("shortcomings.cause", "Do khách quan là mùa gặt các hộ vắng nhà, tôi lại ngại đi tối", None),
        ("shortcomings.own_part", "Trách nhiệm chung của cả chi ủy", "no_responsibility"),
        ("shortcomings.own_part", "Tôi chưa lập lịch nên chịu trách nhiệm", None),
        ("measures.measure", "Tiếp tục phấn đấu, rút kinh nghiệm", "no_measure"),
        ("measures.measure", "Mỗi tuần cố gắng hơn, gặp 2 hộ", None),
        ("fixed.evidence", "Đã gặp xong", "no_date"),
        ("fixed.evidence", "Đã gặp xong trong tháng hai", None),
        ("duties", OWN, None),
        ("duties", "  ", None),
        ("measures.due", "cố gắng hơn", None),
        ("conduct.text", "đôi khi", None),
        ("shortcomings.nothing", "đôi khi", None),
        ("nothing", "đôi khi", None),
    ],
)
def test_which_hint(question, text, code):
    hint = hint_for(PACK, question, text)
    assert (hint.code if hint else None) == code


def test_a_copied_answer():
    hint = hint_for(PACK, "duties", OWN, others=["Việc khác hẳn.", OWN.upper().replace("620", "650")])
    assert hint
    assert hint.code == "copied"
    assert hint_for(PACK, "duties", OWN, others=["Việc khác hẳn."]) is None
    assert hint_for(PACK, "pledge", "Không có.", others=["Không có."]) is None, "short answers are alike by nature"
    assert hint_for(replace(PACK, hints={}), "collective_part", OWN, others=[OWN]) is None


def test_last_years_answer_again():
    hint = hint_for(PACK, "duties", OWN, previous=[f"{OWN}\n"])
    assert hint
    assert hint.code == "repeated_last_year"
    assert hint_for(PACK, "duties", OWN, previous=["Việc khác hẳn."]) is None


def test_remarks_that_are_the_same_word_for_word():
    texts = ["Gương mẫu, hòa nhã.", "Tốt", "guong mau hoa nha", "", " ", "Gương mẫu - hòa nhã", "tot!"]
    assert alike(texts) == ((0, 2, 5), (1, 6))
    assert alike([]) == ()
