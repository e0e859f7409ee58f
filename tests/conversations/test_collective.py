"""The cell's collective review: its secretary writes it, names who answers for each fault, and they are asked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from conversations.effects import Looked, SaveAnswer, Submit, Withdraw
from conversations.form_people import NOBODY
from conversations.form_status import collective_status, form_place, question_place
from conversations.place import Place
from review.forms import Given, Item
from review.pack import load, pack_names
from review.people import Person, Role
from tests.conversations.crowd import file, review_of
from tests.conversations.driving import TYPED, drive
from tests.conversations.phone import Phone
from tests.conversations.village import BLOCK, DATES, DUNG, HOA, LAN, NAM, SCHOOL, WARD, village
from tests.conversations.world import World
from tests.conversations.world_points import Part

OWNERS = "shortcomings.1.owners"
FAULT = "Chi bộ họp chậm hai tháng đầu năm."


@pytest.fixture
def lan(world: World) -> Phone:
    """The secretary of Khối 5."""
    return Phone(world, LAN.id)


def at(phone: Phone, key: str, mode: str = "") -> Phone:
    phone.goto(question_place("collective_review", BLOCK.id, key, mode))
    return phone


def saved(world: World) -> dict[str, object]:
    response = world.find("collective_review", BLOCK.id)
    return dict(response.answers) if response else {}


def write_all(phone: Phone, until: str = "Đã nộp lúc") -> None:
    phone.goto(form_place("form", "collective_review", BLOCK.id))
    for _ in range(60):
        if until in phone.text:
            return
        phone.say(TYPED[phone.screen.waits_for]) if phone.screen.waits_for else phone.tap(1)
    raise AssertionError(phone.transcript[-2000:])


def submitted(world: World, *owners: Person) -> Phone:
    """Lan's phone after she has handed in one fault that these people answer for."""
    phone = Phone(world, LAN.id)
    for key, value in ((OWNERS, [str(one.id) for one in owners]), ("shortcomings.1.text", FAULT)):
        world.apply(LAN.id, SaveAnswer("collective_review", BLOCK.id, "01", key, value))  # type: ignore[arg-type]
    write_all(phone)
    return phone


def test_from_home_to_the_receipt(world: World, lan: Phone, golden: Callable[[str, Phone], None]) -> None:
    world.unit_givens[BLOCK.id] = Given(
        carried=(Item("21", "Họp chậm. Đã hứa: chốt lịch họp, xong trước 31/01/2026."),)
    )
    said = {
        "fixed.21.evidence": "Từ tháng 3 họp đúng ngày 3 hằng tháng.",
        "results": "Mở 620 m đường xóm 3, kết nạp hai đảng viên.",
        "shortcomings.1.text": FAULT,
        "shortcomings.1.cause": "Trùng lịch lễ hội, chưa chốt lịch từ đầu năm.",
        "measures.1.measure": "Chốt lịch họp cả năm trong tháng 1.",
        "measures.1.due": "31/01/2027",
    }
    lan.ask("menu")
    for _ in range(40):
        if "Đã nộp lúc" in lan.text:
            break
        if lan.screen.waits_for:
            lan.say(said[lan.state.place.word(2)])
        elif lan.state.place.word(2) == OWNERS and not saved(world).get(OWNERS):
            lan.tap("Nguyễn Thị Hoa")
            lan.tap("Lê Thị Lan")
        else:
            lan.tap(1)
    lan.tap("Về màn hình chính")
    lan.tap("Bảng tổng hợp")
    lan.tap("Kiểm điểm tập thể, gợi ý")
    golden("collective_review", lan)


