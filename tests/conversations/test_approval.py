"""The committee's evening: groups, candidates, one above its ceiling and repaired, grounds, what is stopped and why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from zlib import crc32

import pytest

from conversations.approval import committee_over, sitting
from conversations.approval_check import NOT_YOURS, objection
from conversations.approval_effects import FollowProposals
from conversations.approval_words import arithmetic, ceiling_line, grade_word, over_ceiling, what_helps
from conversations.dialogues import dashboard
from conversations.grading_effects import RecordDecision
from conversations.left_out import left_out_of
from conversations.place import Place
from review.committee import Standing
from review.meetings import Absence, Votes
from review.pack import CeilingRule
from review.people import Role, Unit
from review.redo import RedoOrder
from tests.conversations.board import (
    BLOCK,
    DUNG,
    KY,
    LAN,
    MEMBERS,
    MIEN,
    OFFICE,
    SCHOOL,
    WARD,
    board,
    enter,
    file,
    propose,
    propose_cell,
    scored,
    suggest,
)
from tests.conversations.phone import Phone
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]


@pytest.fixture
def world() -> World:
    return board()


@pytest.fixture
def dung(world: World) -> Phone:
    return Phone(world, DUNG.id)


def test_an_evening_of_the_committee(dung: Phone, golden: Golden) -> None:
    dung.ask("tonghop")
    dung.tap("Duyệt xếp loại")
    dung.tap("Đảng viên không giữ chức vụ")
    dung.tap("⏳ Cao Thị An")
    dung.remark("the group is above its ceiling: nothing excellent is recorded")
    dung.tap("Theo đề nghị của chi bộ")
    dung.tap("Đọc bản kiểm điểm")
    dung.tap("Về duyệt xếp loại")
    dung.tap("Về danh sách")
    dung.tap("⏳ Hồ Thị Cúc")
    dung.tap("Quyết mức khác: Tốt")
    dung.say("Việc vượt yêu cầu chưa đủ 30%, còn một hạn chế cũ chưa xong.")
    dung.tap("Xem để xác nhận 14 đồng chí còn lại")
    dung.tap("Xác nhận 13 đồng chí")
    dung.remark("the second group: one too many, outstanding results are on record")
    dung.tap("Đảng viên không làm việc")
    dung.tap("Ghi căn cứ")
    dung.say("Ngắn quá")
    dung.say("Chi bộ Khối 5 dẫn đầu phong trào, Quyết định 45-QĐ/ĐU ngày 5/12/2026.")
    dung.tap(1)
    dung.tap(1)
    dung.tap("Chưa kiểm điểm")
    golden("committee_evening", dung)


def group_of(phone: Phone, name: str) -> Phone:
    """On the list of the group whose name begins so."""
    phone.goto(Place("approval"))
    phone.tap(name)
    return phone


def settle(world: World) -> None:
    """Cúc is lowered: group "member" is within its ceiling."""
    world.apply(DUNG.id, RecordDecision("committee", "person", MEMBERS[2].id, "good", "Chưa đủ.", "excellent"))


def test_only_officers_come_here(world: World) -> None:
    lan = Phone(world, LAN.id)
    group = (1, f"{crc32(b'member'):08x}")
    for place in (
        Place("approval"),
        Place.of("approval_group", *group, 1),
        Place.of("approval_rest", *group, 1),
        Place.of("approval_confirm", *group),
        Place.of("approval_grounds", *group),
        Place.of("approval_one", "p", 10),
        Place.of("approval_one", "x", 10),
        Place.of("approval_reason", "p", 10, "good"),
        Place.of("left_out", 1, 1),
        Place.of("left_out", SCHOOL.id, 1),
    ):
        lan.goto(place)
        assert lan.text == dashboard.NOT_YOURS


def test_a_place_that_no_longer_fits_is_refused_kindly(world: World, dung: Phone) -> None:
    for place in (Place.of("approval_group", 1, "0", 1), Place.of("approval_reason", "p", 10, "best")):
        dung.goto(place)
        assert dung.text == dashboard.NOT_YOURS
    world.cycle = None
    dung.goto(Place("approval"))
    assert dung.text == dashboard.NO_CYCLE
    dung.goto(Place.of("left_out", 1, 1))
    assert dung.text == dashboard.NO_CYCLE


def test_the_dashboard_shows_the_officer_how_far_the_decision_is(world: World, dung: Phone) -> None:
    dung.ask("tonghop")
    assert "Đã quyết 0/27 · **vượt tỷ lệ 2 nhóm**" in dung.text
    world.grading.decisions.clear()
    dung.ask("tonghop")
    assert "Đã quyết" not in dung.text
    dung.tap("Duyệt xếp loại")
    assert (
        "⏳ Chờ chi bộ chốt đề nghị: Chi bộ Khối 5 (11), Chi bộ Trường THCS Lê Lợi (8), Chi bộ Ủy ban (8)." in dung.text
    )


def test_many_cells_are_waited_for(world: World, dung: Phone) -> None:
    world.grading.decisions.clear()
    for nth in range(6):
        cell = world.units[50 + nth] = Unit(50 + nth, f"X{nth}", f"Chi bộ thôn {nth}", "cell", 1)
        world.people[200 + nth] = replace(MEMBERS[0], id=200 + nth, unit=cell)
    dung.goto(Place("approval"))
    assert " và 4 chi bộ khác." in dung.text


def test_a_secretary_sees_who_was_left_out_once_the_cell_has_met(world: World) -> None:
    lan = Phone(world, LAN.id)
    lan.ask("tonghop")
    lan.tap("Chưa kiểm điểm, xếp loại")
    assert "1. **Võ Thị Miên**: chưa kiểm điểm, chưa xếp loại\nĐảng viên được miễn" in lan.text
    del world.people[MIEN.id]
    assert "Không có ai" in lan.text
    lan.tap("Quay lại")
    assert lan.state.place == Place.of("cell", BLOCK.id)
    world.grading.meetings.clear()
    lan.ask("tonghop")
    assert "Chưa kiểm điểm, xếp loại" not in lan.labels


def test_the_list_tells_absence_votes_and_what_the_cell_wrote(world: World, dung: Phone) -> None:
    absent = enter(world, 60, SCHOOL)
    meeting = next(one for one in world.grading.meetings if one.unit_id == SCHOOL.id)
    here = (*meeting.absences, Absence(absent.id, "đi viện"))
    world.grading.meetings[world.grading.meetings.index(meeting)] = replace(meeting, absences=here)
    file(world, absent, "self_review", {})
    propose(world, enter(world, 61, BLOCK), None, reason="Chờ kết luận")
    voted = enter(world, 62, BLOCK)
    file(world, voted, "self_review", {})
    world.grading.votes[1, voted.id] = Votes({"good": 4})
    enter(world, 63, BLOCK)
    dung.goto(Place.of("left_out", 1, 1))
    shown = dung.text
    dung.tap("Trang sau") if "Trang sau" in dung.labels else None
    shown += dung.text
    for reason in ("đi viện", "Chờ kết luận", "chưa kết luận mức", "Chưa nộp bản kiểm điểm"):
        assert reason in shown


def test_without_a_pack_there_is_no_list(world: World) -> None:
    world.pack = None
    assert left_out_of(world.facts(DUNG.id), (BLOCK,)) == ()
    assert sitting(world.facts(DUNG.id)) is None


def test_a_group_without_candidates_and_one_counted_apart(dung: Phone) -> None:
    group_of(dung, "Người đứng đầu")
    assert "Nhóm này xét riêng" in dung.text
    assert "Chưa chi bộ nào đề nghị xuất sắc" in dung.text
    dung.tap("Những mục khác")
    assert dung.labels == ["⏳ Lê Thị Lan · Tốt", "Về nhóm này"]
    dung.tap(1)
    dung.tap("Theo đề nghị")
    assert dung.effects == (RecordDecision("committee", "person", LAN.id, "good", "", "good"),)
    assert dung.state.place.name == "approval_rest"
    assert dung.labels[0] == "✅ Lê Thị Lan · Tốt"


def test_a_decision_may_be_changed_and_a_proposal_taken_up_again(world: World, dung: Phone) -> None:
    settle(world)
    dung.goto(Place.of("approval_one", "p", MEMBERS[2].id))
    assert "✅ Đã quyết lúc 19:30, 20/12/2026: **Tốt**. Lý do: “Chưa đủ.”" in dung.text
    assert dung.labels[:3] == ["Xong, về danh sách", "Theo đề nghị của chi bộ: Xuất sắc", "Quyết mức khác: Hoàn thành"]
    assert "Quyết mức khác: Tốt" not in dung.labels
    dung.tap("Theo đề nghị")
    assert dung.effects == ()
    assert "vượt tỷ lệ" in dung.text
    dung.tap("Quyết mức khác: Không xếp loại")
    dung.say("Đang chờ kết luận kiểm tra.")
    assert dung.effects == (
        RecordDecision("committee", "person", 12, None, "Đang chờ kết luận kiểm tra.", "excellent"),
    )
    dung.goto(Place.of("approval_one", "p", MEMBERS[2].id))
    assert "**Không xếp loại**" in dung.text


def test_under_an_order_to_grade_again_the_same_grade_may_be_decided_once_more(world: World, dung: Phone) -> None:
    settle(world)
    order = RedoOrder(1, "person", MEMBERS[2].id, "grading", "Xem lại.", date(2026, 12, 31), KY.id, world.now)
    world.results.orders[order.id] = order
    world.results.orders[2] = replace(order, id=2, subject_id=MEMBERS[3].id)
    assert "⏳ Chờ cấp ủy xếp loại lại: 1 (hạn 31/12)" in dung.ask("menu").text, "nothing was decided on the other yet"
    dung.goto(Place.of("approval_one", "p", MEMBERS[2].id))
    dung.tap("Giữ mức đã quyết: Tốt")
    dung.say("Đã xem lại, lý do vẫn như cũ.")
    assert dung.effects == (
        RecordDecision("committee", "person", 12, "good", "Đã xem lại, lý do vẫn như cũ.", "excellent"),
    )


def test_what_would_break_the_ceiling_is_said_before_a_reason_is_written(world: World, dung: Phone) -> None:
    settle(world)
    group_of(dung, "Đảng viên không giữ")
    dung.tap(1)
    dung.tap(1)
    for person in MEMBERS[3:6]:
        dung.goto(Place.of("approval_reason", "p", person.id, "completed"))
        dung.say("Còn việc chậm.")
    dung.goto(Place.of("approval_reason", "p", MEMBERS[6].id, "completed"))
    assert "Chưa ghi được" in dung.text
    assert dung.screen.waits_for is None
    dung.tap("Thôi")
    assert dung.state.place == Place.of("approval_one", "p", MEMBERS[6].id)


def test_too_many_decided_already_is_told_apart(world: World, dung: Phone) -> None:
    """Two are decided, then the cells propose less for others: nothing goes on until one is taken back."""
    settle(world)
    for person in MEMBERS[:2]:
        world.apply(DUNG.id, RecordDecision("committee", "person", person.id, "excellent", "", "excellent"))
    for person in MEMBERS[3:9]:
        propose(world, person, "completed")
    propose(world, MEMBERS[9], "excellent")
    dung.goto(Place.of("approval_one", "p", MEMBERS[10].id))
    dung.tap("Theo đề nghị")
    assert dung.effects == ()
    dung.goto(Place.of("approval_reason", "p", MEMBERS[0].id, "good"))
    dung.say("Hạ để đúng tỷ lệ.")
    assert dung.effects


def test_decided_ones_alone_above_the_ceiling(world: World, dung: Phone) -> None:
    """Not reachable by decisions; a new roster may bring it about, and the sentence says what to do."""
    found = sitting(world.facts(DUNG.id))
    assert found
    group = next(one for one in found.groups if one.code == "member")
    said = over_ceiling(group, replace(group.standing, excellent=0, good=3, decided_excellent=2))
    assert "đã quyết 2 xuất sắc, mà thế này thì chỉ còn 3 tốt. Đồng chí chuyển 2 xuất sắc xuống tốt" in said


def test_a_list_that_changed_since_the_look_is_not_confirmed(world: World, dung: Phone) -> None:
    settle(world)
    group_of(dung, "Đảng viên không giữ")
    dung.tap(1)
    serial, action = dung.state.serial, dung.screen.choices[0].action
    propose(world, MEMBERS[5], "completed")
    dung.press(serial, action)
    assert dung.effects == ()
    assert "Hoàn thành 1" in dung.text


def test_nothing_is_left_to_confirm(world: World, dung: Phone) -> None:
    settle(world)
    group_of(dung, "Đảng viên không giữ")
    dung.tap(1)
    dung.tap(1)
    ky = Phone(world, KY.id)
    ky.goto(Place.of("approval_one", "p", DUNG.id))
    ky.tap("Theo đề nghị")
    group_of(dung, "Đảng viên không giữ")
    assert "đã quyết 2: **vừa đủ**" in dung.text
    key = dung.state.place.word(1)
    dung.goto(Place.of("approval_confirm", 1, key))
    assert "**Xác nhận" not in dung.text
    assert "✅ Cao Thị An · Xuất sắc" in dung.labels


def test_confirming_while_above_the_ceiling_is_stopped(world: World, dung: Phone) -> None:
    group_of(dung, "Đảng viên không giữ")
    dung.goto(Place.of("approval_confirm", 1, dung.state.place.word(1)))
    assert "Chưa ghi được" in dung.text
    assert dung.labels == ["Xem lại nhóm này"]


def test_many_names_and_no_grade_are_summed_up(world: World, dung: Phone) -> None:
    assert world.pack
    world.pack = replace(world.pack, ceiling=None)
    for person in MEMBERS:
        propose(world, person, "excellent")
    propose(world, MEMBERS[0], None, reason="Chờ kết luận")
    group_of(dung, "Đảng viên không giữ")
    dung.tap(1)
    assert "14 mục: Xuất sắc 13 · Không xếp loại 1." in dung.text
    assert "và 5 đồng chí khác." in dung.text
    dung.tap(1)
    decided = world.grading.standing("committee", "person", MEMBERS[0].id)
    assert decided
    assert (decided.grade, decided.reason) == (None, "Chờ kết luận")


def test_an_officer_does_not_decide_on_himself(world: World, dung: Phone) -> None:
    dung.goto(Place.of("approval_one", "p", DUNG.id))
    assert (
        "Đồng chí không tự quyết mức xếp loại của chính mình. Việc này do đồng chí **Phan Văn Kỳ** quyết." in dung.text
    )
    assert not any("Theo đề nghị" in label or "mức khác" in label for label in dung.labels)
    dung.goto(Place.of("approval_reason", "p", DUNG.id, "completed"))
    assert "không tự quyết" in dung.text
    del world.people[KY.id]
    dung.goto(Place.of("approval_one", "p", DUNG.id))
    assert "Đồng chí đề nghị cấp ủy cấp trên trực tiếp cử người quyết mục này." in dung.text
    world.units[1] = replace(WARD, parent_id=99)
    world.units[99] = Unit(99, "T", "Tỉnh ủy Nghệ An", "committee")
    world.people[DUNG.id] = replace(DUNG, roles=(Role("officer", world.units[1]),))
    assert "Đồng chí đề nghị Tỉnh ủy Nghệ An cử người" in dung.text
    group_of(dung, "Đảng viên không giữ")
    dung.goto(Place.of("approval_confirm", 1, dung.state.place.word(1)))
    assert "không tự quyết" in dung.text


def test_a_cell_is_graded_too_but_not_by_its_own_secretary(world: World, dung: Phone) -> None:
    world.people[DUNG.id] = replace(DUNG, roles=(Role("officer", WARD), Role("secretary", OFFICE)))
    propose_cell(world, BLOCK, "good")
    propose_cell(world, OFFICE, "good")
    file(world, SCHOOL, "collective_review", {"self_grade": "good"})
    group_of(dung, "Các chi bộ (tập thể)")
    dung.tap("Những mục khác của nhóm (3)")
    dung.tap("⏳ Chi bộ Ủy ban")
    assert "mức của chi bộ do mình làm bí thư" in dung.text
    dung.tap("Về danh sách")
    dung.tap("⏳ Chi bộ Trường")
    dung.tap("Quyết mức khác: Hoàn thành")
    dung.say("Hai chỉ tiêu chưa đạt.")
    assert dung.effects == (
        RecordDecision("committee", "unit", SCHOOL.id, "completed", "Hai chỉ tiêu chưa đạt.", "good"),
    )
    group_of(dung, "Các chi bộ (tập thể)")
    dung.tap(1)
    assert "1 mục: Tốt 1." in dung.text
    dung.tap("Xác nhận 1 chi bộ")
    assert dung.effects == (FollowProposals("unit", (BLOCK.id,)),)


def test_a_report_without_a_grade_proposes_nothing(world: World, dung: Phone) -> None:
    file(world, SCHOOL, "collective_review", {})
    dung.goto(Place("approval"))
    assert "tập thể" not in dung.text
    assert objection(world.facts(DUNG.id), "unit", {SCHOOL.id: ("good", "")}).startswith("Chi bộ chưa chốt đề nghị cho")
    assert objection(world.facts(DUNG.id), "unit", {99: ("good", "")}) == NOT_YOURS
    assert objection(world.facts(DUNG.id), "person", {99: ("good", "")}) == NOT_YOURS
    assert "cần ghi lý do" in objection(world.facts(DUNG.id), "person", {MEMBERS[3].id: ("completed", "")})


def test_the_head_is_measured_by_the_grade_of_the_cell(world: World, dung: Phone) -> None:
    review = world.find("self_review", LAN.id)
    assert review
    world.responses[review.id] = replace(review, answers=scored(LAN, 2))
    propose_cell(world, BLOCK, "good")
    dung.goto(Place.of("approval_one", "p", LAN.id))
    assert "Chưa đạt «Hoàn thành xuất sắc nhiệm vụ»: Người đứng đầu không xếp cao hơn tập thể" in dung.text
    world.apply(DUNG.id, RecordDecision("committee", "unit", BLOCK.id, "excellent", "Dẫn đầu.", "good"))
    assert "Người đứng đầu không xếp" not in dung.text
    world.apply(DUNG.id, RecordDecision("committee", "unit", BLOCK.id, None, "Chưa xếp.", "good"))
    assert "Người đứng đầu không xếp" in dung.text


def test_marks_open_points_and_the_cells_reason_are_seen(world: World, dung: Phone) -> None:
    an = MEMBERS[0]
    world.approval.marks[an.id] = {"complaint", "redo"}
    suggest(world, an, "Hồ sơ hai hộ chậm.")
    propose(world, an, "excellent", reason="Có **sáng kiến**.")
    group_of(dung, "Đảng viên không giữ")
    assert "còn 1 gợi ý chưa giải trình · đang khiếu nại · đang làm lại" in dung.text
    dung.tap("⏳ Cao Thị An")
    assert "Lý do: “Có ∗∗sáng kiến∗∗.”" in dung.text
    assert "còn 1 gợi ý chưa giải trình · đang khiếu nại · đang làm lại" in dung.text


def test_a_meeting_that_goes_on_proposes_nothing_yet(world: World, dung: Phone) -> None:
    meeting = next(one for one in world.grading.meetings if one.unit_id == OFFICE.id)
    world.grading.meetings[world.grading.meetings.index(meeting)] = replace(meeting, closed=False)
    dung.goto(Place.of("approval_one", "p", MEMBERS[1].id))
    assert "Chi bộ chưa chốt đề nghị." in dung.text
    assert dung.labels[0] == "Về danh sách"
    dung.tap(1)
    assert "⏳ Bùi Văn Sơn · chờ chi bộ" in dung.labels


def test_what_the_cell_proposes_anew_is_decided_anew(world: World, dung: Phone) -> None:
    settle(world)
    world.passes(hours=1)
    propose(world, MEMBERS[2], "completed")
    dung.goto(Place.of("approval_one", "p", MEMBERS[2].id))
    assert dung.labels[0] == "Theo đề nghị của chi bộ: Hoàn thành"


def test_a_review_without_all_points_has_no_proposal_of_the_program(world: World, dung: Phone) -> None:
    review = world.find("self_review", MEMBERS[0].id)
    assert review
    world.responses[review.id] = replace(review, answers={"conduct": "Tốt."})
    dung.goto(Place.of("approval_one", "p", MEMBERS[0].id))
    assert "Phần mềm chưa gợi ý" in dung.text
    del world.responses[review.id]
    assert "Phần mềm" not in dung.text


def test_grounds_can_be_read_and_written_again(world: World, dung: Phone) -> None:
    group_of(dung, "Đảng viên không làm")
    dung.tap("Ghi căn cứ")
    dung.say("Dẫn đầu phong trào cả năm.")
    dung.tap("Ghi căn cứ")
    assert "Căn cứ đã ghi: “Dẫn đầu phong trào cả năm.”" in dung.text
    dung.tap("Thôi")
    assert world.pack
    assert world.pack.ceiling
    world.pack = replace(world.pack, ceiling=replace(world.pack.ceiling, outstanding_share=None))
    world.approval.grounds.clear()
    group_of(dung, "Đảng viên không làm")
    assert "Ghi căn cứ kết quả nổi trội" not in dung.labels
    dung.goto(Place.of("approval_grounds", 1, dung.state.place.word(1)))
    assert dung.screen.waits_for is None


def test_two_committees_under_one_officer(world: World, dung: Phone) -> None:
    other = world.units[90] = Unit(90, "HL", "Đảng ủy phường Hưng Lộc", "committee")
    world.units[91] = Unit(91, "K1", "Chi bộ Khối 1", "cell", 90)
    world.people[DUNG.id] = replace(DUNG, roles=(Role("officer", WARD), Role("officer", other)))
    dung.goto(Place("approval"))
    dung.tap("Sang Đảng ủy phường Hưng Lộc")
    assert "Đảng ủy phường Hưng Lộc" in dung.text
    assert "Đã quyết 0/0" in dung.text


def test_a_committee_without_officers_passes_its_cells_on(world: World) -> None:
    part = world.units[80] = Unit(80, "BP", "Đảng bộ bộ phận", "committee", 1)
    cell = world.units[81] = Unit(81, "K8", "Chi bộ Khối 8", "cell", 80)
    facts = world.facts(DUNG.id)
    assert committee_over(facts, cell) == WARD
    world.people[300] = replace(KY, id=300, roles=(Role("officer", part),))
    assert committee_over(facts, cell) == part
    assert committee_over(facts, WARD) is None
    world.people = {LAN.id: LAN}
    assert committee_over(facts, cell) is None


def test_long_names_and_many_candidates_stay_within_the_screen(world: World, dung: Phone) -> None:
    assert world.pack
    world.pack = replace(world.pack, peer_groups={"member": "Nhóm có tên rất dài " * 6})
    long = replace(BLOCK, name="Chi bộ có tên thật là dài " * 5)
    world.units[BLOCK.id] = long
    for nth in range(12):
        person = enter(world, 70 + nth, long, name="Công Tằng Tôn Nữ " * 5 + str(nth))
        propose(world, person, "excellent", off=nth, reason="Vì sao như thế " * 40)
        world.approval.marks[person.id] = {"complaint", "redo"}
    dung.goto(Place("approval"))
    dung.tap("Nhóm có tên")
    while "Trang sau" in dung.labels:
        dung.tap("Trang sau")
    dung.goto(Place.of("approval_one", "p", 70))
    dung.goto(Place.of("approval_reason", "p", 70, "good"))
    dung.goto(Place.of("left_out", 1, 1))


def test_a_pack_without_the_words_of_a_grade(world: World) -> None:
    assert world.pack
    world.pack = replace(world.pack, grades={})
    assert grade_word("good", world.facts(DUNG.id)) == "Hoàn thành tốt nhiệm vụ"


def test_a_share_of_nothing_offers_no_more_good_ones(world: World) -> None:
    rule = CeilingRule(share=0, outstanding_share=None, base="good_or_better", rounding="floor", source="thử")
    found = Standing(due=3, decided=0, missing=0, excellent=1, good=2, decided_excellent=0, rule=rule)
    assert what_helps(found) == "Chuyển 1 đề nghị từ xuất sắc xuống tốt là vừa."
    assert "3 tốt trở lên → được tối đa 0 xuất sắc" in ceiling_line(found)
    assert arithmetic(replace(found, rule=None)) == ""


def test_room_for_more_is_told(world: World) -> None:
    for person in MEMBERS[1:3]:
        propose(world, person, "good")
    dung = group_of(Phone(world, DUNG.id), "Đảng viên không giữ")
    assert "14 tốt → được tối đa 2 xuất sắc; đang đề nghị 1: **còn dư 1**." in dung.text


def test_nobody_is_decided_on_before_the_cell(world: World) -> None:
    world.grading.decisions.clear()
    said = objection(world.facts(DUNG.id), "person", {MEMBERS[0].id: ("good", "Vì sao.")})
    assert said.startswith("Chi bộ chưa chốt đề nghị cho Cao Thị An")


def test_a_group_of_candidates_only_and_a_remark_without_a_choice(world: World, dung: Phone) -> None:
    propose(world, KY, "excellent")
    file(world, KY, "residence_remark", {"remark": "Ít gặp."})
    group_of(dung, "Lãnh đạo, quản lý")
    assert "1. **Phan Văn Kỳ** · Chi bộ Trường THCS Lê Lợi · 85 điểm" in dung.text
    assert "cư trú" not in dung.text
    assert not any(label.startswith("Những mục khác") for label in dung.labels)


def test_many_reasons_are_cut_off_with_their_number(world: World, dung: Phone) -> None:
    review = world.find("self_review", LAN.id)
    assert review
    world.responses[review.id] = replace(review, answers=scored(LAN, 2))
    facts = ("tasks_done", "tasks_on_time", "tasks_above", "shortcomings_fixed", "unit_tasks_above", "unit_tasks_done")
    world.grading.known[LAN.id] = {**dict.fromkeys(facts, 0.0), "tasks_done": 60.0, "unit_tasks_done": 75.0}
    dung.goto(Place.of("approval_one", "p", LAN.id))
    assert "điều nữa\n" in dung.text
