"""Requests about personal data: the member asks, an officer without a part answers, the member reads."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.data_words import erasure_lines, is_taken, state
from conversations.dialogues import data_requests, my_requests, notice_of_requests
from conversations.effects import Notify, SetConsent
from conversations.place import Place
from conversations.request_effects import (
    AnswerRequest,
    ExtendRequest,
    KeepWords,
    LookedAtRequest,
    MakeRequest,
    TakeRequest,
)
from review.people import Role
from review.requests import Erasure
from tests.conversations.crowd import BINH, BLOCK, DUNG, HOA, LAN, NAM, enter, file
from tests.conversations.graded import KHANH, QUAN, notice_for
from tests.conversations.phone import Phone
from tests.conversations.refused import RefusedError
from tests.conversations.test_year_random import full
from tests.conversations.village import village
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]
ASKED = "Ngày sinh ghi 02/03/1968, đúng ra là 03/02/1968 theo căn cước."


@pytest.fixture
def world() -> World:
    return village()


def asks(world: World, kind: str = "correct", text: str = ASKED, person: int = HOA.id) -> Phone:
    phone = Phone(world, person)
    phone.goto(Place.of("ask_data", kind))
    phone.say(text)
    phone.tap("Gửi yêu cầu")
    return phone


def takes(world: World, request_id: int = 1, officer: int = DUNG.id) -> Phone:
    phone = Phone(world, officer)
    phone.goto(Place.of("data_request", request_id, 1))
    phone.tap("Nhận xử lý")
    return phone


def concludes(world: World, end: str, why: str, officer: int = DUNG.id) -> Phone:
    phone = Phone(world, officer)
    phone.goto(Place.of("data_request_end", 1))
    phone.tap(end)
    phone.say(why)
    phone.tap("Gửi trả lời")
    return phone


def test_a_deletion_is_asked_for_granted_and_read(world: World, golden: Golden) -> None:
    file(world, "self_review", HOA, {"conduct": "Nháp."}, sent=False)
    hoa, dung = Phone(world, HOA.id), Phone(world, DUNG.id)
    hoa.ask("dulieu")
    hoa.tap("Yêu cầu về dữ liệu")
    hoa.tap("Gửi yêu cầu mới")
    hoa.tap("Xóa dữ liệu")
    hoa.say("Xin xóa bản nháp, tôi viết trên giấy.")
    hoa.tap(1)
    dung.log = hoa.log
    dung.remark("điện thoại của đồng chí Dũng")
    dung.nudge(notice_for(world, DUNG, "request_received"))
    dung.tap(1)
    dung.tap(1)
    dung.tap("Nhận xử lý")
    dung.tap("Trả lời")
    dung.tap("Đã làm xong")
    dung.say("Đã xóa bản nháp và các câu cũ.")
    dung.tap(1)
    hoa.remark("điện thoại của đồng chí Hoa")
    hoa.nudge(notice_for(world, HOA, "request_answered"))
    hoa.tap(1)
    golden("data_request", hoa)
    assert "Đã xóa: 1 bản nháp." in hoa.text


def test_the_officer_comes_to_it_from_the_overview(world: World) -> None:
    asks(world)
    dung = Phone(world, DUNG.id)
    dung.ask("tonghop")
    dung.tap("Yêu cầu về dữ liệu (1)")
    assert "DL-0001 · Sửa thông tin" in dung.text
    dung.ask("menu")
    assert "⏳ Yêu cầu về dữ liệu chờ cán bộ: 1 (gần nhất 03/12)" in dung.text
    dung.tap("Yêu cầu về dữ liệu (1)")
    dung.tap(1)
    assert dung.effects == (LookedAtRequest(1),)
    assert world.privacy.looks == [(DUNG.id, 1)]


def test_while_no_review_is_open_requests_go_on(world: World) -> None:
    world.cycle = world.pack = None
    hoa = asks(world)
    dung = takes(world)
    dung.ask("menu")
    dung.tap("Yêu cầu về dữ liệu (1)")
    concludes(world, "Đã làm xong", "Văn phòng đã sửa.")
    hoa.nudge(notice_for(world, HOA, "request_answered"))
    hoa.tap("Đọc")
    assert "Văn phòng đã sửa." in hoa.text
    assert "đủ số năm quy định" in " ".join(erasure_lines(Erasure({}, {"reviews": 1}), world.facts(HOA.id)))


def test_between_reviews_what_lasts_leads_there_too(world: World) -> None:
    world = full()
    world.cycle = world.pack = None
    asks(world, person=LAN.id)
    dung = Phone(world, DUNG.id)
    dung.ask("tonghop")
    assert "Yêu cầu về dữ liệu (1)" in dung.labels


def test_consent_is_not_needed_to_ask_nor_to_read(world: World) -> None:
    world.apply(HOA.id, SetConsent(False, "2026-11"))
    hoa = asks(world, "delete", "Xin xóa.")
    takes(world, 2)
    world.apply(DUNG.id, AnswerRequest(2, "refused", "Chưa có gì để xóa."))
    hoa.nudge(notice_for(world, HOA, "request_answered"))
    hoa.tap("Đọc")
    assert "✅ từ chối, trả lời ngày 01/12/2026" in hoa.text
    hoa.tap("Các yêu cầu của tôi")
    assert "DL-0001 · Rút lại đồng ý" in hoa.text
    hoa.tap("Đọc DL-0001")
    assert "Có hiệu lực ngay khi rút." in hoa.text


def test_words_are_read_back_and_can_be_dropped(world: World) -> None:
    hoa = Phone(world, HOA.id)
    hoa.goto(Place.of("ask_data", "object"))
    assert "Đọc lại" not in hoa.labels[0]
    hoa.say("Tôi không đồng ý nêu tên. " * 120)
    assert "Gửi yêu cầu" not in hoa.labels
    hoa.goto(Place.of("ask_data", "object"))
    hoa.tap("Đọc lại bản đã viết, chưa gửi")
    hoa.tap("Viết lại")
    hoa.say("Ngắn hơn.")
    hoa.tap("Thôi, không gửi")
    assert hoa.effects == (KeepWords("ask.object", ""),)
    assert my_requests.FORGOTTEN in hoa.text
    assert not world.privacy.requests
    assert "chưa gửi yêu cầu nào" in hoa.text
    for kind in ("object", "withdraw"):
        assert "Chưa có yêu cầu nào chờ gửi" in hoa.goto(Place.of("ask_send", kind, 1)).text
    assert "Đồng chí muốn yêu cầu điều gì?" in hoa.goto(Place.of("ask_data", "withdraw")).text


def test_nobody_reads_anothers_request(world: World) -> None:
    asks(world)
    assert Phone(world, NAM.id).goto(Place.of("my_request", 1, 1)).text == my_requests.NO_SUCH
    for person in (LAN, NAM, HOA, BINH):
        phone = Phone(world, person.id)
        assert phone.goto(Place.of("data_requests", 1)).text == data_requests.NOTHING
        for place in ("data_request", "data_request_end", "data_request_why", "data_request_send"):
            assert phone.goto(Place.of(place, 1, "done", 1)).text == data_requests.NOTHING
    assert Phone(world, DUNG.id).goto(Place.of("data_request", 9, 1)).text == data_requests.NOTHING


def test_before_it_is_taken_nothing_is_concluded(world: World) -> None:
    asks(world)
    dung = Phone(world, DUNG.id)
    for place in ("data_request_end", "data_request_why", "data_request_send"):
        assert dung.goto(Place.of(place, 1, "done", 1)).text == data_requests.NOTHING
    takes(world)
    assert dung.goto(Place.of("data_request_why", 1, "burnt")).text == data_requests.NOTHING
    assert dung.goto(Place.of("data_request_send", 1, "done", 1)).text == data_requests.NOTHING


def test_it_is_extended_once_with_a_reason(world: World) -> None:
    hoa = asks(world)
    takes(world)
    dung = Phone(world, DUNG.id)
    dung.goto(Place.of("data_request_end", 1))
    assert "Sửa trong danh sách" in dung.text
    dung.tap("Gia hạn một lần")
    assert "Hạn mới: 28/12/2026" in dung.text
    dung.say("Chờ công an phường xác nhận.")
    dung.tap("Gửi trả lời")
    assert dung.effects == (ExtendRequest(1, "Chờ công an phường xác nhận."), KeepWords("answer.1.extended", ""))
    hoa.nudge(notice_for(world, HOA, "request_answered"))
    assert "được gia hạn trả lời, có lý do" in hoa.text
    hoa.tap("Đọc")
    assert "trả lời chậm nhất ngày 28/12/2026 (đã gia hạn một lần)" in hoa.text
    assert "**Gia hạn đến ngày 28/12/2026**\nChờ công an phường xác nhận." in hoa.text
    dung.goto(Place.of("data_request", 1, 1))
    assert "**Đã gia hạn, lý do**" in dung.text
    dung.tap("Trả lời")
    assert "Gia hạn một lần" not in dung.labels
    assert dung.goto(Place.of("data_request_why", 1, "extended")).text == data_requests.NOTHING
    with pytest.raises(RefusedError):
        world.apply(DUNG.id, ExtendRequest(1, "Lần nữa."))
    concludes(world, "Từ chối, có lý do", "Giấy tờ cho thấy ngày cũ đúng.")
    hoa.nudge(notice_for(world, HOA, "request_answered"))
    assert "đã có trả lời" in hoa.text


def test_an_answer_is_read_back_and_can_wait(world: World) -> None:
    asks(world)
    takes(world)
    dung = Phone(world, DUNG.id)
    dung.goto(Place.of("data_request_end", 1))
    dung.tap("Đọc lại yêu cầu")
    dung.tap("Trả lời")
    dung.tap("Đã làm xong")
    dung.tap("Chọn lại kết luận")
    dung.tap("Đã làm xong")
    dung.say("Đã sửa.")
    dung.tap("Viết lại")
    dung.say("Đã sửa rồi.")
    dung.tap("Thôi, chưa gửi")
    assert data_requests.FORGOTTEN in dung.text
    assert world.privacy.requests[1].is_open


def test_whoever_has_a_part_does_not_answer(world: World) -> None:
    """Dũng is of Nam's cell, so Khánh answers Nam; where nobody is free, the admin is told."""
    enter(world, KHANH)
    enter(world, QUAN)
    asks(world, person=NAM.id)
    with pytest.raises(RefusedError):
        world.apply(DUNG.id, TakeRequest(1))
    takes(world, officer=KHANH.id)
    world.people[KHANH.id] = replace(KHANH, roles=())
    facts = world.facts(QUAN.id)
    assert not is_taken(facts, world.privacy.requests[1])
    asks(world, "access", "Xin bản sao.", NAM.id)
    quan = Phone(world, QUAN.id)
    quan.nudge(notice_for(world, QUAN, "request_unassigned"))
    assert quan.text == notice_of_requests.NOBODY_FREE
    quan.tap(1)
    world.people[KHANH.id] = KHANH
    world.apply(KHANH.id, TakeRequest(2))
    quan.nudge(notice_for(world, QUAN, "request_unassigned"))
    assert quan.state.place.name == "home"


