"""Recording the cell's meeting: the roll, the votes, the proposals, closing it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversations.cell_meeting import NOT_OPEN, NOT_YOURS
from conversations.dialogues import DIALOGUES
from conversations.effects import Looked
from conversations.form_status import form_place
from conversations.grading_effects import RecordDecision, RecordMeeting, RecordVotes, TellFact
from conversations.meeting_votes import read_votes
from conversations.place import Place
from review.meetings import Absence, Meeting, Votes
from review.pack_settings import MeetingRule
from review.people import Role
from tests.conversations.crowd import enter
from tests.conversations.meeting_cell import AN, BAY, DU, QUE, cell_that_meets, met
from tests.conversations.phone import Phone
from tests.conversations.village import BLOCK, DUNG, HOA, LAN, SCHOOL, TAM
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]


@pytest.fixture
def world() -> World:
    return cell_that_meets()


@pytest.fixture
def lan(world: World) -> Phone:
    return Phone(world, LAN.id)


def test_a_whole_meeting(lan: Phone, golden: Golden) -> None:
    """First choices, a plain vote, one departure from the program, one without majority, one who is late."""
    lan.ask("tonghop")
    lan.tap("Ghi kết quả họp")
    lan.tap("Hôm nay")
    lan.tap("5 người, như danh sách")
    lan.tap("Có mặt 4")
    lan.tap("Phan Thị Quế")
    lan.tap("Ốm đau")
    lan.tap("Xong phần này")
    lan.tap("Bỏ phiếu kín")
    lan.tap("Không có ai")
    lan.tap("Không có ai")
    lan.tap("Ghi biểu quyết: người 1/6")
    lan.tap("Trả lời 2 điều")
    lan.tap("Đạt 100%")
    lan.tap("Đạt 100%")
    lan.tap("Ghi số phiếu")
    lan.say("bốn phiếu tốt")
    lan.say("1 4 0 0")
    lan.say("0 4 0 0")
    lan.tap("Đúng, ghi kết quả này")
    lan.remark("Cao Thị An: điểm đủ mức xuất sắc, chi bộ đề nghị tốt")
    lan.tap("Ghi số phiếu")
    lan.say("1, 3, 0, 0")
    lan.tap("Đúng, ghi lý do")
    lan.say("Việc vượt yêu cầu chưa rõ, chi bộ thống nhất mức tốt.")
    lan.remark("Đinh Văn Bảy: không mức nào quá nửa của 5")
    lan.tap("Ghi số phiếu")
    lan.say("0 2 2 0")
    lan.tap("Ghi lại số phiếu")
    lan.say("0 3 0 0 1")
    lan.tap("Đúng, ghi kết quả này")
    lan.remark("Đỗ Văn Dự, dự bị: được xếp loại, không biểu quyết")
    lan.tap("Ghi số phiếu")
    lan.tap("Tất cả cùng một mức")
    lan.tap("Cả 4 phiếu: Tốt")
    lan.tap("Đúng, ghi kết quả này")
    lan.remark("Nguyễn Thị Hoa: không mức nào quá nửa, ghi mức chi bộ thống nhất")
    lan.tap("Ghi số phiếu")
    lan.say("2 2 0 0")
    lan.tap("Ghi lý do: Xuất sắc")
    lan.say("Thảo luận lại, chi bộ thống nhất xuất sắc.")
    lan.tap("Ghi lý do chưa xếp loại")
    lan.tap("Chưa nộp")
    lan.tap("Xem lại và chốt")
    lan.tap("Xem lại từng người")
    lan.tap("Về cuộc họp")
    lan.tap("Xem lại và chốt")
    lan.tap("Chốt kết quả họp")
    lan.tap("Về chi bộ")
    golden("cell_meeting", lan)


def meeting(world: World) -> Meeting:
    found = world.grading.meeting(BLOCK.id)
    assert found
    return found


def person(phone: Phone, member: int) -> Phone:
    phone.goto(Place.of("meeting_person", BLOCK.id, member))
    return phone


def decided(world: World, member: int) -> RecordDecision | None:
    found = world.grading.standing("cell", "person", member)
    return found and RecordDecision("cell", "person", member, found.grade, found.reason)


def all_places() -> list[str]:
    return [name for name in DIALOGUES if name.startswith("meeting")]


def test_only_the_cells_own_leaders_record(world: World) -> None:
    met(world)
    for account in (HOA.id, DUNG.id):
        for name in all_places():
            phone = Phone(world, account)
            phone.goto(Place.of(name, BLOCK.id, HOA.id))
            assert phone.text == NOT_YOURS
    lan = Phone(world, LAN.id)
    for unit_id in (SCHOOL.id, 1, 999):
        lan.goto(Place.of("meeting", unit_id))
        assert lan.text == NOT_YOURS
    lan.tap(1)
    assert lan.state.place == Place("home")


def test_a_deputy_records_too_and_an_officer_sees_the_numbers(world: World) -> None:
    met(world)
    world.people[HOA.id] = replace(HOA, roles=(Role("deputy", BLOCK),))
    hoa = Phone(world, HOA.id)
    hoa.ask("tonghop")
    hoa.tap("Ghi kết quả họp")
    assert "Đã biểu quyết 0/6" in hoa.text
    dung = Phone(world, DUNG.id)
    dung.goto(Place.of("cell", BLOCK.id))
    assert "Họp chi bộ: 15/12, đã biểu quyết 0/6" in dung.text
    assert "Ghi kết quả họp" not in dung.labels


def test_without_an_open_meeting_nothing_is_recorded(lan: Phone) -> None:
    for name in all_places():
        if name not in ("meeting", "meeting_people", "meeting_date"):
            lan.goto(Place.of(name, BLOCK.id, HOA.id))
            assert lan.text == NOT_OPEN
    lan.tap(1)
    assert "Chi bộ họp ngày nào" in lan.text


def test_without_an_open_review_there_is_no_meeting(world: World, lan: Phone) -> None:
    assert world.cycle
    world.cycle = replace(world.cycle, closed=True)
    lan.goto(Place.of("meeting", BLOCK.id))
    assert lan.text == NOT_YOURS


def test_somebody_who_is_not_voted_on(world: World) -> None:
    lan = met(world)
    for name in ("meeting_person", "meeting_votes", "meeting_why", "meeting_skip", "meeting_fact", "meeting_facts"):
        lan.goto(Place.of(name, BLOCK.id, TAM.id))
        assert "không thuộc diện biểu quyết" in lan.text
    for name in ("meeting_reason", "meeting_reason_other"):
        lan.goto(Place.of(name, BLOCK.id, TAM.id, 1))
        assert "không được triệu tập" in lan.text


def test_another_day_is_typed(world: World, lan: Phone) -> None:
    lan.goto(Place.of("meeting", BLOCK.id))
    lan.tap("Ngày khác")
    lan.say("hôm kia")
    assert "chưa đọc được ngày" in lan.text
    lan.say("16/12/2026")
    assert "chưa đến" in lan.text
    lan.say("12/12")
    assert meeting(world).held_on == date(2026, 12, 12)
    assert lan.state.place.name == "meeting_official"
    lan.goto(Place.of("meeting_date", BLOCK.id))
    lan.say("quay lại")
    assert lan.state.place.name == "meeting"
    lan.tap("Sửa ngày")
    lan.tap("Ngày họp")
    lan.say("11/12/2026")
    assert (meeting(world).held_on, meeting(world).present) == (date(2026, 12, 11), 5)
    assert lan.state.place.name == "meeting"


def test_other_numbers_are_typed(world: World, lan: Phone) -> None:
    lan.goto(Place.of("meeting", BLOCK.id))
    lan.tap("Hôm nay")
    lan.tap("Số khác")
    lan.say("nhiều")
    assert "Tôi cần một con số" in lan.text
    lan.say("7,5")
    assert "Tôi cần một con số" in lan.text
    lan.say("0")
    assert "từ 1 đến 999" in lan.text
    lan.say("quay lại")
    lan.tap("Số khác")
    lan.say("7")
    assert (meeting(world).official, meeting(world).present) == (7, 7)
    lan.tap("Số khác")
    lan.say("8")
    assert "từ 1 đến 7" in lan.text
    lan.say("3")
    assert "còn 4 người" in lan.text
    lan.tap("Xong")
    lan.tap("Giơ tay")
    assert not meeting(world).secret
    lan.goto(Place.of("meeting_official", BLOCK.id))
    lan.tap("Giữ 7 người")
    assert (meeting(world).official, meeting(world).present) == (7, 3)
    lan.goto(Place.of("meeting_official", BLOCK.id))
    lan.tap("5 người")
    assert (meeting(world).official, meeting(world).present) == (5, 3)
    assert "vắng 2 (mới ghi tên 0)" in lan.text


def test_edits_lead_back_to_the_meeting(world: World) -> None:
    lan = met(world)
    for label, then in (("Số đảng viên", "5 người"), ("Số có mặt", "Có mặt 4"), ("Phiếu kín", "Bỏ phiếu kín")):
        lan.goto(Place.of("meeting_edit", BLOCK.id))
        lan.tap(label)
        lan.tap(then)
        if label == "Số có mặt":
            lan.tap("Xong")
        assert lan.state.place.name == "meeting"
    lan.goto(Place.of("meeting_edit", BLOCK.id))
    lan.tap("Ai vắng")
    assert "đã đủ" in lan.text


def test_the_list_of_the_absent(world: World) -> None:
    lan = met(world)
    assert meeting(world).absences == (Absence(QUE.id, "Ốm đau, có báo"),)
    lan.goto(Place.of("meeting_absent", BLOCK.id, 1))
    lan.tap("Cao Thị An")
    lan.tap("Vắng không báo")
    assert "Vắng 2 đảng viên chính thức, đã ghi tên 2, đã đủ" in lan.text
    assert meeting(world).present == 3
    lan.goto(Place.of("meeting_present", BLOCK.id))
    lan.tap("Có mặt 4")
    assert "thì vắng 1 đảng viên chính thức, mà danh sách vắng có 2 tên" in lan.text
    lan.goto(Place.of("meeting_reason", BLOCK.id, AN.id, 1))
    lan.tap("Có mặt, bỏ tên")
    lan.tap("Đỗ Văn Dự (dự bị)")
    lan.tap("Lý do khác")
    lan.say("Đi bộ đội.")
    assert meeting(world).absent == {QUE.id, DU.id}
    lan.tap("✅ Phan Thị Quế")
    lan.tap("Có mặt, bỏ tên")
    assert meeting(world).absent == {DU.id}
    world.grading.votes[1, BAY.id] = Votes({"good": 3})
    for name in ("Lê Thị Lan", "Cao Thị An", "Đinh Văn Bảy"):
        lan.tap(name)
        lan.tap("Ốm đau")
    assert "nhiều hơn 2 đảng viên chính thức có mặt" in lan.text
    for name in ("✅ Lê Thị Lan", "✅ Cao Thị An"):
        lan.tap(name)
        lan.tap("Có mặt, bỏ tên")
    lan.goto(Place.of("meeting_present", BLOCK.id))
    lan.tap("Có mặt đủ 5")
    assert meeting(world).present == 5


def test_a_long_list_of_members_is_paged(world: World) -> None:
    for nth in range(20):
        enter(world, replace(AN, id=200 + nth, code=f"N{nth}", name="Tên rất dài " * 8 + f"{nth:02}"))
    lan = Phone(world, LAN.id)
    lan.goto(Place.of("meeting", BLOCK.id))
    lan.tap("Hôm nay")
    lan.goto(Place.of("meeting_absent", BLOCK.id, 1, "new"))
    lan.tap("Trang sau")
    assert "trang 2/5" in lan.text
    lan.goto(Place.of("meeting_people", BLOCK.id, 1))
    lan.tap("Trang sau")
    assert "trang 2/5" in lan.text


def test_where_somebody_was_disciplined_it_is_told_person_by_person(world: World, lan: Phone) -> None:
    lan.goto(Place.of("meeting", BLOCK.id))
    for label in ("Hôm nay", "5 người", "Có mặt đủ", "Bỏ phiếu kín", "Không có ai", "Có người"):
        lan.tap(label)
    lan.goto(Place.of("meeting_nobody", BLOCK.id, 9))
    assert "đã ghi xong" in lan.text
    person(lan, BAY.id).tap("Trả lời 3")
    labels = []
    while lan.state.place.name == "meeting_fact":
        labels.append(lan.text)
        lan.tap("Có" if "kỷ luật" in lan.text else "Đạt 100%")
    assert len(labels) == 3
    assert "Không hoàn thành nhiệm vụ**. Chi bộ quyết định" in lan.text
    assert world.grading.known[BAY.id] == {
        "degradation_concluded": False,
        "disciplined": True,
        "tasks_done": 100,
        "tasks_on_time": 100,
    }


def test_a_percentage_below_the_mark_is_typed(world: World) -> None:
    lan = person(met(world), BAY.id)
    lan.tap("Trả lời 2")
    lan.tap("Không đạt")
    for bad in ("ít", "101"):
        lan.say(bad)
        assert "từ 0 đến 100" in lan.text
    lan.say("quay lại")
    lan.tap("Chưa rõ, để sau")
    assert lan.state.place.name == "meeting_person"
    lan.tap("Trả lời 2")
    lan.tap("Không đạt")
    lan.say("85%")
    assert lan.effects == (TellFact(BAY.id, "tasks_done", 85),)
    assert "Chưa đạt «Hoàn thành tốt nhiệm vụ»" in lan.text


def test_everything_known_about_a_member_can_be_looked_up_and_corrected(world: World) -> None:
    lan = person(met(world), HOA.id)
    world.grading.known[HOA.id] = {"disciplined": True, "tasks_done": 100, "official_grade": "good"}
    lan.tap("Sửa các điều")
    shown = list(lan.labels)
    while "Trang sau" in lan.labels:
        lan.tap("Trang sau")
        shown += lan.labels
    assert any(label.endswith(": 100%") for label in shown)
    assert any(label.endswith(": chưa biết") for label in shown)
    assert any(label.endswith(": có") for label in shown)
    lan.goto(Place.of("meeting_fact", BLOCK.id, HOA.id, "official_grade"))
    lan.tap("Hoàn thành xuất sắc")
    assert world.grading.known[HOA.id]["official_grade"] == "excellent"
    lan.goto(Place.of("meeting_fact", BLOCK.id, HOA.id, "disciplined"))
    lan.tap("Không")
    assert world.grading.known[HOA.id]["disciplined"] is False
    lan.goto(Place.of("meeting_fact", BLOCK.id, HOA.id, "tasks_late"))
    lan.tap("Đạt, không quá 20%")
    lan.goto(Place.of("meeting_fact", BLOCK.id, HOA.id, "tasks_above"))
    lan.tap("Đạt, từ 30%")
    for name in ("meeting_fact", "meeting_percent"):
        lan.goto(Place.of(name, BLOCK.id, HOA.id, "nothing"))
        assert "đã ghi xong" in lan.text


def test_of_somebody_who_has_not_submitted_nothing_is_asked(world: World) -> None:
    lan = met(world)
    lan.goto(Place.of("meeting_facts", BLOCK.id, QUE.id, 1))
    assert lan.labels == ["Về đồng chí này"]
    lan.goto(Place.of("meeting_confirm", BLOCK.id, QUE.id))
    assert "Chưa có số phiếu" in lan.text
    lan.goto(Place.of("meeting_why", BLOCK.id, QUE.id, "good"))
    lan.say("Vì vẫn tốt.")
    assert (lan.effects, lan.state.place.name) == ((), "meeting_confirm")
    lan.goto(Place.of("meeting_percent", BLOCK.id, QUE.id, "tasks_done"))
    assert "đã ghi xong" in lan.text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3 14 0 0", Votes({"excellent": 3, "good": 14, "completed": 0, "not_completed": 0})),
        ("3,14,0,0,1", Votes({"excellent": 3, "good": 14, "completed": 0, "not_completed": 0}, 1)),
        ("3/14/0/0", Votes({"excellent": 3, "good": 14, "completed": 0, "not_completed": 0})),
        ("3 14 0", None),
        ("3 14 0 0 0 0", None),
        ("tốt 14", None),
        ("3 14 0 không", None),
        ("", None),
    ],
)
def test_reading_totals(typed: str, read: Votes | None) -> None:
    assert read_votes(typed) == read


def test_fewer_ballots_than_people_is_said_and_no_fault(world: World) -> None:
    lan = met(world)
    lan.goto(Place.of("meeting_votes", BLOCK.id, BAY.id))
    lan.say("0 3 0 0")
    assert "Cộng 3 phiếu, có mặt 4: 1 phiếu không nộp lại." in lan.text
    world.grading.meetings[0] = replace(meeting(world), secret=False)
    assert "1 người không giơ tay" in lan.text


def test_the_packs_own_share_is_said(world: World) -> None:
    lan = met(world)
    assert world.pack
    rule = MeetingRule(secret_ballot=False, more_than=66, complaint_days=10, sources={})
    world.pack = replace(world.pack, meeting=rule)
    lan.goto(Place.of("meeting_votes", BLOCK.id, BAY.id))
    assert "Cần từ 4 phiếu: quá 66% của 5 đảng viên chính thức" in lan.text
    lan.goto(Place.of("meeting_secret", BLOCK.id))
    assert lan.labels[0] == "Giơ tay"
    assert "_" not in lan.text


def test_a_reason_in_own_words_for_not_grading(world: World) -> None:
    lan = person(met(world), BAY.id)
    lan.tap("Không xếp loại được")
    lan.tap("Lý do khác")
    lan.say("\u200b")
    assert decided(world, BAY.id) is None
    lan.say("Cấp trên đang xem xét.")
    assert decided(world, BAY.id) == RecordDecision("cell", "person", BAY.id, None, "Cấp trên đang xem xét.")
    assert "✅ Đã ghi: chưa xếp loại (Cấp trên đang xem xét.)" in person(lan, BAY.id).text


def test_an_absent_member_waits_for_the_nearest_meeting_or_is_voted_on(world: World) -> None:
    lan = met(world)
    world.grading.meetings[0] = replace(meeting(world), absences=(Absence(BAY.id, "Ốm"),))
    person(lan, BAY.id)
    assert "Vắng mặt tại cuộc họp (Ốm)" in lan.text
    assert lan.labels[:2] == ["Để cuộc họp gần nhất", "Chi bộ vẫn biểu quyết"]
    lan.tap(1)
    assert lan.labels[0] == "Vắng mặt, để cuộc họp gần nhất"
    lan.tap(1)
    assert decided(world, BAY.id) == RecordDecision("cell", "person", BAY.id, None, "Vắng mặt, để cuộc họp gần nhất")


def test_votes_counted_again_take_back_what_was_proposed(world: World) -> None:
    lan = met(world)
    lan.goto(Place.of("meeting_votes", BLOCK.id, BAY.id))
    lan.say("0 4 0 0")
    lan.tap("Đúng")
    assert decided(world, BAY.id)
    assert "✅ Đã ghi: **Hoàn thành tốt nhiệm vụ** (Xuất sắc 0 · Tốt 4" in person(lan, BAY.id).text
    lan.tap("Ghi số phiếu")
    lan.say("0 4 0 0")
    assert decided(world, BAY.id)
    lan.tap("Ghi lại số phiếu")
    lan.say("4 0 0 0")
    assert decided(world, BAY.id) is None


def test_another_number_of_official_members_asks_for_confirmation_again(world: World) -> None:
    lan = met(world)
    lan.goto(Place.of("meeting_votes", BLOCK.id, BAY.id))
    lan.say("0 3 0 0")
    lan.tap("Đúng")
    lan.goto(Place.of("meeting_number", BLOCK.id, "official"))
    lan.say("9")
    assert decided(world, BAY.id) is None
    assert "Không mức nào quá nửa" in lan.goto(Place.of("meeting_confirm", BLOCK.id, BAY.id)).text
    lan.goto(Place.of("meeting_present", BLOCK.id))
    lan.goto(Place.of("meeting_number", BLOCK.id, "present"))
    lan.say("2")
    assert "nhiều hơn 2" in lan.text


def test_looking_at_a_person_is_audited_but_not_at_oneself(world: World) -> None:
    lan = met(world)
    lan.goto(Place.of("meeting_people", BLOCK.id, 1))
    lan.tap("⏳ Nguyễn Thị Hoa")
    assert lan.effects == (Looked(2),)
    lan.tap("Danh sách")
    lan.tap("⏳ Lê Thị Lan")
    assert lan.effects == ()
    lan.tap("Danh sách")
    lan.tap("⏳ Phan Thị Quế · chưa nộp")
    assert lan.effects == ()


def test_closing_waits_for_everybody(world: World) -> None:
    lan = met(world)
    lan.goto(Place.of("meeting_close", BLOCK.id))
    assert "Còn 6 đồng chí" in lan.text
    assert lan.labels == ["Về cuộc họp"]


def test_a_closed_meeting_is_read_only_and_a_new_round_opens_it_again(world: World) -> None:
    lan = met(world)
    for member in (LAN, AN, BAY, DU, HOA, QUE):
        lan.goto(Place.of("meeting_skip", BLOCK.id, member.id))
        lan.tap("Chưa nộp")
    lan.tap("Xem lại và chốt")
    lan.tap("Chốt")
    lan.tap("Danh sách")
    lan.tap("✅ Cao Thị An · chưa xếp loại")
    assert lan.state.place.name == "cell_person"
    world.grading.next_round(world, BLOCK.id)
    lan.goto(Place.of("meeting", BLOCK.id))
    assert "· lần 2" in lan.text
    assert "Đã biểu quyết 0/6" in lan.text


def test_those_not_voted_on_are_listed_with_the_reason(world: World) -> None:
    met(world)
    lan = Phone(world, LAN.id)
    world.people[310] = replace(AN, id=310, name="Lê Văn A", form=None)
    lan.goto(Place.of("meeting", BLOCK.id))
    assert "Lê Văn A (chưa ghi mẫu kiểm điểm trong danh sách)" in lan.text
    assert world.pack
    world.pack = replace(world.pack, exemptions=())
    for nth in range(6):
        world.people[300 + nth] = replace(TAM, id=300 + nth, name=f"Đồng chí {nth}", status="suspended")
    assert "(bị đình chỉ sinh hoạt)" in lan.text
    assert "và 4 người khác" in lan.text


def test_a_cell_nobody_of_which_counts_still_has_a_meeting_of_one(world: World, lan: Phone) -> None:
    for member in (HOA, LAN, AN, BAY, QUE):
        world.people[member.id] = replace(world.people[member.id], status="probationary")
    lan.goto(Place.of("meeting", BLOCK.id))
    lan.tap("Hôm nay")
    assert meeting(world).official == 1
    assert lan.labels[0] == "Giữ 1 người"
    lan.tap(1)
    assert lan.labels[0] == "Có mặt đủ 1"


def test_the_meeting_holds_when_the_day_changes_and_phones_too(world: World) -> None:
    lan = met(world)
    world.passes(days=1)
    again = Phone(world, LAN.id)
    again.ask("tonghop")
    again.tap("Ghi kết quả họp")
    assert again.text == lan.goto(Place.of("meeting", BLOCK.id)).text
    assert meeting(world).held_on == world.now.date() - timedelta(days=1)
    assert not any(isinstance(effect, RecordMeeting | RecordVotes) for effect in again.effects)


def test_a_pack_without_a_ceiling_warns_of_nothing(world: World) -> None:
    lan = met(world)
    lan.goto(Place.of("meeting_votes", BLOCK.id, HOA.id))
    lan.say("4 0 0 0")
    lan.tap("Đúng")
    lan.goto(Place.of("meeting", BLOCK.id))
    assert "0 tốt → được 0 xuất sắc; đang đề nghị 1; thêm 5 tốt nữa thì được 1." in lan.text
    assert world.pack
    assert world.pack.ceiling
    rule = world.pack.ceiling
    world.pack = replace(world.pack, ceiling=replace(rule, within="base_organisation"))
    assert "Cả chi bộ: 0 tốt → được 0 xuất sắc" in lan.text
    world.pack = replace(world.pack, ceiling=replace(rule, share=0))
    assert "được 0 xuất sắc; đang đề nghị 1." in lan.text
    wide = replace(rule, share=100, base="good_or_better")
    for silent in (wide, replace(rule, counted_apart=(HOA.peer_group,)), None):
        world.pack = replace(world.pack, ceiling=silent)
        assert "xuất sắc; đang đề nghị" not in lan.text


def test_the_receipt_tells_that_the_cell_has_met(world: World) -> None:
    world.now -= timedelta(days=3)
    lan = met(world)
    hoa = Phone(world, HOA.id)
    hoa.goto(form_place("form_receipt", "self_review", HOA.id))
    assert "Chi bộ họp ngày 15/12, đồng chí sẽ được báo." in hoa.text
    assert "Rút lại để sửa" in hoa.labels
    for member in (LAN, AN, BAY, DU, HOA, QUE):
        lan.goto(Place.of("meeting_skip", BLOCK.id, member.id))
        lan.tap("Vắng mặt")
    lan.tap("Xem lại và chốt")
    lan.tap("Chốt")
    assert "Chi bộ đã họp ngày 12/12." in hoa.text
    assert "Rút lại để sửa" not in hoa.labels
    [meeting] = world.grading.meetings
    world.grading.meetings.append(replace(meeting, id=2, round=2, closed=False))
    assert "Chi bộ sẽ họp lại, đồng chí sẽ được báo." in hoa.text
