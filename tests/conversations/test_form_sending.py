"""Before and after sending: the preview, editing from it, submitting, the paper, taking it back."""

from dataclasses import replace

import pytest

from conversations import words
from conversations.effects import SaveAnswer, Submit, Withdraw
from conversations.form_status import form_place
from review.forms import Given, Item
from review.pack import load
from review.people import FormName
from tests.conversations.driving import answers, at, drive, forward, to_form
from tests.conversations.phone import Phone
from tests.conversations.village import HOA, village
from tests.conversations.world import World


def test_first_choices_and_typing_lead_to_the_receipt(hoa: Phone, world: World) -> None:
    to_form(hoa)
    drive(hoa)
    response = world.find("self_review", HOA.id)
    assert response
    assert response.status == "submitted"
    assert response.receipt in hoa.text
    assert hoa.screen.keeps


def test_contents_lead_to_a_question_and_back_to_the_preview(hoa: Phone) -> None:
    to_form(hoa)
    drive(hoa, until="Xem lại trước khi nộp")
    hoa.tap("Sửa một câu")
    hoa.tap("Phần I:")
    hoa.tap("✅ Câu 3 ")
    hoa.say("Viết lại câu một.")
    assert hoa.text.startswith("Đã lưu câu 3.\n\n**Xem lại trước khi nộp**")


def test_editing_asks_what_the_edit_lays_open(hoa: Phone) -> None:
    to_form(hoa)
    drive(hoa, until="Xem lại trước khi nộp")
    at(hoa, "scores.c01", "e").tap("Chưa đạt: 0")
    assert "Lý do trừ điểm" in hoa.text
    hoa.say("Vắng nhiều.")
    assert "Xem lại trước khi nộp" in hoa.text


def test_nothing_is_submitted_while_something_is_missing(hoa: Phone, world: World) -> None:
    to_form(hoa)
    drive(hoa, until="Xem lại trước khi nộp")
    serial, submit = hoa.state.serial, hoa.screen.choices[0].action
    at(hoa, "scores.c01", "e").tap("Chưa đạt: 0")
    hoa.goto(form_place("form_preview", "self_review", HOA.id))
    assert hoa.labels[0] == "Viết tiếp tiêu chí 1"
    hoa.press(serial, submit)
    hoa.press(hoa.state.serial, submit)
    assert words.OLD_BUTTON in hoa.text
    response = world.find("self_review", HOA.id)
    assert response
    assert response.is_open


def test_what_changed_on_another_device_is_shown_before_it_is_submitted(hoa: Phone, world: World) -> None:
    to_form(hoa)
    drive(hoa, until="Xem lại trước khi nộp")
    submit = hoa.screen.choices[0].action
    world.apply(1, SaveAnswer("self_review", HOA.id, "2C", "conduct", "Viết trên máy khác."))
    hoa.press(hoa.state.serial, submit)
    assert hoa.effects == ()
    hoa.tap("Nộp")
    assert list(hoa.effects) == [Submit(1)]


def test_withdrawing_asks_first_and_loses_nothing(hoa: Phone, world: World) -> None:
    to_form(hoa)
    drive(hoa)
    before = answers(world)
    hoa.tap("Rút lại để sửa")
    assert hoa.labels[0] == "Không, giữ bản đã nộp"
    hoa.tap(1)
    assert "Đã nộp lúc" in hoa.text
    hoa.tap("Rút lại để sửa")
    hoa.tap("Rút lại để sửa")
    assert hoa.effects == (Withdraw(1),)
    assert answers(world) == before
    hoa.tap("Nộp")
    assert "Đã nộp lúc" in hoa.text


@pytest.mark.parametrize(("days", "may"), [(13, True), (14, True), (15, False)])
def test_withdrawing_ends_after_the_day_of_the_meeting(hoa: Phone, world: World, days: int, may: bool) -> None:
    """The village stands at 01/12; the cell meets on 15/12."""
    to_form(hoa)
    drive(hoa)
    world.passes(days=days)
    assert ("Rút lại để sửa" in hoa.labels) is may
    hoa.goto(form_place("form_withdraw", "self_review", HOA.id))
    assert (hoa.labels[0] == "Không, giữ bản đã nộp") is may
    assert may or "Chi bộ đã họp" in hoa.text


def test_the_printed_form_can_be_taken_along(hoa: Phone) -> None:
    to_form(hoa)
    drive(hoa)
    (paper,) = hoa.tap("Tải bản in (.docx)").papers
    assert (paper.kind, paper.about) == ("self_review", 1)


def test_a_form_submitted_elsewhere_shows_its_receipt(hoa: Phone, world: World) -> None:
    to_form(hoa)
    drive(hoa)
    for name in ("form", "form_preview", "form_sections", "form_section"):
        assert "Đã nộp lúc" in hoa.goto(form_place(name, "self_review", HOA.id)).text


@pytest.mark.parametrize("form", ["2A", "2B", "2C"])
@pytest.mark.parametrize("typed", [None, "Tôi đã làm việc này trong năm nay.", "12"])
def test_the_forms_in_force_can_be_filled(form: FormName, typed: str | None) -> None:
    """Also by somebody who types the same everywhere: a date that cannot be read is offered to choose."""
    world = village(load("hd43-2025"))
    world.people[HOA.id] = replace(HOA, form=form)
    world.givens[HOA.id] = Given((Item("7", "Gặp nốt 3 hộ."),), (Item("9", "Hồ sơ đất của hai hộ."),))
    phone = Phone(world)
    for _ in range(300):
        if "Đã nộp lúc" in phone.text:
            break
        if phone.screen.waits_for and typed:
            phone.say(typed)
        else:
            forward(phone)
    response = world.find("self_review", HOA.id)
    assert response
    assert (response.status, response.form) == ("submitted", form)


def test_a_form_without_points_or_grade_has_none_in_its_summary(hoa: Phone, world: World) -> None:
    assert world.pack
    form = world.pack.forms["2C"]
    world.pack = replace(world.pack, forms={"2C": replace(form, sections=form.sections[:3])})
    world.givens = {}
    hoa.goto(form_place("form_preview", "self_review", HOA.id))
    assert "Điểm" not in hoa.text
    assert "III: không có" in hoa.text
    assert "chưa có chữ nào" in hoa.goto(form_place("form_text", "self_review", HOA.id, 1)).text


def test_an_accepted_form_stays(hoa: Phone, world: World) -> None:
    to_form(hoa)
    drive(hoa)
    world.responses[1] = replace(world.responses[1], status="accepted")
    hoa.goto(form_place("form_withdraw", "self_review", HOA.id))
    assert "đã tiếp nhận" in hoa.text
    assert hoa.labels == ["Về biên nhận"]


def test_no_grade_is_proposed_before_the_points(hoa: Phone) -> None:
    at(hoa, "self_grade")
    assert "Còn 2 tiêu chí chưa chấm điểm." in hoa.text
    assert "Theo điểm" not in hoa.text
