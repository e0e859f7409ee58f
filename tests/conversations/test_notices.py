"""Unsolicited messages: said only while needed, with numbers and dates, never with answers or grades."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from conversations.dialogues import notice as notices
from conversations.dialogues.helping import TOLD
from conversations.effects import NoticeKind, Notify
from conversations.facts import Notice
from conversations.notices import is_needed
from conversations.place import Place
from review.people import Role
from tests.conversations.crowd import (
    BINH,
    BLOCK,
    BLOCK_MEMBERS,
    DUNG,
    HOA,
    LAN,
    NAM,
    RESIDENTS,
    crowd,
    file,
    half_done,
    review_of,
)
from tests.conversations.driving import drive
from tests.conversations.phone import Phone
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]


@pytest.fixture
def world() -> World:
    return crowd()


def planned(world: World, person_id: int, kind: NoticeKind, slot: str = "T-3", /, **params: str) -> int:
    number = len(world.notices) + 1
    world.notices[number] = (person_id, Notice(number, kind, slot, params))
    return number


def told(world: World, person_id: int, kind: NoticeKind, /, **params: str) -> Phone:
    phone = Phone(world, person_id)
    phone.nudge(planned(world, person_id, kind, "T-3", **params))
    return phone


def needed(world: World, person_id: int, kind: NoticeKind, /, **params: str) -> bool:
    return is_needed(Notice(1, kind, "x", params), world.facts(person_id))


def test_a_members_reminders_until_it_is_done(world: World, golden: Golden) -> None:
    phone = Phone(world, HOA.id)
    phone.nudge(planned(world, HOA.id, "opening"))
    file(world, "self_review", HOA, {"conduct": "Tốt.", "meetings": 11}, sent=False)
    for day, slot in ((3, "T-7"), (7, "T-3"), (9, "T-1"), (10, "T"), (11, "T+1")):
        world.now = world.now.replace(day=day)
        phone.nudge(planned(world, HOA.id, "self_review_due", slot))
    phone.tap("Nhắc tôi tối mai")
    phone.nudge(planned(world, HOA.id, "snoozed"))
    phone.tap("Tôi cần giúp")
    phone.nudge(planned(world, HOA.id, "asked_by_secretary"))
    phone.tap("Viết tiếp")
    golden("reminders_of_a_member", phone)
    assert phone.state.place.name == "form"
    drive(phone)
    assert not needed(world, HOA.id, "self_review_due")


def test_every_slot_reads_differently(world: World) -> None:
    texts = []
    for day in (3, 7, 9, 10, 11):
        world.now = world.now.replace(day=day)
        texts.append(told(world, HOA.id, "self_review_due").text)
    assert len(set(texts)) == 5
    assert "hạn **10/12 (còn 3 ngày)**" in texts[1]
    assert "Hôm nay là hạn." in texts[3]
    assert all("/dulieu" in text for text in texts)


def test_a_reminder_names_no_answer_and_no_grade(world: World) -> None:
    file(world, "self_review", HOA, {"conduct": "Chuyện riêng.", "self_grade": "excellent"}, sent=False)
    text = told(world, HOA.id, "self_review_due").text
    assert "riêng" not in text
    assert "xuất sắc" not in text.lower()


def test_a_form_that_only_lacks_submitting_says_so(world: World) -> None:
    phone = Phone(world, HOA.id)
    phone.ask("menu")
    drive(phone)
    response = world.find("self_review", HOA.id)
    assert response
    world.responses[response.id] = replace(response, status="draft", submitted_at=None)
    phone = told(world, HOA.id, "self_review_due")
    assert "chỉ còn bấm **Nộp**, hạn" in phone.text
    assert phone.labels[0] == "Xem lại và nộp"


def test_snoozing_plans_one_notice_for_tomorrow(world: World) -> None:
    phone = told(world, HOA.id, "self_review_due")
    phone.tap("Nhắc tôi tối mai")
    assert phone.effects == (Notify(HOA.id, "snoozed", "2026-12-01", after_days=1),)
    assert phone.text.startswith(notices.SNOOZED)


def test_asking_for_help_tells_the_secretary(world: World) -> None:
    phone = told(world, HOA.id, "self_review_due")
    phone.tap("Tôi cần giúp")
    assert phone.effects == (Notify(LAN.id, "help_wanted", "1:2026-12-01", {"person_id": "1"}),)
    assert phone.text.startswith(TOLD)
    assert "Tôi cần giúp" not in told(world, DUNG.id, "self_review_due").labels


def test_a_contacts_reminders(world: World) -> None:
    assert (
        "còn **6 người** chưa nhận xét nơi cư trú, hạn **05/12 (còn 4 ngày)**" in told(world, BINH.id, "opening").text
    )
    assert "còn **6 người**" in told(world, BINH.id, "snoozed").text
    phone = told(world, BINH.id, "remarks_due")
    phone.tap("Nhận xét tiếp")
    assert phone.state.place.name == "remark"
    for line in world.facts(BINH.id).remark_lines():
        file(world, "residence_remark", line.person, {"meetings": "unknown"}, by=BINH, sent=False)
    phone = told(world, BINH.id, "remarks_due")
    assert "chỉ còn bấm **Gửi**" in phone.text
    phone.tap("Xem lại và gửi")
    phone.tap(1)
    assert not needed(world, BINH.id, "remarks_due")
    assert not needed(world, BINH.id, "opening")


def test_a_secretarys_digest_has_numbers_only() -> None:
    world = half_done()
    phone = told(world, LAN.id, "digest")
    assert "Đã nộp 3/9 ▓▓▓░░░░░░░\nĐang viết 1 · Chưa bắt đầu 4 · Chưa vào 1" in phone.text
    assert not any(person.name in phone.text for person in BLOCK_MEMBERS)
    assert "/tonghop" in phone.text
    assert phone.labels[0] == "Xem tổng hợp"
    world.people[LAN.id] = replace(LAN, roles=(Role("secretary", BLOCK), Role("deputy", world.units[3])))
    assert "**2 chi bộ**" in told(world, LAN.id, "digest").text
    world.responses.clear()
    for person in (*BLOCK_MEMBERS, HOA, LAN, *RESIDENTS, NAM, DUNG):
        review_of(person, world)
    assert not needed(world, LAN.id, "digest")


def test_on_the_last_day_the_digest_says_how_many_are_to_be_met() -> None:
    world = half_done()
    world.silent.add(HOA.id)
    assert "gặp trực tiếp" not in told(world, LAN.id, "digest").text
    world.now = world.now.replace(day=10)
    assert "**2 đồng chí** tôi không nhắn tới được, cần gặp trực tiếp hôm nay: bấm /nhac" in (
        told(world, LAN.id, "digest").text
    )
    world.silent.clear()
    review_of(BLOCK_MEMBERS[6], world)
    assert "gặp trực tiếp" not in told(world, LAN.id, "digest").text


@pytest.mark.parametrize(
    ("person_id", "kind"),
    [
        (HOA.id, "opening"),
        (HOA.id, "self_review_due"),
        (HOA.id, "asked_by_secretary"),
        (HOA.id, "snoozed"),
        (BINH.id, "remarks_due"),
        (LAN.id, "digest"),
        (LAN.id, "meeting_due"),
        (DUNG.id, "opening"),
    ],
)
def test_every_reminder_says_how_to_stop_it(world: World, person_id: int, kind: NoticeKind) -> None:
    review_of(DUNG, world)
    assert "/dulieu để đổi._" in told(world, person_id, kind).text


def test_an_overseer_with_nothing_left_to_write_is_told_of_the_opening(world: World) -> None:
    review_of(DUNG, world)
    phone = told(world, DUNG.id, "opening")
    assert phone.labels[0] == "Xem tổng hợp"


@pytest.mark.parametrize("kind", ["wrong_person", "help_wanted", "unreachable"])
def test_the_secretary_is_told_whom_to_see(world: World, kind: NoticeKind) -> None:
    world.unreachable.add(HOA.id)
    phone = told(world, LAN.id, kind, person_id=str(HOA.id))
    assert "**Nguyễn Thị Hoa**" in phone.text
    assert phone.labels == ["Đã rõ", "Xem tổng hợp"]
    assert not needed(world, LAN.id, kind)
    assert not needed(world, LAN.id, kind, person_id="999")
    assert not needed(world, HOA.id, kind, person_id=str(HOA.id))


def test_somebody_who_can_be_reached_again_is_not_reported(world: World) -> None:
    assert not needed(world, LAN.id, "unreachable", person_id=str(HOA.id))
    assert needed(world, LAN.id, "unreachable", person_id=str(BINH.id))
    world.unreachable.add(HOA.id)
    review_of(HOA, world)
    assert not needed(world, LAN.id, "unreachable", person_id=str(HOA.id))


def test_a_member_hears_of_a_remark_that_has_come(world: World) -> None:
    assert not needed(world, HOA.id, "remark_arrived")
    file(world, "residence_remark", HOA, {"meetings": "often"}, by=BINH, sent=False)
    assert not needed(world, HOA.id, "remark_arrived")
    world.responses.clear()
    file(world, "residence_remark", HOA, {"meetings": "often"}, by=BINH)
    phone = told(world, HOA.id, "remark_arrived")
    assert "Thường xuyên" not in phone.text
    phone.tap("Xem nhận xét")
    assert phone.state.place == Place("remark_me")


def test_nothing_is_sent_when_it_is_not_asked_any_more(world: World) -> None:
    assert needed(world, HOA.id, "self_review_due")
    for status in ("exempt", "suspended"):
        world.people[HOA.id] = replace(HOA, status=status)  # type: ignore[arg-type]
        assert not needed(world, HOA.id, "self_review_due")
    world.people[HOA.id] = HOA
    world.consents.pop(HOA.id)
    assert not needed(world, HOA.id, "self_review_due")
    assert needed(world, HOA.id, "asked_by_secretary")
    assert world.cycle
    world.cycle = replace(world.cycle, closed=True)
    assert not needed(world, HOA.id, "asked_by_secretary")
    world.cycle = None
    assert not needed(world, LAN.id, "digest")
    assert not needed(crowd(), 9, "digest")


def test_an_old_notice_read_again_says_that_it_is_done(world: World) -> None:
    phone = told(world, HOA.id, "self_review_due")
    review_of(HOA, world)
    assert phone.text == notices.DONE
    phone.tap(1)
    assert phone.state.place == Place("home")


def test_without_dates_no_days_are_named(world: World) -> None:
    assert world.cycle
    world.cycle = replace(world.cycle, dates={})
    assert "trong bản kiểm điểm. Viết mất khoảng" in told(world, HOA.id, "self_review_due").text


def test_the_secretary_is_reminded_of_the_meeting_until_it_is_closed(world: World) -> None:
    assert needed(world, LAN.id, "meeting_due")
    assert not needed(world, HOA.id, "meeting_due")
    assert not needed(world, DUNG.id, "meeting_due"), "who looks after cells records no meeting"
    phone = told(world, LAN.id, "meeting_due")
    assert "**Chi bộ Khối 5** chưa ghi cuộc họp kiểm điểm, hạn **15/12 (còn 14 ngày)**." in phone.text
    phone.tap("Ghi kết quả họp")
    phone.tap("Hôm nay")
    assert "đã ghi biểu quyết 0/9, chưa chốt" in told(world, LAN.id, "meeting_due").text
    world.grading.meetings[0] = replace(world.grading.meetings[0], closed=True)
    assert not needed(world, LAN.id, "meeting_due")
