"""The own result, explanations and complaints: read, said, answered by somebody without a part in it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from conversations.dialogues import complain, complaints, result
from conversations.effects import Looked, Notify
from conversations.form_draft import NOT_YOURS
from conversations.place import Place
from conversations.result_effects import AnswerAppeal, KeepUnsent, LookedAtAppeal, MakeAppeal
from conversations.voice import mark
from review.people import Role
from tests.conversations.crowd import BINH, BLOCK, DUNG, HOA, LAN, NAM, SCHOOL, file
from tests.conversations.graded import KHANH, QUAN, REASON, decides, graded, met, notice_for
from tests.conversations.phone import Phone
from tests.conversations.refused import RefusedError
from tests.conversations.village import TAM, WARD
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]
COMPLAINT = (
    "Hai hồ sơ chậm vì bản đồ thửa đất sai, tôi đã báo phường bằng văn bản ngày 12/05 và 03/06. "
    "Báo cáo tháng 11 tính lỗi này cho tôi là chưa đúng."
)
GROUNDS = "Đã đối chiếu hai công văn ngày 12/05 và 03/06: đúng là đã báo kịp thời, lỗi không thuộc về đồng chí."


@pytest.fixture
def world() -> World:
    return graded()


@pytest.fixture
def hoa(world: World) -> Phone:
    return Phone(world, HOA.id)


def complains(world: World, text: str = COMPLAINT) -> Phone:
    hoa = Phone(world, HOA.id)
    hoa.goto(Place("complain"))
    hoa.say(text)
    hoa.tap("Gửi khiếu nại")
    return hoa


def test_a_member_complains_and_is_graded_again(world: World, golden: Golden) -> None:
    """Reads the result, complains; the handler answers; the committee decides once more; the member is told."""
    hoa, khanh = Phone(world, HOA.id), Phone(world, KHANH.id)
    hoa.nudge(notice_for(world, HOA, "result"))
    hoa.tap(1)
    hoa.tap("Giải thích thêm")
    hoa.say("Tôi có hai công văn báo phường, kèm theo hồ sơ.")
    hoa.tap("Khiếu nại")
    hoa.say(COMPLAINT)
    hoa.tap(1)
    hoa.tap("Khiếu nại")
    hoa.tap(1)
    hoa.tap("Tôi đã xem")
    khanh.log = hoa.log
    khanh.remark("điện thoại của đồng chí Khánh")
    khanh.nudge(notice_for(world, KHANH, "complaint_to_answer"))
    khanh.tap(1)
    khanh.tap(1)
    khanh.tap("Đọc bản kiểm điểm")
    khanh.ask("menu")
    khanh.tap("Trả lời khiếu nại: 1")
    khanh.tap(1)
    khanh.tap("Trả lời")
    khanh.tap("Xếp loại lại")
    khanh.say(GROUNDS)
    khanh.tap(1)
    hoa.remark("điện thoại của đồng chí Hoa")
    hoa.nudge(notice_for(world, HOA, "complaint_answered"))
    hoa.tap(1)
    hoa.tap("Quay lại kết quả")
    hoa.nudge(notice_for(world, HOA, "redo"))
    hoa.tap(1)
    world.passes(days=7)
    hoa.remark("cấp ủy quyết định lại")
    decides(world, "good", "Theo trả lời khiếu nại.")
    hoa.nudge(notice_for(world, HOA, "result"))
    hoa.tap(1)
    golden("result_and_complaint", hoa)
    assert [one.grade for one in world.facts(HOA.id).grading.history("committee", "person", HOA.id)] == [
        "completed",
        "good",
    ]
    assert not world.facts(HOA.id).redo.open_on("person", HOA.id)


def test_before_the_decision_there_is_no_result() -> None:
    world = met()
    hoa = Phone(world, HOA.id)
    hoa.ask("menu")
    assert "Kết quả xếp loại" not in hoa.text
    for name in ("result", "explain", "complain"):
        assert hoa.goto(Place(name)).text == result.NOT_YET
    assert "Chưa có khiếu nại nào chờ gửi." in hoa.goto(Place.of("complain_send", 1)).text
    assert "chưa gửi ý kiến nào" in hoa.goto(Place.of("result_said", 1)).text


def test_home_says_the_grade_in_words(hoa: Phone) -> None:
    hoa.ask("menu")
    assert "✅ Kết quả xếp loại: **Hoàn thành nhiệm vụ**" in hoa.text
    assert hoa.labels[0] == "Kết quả xếp loại của tôi"
    complains(hoa.world)
    hoa.ask("menu")
    assert "**Hoàn thành nhiệm vụ**, khiếu nại đang được xem xét" in hoa.text


def test_a_reason_is_given_where_a_stage_differs(hoa: Phone) -> None:
    text = hoa.goto(Place("result")).text
    assert "Tự nhận: Hoàn thành tốt nhiệm vụ (01/12/2026)" in text
    assert "Chi bộ đề nghị: Hoàn thành tốt nhiệm vụ (15/12/2026)\nCấp ủy quyết định" in text
    assert f"Lý do: _{REASON}_" in text


def test_points_and_votes_are_not_published(hoa: Phone) -> None:
    hoa.goto(Place("result"))
    assert "điểm /" not in hoa.text
    assert "phiếu" not in hoa.text.lower()


def test_who_is_not_graded_is_told_why() -> None:
    world = graded(None, "Nghỉ ốm dài ngày, để cuộc họp gần nhất.")
    hoa = Phone(world, HOA.id)
    assert "Năm nay đồng chí **không xếp loại**. Lý do: Nghỉ ốm" in hoa.goto(Place("result")).text
    hoa.ask("menu")
    assert "✅ Kết quả xếp loại: không xếp loại năm nay" in hoa.text
    world.responses.clear()
    world.grading.decisions = [replace(world.grading.decisions[-1], reason="")]
    assert "Lý do: chưa ghi" in hoa.goto(Place("result")).text
    assert "Tự nhận" not in hoa.text
    assert "Bản kiểm điểm của tôi (.docx)" not in hoa.labels


def test_the_papers_are_at_hand(world: World, hoa: Phone) -> None:
    file(world, "residence_remark", HOA, {"meetings": "often", "conduct": "well"}, by=BINH)
    hoa.goto(Place("result"))
    hoa.tap("Nhận xét nơi cư trú về tôi")
    hoa.goto(Place("result"))
    hoa.tap("Bản kiểm điểm của tôi")
    assert hoa.screen.papers
    hoa.goto(Place("result"))
    hoa.tap(1)
    assert hoa.effects == ()
    assert hoa.state.place.name == "home"


def test_an_explanation_is_filed_and_read_by_those_who_may(world: World, hoa: Phone) -> None:
    hoa.goto(Place("explain"))
    hoa.say("Tôi nằm viện hai tháng, có giấy ra viện.")
    assert hoa.effects == (MakeAppeal(10, "explanation", "Tôi nằm viện hai tháng, có giấy ra viện."),)
    assert not world.facts(HOA.id).appeals.complained()
    lan = Phone(world, LAN.id)
    lan.nudge(notice_for(world, LAN, "explanation"))
    lan.tap(1)
    lan.tap("Ý kiến giải thích (1)")
    assert lan.effects == (LookedAtAppeal(1),)
    assert "Tôi nằm viện hai tháng" in lan.text
    lan.tap("Về đồng chí này")
    assert "Ý kiến giải thích (1)" in lan.labels
    assert Phone(world, NAM.id).goto(Place.of("explanations", HOA.id, 1)).text == NOT_YOURS
    assert Phone(world, LAN.id).goto(Place.of("explanations", 999, 1)).text == NOT_YOURS


def test_a_complaint_is_read_back_and_can_be_dropped(hoa: Phone, world: World) -> None:
    hoa.goto(Place("complain"))
    long = "Điều này chưa đúng. " * 150
    hoa.say(long)
    assert hoa.effects == (KeepUnsent("complaint.10", long.strip()),)
    assert hoa.labels[0] == "Trang sau"
    assert "Gửi khiếu nại" not in hoa.labels
    hoa.goto(Place("complain"))
    hoa.tap("Đọc lại bản đã viết, chưa gửi")
    hoa.tap("Viết lại")
    hoa.say("Ngắn hơn.")
    assert hoa.labels == ["Gửi khiếu nại", "Viết lại", "Thôi, không gửi"]
    hoa.tap("Thôi, không gửi")
    assert complain.FORGOTTEN in hoa.text
    assert not world.results.appeals


def test_other_words_from_another_phone_are_not_sent_unseen(world: World, hoa: Phone) -> None:
    hoa.goto(Place("complain"))
    hoa.say("Lời thứ nhất.")
    shown = hoa.screen.choices[0].action
    world.results.unsent[HOA.id, "complaint.10"] = "Lời khác, gõ ở máy kia."
    hoa.press(hoa.state.serial, shown)
    assert not world.results.appeals


def test_a_second_complaint_gets_a_kind_word(world: World) -> None:
    hoa = complains(world)
    hoa.goto(Place("complain"))
    assert hoa.text == complain.ONE_AT_A_TIME
    with pytest.raises(RefusedError):
        world.apply(HOA.id, MakeAppeal(10, "complaint", "Lần hai."))


def test_nobody_free_is_said_openly(world: World) -> None:
    """The only other officer recorded the decision, so the admin is asked to name somebody."""
    world.people[KHANH.id] = replace(KHANH, roles=())
    hoa = complains(world)
    assert "Hiện cán bộ nào của cấp ủy cũng đã tham gia việc này" in hoa.text
    quan = Phone(world, QUAN.id)
    quan.nudge(notice_for(world, QUAN, "complaint_unassigned"))
    assert "chưa có người xem xét" in quan.text
    assert "Hoa" not in quan.text
    quan.tap(1)


def test_the_handler_is_never_of_the_same_cell(world: World) -> None:
    world.people[KHANH.id] = replace(KHANH, unit=BLOCK)
    complains(world)
    assert world.results.appeals[1].handler_id is None


def test_only_the_handler_reads_a_complaint(world: World) -> None:
    complains(world)
    for person in (LAN, DUNG, NAM, HOA):
        phone = Phone(world, person.id)
        for place in ("complaint", "complaint_end", "complaint_why", "complaint_send"):
            assert phone.goto(Place.of(place, 1, "kept", 1)).text == complaints.NOTHING
    lan = Phone(world, LAN.id)
    lan.goto(Place.of("cell_person", BLOCK.id, HOA.id))
    assert "Hoàn thành nhiệm vụ · đang xem xét khiếu nại" in lan.text
    assert "bản đồ thửa đất" not in lan.text


def test_the_handler_keeps_the_grade(world: World) -> None:
    complains(world)
    file(world, "residence_remark", HOA, {"meetings": "often", "conduct": "well"}, by=BINH)
    khanh = Phone(world, KHANH.id)
    khanh.goto(Place("complaints"))
    khanh.tap(1)
    assert khanh.effects == (LookedAtAppeal(1),)
    khanh.tap("Đọc nhận xét nơi cư trú")
    assert isinstance(khanh.effects[0], Looked)
    khanh.goto(Place.of("complaint_end", 1))
    khanh.tap("Đọc lại khiếu nại")
    khanh.tap("Trả lời")
    khanh.tap("Giữ nguyên kết quả")
    khanh.say("Chưa rõ.")
    khanh.tap("Viết lại")
    khanh.tap("Chọn lại kết luận")
    khanh.tap("Giữ nguyên kết quả")
    khanh.say("Báo cáo của phường đúng.")
    khanh.tap("Thôi, không gửi")
    assert complaints.FORGOTTEN in khanh.text
    khanh.goto(Place.of("complaint_why", 1, "kept"))
    khanh.say("Báo cáo của phường đúng.")
    khanh.tap("Gửi trả lời")
    assert khanh.effects[0] == AnswerAppeal(1, "kept", "Báo cáo của phường đúng.")
    assert complaints.SENT in khanh.text
    assert not world.results.orders
    hoa = Phone(world, HOA.id)
    hoa.goto(Place("result"))
    assert "✅ Khiếu nại ngày 28/12/2026: đã có trả lời ngày 28/12/2026." in hoa.text
    hoa.tap("Đọc ý kiến đã gửi và trả lời")
    assert "**Trả lời: giữ nguyên kết quả**\nBáo cáo của phường đúng." in hoa.text
    complains(world, "Tôi vẫn thấy chưa đúng.")
    assert len(world.results.appeals) == 2


def test_a_strange_outcome_is_refused(world: World) -> None:
    complains(world)
    khanh = Phone(world, KHANH.id)
    for place in ("complaint_why", "complaint_send"):
        assert khanh.goto(Place.of(place, 1, "lower", 1)).text == complaints.NOTHING
    assert khanh.goto(Place.of("complaint_send", 1, "kept", 1)).text == complaints.NOTHING


def test_late_answers_are_listed_for_officers(world: World) -> None:
    complains(world)
    world.passes(days=20)
    khanh, dung = Phone(world, KHANH.id), Phone(world, DUNG.id)
    dung.ask("tonghop")
    assert "⏳ Khiếu nại quá hạn trả lời: 1" in dung.text
    dung.tap("Khiếu nại (1)")
    assert "Nguyễn Thị Hoa · hạn 11/01 (đã quá hạn 6 ngày), đồng chí Đặng Quốc Khánh xem xét" in dung.text
    khanh.nudge(notice_for(world, KHANH, "complaint_to_answer"))
    assert "11/01 (đã quá hạn 6 ngày)" in khanh.text
    khanh.ask("tonghop")
    assert "⏳ Khiếu nại quá hạn trả lời: 1" in khanh.text
    dung.goto(Place.of("cell", BLOCK.id))
    assert "⏳ Khiếu nại quá hạn trả lời: 1" in dung.text
    units = world.units
    world.units = {number: unit for number, unit in units.items() if number != SCHOOL.id}
    dung.ask("tonghop")
    assert "Khiếu nại (1)" in dung.labels
    world.units = units
    world.results.appeals[1] = replace(world.results.appeals[1], handler_id=None)
    dung.goto(Place("complaints"))
    assert "chưa có người xem xét" in dung.text
    assert Phone(world, LAN.id).goto(Place("complaints")).text == complaints.NOTHING


def test_a_member_without_a_cell_is_read_all_the_same(world: World) -> None:
    complains(world)
    world.people[HOA.id] = replace(HOA, unit=None)
    world.people[KHANH.id] = replace(KHANH, roles=(Role("officer", WARD),))
    khanh = Phone(world, KHANH.id)
    khanh.goto(Place.of("complaint", 1, 1))
    assert khanh.text.startswith("**Nguyễn Thị Hoa** · hạn 11/01")


def test_a_complaint_about_a_decision_that_no_longer_stands_shows_no_stages(world: World) -> None:
    complains(world)
    world.grading.decisions = [replace(d, superseded_at=world.now) for d in world.grading.decisions]
    khanh = Phone(world, KHANH.id)
    assert "Cấp ủy quyết định" not in khanh.goto(Place.of("complaint", 1, 1)).text


def test_the_mark_ends_with_the_answer(world: World) -> None:
    complains(world)
    facts = world.facts(LAN.id)
    decision = facts.grading.decision("committee", "person", HOA.id)
    assert mark(facts, decision) == " · đang xem xét khiếu nại"
    world.apply(KHANH.id, AnswerAppeal(1, "kept", "Đúng."))
    assert mark(facts, decision) == ""
    assert mark(facts, None) == ""


def test_notices_fall_silent_when_there_is_nothing_to_read(world: World) -> None:
    first = notice_for(world, HOA, "result")
    complains(world)
    to_answer = notice_for(world, KHANH, "complaint_to_answer")
    world.apply(KHANH.id, AnswerAppeal(1, "changed", GROUNDS))
    redo = notice_for(world, HOA, "redo")
    world.passes(days=1)
    decides(world, "good", "Xếp loại lại.")
    for account, number in ((HOA.id, first), (KHANH.id, to_answer), (HOA.id, redo)):
        phone = Phone(world, account)
        phone.nudge(number)
        assert phone.state.place.name == "home"


def test_somebody_outside_the_review_has_no_result(world: World) -> None:
    world.accounts[TAM.id] = replace(world.accounts[HOA.id], id=TAM.id, person_id=TAM.id)
    world.consents[TAM.id] = "2026-11"
    phone = Phone(world, TAM.id)
    assert phone.goto(Place("result")).text == result.NOT_YET


def test_an_open_complaint_is_read_with_who_looks_into_it(world: World) -> None:
    hoa = complains(world)
    hoa.tap("Đọc ý kiến đã gửi và trả lời")
    assert "đồng chí Đặng Quốc Khánh đang xem xét, trả lời chậm nhất ngày 11/01/2027.\nHai hồ sơ chậm" in hoa.text
    world.results.appeals[1] = replace(world.results.appeals[1], answer_due=None, handler_id=None)
    hoa.goto(Place("result"))
    assert "⏳ Khiếu nại ngày 28/12/2026. Hiện cán bộ nào" in hoa.text


def test_the_handler_is_reminded_of_the_day(world: World) -> None:
    complains(world)
    world.apply(KHANH.id, Notify(KHANH.id, "complaint_due", "appeal.1 T-3", {"appeal_id": "1"}))
    khanh = Phone(world, KHANH.id)
    khanh.nudge(notice_for(world, KHANH, "complaint_due"))
    assert "đang chờ đồng chí trả lời. Trả lời chậm nhất ngày **11/01 (còn 14 ngày)**." in khanh.text
    assert khanh.text.endswith("_Trả lời xong là tôi thôi nhắc; /dulieu để đổi._")
    number = notice_for(world, KHANH, "complaint_due")
    world.results.appeals[1] = replace(world.results.appeals[1], answer_due=None)
    khanh.nudge(number)
    assert "đang chờ đồng chí trả lời.\n\n" in khanh.text


def test_without_an_own_grade_only_the_later_stages_are_told(world: World, hoa: Phone) -> None:
    world.responses[1] = replace(world.responses[1], answers={"conduct": "Tốt."})
    hoa.goto(Place("result"))
    assert "Tự nhận" not in hoa.text
    world.responses[1] = replace(world.responses[1], answers={"self_grade": "good"}, submitted_at=None)
    world.grading.decisions = world.grading.decisions[-1:]
    hoa.goto(Place("result"))
    assert "Tự nhận: Hoàn thành tốt nhiệm vụ\nCấp ủy quyết định" in hoa.text
