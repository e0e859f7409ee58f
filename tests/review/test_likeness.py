"""Copies: the same words, nearly the same letters, most of a long text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.likeness import alike, folded, is_copy

LONG = (
    "Tôi giữ sổ quỹ của khối, mỗi quý dán bảng thu chi ở nhà văn hóa. Tháng sáu đi từng nhà vận động mua bảo hiểm y tế."
    " Hai buổi trực chốt bầu cử đều có mặt đúng giờ."
)


def copy(text: str, *others: str) -> bool:
    return is_copy(text, others, alike_percent=85, taken_percent=65, least_words=6)


@pytest.mark.parametrize(
    ("text", "other", "is_one"),
    [
        ("Chưa mạnh dạn phê bình đồng chí.", "chua manh dan phe binh dong chi", True),
        ("Chưa mạnh dạn phê bình đồng nghiệp", "Chưa mạnh dạn phê bình đồng chí", False),
        ("Không có.", "Không có.", False),
        ("Mỗi quý gặp từng hộ trong tổ một lần, ghi sổ", "Mỗi quý gặp từng hộ trong tổ hai lần, ghi sổ", True),
        (LONG, "Việc khác hẳn. " + ". ".join(reversed(LONG.split(". "))) + " Thêm vài việc nữa không kể.", True),
        (
            LONG,
            "Tôi giữ sổ quỹ của khối, và tháng sáu đi vận động thanh niên lên đường nhập ngũ, được hai cháu.",
            False,
        ),
        (LONG, "", False),
    ],
)
def test_what_is_a_copy(text, other, is_one):
    assert copy(text, other) is is_one


@given(st.text(max_size=80))
def test_the_same_text_is_a_copy_unless_it_is_short(text):
    assert copy(text, text) is (len(folded(text).split()) >= 6)


def test_remarks_that_are_the_same_word_for_word():
    texts = ["Gương mẫu, hòa nhã.", "Tốt", "guong mau hoa nha", "", " ", "Gương mẫu - hòa nhã", "tot!"]
    assert alike(texts) == ((0, 2, 5), (1, 6))
    assert alike([]) == ()
