"""Screens as Telegram's HTML and buttons; the strict reader of the fake judges the HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.place import Place
from conversations.screen import Choice, Screen
from handlers.telegram.draw import draw, to_html
from handlers.text import split, units
from tests.fakes.bot_api.html import read_html

MARKED = st.lists(st.sampled_from([*"a ảđ_*<>&\"'\n😀", "**", "**a**", "_a_"]), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**Chào đồng chí.** Hoa?", "<b>Chào đồng chí.</b> Hoa?"),
        ('_Ví dụ: "14/16 hộ"_', "<i>Ví dụ: &quot;14/16 hộ&quot;</i>"),
        ("**Mã _K7_ đây**", "<b>Mã <i>K7</i> đây</b>"),
        ("ten_tep_moi và 2 ** 3", "ten_tep_moi và 2 ** 3"),
        ("một ** hở\nhai ** hở", "một ** hở\nhai ** hở"),
        ("<b>A & B</b>", "&lt;b&gt;A &amp; B&lt;/b&gt;"),
    ],
)
def test_only_bold_and_italic_mean_anything(text: str, html: str) -> None:
    assert to_html(text) == html


@given(MARKED)
def test_any_text_is_good_html_and_loses_only_markers(text: str) -> None:
    plain, _ = read_html(to_html(text))
    assert plain.replace("*", "").replace("_", "") == text.replace("*", "").replace("_", "")


@given(st.lists(st.sampled_from([*"aả😀 \n", "\n\n"]), max_size=200).map("".join), st.integers(10, 50))
def test_pieces_fit_and_lose_only_blanks(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert pieces
    assert all(units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_piece_ends_at_a_paragraph() -> None:
    assert split("một hai\n\nba bốn\n\nnăm", 18) == ["một hai\n\nba bốn", "năm"]


def test_buttons_are_numbered_in_order_and_short_ones_share_a_row() -> None:
    labels = ["Thường xuyên tham gia mọi việc", "Có", "Không", "Để sau"]
    screen = Screen("Hỏi", tuple(Choice(label, act=f"a{n}") for n, label in enumerate(labels)))
    (part,) = draw(screen, 7)
    assert [[button.label for button in row] for row in part.rows] == [
        ["1 Thường xuyên tham gia mọi việc"],
        ["2 Có", "3 Không", "4 Để sau"],
    ]
    assert part.rows[1][0].data == "7.!a1"


def test_the_longest_action_fits_into_a_button_of_a_kept_screen() -> None:
    choice = Choice("Dài", to=Place("x" * 51))
    (part,) = draw(Screen("Hỏi", (choice,), keeps=True), 999_999_999)
    assert len(part.rows[0][0].data.encode()) == 63


def test_an_action_too_long_is_a_fault_of_the_dialogue() -> None:
    with pytest.raises(AssertionError, match="bytes"):
        draw(Screen("Hỏi", (Choice("Dài", act="đ" * 40),)), 1)
