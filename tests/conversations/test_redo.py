"""Orders to review or grade again: given by an officer, done by those concerned, nothing lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversations.dialogues import redo_order
from conversations.effects import SaveAnswer, Submit
from conversations.form_draft import NOT_YOURS
from conversations.place import Place
from conversations.redoing import NOT_GRADED, NOT_MET, NOT_ONESELF, NOT_SUBMITTED, concerning
from conversations.result_effects import KeepUnsent, LookedAtVersion, OrderRedo
from review.people import Role
from tests.conversations.crowd import BLOCK, BLOCK_MEMBERS, DUNG, HOA, LAN, NAM, SCHOOL, crowd, half_done, review_of
from tests.conversations.driving import drive
from tests.conversations.graded import KHANH, graded, meets, met, notice_for
from tests.conversations.phone import Phone
from tests.conversations.village import WARD
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]
VAGUE = "Phần hạn chế còn chung, chưa nói việc cụ thể nào. Đề nghị viết lại phần II và phần VI."
SHARE = "Tỷ lệ xuất sắc vượt mức cho phép. Đề nghị chi bộ bàn lại theo nhóm."


@pytest.fixture
def world() -> World:
    return met()


@pytest.fixture
def dung(world: World) -> Phone:
    return Phone(world, DUNG.id)


def ordered(world: World, about: str, subject: int, what: str, reason: str = VAGUE) -> None:
    due = world.now.date() + timedelta(days=5)
    world.apply(DUNG.id, OrderRedo(about, subject, what, due, reason))  # type: ignore[arg-type]


def test_an_officer_has_a_review_done_again(world: World, dung: Phone, golden: Golden) -> None:
    """From the person's screen; the member reads why, corrects, hands in; both versions can be read."""
    dung.goto(Place.of("cell", BLOCK.id))
    dung.tap("Xem từng người")
    dung.tap("✅ Nguyễn Thị Hoa")
    dung.tap("Yêu cầu làm lại")
    dung.tap("Yêu cầu kiểm điểm lại")
    dung.say("31/1/2027")
    dung.say("hôm nào cũng được")
    dung.say("20/12")
    dung.say(VAGUE)
    dung.tap(1)
    hoa = Phone(world, HOA.id)
    hoa.log = dung.log
    hoa.remark("điện thoại của đồng chí Hoa")
    hoa.nudge(notice_for(world, HOA, "redo"))
    hoa.tap(1)
    hoa.tap("Bản nộp lần 1")
    hoa.ask("menu")
    hoa.tap(1)
    log = list(hoa.log)
    drive(hoa)
    hoa.log[:] = log
    hoa.remark("viết thêm và nộp lại")
    hoa.ask("menu")
    dung.remark("điện thoại của đồng chí Dũng")
    dung.goto(Place.of("cell_person", BLOCK.id, HOA.id))
    dung.tap("Đọc bản nộp lần 1")
    dung.tap("Về đồng chí này")
    golden("redo_of_a_person", dung)
    assert not world.facts(HOA.id).redo.open_on("person", HOA.id)
    assert world.results.orders[1].done_at
    assert world.results.looks == [(DUNG.id, "version", 1)]


def test_an_officer_has_a_cell_grade_again(world: World, dung: Phone, golden: Golden) -> None:
    dung.goto(Place.of("cell", BLOCK.id))
    dung.tap("Yêu cầu chi bộ làm lại")
    dung.tap("Yêu cầu xếp loại lại")
    dung.say("14/12")
    dung.say("20/12")
    dung.say(SHARE)
    dung.tap("Gửi yêu cầu")
    lan = Phone(world, LAN.id)
    lan.log = dung.log
    lan.remark("điện thoại của đồng chí Lan, bí thư")
    lan.nudge(notice_for(world, LAN, "redo"))
    lan.tap(1)
    lan.tap("Xem chi bộ")
    lan.ask("menu")
    world.passes(days=3)
    lan.remark("chi bộ họp lại ngày 18/12")
    meets(world)
    lan.ask("tonghop")
    golden("redo_of_a_cell", lan)
    assert [meeting.round for meeting in world.grading.meetings] == [1, 2]
    assert len(world.facts(LAN.id).grading.history("cell", "person", HOA.id)) == 2
    assert world.results.orders[1].done_at
    assert all(world.responses[number].status == "accepted" for number in (1, 2))


def test_a_review_of_a_whole_cell_gives_every_review_back(world: World) -> None:
    before = dict(world.responses)
    ordered(world, "unit", BLOCK.id, "review")
    assert {response.status for response in world.responses.values()} == {"returned"}
    assert [version.answers for version in world.results.versions] == [old.answers for old in before.values()]
    hoa = Phone(world, HOA.id)
    hoa.ask("menu")
    assert "⏳ Cấp ủy yêu cầu kiểm điểm lại, hạn 20/12. Lý do: “Phần hạn chế còn chung" in hoa.text
    hoa.nudge(notice_for(world, HOA, "redo"))
    assert "yêu cầu đồng chí kiểm điểm lại" in hoa.text
    facts = world.facts(DUNG.id)
    assert [order.id for order in facts.redo.open_in((BLOCK.id, SCHOOL.id))] == [1]


