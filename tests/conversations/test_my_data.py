"""/dulieu: what is kept, a copy of it, taking the consent back and giving it again."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from conversations.dialogues import my_data
from conversations.effects import Notify, SetConsent
from conversations.place import Place
from conversations.screen import Paper
from tests.conversations.crowd import BINH, HOA, NAM, crowd, file
from tests.conversations.phone import Phone
from tests.conversations.seen_privacy import SeenPrivacy
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]


@pytest.fixture
def world() -> World:
    return crowd()


def test_seeing_taking_back_and_giving_again(world: World, golden: Golden) -> None:
    file(world, "self_review", HOA, {"conduct": "Tốt.", "meetings": 11}, sent=False)
    file(world, "residence_remark", HOA, {"meetings": "often"}, by=BINH)
    phone = Phone(world, HOA.id)
    phone.say("dữ liệu")
    phone.tap("Xem mọi điều đang lưu")
    phone.tap("Tải bản sao")
    assert phone.screen.papers == (
        Paper("my_data_copy", HOA.id, "Dữ liệu của tôi (.docx)"),
        Paper("my_data_file", HOA.id, "Dữ liệu của tôi (.json)"),
        Paper("self_review", 1, "Bản kiểm điểm của tôi (.docx)"),
    )
    phone.tap(1)
    phone.tap("Rút lại đồng ý")
    phone.tap(1)
    phone.tap("Rút lại đồng ý")
    phone.tap("Rút lại đồng ý")
    assert phone.effects == (SetConsent(False, "2026-11"),)
    phone.tap("Tải bản sao")
    phone.tap(1)
    phone.ask("menu")
    phone.ask("dulieu")
    phone.tap("Xem lại và đồng ý")
    phone.tap("Tôi đồng ý")
    assert phone.effects == (SetConsent(True, "2026-11"),)
    golden("my_data", phone)


def test_first_choices_never_take_the_consent_back(world: World) -> None:
    phone = Phone(world, HOA.id)
    phone.ask("dulieu")
    phone.tap("Rút lại đồng ý")
    phone.tap(1)
    assert HOA.id in world.consents


def test_what_is_counted(world: World) -> None:
    file(world, "self_review", NAM, {"conduct": "Tốt."})
    file(world, "residence_remark", NAM, {"meetings": "often"}, by=BINH)
    world.remark_answers[2] = "Cảm ơn."
    text = Phone(world, NAM.id).ask("dulieu").text
    assert "Bản kiểm điểm: 1 câu trả lời, đã nộp, 19:14, 01/12/2026" in text
    assert "Nhận xét nơi cư trú: đã có, 19:14, 01/12/2026, kèm ý kiến của đồng chí" in text
    text = Phone(world, BINH.id).ask("dulieu").text
    assert "Nhận xét đồng chí đã viết về người khác: 1" in text
    assert "Hồ sơ do chi bộ cung cấp: Phạm Văn Bình\n" in text


def test_without_anything_written_there_is_no_form(world: World) -> None:
    world.cycle = world.pack = None
    phone = Phone(world, HOA.id)
    phone.ask("dulieu")
    assert "Bản kiểm điểm: chưa lưu câu nào" in phone.text
    assert "Dữ liệu được lưu" not in phone.text
    phone.goto(Place("my_data_copy"))
    assert [paper.kind for paper in phone.screen.papers] == ["my_data_copy", "my_data_file"]
    assert my_data.WITHDRAWN not in phone.text


def test_everything_that_is_kept_is_counted(world: World) -> None:
    world.people[HOA.id] = replace(HOA, party_post="Chi ủy viên", workplace="Trạm y tế")
    file(world, "self_review", HOA, {"conduct": "Tốt."})
    text = Phone(world, HOA.id).goto(Place("my_data_all")).text
    assert "Chức vụ, nơi làm việc: Chi ủy viên; Trạm y tế\nNơi cư trú: Chi bộ Khối 5" in text
    assert "Máy và kênh: 1\nBản kiểm điểm: 1" in text
    world.people[HOA.id] = replace(HOA, residence=None)
    del world.responses[1]
    world.accounts[60] = replace(world.accounts[HOA.id], id=60)
    del world.accounts[HOA.id]
    text = Phone(world, 60).goto(Place("my_data_all")).text
    assert "Nơi cư trú" not in text
    world.accounts[60] = replace(world.accounts[60], person_id=None)
    assert SeenPrivacy(world, HOA.id).kept() == ()


def test_other_words_are_asked_about_anew_and_drafts_stay(world: World) -> None:
    file(world, "self_review", HOA, {"conduct": "Đang viết."}, sent=False)
    world.consents[HOA.id] = "2025-10"
    phone = Phone(world, HOA.id)
    phone.ask("menu")
    assert phone.text.startswith("**Nội dung đồng ý đã thay đổi**\n\nKhác lần đồng chí đã đồng ý")
    phone.tap("Đọc kỹ hơn")
    phone.tap(1)
    assert phone.effects == (SetConsent(True, "2026-11"),)
    assert world.responses[1].answers == {"conduct": "Đang viết."}
    assert "Viết tiếp câu 1" in phone.labels


def test_who_agreed_to_earlier_words_is_still_reminded_and_asked_first(world: World) -> None:
    world.apply(HOA.id, Notify(HOA.id, "snoozed", "a"))
    world.consents[HOA.id] = "2025-10"
    phone = Phone(world, HOA.id)
    phone.nudge(1)
    assert "Nội dung đồng ý đã thay đổi" in phone.text
    phone.tap(1)
    assert phone.state.place.name == "home"


def test_a_yes_to_other_words_than_those_read_is_no_yes(world: World) -> None:
    """The next review was opened under another pack while the screen was open."""
    world.consents.pop(HOA.id)
    phone = Phone(world, HOA.id)
    phone.ask("menu")
    read = phone.screen.choices[0].action
    assert world.cycle
    world.cycle = replace(world.cycle, year=2027)
    phone.press(phone.state.serial, read)
    assert HOA.id not in world.consents
    assert "năm 2027" in phone.text
