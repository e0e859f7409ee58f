"""/tonghop and /nhac: numbers, people, one person's response in three taps, reminding once a day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from conversations.call_list import calls
from conversations.dialogues import dashboard, paper, remind
from conversations.effects import Looked, Notify
from conversations.place import Place
from conversations.reminding import reminded_cells
from conversations.screen import Paper
from review.pack import CeilingRule
from review.people import Role, Unit
from tests.conversations.crowd import (
    BINH,
    BLOCK,
    BLOCK_MEMBERS,
    DUNG,
    HOA,
    LAN,
    NAM,
    SCHOOL,
    enter,
    file,
    half_done,
    review_of,
)
from tests.conversations.phone import Phone
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]
RULE = CeilingRule(share=20, outstanding_share=25, base="good", rounding="half_up", source="366-QĐ/TW")


@pytest.fixture
def world() -> World:
    world = half_done()
    assert world.pack
    world.pack = replace(world.pack, ceiling=RULE)
    return world


@pytest.fixture
def lan(world: World) -> Phone:
    return Phone(world, LAN.id)


@pytest.fixture
def dung(world: World) -> Phone:
    return Phone(world, DUNG.id)


def test_a_secretary_looks_and_reminds(lan: Phone, golden: Golden) -> None:
    lan.say("tổng hợp")
    lan.tap("Nhắc 4 người chưa nộp")
    lan.tap("Gửi lời nhắc")
    lan.tap("Xem từng người")
    lan.tap("✅ Cao Thị An")
    lan.tap("Đọc bản kiểm điểm")
    lan.tap("Về chi bộ")
    lan.tap("Hạn chế được nêu")
    lan.tap("Về chi bộ")
    lan.tap("Biểu đồ")
    lan.tap("Quay lại")
    lan.tap("Tải bảng tổng hợp")
    golden("secretary_dashboard", lan)


def test_an_officer_looks_at_the_cells(dung: Phone, golden: Golden) -> None:
    dung.ask("tonghop")
    dung.tap(1)
    dung.tap("Xem từng người")
    dung.tap(1)
    dung.tap("Về danh sách")
    dung.tap("Về chi bộ")
    dung.tap("Các chi bộ khác")
    golden("officer_dashboard", dung)


def test_the_numbers_of_a_cell(lan: Phone) -> None:
    lan.ask("tonghop")
    assert "Đã nộp 3/9 ▓▓▓░░░░░░░\nĐang viết 1 · Chưa bắt đầu 4 · Chưa vào 1" in lan.text
    assert "Tự nhận: HTXS 2 · HTT 1" in lan.text
    assert "Nhóm «đảng viên không giữ chức vụ»: 1 tốt → được tối đa 0 xuất sắc; đang tự nhận 2." in lan.text
    assert "_Để chi bộ bàn, chưa phải kết luận._" in lan.text
    assert "Nơi cư trú: 2/8 nhận xét đã về" in lan.text


def test_many_peer_groups_fit_on_the_screen(world: World, lan: Phone) -> None:
    assert world.pack
    rule = replace(RULE, base="good_or_better")
    groups = {f"g{nth}": f"Nhóm có tên rất dài số {nth} " + "x" * 80 for nth in range(9)}
    world.pack = replace(world.pack, ceiling=rule, peer_groups=groups)
    for nth in range(9):
        person = enter(world, replace(HOA, id=200 + nth, name=f"Đồng chí {nth}", peer_group=f"g{nth}" if nth else ""))
        review_of(person, world, "excellent")
    lan.ask("tonghop")
    assert "tốt trở lên → được tối đa" in lan.text
    assert "Chưa ghi nhóm tương đồng" in lan.text
    assert "Và 5 nhóm khác." in lan.text


def test_a_ceiling_of_the_base_organisation_counts_everybody_together(world: World, lan: Phone) -> None:
    assert world.pack
    world.pack = replace(world.pack, ceiling=replace(RULE, within="base_organisation"))
    lan.ask("tonghop")
    counted = "Cả chi bộ: 1 tốt → được tối đa 0 xuất sắc; đang tự nhận 2."
    assert counted in lan.text
    assert "Nhóm" not in lan.text


def test_a_group_counted_apart_has_no_ceiling_here(world: World, lan: Phone) -> None:
    assert world.pack
    world.pack = replace(world.pack, ceiling=replace(RULE, counted_apart=("member",)))
    lan.ask("tonghop")
    apart = "Nhóm «đảng viên không giữ chức vụ»: xét riêng, không chung tỷ lệ; đang tự nhận 2 xuất sắc."
    assert apart in lan.text


def test_no_ceiling_is_spoken_of_while_nobody_claims_excellent(world: World, lan: Phone) -> None:
    world.responses.clear()
    review_of(BLOCK_MEMBERS[0], world, "good")
    lan.ask("tonghop")
    assert "Tự nhận: HTT 1" in lan.text
    assert "tối đa" not in lan.text


def test_a_grade_the_pack_has_no_short_name_for_is_written_out(world: World, lan: Phone) -> None:
    assert world.pack
    world.pack = replace(world.pack, grades={}, ceiling=None)
    lan.ask("tonghop")
    assert "Tự nhận: Hoàn thành xuất sắc nhiệm vụ 2 · Hoàn thành tốt nhiệm vụ 1" in lan.text


def test_three_taps_from_the_cell_to_a_response_and_the_look_is_audited(lan: Phone, world: World) -> None:
    lan.ask("tonghop")
    lan.tap("Xem từng người")
    lan.tap("✅ Cao Thị An")
    lan.tap("Đọc bản kiểm điểm")
    assert lan.effects == (Looked(1),)
    assert "Giữ mình trong sạch." in lan.text
    assert world.looked == [(LAN.id, 1)]


def test_a_remark_and_the_members_answer_to_it_can_be_read(lan: Phone, world: World) -> None:
    world.remark_answers[5] = "Tôi sẽ dự họp đủ hơn."
    lan.goto(Place.of("cell_person", BLOCK.id, BLOCK_MEMBERS[0].id))
    lan.tap("Đọc nhận xét nơi cư trú")
    assert lan.effects == (Looked(5),)
    assert "_Tham gia họp và việc chung:_ Thường xuyên" in lan.text
    assert "**Ý kiến của đảng viên**\nTôi sẽ dự họp đủ hơn." in lan.text
    lan.tap("Bản in")
    assert lan.screen.papers[0].kind == "remark_slip"


def test_of_a_draft_only_the_progress_is_shown(lan: Phone) -> None:
    lan.goto(Place.of("cell_person", BLOCK.id, BLOCK_MEMBERS[3].id))
    assert "⏳ Đang viết: 1/" in lan.text
    assert "dở" not in lan.text
    assert lan.labels == ["Về danh sách", "In bản trắng (.docx)", "Mất máy, cấp lại mã"], "nobody types in it"
    lan.goto(Place.of("response", 4, 1))
    assert lan.text == dashboard.NOT_YOURS


def test_a_person_is_shown_with_posts_and_what_stands_in_the_way(lan: Phone, world: World) -> None:
    que = replace(BLOCK_MEMBERS[6], party_post="Chi ủy viên", state_post="Khối trưởng")
    world.people[que.id] = que
    lan.goto(Place.of("cell_person", BLOCK.id, que.id))
    assert "Chi ủy viên; Khối trưởng\n⏳ Chưa vào. Nên gặp trực tiếp" in lan.text
    world.unreachable.add(HOA.id)
    world.apply(LAN.id, Notify(HOA.id, "asked_by_secretary", "2026-12-01"))
    lan.goto(Place.of("cell_person", BLOCK.id, HOA.id))
    assert "⏳ Chưa bắt đầu" in lan.text
    assert "🔔 Hôm nay đã nhắc." in lan.text
    assert "không nhắn được" in lan.text


def test_a_long_response_is_read_page_by_page(lan: Phone, world: World) -> None:
    world.responses[1] = replace(
        world.responses[1], answers={**world.responses[1].answers, "conduct": "Việc đã làm được. " * 400, "fixed": "x"}
    )
    lan.goto(Place.of("response", 1, 1))
    pages = 1
    while "Trang sau" in lan.labels:
        lan.tap("Trang sau")
        pages += 1
    assert pages > 4
    assert f"trang {pages}/{pages}" in lan.text


def test_shortcomings_are_paged_and_their_reading_is_audited(lan: Phone, world: World) -> None:
    for nth in range(12):
        person = enter(world, replace(HOA, id=200 + nth, name=f"Đồng chí {nth:02}"))
        review_of(
            person, world, **{"shortcomings.1.text": "Chưa sâu sát. " * 30, "shortcomings.1.cause": "Bận việc. " * 20}
        )
    lan.ask("tonghop")
    lan.tap("Hạn chế được nêu")
    assert len(lan.effects) == 14
    assert "trang 1/3" in lan.text
    lan.tap("Trang sau")
    assert lan.effects == ()


def test_nobody_else_sees_a_cell(world: World) -> None:
    for account in (HOA.id, BINH.id, NAM.id):
        phone = Phone(world, account)
        phone.ask("tonghop")
        assert phone.text == dashboard.NOT_YOURS
        for name in ("cell", "cell_people", "cell_person", "cell_shortcomings", "response"):
            phone.goto(Place.of(name, BLOCK.id if name != "response" else 1, BLOCK_MEMBERS[0].id))
            assert phone.text == dashboard.NOT_YOURS
        phone.tap(1)
        assert phone.state.place == Place("home")


def test_a_secretary_sees_no_other_cell(world: World, lan: Phone) -> None:
    review_of(NAM, world)
    for place in (Place.of("cell", SCHOOL.id), Place.of("cell_person", SCHOOL.id, NAM.id), Place.of("response", 7, 1)):
        lan.goto(place)
        assert lan.text == dashboard.NOT_YOURS


def test_a_secretary_above_counts_cells_but_does_not_read(world: World) -> None:
    """Consent names the own cell's secretary and the officers: a committee's secretary sees numbers only."""
    ward = world.units[1]
    world.people[NAM.id] = replace(NAM, roles=(Role("secretary", ward),))
    phone = Phone(world, NAM.id)
    phone.goto(Place.of("cell", BLOCK.id))
    assert "Đã nộp 3/9" in phone.text
    assert "Hạn chế được nêu" not in phone.labels
    phone.goto(Place.of("cell_shortcomings", BLOCK.id, 1))
    assert phone.text == dashboard.NOT_YOURS
    phone.goto(Place.of("cell_person", BLOCK.id, BLOCK_MEMBERS[0].id))
    assert phone.labels == ["Về danh sách"]


def test_the_overview_puts_late_cells_first_and_is_paged(world: World, dung: Phone) -> None:
    for nth in range(12):
        world.units[50 + nth] = Unit(50 + nth, f"X{nth:02}", f"Chi bộ thôn {nth} " + "rất dài " * 15, "cell", 1)
    dung.ask("tonghop")
    assert dung.text.index("Đã nộp 0/6") < dung.text.index("Đã nộp 3/9") < dung.text.index("Đã nộp 0/0")
    assert "Cả 14 chi bộ\nĐã nộp 3/15 " in dung.text
    dung.tap("Trang sau")
    assert "trang 2/3" in dung.text


def test_without_an_open_review_there_is_nothing_to_sum_up(world: World, lan: Phone) -> None:
    world.cycle = None
    lan.ask("tonghop")
    assert lan.text == dashboard.NO_CYCLE
    lan.ask("nhac")
    assert lan.text == remind.NO_CYCLE


def test_a_calendar_without_dates_shows_no_days(world: World, lan: Phone) -> None:
    assert world.cycle
    world.cycle = replace(world.cycle, dates={})
    lan.ask("tonghop")
    assert lan.text.startswith("**Chi bộ Khối 5 · kiểm điểm 2026**\n")


def test_a_cell_without_members_shows_no_people(world: World, dung: Phone) -> None:
    world.units[60] = Unit(60, "Z", "Chi bộ mới", "cell", 1)
    dung.goto(Place.of("cell", 60))
    assert "Đã nộp 0/0" in dung.text
    assert "Xem từng người" not in dung.labels
    dung.goto(Place.of("cell_shortcomings", 60, 1))
    assert "Chưa ai nêu hạn chế nào" in dung.text


def test_everybody_late_is_reminded_once_a_day(world: World, lan: Phone) -> None:
    lan.ask("nhac")
    assert "**Nhắc 4 người chưa nộp** · Chi bộ Khối 5" in lan.text
    assert "Chưa vào, nên gặp trực tiếp: Phan Thị Quế." in lan.text
    stale = (lan.state.serial, lan.screen.choices[0].action)
    lan.tap(1)
    assert {(e.person_id, e.kind, e.slot) for e in lan.effects if isinstance(e, Notify)} == {
        (person_id, "asked_by_secretary", "2026-12-01") for person_id in (HOA.id, 13, 14, 15)
    }
    assert lan.text.startswith("🔔 Đã gửi lời nhắc cho 4 người.")
    lan.press(*stale)
    assert lan.effects == ()
    lan.ask("nhac")
    assert "Hôm nay không còn ai cần nhắc." in lan.text
    assert "Hôm nay đã nhắc 4 người." in lan.text
    assert not any(choice.act for choice in lan.screen.choices)
    world.passes(days=1)
    review_of(BLOCK_MEMBERS[6], world)
    lan.ask("nhac")
    assert "**Nhắc 4 người chưa nộp**" in lan.text
    assert "Chưa vào" not in lan.text


def test_those_who_cannot_be_written_to_are_named_for_a_visit(world: World, lan: Phone) -> None:
    world.unreachable.add(HOA.id)
    for nth in range(12):
        enter(world, replace(HOA, id=200 + nth, name=f"Đồng chí {nth:02}"), joined=False)
    lan.ask("nhac")
    assert "Đã chặn tin nhắn, nên gặp trực tiếp: Nguyễn Thị Hoa." in lan.text
    assert "và 3 người khác" in lan.text


def test_who_was_silent_for_too_long_is_not_reminded_but_met(world: World, lan: Phone) -> None:
    world.silent.add(HOA.id)
    lan.ask("nhac")
    assert "**Nhắc 3 người chưa nộp**" in lan.text
    assert "Zalo không cho tôi nhắn trước, nên gặp trực tiếp: Nguyễn Thị Hoa. " in lan.text
    lan.tap(1)
    reminded = {effect.person_id for effect in lan.effects if isinstance(effect, Notify)}
    assert len(reminded) == 3
    assert HOA.id not in reminded
    lan.goto(Place.of("cell_person", BLOCK.id, HOA.id))
    assert "nên gặp trực tiếp." in lan.text


def test_the_call_list_is_offered_while_somebody_is_to_be_met(world: World, lan: Phone, dung: Phone) -> None:
    lan.goto(Place.of("remind", BLOCK.id))
    lan.tap(remind.CALL_LIST)
    assert lan.screen.papers == (Paper("call_list", BLOCK.id, remind.CALL_LIST),)
    lan.tap("Quay lại")
    assert lan.state.place == Place.of("remind", BLOCK.id)
    lan.ask("nhac")
    lan.tap(remind.CALL_LIST)
    assert lan.screen.papers == (Paper("call_list", 0, remind.CALL_LIST),)
    lan.tap("Quay lại")
    assert lan.state.place == Place("remind")
    for phone, unit_id in ((dung, BLOCK.id), (lan, SCHOOL.id)):
        phone.goto(Place.of("paper", "call_list", unit_id))
        assert phone.text == paper.REFUSED
    review_of(BLOCK_MEMBERS[6], world)
    lan.ask("nhac")
    assert remind.CALL_LIST not in lan.labels
    world.cycle = world.pack = None
    lan.goto(Place.of("paper", "call_list", BLOCK.id))
    assert lan.text == paper.REFUSED


def test_the_call_list_says_what_is_missing_until_when_and_why(world: World) -> None:
    world.unreachable.add(HOA.id)
    world.silent |= {13, 11}
    file(world, "self_review", BLOCK_MEMBERS[3], {"conduct": "Tốt."}, sent=False)
    away = enter(world, replace(HOA, id=99, name="Tạ Văn Xa", residence=None), joined=False)
    facts = world.facts(LAN.id)
    listed = calls(facts, reminded_cells(facts, BLOCK.id))
    due = date(2026, 12, 10)
    assert [(call.person.name, call.lacking, call.until, call.why) for call in listed] == [
        (away.name, "Bản kiểm điểm chưa viết", due, "Chưa vào lần nào"),
        ("Nguyễn Thị Hoa", "Bản kiểm điểm chưa viết", due, "Đã chặn tin nhắn"),
        ("Lý Văn Dần", "Bản kiểm điểm đang viết dở", due, "Lâu chưa nhắn lại"),
        ("Phan Thị Quế", "Bản kiểm điểm chưa viết", due, "Chưa vào lần nào"),
    ]


def test_reminding_is_for_secretaries_and_for_their_cells(world: World, dung: Phone) -> None:
    dung.ask("nhac")
    assert dung.text == remind.NOT_YOURS
    lan = Phone(world, LAN.id)
    lan.goto(Place.of("remind", SCHOOL.id))
    assert lan.text == remind.NOT_YOURS
    world.people[LAN.id] = replace(LAN, roles=(Role("secretary", BLOCK), Role("deputy", SCHOOL)))
    lan.ask("nhac")
    assert "2 chi bộ" in lan.text
    lan.tap("Về bảng tổng hợp")
    assert lan.state.place == Place("dashboard")


def test_what_is_sent_by_others_is_read_only(world: World, lan: Phone) -> None:
    file(world, "self_review", LAN, {"conduct": "Tốt."}, sent=False)
    lan.goto(Place.of("cell_person", BLOCK.id, LAN.id))
    assert lan.labels == ["Về danh sách"]


def test_heads_are_left_out_and_the_base_organisation_may_count_as_one(world: World, lan: Phone) -> None:
    assert world.pack
    world.pack = replace(world.pack, ceiling=replace(RULE, counted_apart=("member",)))
    lan.ask("tonghop")
    assert "tối đa" not in lan.text
    world.pack = replace(world.pack, ceiling=replace(RULE, within="base_organisation"))
    assert "Cả chi bộ: 1 tốt → được tối đa 0 xuất sắc; đang tự nhận 2." in lan.text
