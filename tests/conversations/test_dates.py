"""Own dates in the chat: which date, which day, refused kindly when too late; an officer sees what it does first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from conversations.calendar_effects import KeepDatesAbove, SetDate
from conversations.dialogues import dates
from conversations.facts import Notice
from conversations.notices import is_needed
from conversations.place import Place
from conversations.typed_day import PASSED, unpacked_day
from review.people import Role, Unit
from review.unit_moves import UnitMove
from tests.conversations.crowd import BLOCK, BLOCK_MEMBERS, DUNG, HOA, LAN, SCHOOL, enter, half_done, review_of
from tests.conversations.phone import Phone
from tests.conversations.village import HANOI, WARD
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]


@pytest.fixture
def world() -> World:
    return half_done()


@pytest.fixture
def lan(world: World) -> Phone:
    return Phone(world, LAN.id)


@pytest.fixture
def dung(world: World) -> Phone:
    return Phone(world, DUNG.id)


def test_a_secretary_sets_an_earlier_date(lan: Phone, world: World, golden: Golden) -> None:
    lan.ask("tonghop")
    lan.tap("Lịch của chi bộ")
    lan.tap("Đổi ngày nộp bản kiểm điểm")
    lan.say("11/12")
    lan.say("30/11/2026")
    lan.say("mồng ba tháng sau")
    lan.say("8/12")
    lan.tap("Đổi ngày họp chi bộ")
    lan.say("7/12")
    lan.tap("Quay lại lịch")
    lan.tap("Theo lịch cấp trên")
    lan.tap("Quay lại")
    golden("own_dates_of_a_cell", lan)
    assert world.own_dates == {}


def test_the_cells_own_date_counts_wherever_a_date_is_shown(lan: Phone, world: World) -> None:
    lan.goto(Place.of("date", BLOCK.id, "self_reviews_due"))
    lan.say("05/12")
    assert lan.effects == (SetDate(BLOCK.id, "self_reviews_due", date(2026, 12, 5)),)
    hoa, sen = Phone(world, HOA.id), Phone(world, 30)
    for phone, said in ((hoa, "còn 4 ngày (hạn 05/12)"), (sen, "còn 9 ngày (hạn 10/12)")):
        phone.ask("menu")
        assert said in phone.text
    world.notices[1] = (HOA.id, Notice(1, "self_review_due", "T-7", {}))
    hoa.nudge(1)
    assert "hạn **05/12 (còn 4 ngày)**" in hoa.text
    lan.ask("tonghop")
    assert "· còn 4 ngày" in lan.text


def test_a_form_may_be_taken_back_until_the_own_cell_has_met(world: World) -> None:
    review_of(HOA, world)
    world.own_dates = {BLOCK.id: {"self_reviews_due": date(2026, 11, 25), "cell_meeting_due": date(2026, 11, 30)}}
    world.own_dates[BLOCK.id] |= dict.fromkeys(("residence_remarks_due", "collective_review_due"), date(2026, 11, 24))
    phone = Phone(world, HOA.id)
    phone.goto(Place.of("form_receipt", "s", HOA.id))
    assert "Chi bộ họp ngày 30/11" in phone.text
    assert "Rút lại để sửa" not in phone.labels


def test_an_officer_sees_what_a_date_does_before_it_is_stored(dung: Phone, world: World, golden: Golden) -> None:
    world.own_dates = {BLOCK.id: {"self_reviews_due": date(2026, 12, 8)}}
    dung.ask("tonghop")
    dung.tap("Xem từng con số")
    dung.tap("Lịch kiểm điểm")
    dung.tap("Đổi ngày nộp bản kiểm điểm")
    dung.say("6/12")
    assert world.own_dates[BLOCK.id]
    dung.tap("Không đổi")
    dung.tap("Đổi ngày nộp bản kiểm điểm")
    dung.say("6/12")
    dung.tap("Đổi ngày")
    golden("officer_redates", dung)
    assert world.cycle
    assert world.cycle.dates["self_reviews_due"] == date(2026, 12, 6)
    assert world.own_dates[BLOCK.id] == {}


def test_dates_that_are_not_set_yet_can_be_set_at_the_top_only(dung: Phone, lan: Phone, world: World) -> None:
    lan.goto(Place.of("date", BLOCK.id, "remedy_plan_due"))
    assert lan.text == dates.NOT_YOURS
    dung.goto(Place.of("date", WARD.id, "remedy_plan_due"))
    assert "Chưa đặt ngày." in dung.text
    dung.say("31/12")
    assert "(chưa đặt)" in dung.text
    assert "Lịch của 2 chi bộ thay đổi" in dung.text
    dung.tap("Đổi ngày")
    assert world.cycle
    assert world.cycle.dates["remedy_plan_due"] == date(2026, 12, 31)
    world.cycle = replace(world.cycle, dates={})
    dung.goto(Place.of("date", WARD.id, "remedy_plan_due"))
    assert "Chọn được ngày" not in dung.text
    dung.goto(Place.of("dates", WARD.id))
    assert "Chưa có ngày nào." in dung.text


def test_whom_a_date_hurries(dung: Phone, world: World) -> None:
    for nth in range(7):
        cell = Unit(60 + nth, f"X{nth}", f"Chi bộ thôn {nth}", "cell", WARD.id)
        world.units[cell.id] = cell
        world.own_dates[cell.id] = {"cell_meeting_due": date(2026, 12, 14)}
        enter(world, replace(HOA, id=200 + nth, unit=cell, code=f"X{nth}"))
    world.now = world.now.replace(day=5)
    dung.goto(Place.of("redate", WARD.id, "cell_meeting_due", "20261212"))
    assert "và 2 nơi khác" in dung.text
    assert "có ít thời gian hơn" not in dung.text
    dung.goto(Place.of("redate", WARD.id, "self_reviews_due", "20261205"))
    assert "19 đồng chí chưa nộp sẽ có ít thời gian hơn." in dung.text


def test_a_sub_committee_is_bound_by_the_one_above_it(dung: Phone, world: World) -> None:
    part = Unit(70, "BP", "Đảng bộ bộ phận", "committee", WARD.id)
    world.units |= {part.id: part, SCHOOL.id: replace(SCHOOL, parent_id=part.id)}
    dung.goto(Place.of("date", part.id, "self_reviews_due"))
    dung.say("12/12")
    assert "không hợp với lịch nên chưa được đặt" in dung.text
    assert "Chọn được ngày từ 05/12/2026 đến 10/12/2026." in dung.text
    dung.say("09/12")
    dung.tap("Đổi ngày")
    assert "(ngày riêng; cấp trên: 10/12)" in dung.text
    facts = world.facts(DUNG.id).calendar.dates
    assert facts
    assert facts.dates_for(SCHOOL.id)["self_reviews_due"] == date(2026, 12, 9)
    dung.goto(Place.of("redate", part.id, "self_reviews_due", "20261209"))
    assert "Không chi bộ nào bị đổi lịch." in dung.text
    dung.tap("Không đổi")
    dung.tap("Theo lịch cấp trên")
    assert dung.effects == (KeepDatesAbove(part.id),)


@pytest.mark.parametrize(
    "place",
    [
        Place.of("dates", BLOCK.id),
        Place.of("dates", 999),
        Place.of("date", BLOCK.id, "self_reviews_due"),
        Place.of("date", BLOCK.id, "no_such_date"),
        Place.of("redate", WARD.id, "self_reviews_due", "20261205"),
    ],
)
def test_dates_are_not_for_everybody(world: World, place: Place) -> None:
    phone = Phone(world, HOA.id)
    phone.goto(place)
    assert phone.text == dates.NOT_YOURS


@pytest.mark.parametrize("day", ["20261230", "20261201", "soon", "20261130", ""])
def test_a_forged_day_shows_no_preview(dung: Phone, day: str) -> None:
    dung.goto(Place.of("redate", WARD.id, "self_reviews_due", day))
    assert dung.text == dates.NOT_YOURS


def test_without_an_open_review_there_are_no_dates(dung: Phone, world: World) -> None:
    world.cycle = None
    dung.goto(Place.of("dates", WARD.id))
    assert dung.text == dates.NOT_YOURS


def test_secretaries_are_told_the_new_dates(world: World, golden: Golden) -> None:
    lan = Phone(world, LAN.id)
    world.notices[1] = (LAN.id, Notice(1, "dates_changed", "x", {}))
    lan.nudge(1)
    golden("dates_changed", lan)
    both = replace(LAN, roles=(Role("secretary", BLOCK), Role("secretary", SCHOOL)))
    world.people[LAN.id] = both
    lan.nudge(1)
    assert "Lịch kiểm điểm của 2 chi bộ vừa thay đổi." in lan.text
    assert [label for label in lan.labels if label.startswith("Lịch của")] == [
        "Lịch của Chi bộ Khối 5",
        "Lịch của Chi bộ Trường THCS Lê Lợi",
    ]
    assert not is_needed(Notice(1, "dates_changed", "x", {}), world.facts(HOA.id))


def test_a_cell_that_moved_says_where_it_was(lan: Phone, world: World) -> None:
    old = Unit(80, "CU", "Đảng bộ xã Cũ", "committee", WARD.id)
    world.units[old.id] = old
    world.moves = [UnitMove(BLOCK.id, old.id, WARD.id, datetime(2026, 9, 30, tzinfo=HANOI))]
    lan.ask("tonghop")
    assert "Trước 30/09/2026 thuộc Đảng bộ xã Cũ." in lan.text
    world.moves = [UnitMove(BLOCK.id, None, WARD.id, datetime(2026, 9, 30, tzinfo=HANOI))]
    lan.ask("tonghop")
    assert "Trước" not in lan.text


def test_a_packed_day() -> None:
    assert unpacked_day("20261205") == date(2026, 12, 5)
    assert unpacked_day("x") is None
    assert PASSED.format("30/11/2026").startswith("Ngày 30/11/2026 đã qua")
    assert BLOCK_MEMBERS[0].unit == BLOCK
