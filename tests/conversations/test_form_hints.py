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


def test_a_colleagues_draft_counts_too_and_another_cells_does_not(world: World) -> None:
    text = "Dự đủ mười hai buổi họp, nộp đảng phí trước ngày mười hằng tháng."
    world.pack = load("hd43-2025")
    nam, lan, hoa = Phone(world, 2), Phone(world, 3), Phone(world, 1)
    nam.goto(question_place("self_review", 2, "conduct"))
    nam.say(text)
    at(hoa, "conduct").say(text)
    assert "gần giống hệt" not in hoa.text
    lan.goto(question_place("self_review", 3, "conduct"))
    lan.say(text)
    assert "gần giống hệt một câu khác" in lan.text
    assert text in lan.text, "the writer's own words are shown, nobody else's"


def test_last_years_own_answer_again_and_no_second_hint_after_rewriting(world: World) -> None:
    world.pack = load("hd43-2025")
    world.last_year = {1: {"duties": "Giữ sổ quỹ của khối.", "shortcomings.2.text": "Chưa gặp hết các hộ ở xóm ba."}}
    hoa = Phone(world, 1)
    at(hoa, "shortcomings.1.text").say("Chưa gặp hết các hộ ở xóm ba")
    assert "câu của năm ngoái" in hoa.text
    hoa.tap("Viết lại")
    hoa.say("Đôi khi chưa sâu sát.")
    assert "Nguyên nhân" in hoa.text
    at(hoa, "duties").say("Giữ sổ quỹ của khối")
    assert "câu của năm ngoái" in hoa.text


def test_a_hint_whose_answer_changed_meanwhile_only_leads_on(world: World) -> None:
    world.pack = load("hd43-2025")
    hoa = Phone(world, 1)
    at(hoa, "duties").say("Nhìn chung hoàn thành tốt nhiệm vụ.")
    assert hoa.labels[0].startswith("Giữ nguyên")
    world.apply(1, SaveAnswer("self_review", HOA.id, "2C", "duties", "Vận động 14/16 hộ hiến đất, xong 30/09."))
    assert hoa.text == "Đã lưu câu 4.\n\nCâu trả lời đã được lưu."
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
    repeated = HintRule("Câu này đã có ở kỳ trước.", alike_percent=90, least_words=5)
    world.pack = replace(
        world.pack, forms={"2C": replace(form, sections=sections)}, hints={"repeated_last_year": repeated}
    )
    at(hoa, "shortcomings.1.text").say("gặp nốt 3 hộ chưa hiến đất trước 28/02")
    assert "đã có ở kỳ trước" in hoa.text
    assert hoa.labels[1:] == ["Viết lại"]