def test_home_and_tonghop_show_it_before_the_own_review(world: World, lan: Phone) -> None:
    lan.ask("menu")
    assert lan.text.index("Kiểm điểm tập thể (mẫu 01): chưa bắt đầu") < lan.text.index("Bản kiểm điểm cá nhân")
    assert lan.labels[:2] == ["Bắt đầu kiểm điểm tập thể", "Bắt đầu bản kiểm điểm"]
    lan.tap(1)
    lan.say("Mở đường.")
    lan.ask("menu")
    assert "Kiểm điểm tập thể (mẫu 01): 1/6 câu, lưu lúc 20:14 hôm nay" in lan.text
    assert lan.labels[0] == "Kiểm điểm tập thể: viết tiếp câu 2"
    assert "hạn 05/12" in lan.text
    assert "Kiểm điểm tập thể (mẫu 01): 1/6 câu, nên xong trước bản của từng người." in lan.ask("tonghop").text
    review_of(HOA, world)
    assert "đã có 1 bản của từng người nộp trước" in lan.text


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        ({"collective_review_due": None}, "Bắt đầu bản kiểm điểm"),
        ({"collective_review_due": date(2026, 12, 11)}, "Bắt đầu bản kiểm điểm"),
        ({"self_reviews_due": None}, "Bắt đầu kiểm điểm tập thể"),
    ],
)
def test_what_is_due_first_stands_first(world: World, lan: Phone, dates: dict[str, date | None], first: str) -> None:
    assert world.cycle
    changed = {name: day for name, day in (DATES | dates).items() if day}
    world.cycle = replace(world.cycle, dates=changed)  # type: ignore[arg-type]
    lan.ask("menu")
    assert lan.labels[0] == first


def test_a_deputy_writes_where_there_is_no_secretary(world: World) -> None:
    world.people[HOA.id] = replace(HOA, roles=(Role("deputy", BLOCK),))
    hoa = Phone(world, HOA.id)
    assert "Kiểm điểm tập thể" not in hoa.ask("menu").text
    assert "Kết quả năm" in at(hoa, "results").text, "a deputy may help all the same"
    world.people[LAN.id] = replace(LAN, roles=())
    assert hoa.ask("menu").choices[0].label == "Bắt đầu kiểm điểm tập thể"
    assert "Kiểm điểm tập thể" not in Phone(world, LAN.id).ask("menu").text


def test_leaders_of_two_cells_see_which_is_which(world: World) -> None:
    world.people[LAN.id] = replace(
        LAN, roles=(Role("secretary", BLOCK), Role("secretary", SCHOOL), Role("deputy", WARD))
    )
    text = Phone(world, LAN.id).ask("menu").text
    assert "Kiểm điểm tập thể Chi bộ Khối 5 (mẫu 01)" in text
    assert "Kiểm điểm tập thể Chi bộ Trường THCS Lê Lợi (mẫu 01)" in text


@pytest.mark.parametrize("person", [HOA, NAM, DUNG])
def test_it_is_nobody_elses_to_open(world: World, person: Person) -> None:
    phone = Phone(world, person.id)
    for unit in (BLOCK.id, WARD.id, 99):
        phone.goto(form_place("form", "collective_review", unit))
        assert "không dành cho đồng chí" in phone.text


def test_a_pack_without_the_form_asks_nothing(world: World, lan: Phone) -> None:
    assert world.pack
    world.pack = replace(world.pack, forms={"2C": world.pack.forms["2C"]})
    assert "tập thể" not in lan.ask("menu").text
    lan.goto(Place.of("cell_review", BLOCK.id))
    assert "không có bản kiểm điểm tập thể" in lan.text
    lan.goto(form_place("form", "collective_review", BLOCK.id))
    assert "Chưa có mẫu" in lan.text


def test_people_are_ticked_one_by_one_the_head_first(world: World, lan: Phone) -> None:
    at(lan, OWNERS)
    assert lan.labels[:2] == ["Lê Thị Lan", "Nguyễn Thị Hoa"]
    assert lan.screen.waits_for is None
    lan.tap("Nguyễn Thị Hoa")
    assert "Đã chọn: **Nguyễn Thị Hoa**" in lan.text
    assert lan.labels[0] == "Xong, đi tiếp"
    serial, off = lan.state.serial, lan.screen.choices[2].action
    lan.press(serial, off)
    assert OWNERS not in saved(world)
    lan.press(serial, off)
    assert "màn hình cũ" in lan.text
    lan.tap("Lê Thị Lan")
    lan.tap("Nguyễn Thị Hoa")
    assert saved(world)[OWNERS] == [str(LAN.id), str(HOA.id)]
    lan.tap(1)
    assert "còn hạn chế nào nữa" in lan.text