def test_another_officer_goes_on_where_the_first_is_not_free_any_more(world: World) -> None:
    enter(world, KHANH)
    asks(world)
    takes(world)
    khanh = Phone(world, KHANH.id)
    assert khanh.goto(Place.of("data_request", 1, 1)).text == data_requests.NOTHING
    with pytest.raises(RefusedError):
        world.apply(KHANH.id, TakeRequest(1))
    world.people[DUNG.id] = replace(DUNG, roles=(*DUNG.roles, Role("deputy", BLOCK)))
    taken_at = world.privacy.requests[1].acknowledged_at
    world.passes(days=1)
    takes(world, officer=KHANH.id)
    assert world.privacy.requests[1].acknowledged_at == taken_at
    with pytest.raises(RefusedError):
        world.apply(DUNG.id, AnswerRequest(1, "done", "Muộn."))


def test_somebody_from_outside_the_cells_is_answered_too(world: World) -> None:
    asks(world, "access", "Xin xem dữ liệu của tôi.", BINH.id)
    takes(world)
    concludes(world, "Đã làm xong", "Đã gửi bản sao.")
    assert world.privacy.requests[1].outcome == "done"
    world.people[BINH.id] = replace(BINH, roles=())
    asks_more = replace(world.privacy.requests[1], id=2, answered_at=None, handler_id=None)
    world.privacy.requests[2] = asks_more
    assert "DL-0002" in Phone(world, DUNG.id).goto(Place.of("data_requests", 1)).text
    units = world.units
    world.units = {}
    assert Phone(world, DUNG.id).goto(Place.of("data_requests", 1)).text == data_requests.NOTHING
    world.units = units
    del world.people[BINH.id]
    assert Phone(world, DUNG.id).goto(Place.of("data_requests", 1)).text == data_requests.NOTHING


