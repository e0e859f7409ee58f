"""What people type: commands as words, numbers of choices, text that any database can keep."""

import unicodedata

import pytest

from conversations.incoming import Asked
from conversations.typed import clean, command_of, number_of

DASHBOARD = Asked("tonghop")


@pytest.mark.parametrize(
    "text",
    [
        "/tonghop",
        "/tonghop@TuSoiBot",
        " /TongHop ",
        "/tổng hợp",
        "tổng hợp",
        "TỔNG HỢP",
        "tong hop",
        "Tonghop",
        unicodedata.normalize("NFD", "Tổng hợp"),
    ],
)
def test_a_command_is_known_however_it_is_typed(text: str) -> None:
    assert command_of(text) == DASHBOARD


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("/start K7M2PQ", "K7M2PQ"),
        ("/start@TuSoiBot K7M2PQ", "K7M2PQ"),
        ("/start\nK7M2PQ", "K7M2PQ"),
        ("DK K7M2PQ", "K7M2PQ"),
        ("đk: k7m2-pq", "k7m2-pq"),
        ("/start", ""),
    ],
)
def test_a_code_comes_with_start_or_dk(text: str, code: str) -> None:
    assert command_of(text) == Asked("start", code)


@pytest.mark.parametrize("text", ["", "Tôi đã tổng hợp xong", "ĐK tốt", "dk", "x" * 5000])
def test_an_answer_is_not_a_command(text: str) -> None:
    assert command_of(text) is None


def test_an_unknown_command_keeps_its_name_and_argument() -> None:
    assert command_of("/gì đấy nhỉ") == Asked("gi", "đấy nhỉ")
    assert command_of("/") == Asked("")


@pytest.mark.parametrize("text", ["2", " 2 ", "2.", "2)", "２", "số 2", "Chọn 2", "2️⃣", "②"])
def test_a_number_is_read_however_it_is_typed(text: str) -> None:
    assert number_of(text) == 2


@pytest.mark.parametrize("text", ["", "123", "2 con", "hai", "²x", "2" * 50])
def test_anything_else_is_no_number(text: str) -> None:
    assert number_of(text) is None


def test_clean_text_keeps_the_words_and_drops_what_cannot_be_kept() -> None:
    typed = unicodedata.normalize("NFD", "  Dự họp\r\nđủ\x00 \ud800")
    assert clean(typed) == "Dự họp\nđủ"