def big_cell(world: World) -> None:
    for nth in range(24):
        name = f"Trần Văn {'Bình' if nth % 3 else 'Nam'} {nth:02}" if nth else "Đỗ Thị Ánh"
        world.people[100 + nth] = Person(100 + nth, f"X{nth}", name, BLOCK, date(1970, 1, 1), "2C", "member")


def test_a_large_cell_is_turned_in_pages(world: World, lan: Phone) -> None:
    big_cell(world)
    at(lan, OWNERS)
    pages = []
    for _ in range(6):
        pages.append(lan.labels[:5])
        assert len(lan.labels) <= 10
        lan.tap("Xem tên khác")
    assert sum(map(len, pages)) == 30, "and round again to the first"
    assert "Nguyễn Thị Hoa" in lan.labels[1]
    lan.tap("Xem tên khác")
    lan.tap(1)
    assert lan.labels[0].startswith("Xong")
    assert lan.labels[1].startswith("✅"), "a tick stays on its page"


def test_a_name_may_be_typed(world: World, lan: Phone) -> None:
    big_cell(world)
    at(lan, OWNERS).tap("Tìm theo tên")
    assert lan.screen.waits_for == "text"
    lan.say("không có ai")
    assert NOBODY in lan.text
    lan.say("  anh ")
    assert saved(world)[OWNERS] == ["100"]
    assert "Đã chọn đồng chí Đỗ Thị Ánh." in lan.text
    assert any(label == "✅ Đỗ Thị Ánh" for label in lan.labels)
    lan.tap("Tìm theo tên")
    lan.say("Trần Văn Bình")
    assert "Có 16 đồng chí tên như vậy" in lan.text
    assert "và người khác" in lan.text
    assert lan.screen.waits_for is None
    lan.tap("Tìm theo tên")
    lan.say("văn nam 0")
    assert "Có 3 đồng chí" in lan.text
    assert "và người khác" not in lan.text
    lan.tap("Tìm theo tên")
    lan.say("trần văn nam 21")
    assert saved(world)[OWNERS] == ["100", "121"]
    lan.tap("Tìm theo tên")
    lan.say("quay lại")
    assert lan.screen.waits_for is None


def test_without_somebody_named_it_cannot_be_handed_in(world: World, lan: Phone) -> None:
    submitted_one = {
        "results": "x",
        "shortcomings.1.text": FAULT,
        "shortcomings.1.cause": "y",
        "shortcomings.1.more": "no",
    }
    rest = {"measures.1.measure": "z", "measures.1.due": "2027-01-31", "measures.1.more": "no"}
    for key, value in (submitted_one | rest).items():
        world.apply(LAN.id, SaveAnswer("collective_review", BLOCK.id, "01", key, value))
    lan.goto(form_place("form_preview", "collective_review", BLOCK.id))
    assert "Còn 1 câu chưa viết" in lan.text
    assert "Chi bộ Khối 5, mẫu 01" in lan.text
    lan.tap(1)
    assert "Ai chịu trách nhiệm" in lan.text


def test_each_person_named_is_asked_in_section_v(world: World) -> None:
    submitted(world, HOA, LAN)
    hoa = Phone(world, HOA.id)
    world.givens = {}
    drive(hoa, until="Bản kiểm điểm tập thể nêu tên đồng chí")
    assert f"“{FAULT}”" in hoa.text
    assert not any(label.startswith("Bỏ qua") for label in hoa.labels)
    hoa.say("Tôi giữ sổ mà không nhắc.")
    drive(hoa)


