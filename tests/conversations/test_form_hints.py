"""Hints after an answer and explanations before it."""

from dataclasses import replace

from conversations.effects import SaveAnswer
from conversations.form_status import form_place, question_place
from review.pack import HintRule, load
from tests.conversations.driving import at
from tests.conversations.phone import Phone
from tests.conversations.small_pack import SHORTCOMINGS
from tests.conversations.village import HOA
from tests.conversations.world import World


def test_a_colleagues_text_is_not_taken_over_unnoticed(world: World) -> None:
    """The hint names nobody; a cell without a colleague's text, or a person without a cell, gets none."""
    text = "Vắng ba buổi sinh hoạt chi bộ trong mùa gặt tháng 5."
    world.pack = load("hd43-2025")
    lan, hoa = Phone(world, 3), Phone(world, 1)
    lan.goto(question_place("self_review", 3, "shortcomings.1.text"))
    lan.say(text)
    assert "Nguyên nhân" in lan.text
    world.responses[1] = replace(world.responses[1], status="submitted")
    at(hoa, "shortcomings.1.text").say(text)
    assert "gần giống hệt" in hoa.text
    assert "Lan" not in hoa.text


def test_a_hint_whose_answer_changed_meanwhile_only_leads_on(world: World) -> None:
    world.pack = load("hd43-2025")
    hoa = Phone(world, 1)
    at(hoa, "duties").say("Nhìn chung hoàn thành tốt nhiệm vụ.")
    assert hoa.labels[0].startswith("Giữ nguyên")
    world.apply(1, SaveAnswer("self_review", HOA.id, "2C", "duties", "Vận động 14/16 hộ hiến đất, xong 30/09."))
    assert hoa.text == "Đã lưu câu 2.\n\nCâu trả lời đã được lưu."
    assert len(hoa.labels) == 1
    hoa.goto(form_place("form_help", "self_review", HOA.id, "nowhere"))
    hoa.tap(1)
    assert "Mục lục" in hoa.text


def test_explanations_are_a_tap_away(world: World) -> None:
    world.pack = load("hd43-2025")
    hoa = Phone(world, 1)
    at(hoa, "measures.1.due").tap("Xem thêm")
    assert "Ghi ngày/tháng/năm." in hoa.text
    hoa.tap(1)
    assert hoa.screen.waits_for == "date"


def test_last_years_text_again_gets_a_hint_and_no_example_where_there_is_none(hoa: Phone, world: World) -> None:
    assert world.pack
    form = world.pack.forms["2C"]
    text = replace(SHORTCOMINGS.questions[0], example="")
    group = replace(SHORTCOMINGS, questions=(text, *SHORTCOMINGS.questions[1:]))
    sections = tuple(replace(s, blocks=(group,)) if s.id == "s2" else s for s in form.sections)
    copied = HintRule("Câu này đã có ở kỳ trước.", alike_percent=90)
    world.pack = replace(world.pack, forms={"2C": replace(form, sections=sections)}, hints={"copied": copied})
    at(hoa, "shortcomings.1.text").say("gặp nốt 3 hộ chưa hiến đất trước 28/02")
    assert "đã có ở kỳ trước" in hoa.text
    assert hoa.labels[1:] == ["Viết lại"]