def test_the_nearest_date_comes_first_and_is_counted(world: World) -> None:
    for _ in range(7):
        asks(world, "delete", "Xin xóa.")
    world.passes(days=1)
    asks(world, "restrict", "Xin hạn chế.")
    takes(world, 1)
    dung = Phone(world, DUNG.id)
    dung.goto(Place.of("data_requests", 1))
    assert dung.labels[0].startswith("DL-0002")
    assert "nhận chậm nhất 03/12 (còn 1 ngày)" in dung.text
    dung.tap("Trang sau")
    assert "DL-0008" in dung.text
    assert "trả lời chậm nhất 21/12" in dung.text
    world.passes(days=30)
    assert "đã quá hạn" in Phone(world, DUNG.id).goto(Place.of("data_requests", 1)).text
    hoa = Phone(world, HOA.id)
    hoa.ask("dulieu")
    assert "⏳ Yêu cầu của đồng chí đang chờ trả lời: 8" in hoa.text
    hoa.tap("Yêu cầu về dữ liệu")
    assert hoa.labels[1].startswith("Đọc DL-0008")


def test_reminders_fall_silent_once_it_is_answered(world: World) -> None:
    asks(world)
    world.apply(DUNG.id, Notify(DUNG.id, "request_due", "request.1 T-1", {"request_id": "1"}))
    dung = Phone(world, DUNG.id)
    dung.nudge(notice_for(world, DUNG, "request_due"))
    assert "nhận chậm nhất 03/12 (còn 2 ngày)" in dung.text
    dung.tap("Xem yêu cầu")
    takes(world)
    concludes(world, "Đã làm xong", "Đã sửa.")
    dung.ask("menu")
    for kind in ("request_due", "request_received"):
        dung.nudge(notice_for(world, DUNG, kind))
        assert dung.state.place.name == "home"
    with pytest.raises(RefusedError):
        world.apply(DUNG.id, AnswerRequest(1, "refused", "Đổi ý."))
    assert state(world.privacy.requests[1]).startswith("✅ đã làm")