def test_the_receipt_says_what_happens_and_hands_over_the_paper(world: World) -> None:
    lan = submitted(world, HOA)
    assert "phần V" in lan.text
    lan.tap("Tải bản in (.docx)")
    assert [paper.kind for paper in lan.screen.papers] == ["collective_review"]
    assert "Phần II" in lan.goto(form_place("form_text", "collective_review", BLOCK.id, 1)).text
    assert "_Người chịu trách nhiệm (hạn chế 1):_ Nguyễn Thị Hoa" in lan.text


def test_taking_it_back_takes_back_what_nobody_answered(world: World) -> None:
    lan = submitted(world, HOA, LAN)
    hoa, part = Phone(world, HOA.id), world.parts[0]
    assert isinstance(part, Part)
    key = f"collective_part.{part.id}.own_part"
    world.apply(HOA.id, SaveAnswer("self_review", HOA.id, "2C", key, "Tôi không nhắc."))
    lan.tap("Rút lại để sửa")
    assert "tạm thời được rút" in lan.text
    lan.tap("Rút lại để sửa")
    assert isinstance(lan.effects[0], Withdraw)
    hoa.goto(question_place("self_review", HOA.id, key))
    assert "đã được rút lại" in hoa.text
    assert world.facts(LAN.id).given(LAN.id).collective == ()
    write_all(lan)
    assert "đã được rút lại" not in hoa.text
    assert [one.withdrawn for one in world.parts] == [False, False]


def test_who_submitted_before_is_told_and_adds_it(world: World) -> None:
    hoa = Phone(world, HOA.id)
    world.givens = {}
    drive(hoa)
    submitted(world, HOA)
    [number] = [number for number, (person, notice) in world.notices.items() if notice.kind == "collective_part"]
    hoa.nudge(number)
    assert "phần V" in hoa.text
    assert FAULT not in hoa.text
    hoa.tap(1)
    assert hoa.labels[0] == "Không, giữ bản đã nộp"
    hoa.ask("menu")
    assert "Bản kiểm điểm tập thể có thêm nội dung ở phần V" in hoa.text
    hoa.tap("Bổ sung phần V")
    hoa.tap("Rút lại để sửa")
    hoa.tap("Viết tiếp")
    assert FAULT in hoa.text
    hoa.say("Tôi không nhắc.")
    hoa.tap("Nộp")
    assert "phần V" not in hoa.ask("menu").text
    assert hoa.nudge(number) == hoa.screen
    world.passes(days=20)
    assert "phần V" not in hoa.text


def test_after_the_meeting_it_is_too_late_to_add(world: World) -> None:
    review_of(HOA, world)
    submitted(world, HOA)
    world.passes(days=20)
    hoa = Phone(world, HOA.id)
    assert "phần V" not in hoa.ask("menu").text


def test_the_cell_screen_leads_to_it_and_tells_who_is_silent(world: World) -> None:
    lan = submitted(world, HOA)
    lan.goto(Place.of("cell_review", BLOCK.id))
    assert "✅ Kiểm điểm tập thể (mẫu 01): đã nộp" in lan.text
    assert "Phần V chưa viết: Nguyễn Thị Hoa" in lan.text
    assert lan.labels[0] == "Bản tập thể đã nộp"
    big_cell(world)
    world.parts += [Part(900 + n, 1, 100 + n, "shortcomings.1", FAULT) for n in range(9)]
    assert "và 4 đồng chí khác" in lan.text


def test_an_officer_reads_it_once_it_is_in(world: World) -> None:
    dung = Phone(world, DUNG.id)
    dung.goto(Place.of("cell_review", BLOCK.id))
    assert "Đọc bản kiểm điểm tập thể" not in dung.labels
    assert "Phần V chưa viết" not in dung.text
    submitted(world, HOA)
    dung.tap("Đọc bản kiểm điểm tập thể")
    assert dung.effects == (Looked(1),)
    assert FAULT in dung.text
    assert "Nguyễn Thị Hoa" in dung.text
    dung.tap("Quay lại")
    for stranger in (HOA, NAM):
        for name in ("cell_review", "cell_review_text", "cell_returns"):
            phone = Phone(world, stranger.id)
            phone.goto(Place.of(name, BLOCK.id, 1))
            assert "Bảng tổng hợp dành cho" in phone.text
    world.responses = {}
    dung.goto(Place.of("cell_review_text", BLOCK.id, 1))
    assert "Bảng tổng hợp dành cho" in dung.text


