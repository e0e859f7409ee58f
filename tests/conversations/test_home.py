"""Home: what is to be done, the nearest first; and help."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from conversations.dialogues import helping, home
from conversations.effects import Notify
from tests.conversations.crowd import BINH, BLOCK_MEMBERS, DUNG, HOA, LAN, RESIDENTS, crowd, file, review_of
from tests.conversations.driving import drive
from tests.conversations.phone import Phone
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]


def at_home(world: World, account: int) -> Phone:
    phone = Phone(world, account)
    phone.ask("menu")
    return phone


def test_a_members_home_through_the_review(golden: Golden) -> None:
    world = crowd()
    phone = at_home(world, HOA.id)
    file(world, "self_review", HOA, {"conduct": "Tốt.", "meetings": 11}, sent=False)
    world.passes(days=1)
    phone.ask("menu")
    phone.remark("viết xong và nộp")
    log = list(phone.log)
    drive(phone)
    phone.log = log
    file(world, "residence_remark", HOA, {"meetings": "often", "conduct": "well"}, by=BINH)
    phone.tap(1)
    golden("home_of_a_member", phone)


def test_the_forward_choice_for_every_role() -> None:
    world = crowd()
    expected = {
        HOA.id: "Bắt đầu bản kiểm điểm",
        BINH.id: "Nhận xét nơi cư trú: còn 6 người",
        LAN.id: "Bắt đầu kiểm điểm tập thể",
        DUNG.id: "Bắt đầu bản kiểm điểm",
    }
    for account, label in expected.items():
        assert at_home(world, account).labels[0] == label
    for person in (HOA, LAN, DUNG):
        review_of(person, world)
    assert at_home(world, HOA.id).labels[0] == "Xem bản đã nộp"
    assert at_home(world, LAN.id).labels[:2] == ["Bắt đầu kiểm điểm tập thể", "Bảng tổng hợp"]
    assert at_home(world, DUNG.id).labels[0] == "Bảng tổng hợp"


def test_taking_the_form_back_is_offered_but_never_first() -> None:
    world = crowd()
    review_of(HOA, world)
    labels = at_home(world, HOA.id).labels
    assert labels.index("Rút lại để sửa") > 0


def test_a_complete_form_is_asked_to_be_submitted() -> None:
    world = crowd()
    phone = at_home(world, HOA.id)
    drive(phone)
    response = world.find("self_review", HOA.id)
    assert response
    world.responses[response.id] = replace(response, status="returned", submitted_at=None, saved_at=world.now)
    phone.ask("menu")
    assert "được trả lại để bổ sung. Đã viết đủ, chưa nộp" in phone.text
    assert phone.labels[0] == "Xem lại và nộp"


def test_the_day_a_draft_was_saved_is_said_as_people_do() -> None:
    world = crowd()
    file(world, "self_review", HOA, {"conduct": "Tốt."}, sent=False)
    for days, said in ((0, "19:14 hôm nay"), (1, "19:14 hôm qua"), (5, "19:14 01/12")):
        world.now = world.now.replace(day=1) + timedelta(days=days)
        assert f"lưu lúc {said}" in at_home(world, HOA.id).text


def test_a_draft_without_answers_has_not_been_started() -> None:
    world = crowd()
    file(world, "self_review", HOA, {}, sent=False)
    assert "chưa bắt đầu" in at_home(world, HOA.id).text
    response = world.find("self_review", HOA.id)
    assert response
    world.responses[response.id] = replace(response, answers={"conduct": "Tốt."}, saved_at=None)
    assert "1/15 câu\n" in at_home(world, HOA.id).text


def test_without_an_open_review_there_is_a_kind_sentence() -> None:
    world = crowd()
    world.cycle = world.pack = None
    assert at_home(world, HOA.id).text == home.NO_CYCLE


def test_those_who_owe_nothing_are_told_so() -> None:
    world = crowd()
    for status, said in (("exempt", "miễn sinh hoạt"), ("suspended", "đình chỉ sinh hoạt")):
        world.people[HOA.id] = replace(HOA, status=status)  # type: ignore[arg-type]
        assert said in at_home(world, HOA.id).text
    world.people[HOA.id] = replace(HOA, form=None)
    assert "chưa ghi mẫu kiểm điểm" in at_home(world, HOA.id).text
    world.people[BINH.id] = replace(BINH, roles=())
    assert home.NOTHING in at_home(world, BINH.id).text


def test_the_date_shown_is_that_of_what_is_left() -> None:
    world = crowd()
    assert "còn 4 ngày (hạn 05/12)" in at_home(world, BINH.id).text
    assert "còn 9 ngày (hạn 10/12)" in at_home(world, HOA.id).text
    assert world.cycle
    world.cycle = replace(world.cycle, dates={})
    assert at_home(world, HOA.id).text.startswith("**Việc của đồng chí**\n")


def test_a_contact_sees_what_is_unsent_and_what_is_done() -> None:
    world = crowd()
    everybody = [line.person for line in world.facts(BINH.id).remark_lines()]
    for person in everybody:
        file(world, "residence_remark", person, {"meetings": "unknown"}, by=BINH, sent=False)
    assert at_home(world, BINH.id).labels[0] == "Gửi nhận xét của 6 người"
    phone = at_home(world, BINH.id)
    phone.tap(1)
    phone.tap(1)
    phone.tap(1)
    assert "✅ Nhận xét đảng viên cư trú: 6/6 người" in phone.text
    phone.tap("Nhận xét nơi cư trú đã gửi")
    assert phone.labels[0] == "Xong, về màn hình chính"


def test_a_cell_that_is_all_in_is_ticked() -> None:
    world = crowd()
    for person in (*BLOCK_MEMBERS, HOA, LAN):
        review_of(person, world)
    assert "✅ Chi bộ Khối 5" in at_home(world, LAN.id).text


def test_help_names_the_secretary_and_the_commands_of_the_role(golden: Golden) -> None:
    world = crowd()
    phone = Phone(world, HOA.id)
    phone.say("trợ giúp")
    phone.tap("Tôi cần giúp")
    golden("help", phone)
    assert phone.effects == (Notify(LAN.id, "help_wanted", "1:2026-12-01", {"person_id": "1"}),)
    shown = {account: Phone(world, account).ask("trogiup").text for account in (LAN.id, BINH.id, DUNG.id)}
    assert "/nhac" in shown[LAN.id]
    assert "Không nắm được cũng là một câu trả lời" in shown[BINH.id]
    assert "/tonghop để xem các chi bộ" in shown[DUNG.id]
    assert "liên hệ Đảng ủy phường Trường Vinh" in shown[LAN.id]


def test_nobody_is_asked_for_help_where_there_is_nobody() -> None:
    world = crowd()
    assert helping.ask_for_help(world.facts(9)) == ()
    assert helping.ask_for_help(world.facts(RESIDENTS[0].id)) == ()
    world.units.clear()
    assert "liên hệ cấp ủy" in Phone(world, RESIDENTS[0].id).ask("trogiup").text


def test_after_the_day_of_the_meeting_nobody_counts_days(world: World) -> None:
    dung = Phone(world, DUNG.id)
    world.now = world.now.replace(day=12)
    assert "đã quá hạn 2 ngày" in dung.ask("menu").text
    review_of(DUNG, world)
    world.now = world.now.replace(day=20)
    assert "đã quá hạn" not in dung.ask("menu").text