def test_the_reason_stands_in_the_form_until_it_is_handed_in(world: World) -> None:
    ordered(world, "person", HOA.id, "review")
    hoa = Phone(world, HOA.id)
    hoa.goto(Place.of("form_preview", "s", HOA.id))
    assert "Lý do: “Phần hạn chế còn chung" in hoa.text
    drive(hoa)
    hoa.goto(Place.of("form_preview", "s", HOA.id))
    assert "Phần hạn chế còn chung" not in hoa.text


def test_a_second_return_keeps_both_versions(world: World) -> None:
    ordered(world, "person", HOA.id, "review")
    world.apply(HOA.id, SaveAnswer("self_review", HOA.id, "2C", "conduct", "Viết rõ hơn."))
    world.apply(HOA.id, Submit(1))
    ordered(world, "person", HOA.id, "review", "Vẫn còn chung.")
    versions = world.facts(DUNG.id).redo.versions(1)
    assert [(one.nth, one.answers["conduct"]) for one in versions] == [
        (1, "Giữ mình trong sạch."),
        (2, "Viết rõ hơn."),
    ]
    lan = Phone(world, LAN.id)
    lan.goto(Place.of("cell_person", BLOCK.id, HOA.id))
    assert "Kiểm điểm lại theo yêu cầu của cấp ủy, hạn 20/12" in lan.text
    assert "Yêu cầu làm lại" not in lan.labels
    lan.tap("Đọc bản nộp lần 2")
    assert lan.effects == (LookedAtVersion(2),)
    assert "Viết rõ hơn." in lan.text
    for phone in (Phone(world, NAM.id), Phone(world, BLOCK_MEMBERS[0].id)):
        assert phone.goto(Place.of("version", 2, 1)).text == NOT_YOURS
        assert phone.goto(Place.of("redo", 2, 1)).text == NOT_YOURS
    assert lan.goto(Place.of("version", 99, 1)).text == NOT_YOURS


def test_only_what_was_done_can_be_done_again() -> None:
    world = crowd()
    dung = Phone(world, DUNG.id)
    dung.goto(Place.of("redo_what", "p", HOA.id))
    assert NOT_SUBMITTED in dung.text
    assert NOT_GRADED in dung.text
    assert dung.labels == ["Về đồng chí này"]
    assert NOT_MET in dung.goto(Place.of("redo_what", "u", BLOCK.id)).text
    assert NOT_ONESELF in dung.goto(Place.of("redo_what", "p", DUNG.id)).text
    dung.goto(Place.of("cell_person", BLOCK.id, HOA.id))
    assert "Yêu cầu làm lại" not in dung.labels
    review_of(HOA, world)
    dung.goto(Place.of("redo_what", "p", HOA.id))
    assert dung.labels == ["Yêu cầu kiểm điểm lại", "Về đồng chí này"]


def test_a_person_not_decided_on_is_graded_again_by_the_cell(world: World) -> None:
    ordered(world, "person", HOA.id, "grading")
    facts = world.facts(DUNG.id)
    assert (
        "Đã có yêu cầu xếp loại lại, hạn 20/12" in Phone(world, DUNG.id).goto(Place.of("redo_what", "p", HOA.id)).text
    )
    assert facts.response("self_review", HOA.id)
    hoa = Phone(world, HOA.id)
    hoa.nudge(notice_for(world, HOA, "redo"))
    assert "Cấp ủy sẽ xem xét xếp loại lại cho đồng chí" in hoa.text


def test_bad_days_are_refused_kindly(world: World, dung: Phone) -> None:
    dung.goto(Place.of("redo_day", "p", HOA.id, "review"))
    for typed, said in (("14/12/2026", "đã qua"), ("01/01/2027", "cấp ủy quyết định"), ("mai", "chưa đọc được ngày")):
        dung.say(typed)
        assert said in dung.text
    world.now += timedelta(days=20)
    dung.goto(Place.of("redo_day", "p", HOA.id, "review"))
    assert "muộn nhất" not in dung.text
    dung.say("31/12/2027")
    assert "xa quá" in dung.text


def test_an_order_is_read_back_and_can_be_dropped(world: World, dung: Phone) -> None:
    dung.goto(Place.of("redo_why", "u", BLOCK.id, "review", "2026-12-20"))
    dung.tap("Chọn ngày khác")
    dung.tap("Chọn lại việc")
    dung.goto(Place.of("redo_why", "u", BLOCK.id, "review", "2026-12-20"))
    dung.say("Lý do. " * 300)
    assert dung.labels[0] == "Trang sau"
    dung.tap("Viết lại lý do")
    dung.say(SHARE)
    dung.tap("Thôi, không gửi")
    assert dung.effects == (KeepUnsent("redo.u.2.review", ""),)
    assert redo_order.FORGOTTEN in dung.text
    assert not world.results.orders


