"""Remedies through the year: made once, completed by their owner, asked about, moved once; looked at from above."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from conversations.dialogues import home, remedies
from conversations.effects import NoticeKind
from conversations.facts import Notice
from conversations.notices import is_needed
from conversations.place import Place
from conversations.remedy_effects import ReportRemedy
from conversations.remedy_words import unfinished
from review.remedies import Remedy
from tests.conversations.crowd import BLOCK, BLOCK_MEMBERS, DUNG, HOA, LAN, NAM, half_done, review_of
from tests.conversations.phone import Phone
from tests.conversations.village import HANOI
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]
AN, BAY = BLOCK_MEMBERS[:2]


def reviewed() -> World:
    """Hoa has submitted: one shortcoming with a measure and a date, one with nothing."""
    world = half_done()
    review_of(
        HOA,
        world,
        **{
            "shortcomings.1.text": "Mới gặp 11/16 hộ được phân công.",
            "shortcomings.1.more": "yes",
            "shortcomings.2.text": "Vắng hai buổi học nghị quyết.",
            "measures.1.measure": "Gặp nốt 5 hộ.",
            "measures.1.due": "2027-03-31",
        },
    )
    world.now = datetime(2027, 1, 20, 9, 0, tzinfo=HANOI)
    return world


@pytest.fixture
def world() -> World:
    return reviewed()


@pytest.fixture
def hoa(world: World) -> Phone:
    return Phone(world, HOA.id)


@pytest.fixture
def lan(world: World) -> Phone:
    return Phone(world, LAN.id)


def made(world: World) -> None:
    phone = Phone(world, LAN.id)
    phone.goto(Place.of("make_remedies", BLOCK.id))
    phone.tap("Lập kế hoạch")


def nudged(world: World, person_id: int, kind: NoticeKind, at: datetime) -> Phone:
    world.now = at
    number = len(world.notices) + 1
    world.notices[number] = (person_id, Notice(number, kind, "x", {}))
    phone = Phone(world, person_id)
    phone.nudge(number)
    return phone


def test_a_year_of_remedies(world: World, hoa: Phone, lan: Phone, golden: Golden) -> None:
    lan.ask("tonghop")
    lan.tap("Việc khắc phục")
    lan.tap("Lập kế hoạch khắc phục")
    lan.tap("Lập kế hoạch")
    golden("remedies_are_made", lan)
    world.cycle = world.pack = None
    hoa.remark("kế hoạch đã lập, đợt kiểm điểm đã khép lại")
    world.notices[1] = (HOA.id, Notice(1, "remedy_plan", "made", {}))
    hoa.nudge(1)
    hoa.tap("Ghi tiếp")
    hoa.tap("Ghi biện pháp")
    hoa.say("Học bù trên lớp của phường, hai buổi.")
    hoa.say("1/1/2027")
    hoa.say("30/4")
    hoa.ask("menu")
    world.now = world.now.replace(month=3, day=24)
    world.notices[2] = (HOA.id, Notice(2, "remedy_check", "2027-03-24", {}))
    hoa.nudge(2)
    hoa.tap(1)
    hoa.tap(1)
    hoa.tap("Xong một phần")
    hoa.say("Đã gặp 3 hộ, còn 2 hộ đi làm ăn xa.")
    hoa.tap("Xin hạn mới")
    hoa.say("30/6/2027")
    hoa.say("Hai hộ về vào dịp hè.")
    hoa.tap(1)
    hoa.tap("Đã xong")
    hoa.say("bỏ qua")
    hoa.ask("menu")
    golden("remedies_of_a_year", hoa)
    mine = world.facts(HOA.id).remedies.mine()
    assert [(one.status, one.due) for one in mine] == [("partly", date(2027, 6, 30)), ("done", date(2027, 4, 30))]


def test_after_the_review_is_closed_remedies_are_still_there(world: World, lan: Phone) -> None:
    made(world)
    world.cycle = world.pack = None
    phone = Phone(world, HOA.id)
    phone.ask("menu")
    assert phone.text.startswith(home.BETWEEN)
    assert "⏳ Việc khắc phục: 2 việc, việc gần nhất hạn 31/03" in phone.text
    assert phone.labels[0] == "Việc khắc phục: 2 việc"
    lan.ask("tonghop")
    assert "Khắc phục: 0/" in lan.text
    lan.tap("Khắc phục")
    lan.tap(1)
    lan.tap("Quay lại")
    assert lan.state.place.name == "dashboard"
    dung = Phone(world, DUNG.id)
    dung.ask("tonghop")
    assert dung.labels == ["Khắc phục", "Về màn hình chính"]


def test_home_counts_what_is_left(world: World) -> None:
    phone = Phone(world, HOA.id)
    phone.ask("menu")
    assert "Việc khắc phục" not in phone.text
    world.remedies[1] = Remedy(1, "person", HOA.id, "5:shortcomings.1", "Một.", "Hai.", HOA.id, None)
    phone.ask("menu")
    assert "⏳ Việc khắc phục: 1 việc, chưa có hạn" in phone.text
    world.remedies[1] = replace(world.remedies[1], status="done")
    phone.ask("menu")
    assert "✅ Việc khắc phục: đã xong cả 1 việc" in phone.text
    assert "Việc khắc phục đã xong" in phone.labels


def test_reminders_end_with_the_work(world: World) -> None:
    made(world)
    facts = world.facts(HOA.id)
    check, plan = Notice(1, "remedy_check", "x", {}), Notice(2, "remedy_plan", "x", {})
    assert is_needed(check, facts)
    assert is_needed(plan, facts)
    for one in unfinished(facts):
        world.remedies[one.id] = replace(one, measure="Làm.", due=date(2027, 2, 1))
    assert not is_needed(plan, facts)
    for one in unfinished(facts):
        world.remedies[one.id] = replace(one, status="done")
    assert not is_needed(check, facts)


def test_a_check_tells_numbers_and_dates_only(world: World) -> None:
    made(world)
    phone = nudged(world, HOA.id, "remedy_check", datetime(2027, 4, 7, 8, 0, tzinfo=HANOI))
    assert "còn **2 việc**, 1 việc đã quá hạn" in phone.text
    assert "hộ" not in phone.text
    left = unfinished(world.facts(HOA.id))
    world.remedies[left[0].id] = replace(left[0], status="done")
    phone = nudged(world, HOA.id, "remedy_check", datetime(2027, 3, 24, 8, 0, tzinfo=HANOI))
    assert phone.screen.choices[0].to == Place.of("remedy", unfinished(world.facts(HOA.id))[0].id)


def one_left(world: World, **more: object) -> Phone:
    world.remedies = {1: Remedy(1, "person", HOA.id, "5:shortcomings.1", "Ít đọc.", "Đọc.", HOA.id, date(2027, 3, 31))}
    world.remedies[1] = replace(world.remedies[1], **more)  # type: ignore[arg-type]
    phone = Phone(world, HOA.id)
    phone.goto(Place.of("remedy", 1))
    return phone


def test_what_is_said_to_be_done_can_be_taken_back(world: World) -> None:
    phone = one_left(world)
    phone.tap("Đã xong")
    assert phone.effects == (ReportRemedy(1, "done"),)
    phone.tap("Bỏ qua")
    assert phone.state.place.name == "remedies"
    phone.tap(1)
    assert phone.text.startswith(remedies.DONE)
    phone.tap("Sửa lại: chưa làm được")
    assert world.remedies[1].status == "not_done"
    assert len(world.remedies[1].checks) == 2


def test_a_new_date_is_given_once(world: World) -> None:
    phone = one_left(world)
    phone.tap("Xong một phần")
    phone.tap("Bỏ qua")
    phone.tap("Giữ hạn 31/03")
    phone.goto(Place.of("remedy_time", 1))
    phone.tap("Xin hạn mới")
    for said, stands in (("không biết", "remedy_move"), ("1/1/2027", "remedy_move"), ("30/6", "remedy_reason")):
        phone.say(said)
        assert phone.state.place.name == stands
    phone.say("\u200b")
    assert phone.state.place.name == "remedy_reason"
    phone.say("Ốm dài ngày.")
    assert world.remedies[1].due == date(2027, 6, 30)
    assert [check.note for check in world.remedies[1].checks] == ["", "Ốm dài ngày."]
    phone.goto(Place.of("remedy_time", 1))
    assert "Xin hạn mới" not in phone.labels
    assert "20/01/2027: dời hạn. “Ốm dài ngày.”" in phone.text
    phone.goto(Place.of("remedy_reason", 1, "20260101"))
    assert phone.screen.waits_for == "date"


def test_a_second_note_stands_beside_the_first(world: World) -> None:
    phone = one_left(world)
    phone.tap("Chưa làm được")
    phone.say("Chưa có lớp.")
    phone.goto(Place.of("remedy_note", 1))
    phone.say("\u200b")
    phone.say("Lớp mở tháng 5.")
    assert [check.note for check in world.remedies[1].checks] == ["Chưa có lớp.", "Lớp mở tháng 5."]


@pytest.mark.parametrize("name", ["remedy_measure", "remedy_due", "remedy_note", "remedy_move"])
def test_side_words_lead_aside_and_store_nothing(world: World, name: str) -> None:
    phone = one_left(world, measure="" if name == "remedy_measure" else "Đọc.", due=None)
    phone.goto(Place.of(name, 1))
    phone.say("để sau" if name != "remedy_note" else "bỏ qua")
    assert phone.effects == ()
    assert phone.state.place.name == "remedies"
    phone.goto(Place.of("remedy_reason", 1, "20270630"))
    phone.say("Để sau")
    assert phone.effects == ()


def test_what_is_planned_already_is_not_asked_again(world: World) -> None:
    phone = one_left(world)
    for name in ("remedy_measure", "remedy_due"):
        phone.goto(Place.of(name, 1))
        assert "Đến nay việc này thế nào?" in phone.text
    phone = one_left(world, due=None)
    phone.tap("Đặt hạn")
    phone.say("mai mốt")
    assert phone.state.place.name == "remedy_due"
    phone = one_left(world, measure="")
    phone.tap("Ghi biện pháp")
    phone.say("\u200b")
    assert phone.state.place.name == "remedy_measure"


@pytest.mark.parametrize(
    "name", ["remedy", "remedy_measure", "remedy_due", "remedy_note", "remedy_time", "remedy_move", "remedy_reason"]
)
def test_anothers_remedy_is_not_shown(world: World, name: str) -> None:
    one_left(world)
    phone = Phone(world, NAM.id)
    phone.goto(Place.of(name, 1, "20270630"))
    assert phone.text == remedies.NOT_YOURS
    phone.goto(Place("remedies"))
    assert phone.text == remedies.NOTHING
