"""The forms of earlier years in the chat: levels instead of points, the same questions, the same way through."""

from collections.abc import Callable

import pytest

from conversations.form_status import form_status
from review.forms import Given, Item
from review.pack import load
from tests.conversations.driving import answers, at, drive
from tests.conversations.phone import Phone
from tests.conversations.test_form_golden import WORDS
from tests.conversations.village import HOA, village

Golden = Callable[[str, Phone], None]
CARRIED = (Item("7", "Gặp nốt 3 hộ chưa hiến đất trước 28/02."),)


def phone_under(pack: str, given: Given) -> Phone:
    world = village(load(pack))
    world.givens[HOA.id] = given
    return Phone(world)


def test_a_whole_form_of_2019(golden: Golden) -> None:
    """From home to the receipt by first choices; one level below the top."""
    hoa = phone_under("hd21-2019", Given(CARRIED))
    hoa.ask("menu")
    for _ in range(100):
        if "Đã nộp lúc" in hoa.text:
            break
        if hoa.screen.waits_for:
            hoa.say(WORDS[hoa.state.place.word(2)])
        else:
            hoa.tap("Tốt" if hoa.state.place.word(2) == "duties_level" else 1)
    golden("form_02_whole", hoa)


@pytest.mark.parametrize(("pack", "form"), [("hd21-2019", "02"), ("hd25-2023", "02A")])
def test_first_choices_lead_to_a_submitted_form(pack: str, form: str) -> None:
    hoa = phone_under(pack, Given(CARRIED))
    hoa.ask("menu")
    assert f"mẫu {form}" in hoa.text
    drive(hoa)
    response = hoa.world.find("self_review", HOA.id)
    assert response
    assert (response.form, response.status) == (form, "submitted")
    assert response.answers["self_grade"] == "excellent"
    assert "official_self_grade" not in response.answers, "nobody is an official by going straight on"
    facts = hoa.world.facts(hoa.account_id)
    status = form_status(facts, HOA)
    assert status
    assert status.form_id == form


def test_the_self_grade_follows_the_levels_and_says_what_it_lacks() -> None:
    hoa = phone_under("hd25-2023", Given())
    at(hoa, "self_grade")
    assert "Còn 2 tiêu chí chưa chọn cấp độ" in hoa.text
    at(hoa, "conduct_level").tap("Tốt")
    at(hoa, "duties_level").tap("Tốt")
    at(hoa, "self_grade")
    assert "Theo cấp độ: **Hoàn thành tốt nhiệm vụ**." in hoa.text
    assert "điểm" not in hoa.text.replace("kiểm điểm", "")
    assert hoa.screen.choices[0].label == "Hoàn thành tốt nhiệm vụ"
    assert answers(hoa.world)["duties_level"] == "good"


def test_the_preview_speaks_of_no_points() -> None:
    hoa = phone_under("hd25-2023", Given())
    drive(hoa, until="Xem lại trước khi nộp")
    assert "Điểm:" not in hoa.text
    assert "Tự nhận: **Hoàn thành xuất sắc nhiệm vụ**" in hoa.text