def test_a_forged_or_old_notice_tells_nothing(world: World) -> None:
    asks(world)
    world.apply(NAM.id, Notify(NAM.id, "request_answered", "x", {"request_id": "1"}))
    number = notice_for(world, NAM, "request_answered")
    nam = Phone(world, NAM.id)
    nam.nudge(number)
    assert nam.state.place.name == "home"
    assert nam.goto(Place.of("request_answered", number)).text == notice_of_requests.DONE
    assert nam.goto(Place.of("request_answered", 999)).text == notice_of_requests.DONE
    world.privacy.requests[1] = replace(world.privacy.requests[1], answered_at=world.now)
    nam.nudge(number)
    assert nam.state.place.name == "request_answered"
    assert nam.text == notice_of_requests.DONE


def test_an_answer_read_from_the_reminder_list_is_the_same_screen(world: World) -> None:
    hoa = asks(world)
    takes(world)
    concludes(world, "Đã làm xong", "Đã sửa.")
    number = notice_for(world, HOA, "request_answered")
    assert hoa.goto(Place.of("notice", number)).text == hoa.goto(Place.of("request_answered", number)).text


def test_no_request_without_words(world: World) -> None:
    with pytest.raises(RefusedError):
        world.apply(HOA.id, MakeRequest("delete", "  "))


WORDS = ("Xin sửa.", "x" * 3000, "\u200b", "1", "/dulieu", "**đậm** _nghiêng_")
STARTS = (Place("my_data"), Place("ask_kind"), Place.of("data_requests", 1), Place.of("data_request", 1, 1))
MOVES = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(WORDS)), min_size=1, max_size=25)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([HOA.id, NAM.id, BINH.id, DUNG.id, KHANH.id]), st.sampled_from(STARTS), MOVES, st.booleans())
def test_no_way_leads_astray(account: int, start: Place, moves: list[tuple[int, str]], closed: bool) -> None:
    world = village()
    enter(world, KHANH)
    asks(world, "delete", "Xin xóa.")
    asks(world, person=NAM.id)
    if closed:
        world.cycle = world.pack = None
    phone = Phone(world, account)
    phone.goto(start)
    for which, said in moves:
        screen = phone.screen
        if screen.waits_for and (which % 2 or not screen.choices):
            phone.say(said)
        else:
            phone.tap(which % len(screen.choices) + 1)
    for request in world.privacy.requests.values():
        person, handler = world.people[request.person_id], world.people.get(request.handler_id or 0)
        assert handler is None or not world.results.matter(world, person.id).has_part(handler)
        assert request.is_open or request.answer
