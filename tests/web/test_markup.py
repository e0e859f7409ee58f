"""From a screen's text to HTML."""

import pytest

from conversations.screen import Screen
from handlers.web.markup import card_of, inline, label


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**đậm** và _nghiêng_", "<strong>đậm</strong> và <em>nghiêng</em>"),
        ("**đậm _cả hai_**", "<strong>đậm <em>cả hai</em></strong>"),
        ("_so **le_ thẻ**", "_so <strong>le_ thẻ</strong>"),
        ("a_b_c và 2 * 3 ** 4", "a_b_c và 2 * 3 ** 4"),
        ("<b>&\"'", "&lt;b&gt;&amp;&#34;&#39;"),
        ("**<script>**", "<strong>&lt;script&gt;</strong>"),
        ("✅ xong", '<span class="sign done">✅</span> xong'),
        ("▓▓▓░░░░░░░", '<span class="bar f3" aria-hidden="true">▓▓▓░░░░░░░</span>'),
        ("lệnh /dulieu.", 'lệnh <a href="#menu">/dulieu</a>.'),
        ("10/12, a/menu, /menus", "10/12, a/menu, /menus"),
    ],
)
def test_inline(text: str, html: str) -> None:
    assert inline(text) == html


@pytest.mark.parametrize(
    ("text", "heading", "beside", "first"),
    [
        ("**Việc của đồng chí** · còn 9 ngày\n⏳ Bản", "Việc của đồng chí", "còn 9 ngày", "⏳ Bản"),
        ("**Xem lại** — Hoa, mẫu 2C\n\nPhần I", "Xem lại", "Hoa, mẫu 2C", "Phần I"),
        ("**Chào đồng chí.** Đây là trợ lý.", "Chào đồng chí.", "", "Đây là trợ lý."),
        ("**Tiêu chí 6** (2 điểm)\nDự họp.", "Tiêu chí 6", "(2 điểm)", "Dự họp."),
        ("🔔 **Sắp đến hạn**\n\nCòn 3 ngày.", "🔔 Sắp đến hạn", "", "Còn 3 ngày."),
        ("🔔 Còn **15 câu** nữa.", "", "", "🔔 Còn 15 câu nữa."),
        ("**15 câu** chưa viết.", "", "", "15 câu chưa viết."),
        ("Không có gì.", "", "", "Không có gì."),
    ],
)
def test_heading(text: str, heading: str, beside: str, first: str) -> None:
    card = card_of(Screen(text))
    assert card.heading.striptags() == (heading or "Trợ lý kiểm điểm")
    assert card.titled == bool(heading)
    assert card.beside.striptags() == beside
    assert card.paragraphs[0][0].html.striptags() == first


def test_note_paragraphs_and_label_stand_apart() -> None:
    note = "Đã lưu.\nCòn chung."
    screen = Screen(
        f"{note}\n\n**Câu 3**\n\nViệc gì?\nKết quả?\n\n_Ví dụ_\n\n✍️ Viết rồi gửi.", note=note, waits_for="text"
    )
    card = card_of(screen)
    assert [line.html for line in card.note] == ["Đã lưu.", "Còn chung."]
    assert [[line.html for line in lines] for lines in card.paragraphs] == [
        ["Việc gì?", "Kết quả?"],
        ["<em>Ví dụ</em>"],
    ]
    assert card.label.striptags() == "✍️ Viết rồi gửi."


def test_words_instead_of_a_number_become_buttons() -> None:
    text = "Bao nhiêu «buổi»?\n\n✍️ Gửi một số.\n\nKhông thì gõ: «để sau», «quay lại»."
    card = card_of(Screen(text, waits_for="number"))
    assert card.sayable == ("để sau", "quay lại")
    assert [line.html for lines in card.paragraphs for line in lines] == ["Bao nhiêu «buổi»?"]
    card = card_of(Screen(text, waits_for="text"))
    assert card.sayable == ()
    assert len(card.paragraphs) == 2


def test_a_box_always_has_a_label() -> None:
    assert card_of(Screen("**Câu 3**", waits_for="text")).label.striptags() == "✍️ Đồng chí viết rồi gửi."


def test_a_screen_that_is_only_a_note_is_still_a_card() -> None:
    card = card_of(Screen("Xong.", note="Xong."))
    assert card.paragraphs == ()


def test_the_line_over_the_heading_says_where_one_is() -> None:
    card = card_of(Screen("Phần I · câu 7/22\n**Phẩm chất, lối sống**\n_Về phẩm chất chính trị_\n\nNăm nay thế nào?"))
    assert (card.above, card.part) == ("Phần I · câu 7/22", (7, 22))
    assert (card.heading, card.beside) == ("Phẩm chất, lối sống", "<em>Về phẩm chất chính trị</em>")
    assert [line.html for line in card.paragraphs[0]] == ["Năm nay thế nào?"]


def test_a_first_line_that_stands_apart_is_no_position() -> None:
    card = card_of(Screen("Chào đồng chí.\n\n**Hoa**, sinh năm 1968?"))
    assert (card.above, card.part) == ("", None)


def test_a_heading_breaks_after_its_dot() -> None:
    card = card_of(Screen("**Chi bộ Khối 5 · kiểm điểm 2026** · còn 3 ngày"))
    assert card.heading == '<span class="unit">Chi bộ Khối 5 ·</span> <span class="unit">kiểm điểm 2026</span>'


def test_on_a_button_only_signs_are_drawn() -> None:
    drawn = label("✅ **Hoa** <b> /menu")
    assert drawn == '<span class="sign done">✅</span> **Hoa** &lt;b&gt; /menu'
