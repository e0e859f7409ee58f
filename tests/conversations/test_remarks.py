"""A residence contact's sitting, and what the member sees of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from conversations.dialogues import paper, remark_me, remarks
from conversations.effects import AnswerRemark, SaveAnswer, Submit
from conversations.place import HOME, Place
from conversations.screen import Paper
from review.forms import Section
from review.pack import load
from review.people import Person, Role
from tests.conversations.crowd import BINH, BLOCK, HOA, LAN, NAM, PACK, REMARK, RESIDENTS, SCHOOL, crowd, enter, file
from tests.conversations.phone import Phone
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]


@pytest.fixture
def world() -> World:
    return crowd()


@pytest.fixture
def binh(world: World) -> Phone:
    return Phone(world, BINH.id)


def residents(world: World) -> list[Person]:
    return [line.person for line in world.facts(BINH.id).remark_lines()]


def all_ready(world: World) -> None:
    for person in residents(world):
        file(world, "residence_remark", person, {"meetings": "unknown"}, by=BINH, sent=False)


def test_a_whole_sitting(binh: Phone, golden: Golden) -> None:
    binh.ask("menu")
    binh.tap(1)
    binh.tap("Thường xuyên")
    binh.tap("Gương mẫu")
    binh.say("Hay giúp bà con.")
    binh.tap("Không nắm được")
    binh.tap("Thỉnh thoảng")
    binh.tap("Quay lại câu trước")
    binh.tap("Thường xuyên")
    binh.tap("Có việc chưa tốt")
    binh.say("hay giúp bà con")
    binh.tap("Giữ nguyên")
    binh.tap("Danh sách")
    binh.tap("Về phần nhận xét")
    binh.tap("Gửi 3 người đã xong")
    binh.tap("Gửi nhận xét của 3 người")
    binh.tap("Nhận xét tiếp")
    for _ in range(3):
        binh.tap("Không ở đây nữa")
    binh.tap(1)
    binh.tap(1)
    golden("residence_sitting", binh)
    assert {r.status for r in binh.world.responses.values()} == {"submitted"}


def test_first_choices_alone_lead_to_the_end(binh: Phone, world: World) -> None:
    binh.ask("menu")
    taps = 0
    while binh.state.place != HOME or not taps:
        binh.tap(1)
        taps += 1
    people = len(residents(world))
    assert len(world.responses) == people
    assert taps <= 4 * people + 3


def test_the_shipped_form_takes_about_five_taps_a_person(binh: Phone, world: World) -> None:
    world.pack = load("hd43-2025")
    binh.ask("menu")
    taps = 0
    while binh.state.place != HOME or not taps:
        binh.tap(1)
        taps += 1
    assert taps <= 6 * len(residents(world)) + 3
    assert all(response.status == "submitted" for response in world.responses.values())


def test_every_answer_is_saved_at_once_under_its_person(binh: Phone, world: World) -> None:
    binh.ask("menu")
    binh.tap(1)
    binh.tap(1)
    subject = residents(world)[0]
    assert binh.effects == (SaveAnswer("residence_remark", subject.id, "residence_remark", "meetings", "often"),)
    assert binh.text.startswith("Nhận xét tại Khối 5 · 0/6 người, còn 4 ngày\n**1. ")
    assert f"**1. {subject.name}** — {subject.unit.name if subject.unit else ''}" in binh.text


def test_an_answer_that_ends_the_form_ends_it_at_once(binh: Phone, world: World) -> None:
    binh.ask("menu")
    binh.tap(1)
    binh.tap("Không nắm được")
    assert binh.state.place == Place.of("remark", residents(world)[1].id, "meetings")


def test_a_stored_remark_is_kept_changed_or_dropped(binh: Phone, world: World) -> None:
    subject = residents(world)[0]
    file(
        world,
        "residence_remark",
        subject,
        {"meetings": "often", "conduct": "well", "remark": "Cũ."},
        by=BINH,
        sent=False,
    )
    binh.goto(Place.of("remark", subject.id, "remark"))
    assert "Đang lưu: _“Cũ.”_" in binh.text
    binh.tap("Bỏ ý kiến này")
    assert binh.effects[0] == SaveAnswer("residence_remark", subject.id, "residence_remark", "remark", None)
    binh.goto(Place.of("remark", subject.id, "meetings"))
    assert "Đang lưu: _Thường xuyên_" in binh.text
    binh.tap(1)
    assert binh.state.place == Place.of("remark", subject.id, "remark")


def test_the_same_words_about_two_people_are_pointed_out_once(binh: Phone, world: World) -> None:
    one, two = residents(world)[:2]
    said = {"meetings": "often", "conduct": "well"}
    file(world, "residence_remark", one, {**said, "remark": "Nhiệt tình, gương mẫu."}, by=BINH, sent=False)
    file(world, "residence_remark", two, said, by=BINH, sent=False)
    binh.goto(Place.of("remark", two.id, "remark"))
    binh.say("nhiệt tình gương mẫu")
    assert len(binh.effects) == 1
    assert f"giống từng chữ lời về đồng chí {one.name}" in binh.text
    binh.tap("Viết lại")
    binh.say("Tháng 7 dọn kênh cùng bà con.")
    assert binh.state.place == Place.of("remark", residents(world)[2].id, "meetings")


def test_anybody_can_be_chosen_from_the_list(binh: Phone, world: World) -> None:
    file(world, "residence_remark", NAM, {"meetings": "often"}, by=BINH, sent=False)
    file(world, "residence_remark", HOA, {"meetings": "moved"}, by=BINH)
    binh.goto(Place.of("remark_people", 1))
    assert "⏳ Trần Văn Nam · đang viết" in binh.labels
    binh.tap("⏳ Trần Văn Nam")
    assert binh.state.place == Place.of("remark", NAM.id, "conduct")
    binh.goto(Place.of("remark_people", 1))
    binh.tap("✅ Nguyễn Thị Hoa · đã gửi")
    assert "✅ Đã gửi." in binh.text
    assert "Sửa từ câu đầu" not in binh.labels
    binh.tap("Phiếu đã điền")
    assert binh.screen.papers == (Paper("remark_slip", 2, paper.TITLES["remark_slip"]),)
    binh.tap("Quay lại")
    assert binh.state.place == Place.of("remark_person", HOA.id)
    binh.goto(Place.of("remark", HOA.id, "meetings"))
    assert binh.text.startswith("**")
    assert not any(choice.act for choice in binh.screen.choices)


def test_a_long_list_is_paged(world: World, binh: Phone) -> None:
    for nth in range(20):
        enter(world, replace(RESIDENTS[0], id=100 + nth, name=f"Người thứ {nth:02} có tên rất dài " + "x" * 40))
    binh.goto(Place.of("remark_people", 1))
    assert "trang 1/4" in binh.text
    binh.tap("Trang sau")
    binh.tap("Trang sau")
    binh.tap("Trang trước")
    assert "trang 2/4" in binh.text


def test_incomplete_people_come_first_when_sending(binh: Phone, world: World) -> None:
    one, two = residents(world)[:2]
    file(world, "residence_remark", two, {"meetings": "unknown"}, by=BINH, sent=False)
    binh.goto(Place("remarks_send"))
    assert "⏳ Còn 5 người chưa xong." in binh.text
    binh.tap(1)
    assert binh.state.place == Place.of("remark", one.id, "meetings")
    binh.goto(Place("remarks_send"))
    binh.tap("Gửi nhận xét của 1 người")
    assert binh.effects == (Submit(1),)
    assert binh.labels[0] == f"Nhận xét tiếp: {one.name}"


def test_one_person_from_the_list_leads_on(binh: Phone, world: World) -> None:
    all_ready(world)
    subject = residents(world)[0]
    binh.goto(Place("remarks"))
    assert binh.labels[0] == "Gửi nhận xét của 6 người"
    binh.goto(Place.of("remark_person", subject.id))
    assert binh.labels[0] == "Đi tới bước gửi"
    binh.tap("Sửa từ câu đầu")
    assert binh.state.place == Place.of("remark", subject.id, "meetings")
    for response in list(world.responses.values()):
        world.responses[response.id] = replace(response, status="submitted", submitted_at=world.now)
    binh.goto(Place.of("remark_person", subject.id))
    assert binh.labels[0] == "Về phần nhận xét"
    world.responses.clear()
    binh.goto(Place.of("remark_person", subject.id))
    assert binh.labels[0] == "Sang người tiếp theo"
    assert "⏳ Chưa xong." in binh.text


def test_nobody_remarks_on_himself_or_on_strangers(world: World) -> None:
    world.people[HOA.id] = replace(HOA, roles=(Role("contact", BLOCK),))
    phone = Phone(world, HOA.id)
    phone.goto(Place.of("remark", HOA.id, "meetings"))
    assert "Nhận xét đảng viên cư trú" in phone.text
    assert not any(choice.act for choice in phone.screen.choices)
    stranger = Phone(world, RESIDENTS[0].id)
    for name in ("remarks", "remark", "remark_people", "remark_person", "remark_alike", "remarks_send"):
        stranger.goto(Place.of(name, NAM.id))
        assert stranger.text == remarks.NOT_A_CONTACT


def test_a_required_text_cannot_be_skipped_and_a_first_text_question_has_no_way_back(world: World, binh: Phone) -> None:
    section = REMARK.sections[0]
    asked = replace(section.blocks[2], required=True)  # type: ignore[type-var]
    form = replace(REMARK, sections=(Section("r", "", "Nhận xét", (asked, section.blocks[0])),))
    world.pack = replace(PACK, forms={**PACK.forms, "residence_remark": form})
    binh.ask("menu")
    binh.tap(1)
    assert binh.labels == ["Danh sách"]
    binh.say("Hay giúp bà con.")
    binh.tap("Quay lại câu trước")
    assert binh.labels == ["Giữ nguyên, sang câu tiếp", "Danh sách"]


def test_the_areas_of_a_contact_are_named(world: World, binh: Phone) -> None:
    world.people[BINH.id] = replace(BINH, roles=(Role("contact", BLOCK), Role("contact", SCHOOL)))
    binh.goto(Place("remarks"))
    assert "cư trú tại Khối 5, Trường THCS Lê Lợi**" in binh.text
    binh.tap("Phiếu trắng để ghi tay (.docx): Khối 5")
    assert binh.screen.papers == (Paper("blank_remark_slip", BLOCK.id, paper.TITLES["blank_remark_slip"]),)
    binh.tap(1)
    assert binh.state.place == Place("remarks")


def test_without_a_date_no_days_are_said(world: World, binh: Phone) -> None:
    assert world.cycle
    world.cycle = replace(world.cycle, dates={})
    binh.goto(Place("remarks"))
    assert "0/6 người\n" in binh.text
    world.cycle = None
    assert binh.text == remarks.NOT_A_CONTACT


def test_the_member_sees_the_remark_once_it_is_sent_and_answers_it(world: World, golden: Golden) -> None:
    phone = Phone(world, HOA.id)
    file(world, "residence_remark", HOA, {"meetings": "often"}, by=BINH, sent=False)
    phone.goto(Place("remark_me"))
    assert phone.text == remark_me.NOT_YET
    phone.goto(Place("remark_me_answer"))
    assert phone.text == remark_me.NOT_YET
    world.responses.clear()
    file(
        world, "residence_remark", HOA, {"meetings": "often", "conduct": "well", "remark": "Hay giúp bà con."}, by=BINH
    )
    phone.ask("menu")
    phone.tap("Nhận xét nơi cư trú về tôi")
    phone.tap("Thêm ý kiến của tôi")
    phone.say("Cảm ơn khối. Tôi sẽ dự họp đủ hơn.")
    assert phone.effects == (AnswerRemark(1, "Cảm ơn khối. Tôi sẽ dự họp đủ hơn."),)
    phone.tap("Phiếu nhận xét")
    phone.tap("Quay lại")
    phone.tap("Sửa ý kiến của tôi")
    phone.tap("Thôi, không thêm")
    golden("remark_about_me", phone)


def test_a_long_answer_to_a_remark_is_paged(world: World) -> None:
    file(world, "residence_remark", HOA, {"meetings": "often"}, by=BINH)
    world.remark_answers[1] = "Tôi xin nói thêm vài điều. " * 250
    phone = Phone(world, HOA.id)
    phone.goto(Place("remark_me"))
    assert "trang 1/" in phone.text
    phone.tap("Trang sau")


def test_papers_are_only_for_those_who_may_have_them(world: World) -> None:
    file(world, "residence_remark", HOA, {"meetings": "often"}, by=BINH)
    file(world, "self_review", HOA, {"conduct": "Tốt."})
    file(world, "residence_remark", NAM, {"meetings": "often"}, by=BINH, sent=False)
    refused = {
        RESIDENTS[0].id: [("remark_slip", 1), ("self_review", 2), ("blank_remark_slip", 2), ("progress_chart", 2)],
        BINH.id: [("self_review", 2), ("summary_workbook", 2), ("la", 1), ("remark_slip", 99)],
        NAM.id: [("remark_slip", 3)],
    }
    for account, papers in refused.items():
        for kind, about in papers:
            phone = Phone(world, account)
            phone.goto(Place.of("paper", kind, about))
            assert phone.text == paper.REFUSED
            assert phone.screen.papers == ()
    lan = Phone(world, LAN.id)
    lan.goto(Place.of("paper", "self_review", 2))
    assert lan.screen.papers