@pytest.mark.parametrize("name", ["redo_what", "redo_day", "redo_why", "redo_send"])
@pytest.mark.parametrize("args", [(), ("x", 1), ("p", 999), ("u", WARD.id), ("u", 999), ("p", 0, "review")])
def test_strange_places_are_refused(dung: Phone, name: str, args: tuple[str | int, ...]) -> None:
    assert dung.goto(Place.of(name, *args)).text == NOT_YOURS


def test_strange_orders_are_refused(world: World, dung: Phone) -> None:
    for args in (("p", HOA.id, "smth"), ("p", HOA.id, "review", "20-12"), ("p", HOA.id, "review", "2026-12-20")):
        assert dung.goto(Place.of("redo_send", *args)).text == NOT_YOURS
    assert dung.goto(Place.of("redo_day", "p", HOA.id, "smth")).text == NOT_YOURS
    assert dung.goto(Place.of("redo_why", "p", HOA.id, "review", "mai")).text == NOT_YOURS
    for person in (HOA, LAN, NAM):
        phone = Phone(world, person.id)
        assert phone.goto(Place.of("redo_what", "p", BLOCK_MEMBERS[0].id)).text == NOT_YOURS
        assert phone.goto(Place.of("redo", 5, 1)).text == NOT_YOURS


def test_an_order_is_seen_by_those_concerned_only(world: World) -> None:
    ordered(world, "unit", BLOCK.id, "review")
    lan = Phone(world, LAN.id)
    assert "chưa làm xong" in Phone(world, DUNG.id).goto(Place.of("redo_what", "u", BLOCK.id)).text
    assert "Xem chi bộ" in [choice.label for choice in lan.goto(Place.of("redo", 1, 1)).choices]
    assert (
        Phone(world, HOA.id).goto(Place.of("redo", 1, 1)).text.startswith("**Yêu cầu kiểm điểm lại** · Chi bộ Khối 5")
    )
    assert Phone(world, NAM.id).goto(Place.of("redo", 1, 1)).text == NOT_YOURS
    lan.ask("tonghop")
    assert "Đọc yêu cầu làm lại" in lan.labels
    ordered(world, "person", HOA.id, "grading", "Xem lại mức của đồng chí này.")
    lan.ask("tonghop")
    assert "⏳ 1 đồng chí đang làm lại theo yêu cầu của cấp ủy" in lan.text
    lan.ask("menu")
    assert "⏳ Việc làm lại theo yêu cầu của cấp ủy: 2 (hạn 20/12)" in lan.text
    dung = Phone(world, DUNG.id)
    dung.ask("tonghop")
    assert "⏳ Đang làm lại theo yêu cầu: 2" in dung.text
    world.people.pop(DUNG.id)
    assert "Đã xong" not in lan.goto(Place.of("redo", 1, 1)).text


def test_a_done_order_says_so(world: World) -> None:
    ordered(world, "unit", BLOCK.id, "grading", "Bàn lại. " * 400)
    meets(world)
    lan = Phone(world, LAN.id)
    lan.goto(Place.of("redo", 1, 1))
    assert "✅ Đã xong ngày 15/12/2026." in lan.text
    lan.tap("Trang sau")
    lan.tap("Trang trước")
    lan.nudge(notice_for(world, LAN, "redo"))
    assert lan.state.place.name == "redo"


def test_a_notice_to_somebody_the_order_no_longer_concerns_is_not_said(world: World) -> None:
    ordered(world, "person", HOA.id, "review")
    number = notice_for(world, LAN, "redo")
    world.people[LAN.id] = replace(LAN, roles=())
    lan = Phone(world, LAN.id)
    lan.nudge(number)
    assert lan.state.place.name == "home"


def test_a_leader_is_told_about_a_member(world: World) -> None:
    ordered(world, "person", HOA.id, "review")
    lan = Phone(world, LAN.id)
    lan.nudge(notice_for(world, LAN, "redo"))
    assert "Cấp ủy yêu cầu kiểm điểm lại ở chi bộ của đồng chí, hạn **20/12**" in lan.text


def test_people_without_a_cell_have_no_orders_of_a_cell(world: World) -> None:
    assert concerning(world.facts(KHANH.id), KHANH) == ()
    outsider = replace(HOA, unit=None)
    world.people[HOA.id] = replace(outsider, roles=(Role("officer", WARD),))
    ordered(world, "person", BLOCK_MEMBERS[0].id, "review")
    hoa = Phone(world, HOA.id)
    assert hoa.goto(Place.of("redo", 1, 1)).text.startswith("**Yêu cầu")


def test_without_an_open_review_nothing_is_ordered(world: World, dung: Phone) -> None:
    world.cycle = None
    assert dung.goto(Place.of("redo_what", "p", HOA.id)).text == NOT_YOURS


def test_after_the_committee_decided_a_complaint_reopens_only_its_decision() -> None:
    world = graded()
    ordered(world, "person", HOA.id, "grading")
    assert [meeting.round for meeting in world.grading.meetings] == [1]
    assert world.results.orders[1].due == date(2027, 1, 2)
    assert half_done().results.orders == {}