def test_an_accepted_submission_shows_no_withdrawal(world: World) -> None:
    lan = submitted(world, HOA)
    assert lan.effects == (Submit(1),)
    world.responses[1] = replace(world.responses[1], status="accepted")
    assert "Rút lại để sửa" not in lan.labels


def test_faults_that_return_are_listed_for_the_secretary(world: World) -> None:
    world.givens[HOA.id] = Given(carried=(Item("7", "Vắng ba buổi họp chi bộ."), Item("8", "Chưa lập tủ sách.")))
    world.unit_givens[BLOCK.id] = Given(carried=(Item("21", "Họp chậm."),))
    lan = Phone(world, LAN.id)
    lan.goto(Place.of("cell_review", BLOCK.id))
    assert "Hạn chế lặp lại: 0" in lan.text
    more = {"shortcomings.1.text": "Vắng hai buổi họp chi bộ.", "fixed.7.status": "done", "fixed.8.status": "partly"}
    review_of(HOA, world, **more)
    world.apply(LAN.id, SaveAnswer("collective_review", BLOCK.id, "01", "fixed.21.status", "not"))
    submitted(world, HOA)
    lan.goto(Place.of("cell_review", BLOCK.id))
    assert "Hạn chế lặp lại: 3" in lan.text
    lan.tap("Xem hạn chế lặp lại")
    assert {type(effect) for effect in lan.effects} == {Looked}
    assert "1. Họp chậm. (chi bộ; năm ngoái hứa, chưa làm)" in lan.text
    assert "Chưa lập tủ sách. (Nguyễn Thị Hoa; năm ngoái hứa, mới xong một phần)" in lan.text
    assert "Năm ngoái: Vắng ba buổi họp chi bộ." in lan.text
    world.responses = {}
    assert "chưa thấy hạn chế nào lặp lại" in lan.text


def test_the_writer_is_told_once_that_a_fault_returns(world: World, hoa: Phone) -> None:
    world.givens[HOA.id] = Given(carried=(Item("7", "Vắng ba buổi họp chi bộ. Đã hứa: dự đủ."),))
    hoa.goto(question_place("self_review", HOA.id, "fixed.7.status"))
    hoa.tap("Chưa làm được")
    assert "sang năm tôi sẽ hỏi lại" in hoa.text
    hoa.goto(question_place("self_review", HOA.id, "shortcomings.1.text"))
    hoa.say("Vẫn vắng ba buổi họp chi bộ.")
    assert "giống một hạn chế năm ngoái" in hoa.text
    assert "Năm ngoái: _“Vắng ba buổi họp chi bộ.”_" in hoa.text
    hoa.goto(question_place("self_review", HOA.id, "shortcomings.1.text"))
    hoa.say("Vẫn vắng ba buổi họp chi bộ.")
    assert "giống một hạn chế" not in hoa.text


def test_promise_first(world: World, hoa: Phone, golden: Callable[[str, Phone], None]) -> None:
    world.givens[HOA.id] = Given(
        carried=(
            Item("7", "Chưa gặp hết các hộ. Đã hứa: gặp nốt 3 hộ chưa hiến đất, xong trước 28/02/2026."),
            Item("8", "Vắng ba buổi họp chi bộ."),
        )
    )
    hoa.ask("menu")
    hoa.tap("Bắt đầu bản kiểm điểm")
    hoa.tap("Đã xong")
    hoa.say("Đã gặp nốt 3 hộ trong tháng 2, cả 3 hộ ký đồng ý ngày 25/02.")
    hoa.tap("Xong một phần")
    hoa.say("Dự thêm được hai buổi, còn vắng một buổi vì nằm viện.")
    hoa.goto(question_place("self_review", HOA.id, "shortcomings.1.text"))
    hoa.say("Vẫn vắng ba buổi họp chi bộ trong mùa gặt.")
    hoa.tap(1)
    golden("promise_first", hoa)


