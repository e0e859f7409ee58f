"""The paper lane: a leader of the cell types in what a member wrote by hand; it is marked wherever it is shown."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.dialogues.dashboard import NOT_YOURS as NOT_OVERSEEN
from conversations.dialogues.form_question import AS_ON_PAPER, GRADE_ON_PAPER
from conversations.dialogues.typing_in import JOINED
from conversations.effects import NoteSignature, TypeIn
from conversations.form_draft import NOT_YOURS, OWNERS
from conversations.form_status import form_place, question_place
from conversations.place import Place
from conversations.result_effects import OrderRedo
from conversations.typed_in import NOT_OFFERED, count_line, types_for, unsigned_line
from review.pack import load
from review.people import Person, Role
from review.responses import Response
from tests.conversations.crowd import BLOCK, BLOCK_MEMBERS, DUNG, HOA, LAN, NAM, crowd, file, review_of
from tests.conversations.driving import drive
from tests.conversations.phone import Phone
from tests.conversations.village import village
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]
AN, QUE = BLOCK_MEMBERS[0], BLOCK_MEMBERS[6]
VAGUE = "Đôi khi chưa tốt."


@pytest.fixture
def world() -> World:
    """Khối 5 with nothing written yet; Quế has no phone."""
    return crowd()


@pytest.fixture
def lan(world: World) -> Phone:
    return Phone(world, LAN.id)


def person_place(person_id: int) -> Place:
    return Place.of("cell_person", BLOCK.id, person_id)


def begin(phone: Phone, person_id: int) -> Phone:
    phone.goto(person_place(person_id))
    phone.tap("Nhập thay từ bản giấy")
    phone.tap(1)
    return phone


def typed(world: World, person_id: int = QUE.id) -> Response:
    response = world.find("self_review", person_id)
    assert response
    return response


def type_whole(phone: Phone, person_id: int = QUE.id) -> Response:
    drive(begin(phone, person_id))
    return typed(phone.world, person_id)


def test_a_secretary_types_in_prints_and_notes_the_signature(lan: Phone, world: World, golden: Golden) -> None:
    lan.say("tổng hợp")
    lan.tap("Xem từng người")
    lan.tap("⏳ Phan Thị Quế")
    lan.tap("In bản trắng")
    assert [(one.kind, one.about) for one in lan.screen.papers] == [("blank_self_review", QUE.id)]
    lan.tap("Quay lại")
    lan.tap("Nhập thay từ bản giấy")
    assert "**Nhập thay cho Phan Thị Quế**, sinh 07/01/1970 (mẫu 2C)" in lan.text
    assert JOINED not in lan.text
    lan.tap("Có bản giấy, bắt đầu nhập")
    assert lan.effects == (TypeIn(QUE.id),)
    drive(lan)
    lan.tap("Tải bản in để ký")
    assert [(one.kind, one.about) for one in lan.screen.papers] == [("self_review", typed(world).id)]
    lan.tap("Về đồng chí này")
    world.passes(days=1)
    lan.tap("Bản nhập thay: in, ký, rút lại")
    lan.tap("Ghi đã ký bản in")
    lan.tap("Hôm nay")
    assert typed(world).signed_on == world.now.date()
    lan.tap("Về đồng chí này")
    lan.tap("Về danh sách")
    golden("typing_in", lan)


def test_every_screen_says_for_whom(lan: Phone, world: World) -> None:
    begin(lan, QUE.id)
    places = ("form", "form_sections", "form_section", "form_preview", "form_text")
    for place in (lan.state.place, *(form_place(name, "self_review", QUE.id, 1) for name in places)):
        lan.goto(place)
        assert lan.text.startswith("Nhập thay cho **Phan Thị Quế**"), place
        assert "Về màn hình chính" not in lan.labels
        later = next((c for c in lan.screen.choices if c.label in ("Để sau", "Về đồng chí này")), None)
        assert later is None or later.to == person_place(QUE.id)
    lan.goto(question_place("self_review", QUE.id, "conduct"))
    assert AS_ON_PAPER in lan.text
    assert "Ví dụ" not in lan.text
    lan.goto(question_place("self_review", QUE.id, "self_grade"))
    assert GRADE_ON_PAPER in lan.text
    lan.goto(form_place("form_paper", "self_review", QUE.id))
    assert "chưa nộp" in lan.text
    assert not lan.screen.papers


@pytest.mark.parametrize(("who", "leads_to"), [(LAN, "form"), (HOA, "form_hint")])
def test_what_stands_on_paper_gets_no_hint(who: Person, leads_to: str) -> None:
    phone = Phone(village(load("hd43-2025")), who.id)
    phone.goto(question_place("self_review", HOA.id, "conduct"))
    phone.say(VAGUE)
    assert phone.state.place.name == leads_to


def test_a_promise_not_kept_is_only_written_down(world: World, lan: Phone) -> None:
    begin(lan, HOA.id)
    lan.goto(question_place("self_review", HOA.id, "fixed.7.status"))
    lan.tap("Chưa")
    assert "Đồng chí cứ nói thật" not in lan.text
    assert "Đã lưu" in lan.text


def test_a_member_with_a_phone_is_asked_about_first_and_told_afterwards(lan: Phone, world: World) -> None:
    lan.goto(person_place(AN.id))
    lan.tap("Nhập thay từ bản giấy")
    assert JOINED in lan.text
    lan.tap("Không, về đồng chí này")
    type_whole(lan, AN.id)
    [(number, _)] = [(n, notice) for n, (who, notice) in world.notices.items() if notice.kind == "typed_in"]
    an = Phone(world, AN.id)
    an.nudge(number)
    assert "nhập thay bản kiểm điểm đồng chí nộp trên giấy" in an.text
    an.tap("Đọc bản đã nhập")
    assert "Đồng chí Lê Thị Lan nhập thay theo bản giấy của đồng chí." in an.text
    an.ask("menu")
    assert "(nhập thay từ bản giấy): đã nộp lúc" in an.text
    an.ask("dulieu")
    assert "đồng chí Lê Thị Lan nhập thay theo bản giấy" in an.text


def test_the_member_makes_it_the_own_by_taking_it_back(lan: Phone, world: World) -> None:
    response = type_whole(lan, AN.id)
    an = Phone(world, AN.id)
    an.goto(form_place("form_withdraw", "self_review", AN.id))
    an.tap("Rút lại để sửa")
    assert not typed(world, AN.id).typed_in
    assert typed(world, AN.id).answers == response.answers
    lan.goto(form_place("form_receipt", "self_review", AN.id))
    assert lan.text == OWNERS
    lan.goto(person_place(AN.id))
    assert "Nhập thay từ bản giấy" not in lan.labels
    assert "nhập thay" not in lan.text
    drive(an)
    assert not typed(world, AN.id).typed_in
    lan.goto(person_place(AN.id))
    assert "Bản nhập thay: in, ký, rút lại" not in lan.labels
    assert lan.nudge(1)  # what was planned before is not said any more
    assert not Phone(world, AN.id).effects


def test_the_member_may_go_on_where_the_secretary_stopped(lan: Phone, world: World) -> None:
    begin(lan, AN.id)
    lan.say("Chép từ bản giấy.")
    assert typed(world, AN.id).typed_in
    an = Phone(world, AN.id)
    an.ask("menu")
    assert "nhập thay từ bản giấy" in an.text
    an.goto(question_place("self_review", AN.id, "conduct"))
    assert "Đồng chí Lê Thị Lan đang nhập thay" in an.text
    lan.goto(question_place("self_review", AN.id, "meetings"))
    an.say("Tôi tự viết.")
    assert not typed(world, AN.id).typed_in
    lan.say("12")
    assert OWNERS in lan.text
    assert lan.labels == ["Về màn hình chính"]
    assert dict(typed(world, AN.id).answers) == {"conduct": "Tôi tự viết."}


def test_nobody_types_in_what_its_owner_has_begun(lan: Phone, world: World) -> None:
    file(world, "self_review", AN, {"conduct": "Của tôi."}, sent=False)
    for place in (
        Place.of("type_in", AN.id),
        Place.of("typed_in", AN.id),
        Place.of("signature", AN.id),
        Place.of("signature_day", AN.id),
        Place.of("type_in", 999),
        Place.of("typed_in", 999),
        Place.of("type_in", LAN.id),
    ):
        assert lan.goto(place).text == NOT_OVERSEEN
    assert lan.goto(question_place("self_review", AN.id, "conduct")).text == OWNERS
    assert lan.goto(question_place("self_review", NAM.id, "conduct")).text == NOT_YOURS
    file(world, "self_review", NAM, {"conduct": "Của tôi."}, sent=False)
    assert lan.goto(question_place("self_review", NAM.id, "conduct")).text == NOT_YOURS
    file(world, "self_review", QUE, {}, sent=False)
    assert types_for(world.facts(LAN.id), QUE), "begun and emptied again: there is nothing to protect"


def test_who_may_not(world: World) -> None:
    facts = {person.id: world.facts(person.id) for person in (HOA, NAM, DUNG)}
    assert not any(types_for(one, QUE) for one in facts.values())
    assert not types_for(world.facts(9), QUE)
    assert not types_for(world.facts(LAN.id), NAM), "of another cell"
    assert not types_for(world.facts(LAN.id), replace(QUE, status="exempt"))
    dung = Phone(world, DUNG.id)
    dung.goto(person_place(QUE.id))
    assert "In bản trắng (.docx)" not in dung.labels
    dung.goto(Place.of("papers", BLOCK.id))
    assert "Bản trắng cho người chưa nộp (.docx)" not in dung.labels
    for kind, about in (("blank_self_review", QUE.id), ("blank_self_review", 999), ("blank_self_reviews", BLOCK.id)):
        assert not dung.goto(Place.of("paper", kind, about)).papers


def test_who_took_back_the_consent_stays_on_paper(lan: Phone, world: World) -> None:
    an = Phone(world, AN.id)
    an.ask("dulieu")
    an.tap("Rút lại đồng ý")
    an.tap("Rút lại đồng ý")
    lan.goto(person_place(AN.id))
    assert NOT_OFFERED in lan.text
    assert "Nhập thay từ bản giấy" not in lan.labels
    assert "In bản trắng (.docx)" in lan.labels


def test_a_deputy_goes_on_and_prints_but_takes_back_only_the_own(lan: Phone, world: World) -> None:
    world.people[HOA.id] = replace(HOA, roles=(Role("deputy", BLOCK),))
    hoa = Phone(world, HOA.id)
    begin(lan, QUE.id)
    lan.say("Câu một, chép đúng.")
    lan.say("để sau")
    assert "⏳ Đang nhập thay: 1/" in lan.text
    hoa.goto(person_place(QUE.id))
    hoa.tap("Nhập thay từ bản giấy")
    hoa.tap("Nhập tiếp câu 2")
    drive(hoa)
    assert typed(world).respondent_id == HOA.id
    lan.goto(Place.of("typed_in", QUE.id))
    assert "Đồng chí Nguyễn Thị Hoa nhập thay" in lan.text
    assert "Biên nhận, rút lại để sửa" not in lan.labels
    assert lan.goto(form_place("form_withdraw", "self_review", QUE.id)).text == NOT_YOURS
    hoa.goto(Place.of("typed_in", QUE.id))
    hoa.tap("Biên nhận, rút lại để sửa")
    hoa.tap("Rút lại để sửa")
    hoa.tap("Rút lại để sửa")
    assert typed(world).status == "draft"
    hoa.goto(person_place(QUE.id))
    hoa.tap("Nhập thay từ bản giấy")
    hoa.tap("Xem lại và nộp")
    assert "**Xem lại trước khi nộp** — Phan Thị Quế" in hoa.text


def test_after_the_meeting_it_stays(lan: Phone, world: World) -> None:
    type_whole(lan)
    world.passes(days=20)
    lan.goto(form_place("form_withdraw", "self_review", QUE.id))
    assert "Chi bộ đã họp" in lan.text


def test_a_signature_on_another_day(lan: Phone, world: World) -> None:
    response = type_whole(lan)
    world.passes(days=3)
    lan.goto(Place.of("typed_in", QUE.id))
    assert "⏳ Chưa ký bản in." in lan.text
    lan.tap("Ghi đã ký bản in")
    lan.tap("Ngày khác")
    for words in ("không nhớ", "30/11/2026", "5/12/2026"):
        lan.say(words)
        assert lan.state.place.name == "signature_day"
        assert not lan.effects
    lan.say("2/12/2026")
    assert typed(world).signed_on == (world.now - timedelta(days=2)).date()
    assert "✅ Đã ký bản in ngày 02/12/2026." in lan.text
    lan.tap("Sửa ngày ký")
    lan.tap("Bỏ ghi chữ ký")
    assert lan.effects == (NoteSignature(response.id, None),)
    assert typed(world).signed_on is None
    lan.tap("Ghi đã ký bản in")
    lan.tap("Chưa ký, quay lại")
    assert lan.state.place == Place.of("typed_in", QUE.id)


def test_it_counts_as_submitted_and_is_marked_in_every_list(lan: Phone, world: World) -> None:
    lan.goto(Place.of("cell", BLOCK.id))
    assert "Nhập thay" not in lan.text
    type_whole(lan)
    lan.goto(Place.of("cell", BLOCK.id))
    assert "Đã nộp 1/9" in lan.text
    assert "Nhập thay từ bản giấy: 1, chưa ký 1" in lan.text
    lan.goto(Place.of("cell_people", BLOCK.id, 2))
    assert "✅ Phan Thị Quế · đã nộp (nhập thay, chưa ký)" in lan.labels
    for phone in (lan, Phone(world, DUNG.id)):
        phone.goto(person_place(QUE.id))
        assert "(nhập thay, chưa ký)" in phone.text
        assert "Đồng chí Lê Thị Lan nhập thay theo bản giấy. ⏳ Chưa ký bản in." in phone.text
        phone.tap("Đọc bản kiểm điểm")
        assert "_Đồng chí Lê Thị Lan nhập thay theo bản giấy. ⏳ Chưa ký bản in._" in phone.text
    world.apply(LAN.id, NoteSignature(typed(world).id, world.now.date()))
    lan.goto(Place.of("cell_people", BLOCK.id, 2))
    assert "✅ Phan Thị Quế · đã nộp (nhập thay)" in lan.labels
    lan.goto(Place.of("cell", BLOCK.id))
    assert "Nhập thay từ bản giấy: 1\n" in lan.text


def test_a_draft_in_the_secretarys_hand_is_named_so(lan: Phone, world: World) -> None:
    begin(lan, QUE.id)
    lan.say("Câu một.")
    lan.goto(Place.of("cell_people", BLOCK.id, 2))
    labels = [*lan.labels, *(choice.label for choice in lan.goto(Place.of("cell_people", BLOCK.id, 1)).choices)]
    assert "⏳ Phan Thị Quế · đang nhập thay" in labels
    lan.goto(person_place(QUE.id))
    assert "Đồng chí Lê Thị Lan nhập thay theo bản giấy." in lan.text
    assert "ký bản in" not in lan.text


def test_unsigned_prints_are_named_before_the_meeting_and_stop_nothing(lan: Phone, world: World) -> None:
    lan.goto(Place.of("meeting", BLOCK.id))
    assert "chữ ký" not in lan.text
    type_whole(lan)
    lan.goto(Place.of("meeting", BLOCK.id))
    assert "⏳ Bản nhập thay chưa có chữ ký: Phan Thị Quế. Nên in ra xin ký trước khi họp." in lan.text
    lan.tap("Hôm nay")
    lan.goto(Place.of("meeting_person", BLOCK.id, QUE.id))
    assert "(nhập thay, chưa ký)" in lan.text


def test_many_unsigned_prints_are_named_in_part(world: World) -> None:
    for person in BLOCK_MEMBERS:
        file(world, "self_review", person, {"self_grade": "good"}, by=LAN)
    rows = world.facts(LAN.id).people_progress(BLOCK.id)
    assert "và 1 đồng chí khác. Nên" in unsigned_line(rows)
    assert count_line(rows) == "Nhập thay từ bản giấy: 7, chưa ký 7"


def test_blank_forms_for_those_who_have_not_handed_in(lan: Phone, world: World) -> None:
    lan.goto(Place.of("papers", BLOCK.id))
    lan.tap("Bản trắng cho người chưa nộp (.docx)")
    assert [(one.kind, one.about) for one in lan.screen.papers] == [("blank_self_reviews", BLOCK.id)]
    for person in (*BLOCK_MEMBERS, HOA, LAN):
        review_of(person, world)
    lan.goto(Place.of("papers", BLOCK.id))
    assert "Bản trắng cho người chưa nộp (.docx)" not in lan.labels
    world.cycle = None
    for kind, about in (("blank_self_review", QUE.id), ("blank_self_reviews", BLOCK.id)):
        assert not lan.goto(Place.of("paper", kind, about)).papers


def test_what_was_returned_is_typed_in_again_and_the_first_copy_stays_marked(lan: Phone, world: World) -> None:
    type_whole(lan)
    world.apply(DUNG.id, OrderRedo("person", QUE.id, "review", world.now.date(), "Còn chung."))
    lan.goto(person_place(QUE.id))
    lan.tap("Đọc bản nộp lần 1")
    assert "(nhập thay)" in lan.text
    lan.tap("Về đồng chí này")
    lan.tap("Nhập thay từ bản giấy")
    lan.tap("Xem lại và nộp")
    assert "Lý do: “Còn chung.”" in lan.text
    lan.tap("Nộp")
    assert typed(world).typed_in


def test_whose_form_is_missing_is_not_typed_in(lan: Phone, world: World) -> None:
    world.people[QUE.id] = replace(QUE, form=None)
    lan.goto(Place.of("type_in", QUE.id))
    assert lan.text == NOT_OVERSEEN
