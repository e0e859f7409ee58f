"""/dulieu: what is kept, a copy of it, taking the consent back and giving it again."""

from collections.abc import Callable

import pytest

from conversations.dialogues import my_data
from conversations.effects import SetConsent
from conversations.place import Place
from conversations.screen import Paper
from tests.conversations.crowd import BINH, HOA, NAM, crowd, file
from tests.conversations.phone import Phone
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
    phone.tap("Tải bản của tôi (.docx)")
    assert phone.screen.papers == (Paper("self_review", 1, "Bản kiểm điểm của tôi (.docx)"),)
    phone.tap(1)
    phone.tap("Rút lại đồng ý")
    phone.tap(1)
    phone.tap("Rút lại đồng ý")
    phone.tap("Rút lại đồng ý")
    assert phone.effects == (SetConsent(False, "2026-11"),)
    phone.tap("Tải bản của tôi (.docx)")
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


def test_without_anything_stored_there_is_no_copy(world: World) -> None:
    world.cycle = world.pack = None
    phone = Phone(world, HOA.id)
    phone.ask("dulieu")
    assert "Bản kiểm điểm: chưa lưu câu nào" in phone.text
    assert "Dữ liệu được lưu" not in phone.text
    phone.goto(Place("my_data_copy"))
    assert phone.text == "Đồng chí chưa có câu trả lời nào được lưu."
    assert my_data.WITHDRAWN not in phone.text
