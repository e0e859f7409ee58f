"""The form filler: what is saved where, and what comes next."""

import unicodedata
from dataclasses import replace

import pytest

from conversations import words
from conversations.effects import SaveAnswer
from conversations.form_status import form_place, question_place
from tests.conversations.driving import answers, at
from tests.conversations.phone import Phone
from tests.conversations.village import HOA
from tests.conversations.world import World

ODD_TEXTS = [
    "",
    "   ",
    "\n\t",
    "👍",
    "🇻🇳👩‍👩‍👧",
    "مرحبا بالعالم",
    "\u202eđảo ngược",
    unicodedata.normalize("NFD", "Thực hiện nhiệm vụ được giao"),
    "a" * 8000,
    "✍️ ✍️",
    "**đậm** _nghiêng_",
    "\u200b\u200d",
    "\u0301",
    "0",
    "-5",
    "99/99/9999",
    "1e9",
    "quay",
    "<b>&amp;</b>",
    "🅰️" * 3000,
    "x\x00y\ud800",
]


@pytest.mark.parametrize("text", ODD_TEXTS)
@pytest.mark.parametrize("key", ["conduct", "meetings", "measures.1.due", "wish"])
def test_any_text_is_taken_or_kindly_refused(hoa: Phone, world: World, key: str, text: str) -> None:
    at(hoa, key).say(text)
    saved = [effect for effect in hoa.effects if isinstance(effect, SaveAnswer)]
    assert all(effect.key == key for effect in saved)
    assert set(answers(world)) == {effect.key for effect in saved}


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_what_was_typed_may_stand_on_any_screen(hoa: Phone, world: World, text: str) -> None:
    at(hoa, "conduct").say(text)
    for place in ("form_preview", "form_text", "form_sections", "form_hint"):
        hoa.goto(form_place(place, "self_review", HOA.id, "conduct"))
    assert at(hoa, "conduct").screen


def test_a_deduction_asks_its_reason_and_full_points_do_not(hoa: Phone) -> None:
    at(hoa, "scores.c01").tap("Chưa đạt một phần")
    assert "Lý do trừ điểm" in hoa.text
    assert "Tiêu chí: Ý thức kỷ luật." in hoa.text
    at(hoa, "scores.c01").tap("Đạt")
    assert "Lý do trừ điểm" not in hoa.text


def test_another_deduction_asks_the_reason_again(hoa: Phone) -> None:
    at(hoa, "scores.c01").tap("Chưa đạt một phần")
    hoa.say("Vắng hai buổi.")
    at(hoa, "scores.c01").tap("Chưa đạt: 0")
    assert "Lý do trừ điểm" in hoa.text
    assert "“Vắng hai buổi.”" in hoa.text


def test_points_can_be_typed_within_their_limit(hoa: Phone, world: World) -> None:
    at(hoa, "scores.t01").tap("Số khác")
    assert hoa.screen.choices == ()
    hoa.say("21")
    assert "nhiều nhất 20 điểm" in hoa.text
    assert hoa.effects == ()
    hoa.say("17,5")
    assert answers(world) == {"scores.t01": 17.5}
    assert "Lý do trừ điểm" in hoa.text


@pytest.mark.parametrize(("said", "shows"), [("quay lại", "18 điểm"), ("De sau", "Việc của đồng chí")])
def test_words_lead_away_from_a_number_screen(hoa: Phone, said: str, shows: str) -> None:
    at(hoa, "scores.t01").tap("Số khác")
    assert shows in str((hoa.say(said).text, hoa.labels))


def test_several_options_are_kept_one_by_one(hoa: Phone, world: World) -> None:
    at(hoa, "unions").tap("Nông dân")
    hoa.tap("Cựu chiến binh")
    assert answers(world)["unions"] == ["ccb", "nd"]
    hoa.tap("✅ Nông dân")
    assert answers(world)["unions"] == ["ccb"]
    hoa.tap("✅ Cựu chiến binh")
    assert "unions" not in answers(world)
    assert hoa.labels[0] == "Cựu chiến binh"


def test_both_taps_of_a_quick_hand_count(hoa: Phone, world: World) -> None:
    at(hoa, "unions")
    serial, first, second = hoa.state.serial, hoa.screen.choices[0].action, hoa.screen.choices[1].action
    hoa.press(serial, first)
    hoa.press(serial, second)
    assert answers(world)["unions"] == ["ccb", "nd"]


def test_a_condition_lays_a_question_open_and_takes_it_away(hoa: Phone) -> None:
    at(hoa, "abroad").tap("Có")
    assert "Đi đâu, việc gì?" in hoa.text
    hoa.say("Thăm con ở Lào.")
    at(hoa, "abroad").tap("Không")
    hoa.goto(question_place("self_review", HOA.id, "abroad_why"))
    assert "không còn" in hoa.text
    assert hoa.screen.waits_for is None
    at(hoa, "abroad").tap("Có")
    assert "“Thăm con ở Lào.”" in hoa.text
    assert hoa.labels[0].startswith("Giữ nguyên")


def test_a_group_grows_only_when_asked_to(hoa: Phone, world: World) -> None:
    at(hoa, "shortcomings.1.own_part").say("Tôi chủ quan.")
    assert hoa.labels[0] == "Không, sang phần tiếp"
    hoa.tap("Có, kể thêm")
    assert "Hạn chế, khuyết điểm 2" in hoa.text
    hoa.say("Vắng ba buổi họp.")
    assert answers(world)["shortcomings.2.text"] == "Vắng ba buổi họp."


def test_a_stored_answer_is_shown_and_may_be_kept(hoa: Phone, world: World) -> None:
    at(hoa, "conduct").say("Giữ mình trong sạch.")
    at(hoa, "conduct")
    assert "Đang lưu: _“Giữ mình trong sạch.”_" in hoa.text
    hoa.tap(1)
    assert hoa.effects == ()
    assert "câu 4/" in hoa.text


def test_back_and_skip(hoa: Phone, world: World) -> None:
    at(hoa, "wish")
    assert hoa.labels[0].startswith("Bỏ qua")
    hoa.tap("Quay lại câu 6")
    assert "Đi nước ngoài" in hoa.text
    at(hoa, "fixed.7.status")
    assert not any(label.startswith(("Bỏ qua", "Quay lại")) for label in hoa.labels)


def test_an_answer_typed_on_an_old_page_is_not_filed(hoa: Phone, world: World) -> None:
    at(hoa, "conduct")
    old = hoa.state.serial
    hoa.say("Câu một.", serial=old)
    hoa.say("Cũng gửi từ trang cũ.", serial=old)
    assert words.OLD_PAGE in hoa.text
    assert answers(world) == {"conduct": "Câu một."}


def test_a_button_of_another_form_version_does_nothing(hoa: Phone, world: World) -> None:
    at(hoa, "abroad")
    yes = hoa.screen.choices[0].action
    assert world.pack
    world.pack = replace(world.pack, forms={"2C": replace(world.pack.forms["2C"], version="new")})
    hoa.press(hoa.state.serial, yes)
    assert words.OLD_BUTTON in hoa.text
    assert answers(world) == {}


def test_side_words_that_lead_nowhere_are_no_answer(hoa: Phone, world: World) -> None:
    world.givens = {}
    at(hoa, "conduct").say("Quay lại")
    assert "không đi lối ấy được" in hoa.text
    assert answers(world) == {}