def test_reminders_stop_when_it_is_in(world: World, lan: Phone) -> None:
    world.tell(LAN.id, "collective_due", "T-1", {})
    world.now = world.now.replace(day=4)
    lan.nudge(1)
    assert "Ngày mai là hạn." in lan.text
    assert "Bản kiểm điểm tập thể của Chi bộ Khối 5 còn **6 câu**, hạn **05/12 (còn 1 ngày)**" in lan.text
    assert lan.labels[0] == "Bắt đầu kiểm điểm tập thể"
    write_all(lan, until="Xem lại trước khi nộp")
    lan.nudge(1)
    assert "chỉ còn bấm **Nộp**" in lan.text
    assert lan.labels[0] == "Xem lại và nộp bản tập thể"
    lan.tap(1)
    lan.tap("Nộp")
    before = lan.text
    assert lan.nudge(1).text == before


def test_a_snoozed_reminder_may_be_about_it_alone(world: World, lan: Phone) -> None:
    file(world, "self_review", LAN, {"conduct": "Tốt."})
    world.tell(LAN.id, "snoozed", "x", {})
    lan.nudge(1)
    assert "dặn tôi nhắc lại. Bản kiểm điểm tập thể" in lan.text


def test_the_cells_own_grade_is_asked_with_its_points_and_nothing_is_proposed(world: World, lan: Phone) -> None:
    assert world.pack
    ours, members = world.pack.forms["01"], world.pack.forms["2C"]
    with_grade = replace(ours, sections=(*ours.sections, *members.sections[-2:]))
    world.pack = replace(world.pack, forms={**world.pack.forms, "01": with_grade})
    at(lan, "scores.c01").tap("Đạt")
    at(lan, "self_grade")
    assert "Tự chấm: **2/22 điểm**." in lan.text
    assert "Theo điểm" not in lan.text
    world.pack = replace(world.pack, forms={**world.pack.forms, "01": replace(ours, sections=members.sections[-1:])})
    assert "Tự chấm: " not in at(lan, "self_grade").text


def test_without_a_review_there_is_no_collective_one(world: World) -> None:
    world.cycle = None
    assert collective_status(world.facts(LAN.id), BLOCK) is None


@pytest.mark.parametrize("name", [name for name in pack_names() if load(name).form_of("collective_review")])
def test_the_shipped_collective_forms_can_be_filled(name: str) -> None:
    world = village(load(name))
    world.unit_givens[BLOCK.id] = Given((Item("21", "Họp chậm."),), (Item("22", "Thu quỹ chậm."),))
    lan = Phone(world, LAN.id)
    lan.goto(form_place("form", "collective_review", BLOCK.id))
    assert lan.tap(1).text.startswith("Phần III · câu 1/")
    for _ in range(150):
        if "Đã nộp lúc" in lan.text:
            break
        lan.say(TYPED[lan.screen.waits_for]) if lan.screen.waits_for else lan.tap(1)
    assert [part.person_id for part in world.parts] == [LAN.id]
    lan.goto(form_place("form_text", "collective_review", BLOCK.id, 1))
    assert "Phần I." in lan.text


def test_a_collective_review_is_never_taken_for_a_persons(world: World) -> None:
    """A cell and a person may have the same number."""
    world.people[BLOCK.id] = replace(HOA, id=BLOCK.id)
    submitted(world, LAN)
    lan = Phone(world, LAN.id)
    lan.goto(Place.of("response", 1, 1))
    assert "Bảng tổng hợp dành cho" in lan.text
    lan.goto(Place.of("paper", "remark_slip", 1))
    assert "chưa có giấy này" in lan.text
