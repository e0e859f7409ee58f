"""Suggested points: an officer raises them in the chat, whom they concern answers, they may be taken back in time."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from conversations.effects import SaveAnswer
from conversations.form_status import form_place
from conversations.place import Place
from conversations.points_effects import RaisePoint, TakeBackPoint, WritePoint
from review.people import Person
from tests.conversations.crowd import review_of
from tests.conversations.driving import drive
from tests.conversations.phone import Phone
from tests.conversations.village import BINH, BLOCK, DUNG, HOA, LAN, NAM, SCHOOL, TAM, WARD
from tests.conversations.world import World

WORDS = "Làm rõ vì sao ba hộ Khối 5 được hỗ trợ chậm hai tháng."


@pytest.fixture
def dung(world: World) -> Phone:
    """The committee's officer."""
    return Phone(world, DUNG.id)


def raise_point(phone: Phone, code: str, subject: int, text: str = WORDS) -> None:
    phone.goto(Place.of("points", code, subject, 1))
    phone.tap("Thêm gợi ý")
    phone.say(text)
    phone.tap("Gửi gợi ý")


def notice_number(world: World, person: Person) -> int:
    return next(n for n, (who, notice) in world.notices.items() if who == person.id and notice.kind == "point_raised")


def test_an_officer_raises_a_point_and_the_member_answers(
    world: World, dung: Phone, golden: Callable[[str, Phone], None]
) -> None:
    world.givens = {}
    dung.ask("tonghop")
    dung.tap("Chi bộ Khối 5")
    dung.tap("Xem từng người")
    dung.tap("⏳ Nguyễn Thị Hoa")
    dung.tap("Gợi ý kiểm điểm")
    dung.tap("Thêm gợi ý")
    dung.say(WORDS)
    dung.tap("Gửi gợi ý")
    dung.tap("Quay lại")
    before = list(dung.log)
    hoa = Phone(world, HOA.id)
    hoa.nudge(notice_number(world, HOA))
    hoa.tap("Để sau")
    hoa.remark("đến phần IV")
    log = list(hoa.log)
    drive(hoa, until="Cấp trên gợi ý đồng chí kiểm điểm")
    hoa.log = log
    hoa.say("Hồ sơ của ba hộ thiếu giấy xác nhận, tôi để quá hạn mới đòi.")
    hoa.say("Tôi nhận hồ sơ mà không kiểm tra ngay.")
    log = list(hoa.log)
    drive(hoa)
    hoa.log = [*log, "--- viết nốt và nộp"]
    hoa.tap(1)
    dung.remark("sau khi đồng chí Hoa nộp")
    dung.tap("Gợi ý kiểm điểm")
    dung.log = [*before, *hoa.log, *dung.log[len(before) :]]
    golden("suggested_point", dung)


def test_words_are_seen_back_before_they_are_sent(world: World, dung: Phone) -> None:
    dung.goto(Place.of("point_write", "p", HOA.id))
    assert dung.screen.waits_for == "text"
    dung.say("\u200b")
    assert "chưa thấy chữ nào" in dung.text
    dung.say("a" * 1001)
    assert "chưa được lưu" in dung.text
    assert dung.effects == ()
    dung.say("Bản một.")
    assert dung.effects == (WritePoint("person", HOA.id, "Bản một."),)
    assert "“Bản một.”" in dung.text
    dung.tap("Để sau")
    assert "Chưa có gợi ý nào." in dung.text
    dung.tap("Xem lại điều đang viết")
    old_serial, old = dung.state.serial, dung.screen.choices[0].action
    dung.tap("Viết lại")
    dung.say("Bản hai.")
    dung.press(old_serial, old)
    dung.press(dung.state.serial, old)
    assert not any(point.raised_at for point in world.points.values()), "a button sends the words it was shown with"
    dung.tap("Gửi gợi ý")
    assert isinstance(dung.effects[0], RaisePoint)
    assert [point.text for point in world.points.values()] == ["Bản hai."]
    dung.goto(Place.of("point_check", "p", HOA.id))
    assert "đã được gửi rồi" in dung.text


def test_a_submitted_review_comes_back(world: World, dung: Phone) -> None:
    world.givens = {}
    hoa = Phone(world, HOA.id)
    drive(hoa)
    dung.goto(Place.of("point_write", "p", HOA.id))
    dung.say(WORDS)
    assert "được trả lại để viết thêm" in dung.text
    dung.tap("Gửi gợi ý")
    hoa.nudge(notice_number(world, HOA))
    assert "được trả lại để viết thêm" in hoa.text
    assert WORDS not in hoa.text
    home = hoa.ask("menu").text
    assert "được trả lại để bổ sung" in home
    assert "Cấp trên gợi ý 1 điều" in home
    hoa.tap("Viết tiếp")
    assert WORDS in hoa.text
    hoa.say("Do tôi.")
    hoa.say("Tôi quên.")
    hoa.tap("Nộp")
    assert "✅ Đã trả lời" in dung.goto(Place.of("points", "p", HOA.id, 1)).text


def test_a_point_for_the_cell_reaches_its_secretary(world: World, dung: Phone) -> None:
    dung.goto(Place.of("cell_review", BLOCK.id))
    dung.tap("Gợi ý kiểm điểm cho chi bộ")
    dung.tap("Thêm gợi ý")
    dung.say(WORDS)
    assert "Chi bộ phải trả lời" in dung.text
    dung.tap("Gửi gợi ý")
    dung.tap("Quay lại")
    assert "Gợi ý kiểm điểm cho chi bộ (1 chưa trả lời)" in dung.labels
    lan = Phone(world, LAN.id)
    lan.nudge(notice_number(world, LAN))
    assert "gợi ý kiểm điểm với Chi bộ Khối 5" in lan.text
    assert WORDS not in lan.text
    lan.goto(form_place("form_sections", "collective_review", BLOCK.id))
    assert any("Phần IV" in label for label in lan.labels)
    for phone in (lan, dung):
        phone.ask("tonghop")
        assert "còn 1 điều chưa trả lời" in phone.text
    assert world.pack
    world.pack = replace(world.pack, forms={"2C": world.pack.forms["2C"]})
    lan.nudge(notice_number(world, LAN))
    assert lan.labels == ["Để sau"]


def test_open_points_are_counted_on_the_persons_screen(world: World, dung: Phone) -> None:
    raise_point(dung, "p", HOA.id)
    lan = Phone(world, LAN.id)
    lan.goto(Place.of("cell_person", BLOCK.id, HOA.id, 1))
    assert "Gợi ý kiểm điểm: còn 1 điều chưa trả lời" in lan.text
    assert "Gợi ý kiểm điểm" not in lan.labels
    assert "1 điều" not in Phone(world, NAM.id).goto(Place("home")).text


def test_taking_back_until_something_was_written(world: World, dung: Phone) -> None:
    raise_point(dung, "p", HOA.id)
    raise_point(dung, "p", HOA.id, "Việc hai.")
    first, second = sorted(world.points)
    dung.tap("Rút lại điều 1")
    assert dung.labels[0] == "Không, giữ lại"
    dung.tap("Rút lại")
    assert dung.effects == (TakeBackPoint(first),)
    assert "Đã rút lại ngày 01/12" in dung.text
    dung.goto(Place.of("point_back", "p", HOA.id, first))
    assert "không còn rút lại được" in dung.text
    world.apply(HOA.id, SaveAnswer("self_review", HOA.id, "2C", f"explanations.{second}.cause", "Do tôi."))
    dung.goto(Place.of("points", "p", HOA.id, 1))
    assert not any(label.startswith("Rút lại") for label in dung.labels)
    dung.goto(Place.of("point_back", "p", HOA.id, second))
    assert "không còn rút lại được" in dung.text
    hoa = Phone(world, HOA.id)
    before = hoa.text
    assert hoa.nudge(notice_number(world, HOA)).text == before, "nothing is left that was not begun"


def test_many_points_are_turned_in_pages(world: World, dung: Phone) -> None:
    for nth in range(9):
        raise_point(dung, "p", HOA.id, f"Việc {nth}. " + "Rất dài. " * 60)
    dung.goto(Place.of("points", "p", HOA.id, 1))
    dung.tap("Trang sau")
    assert "trang 2/3" in dung.text


def test_after_the_meeting_no_point_is_raised(world: World, dung: Phone) -> None:
    dung.goto(Place.of("point_write", "p", HOA.id))
    dung.say(WORDS)
    world.passes(days=20)
    assert "Chi bộ đã họp" in dung.text
    for name in ("points", "point_write"):
        dung.goto(Place.of(name, "p", HOA.id))
        assert "Chi bộ đã họp" in dung.text
        assert dung.screen.waits_for is None
    world.now = world.now.replace(day=1)
    response = review_of(HOA, world)
    world.responses[response.id] = replace(response, status="accepted")
    assert "Chi bộ đã họp" in dung.text


@pytest.mark.parametrize("person", [HOA, LAN, NAM, BINH])
def test_nobody_else_may(world: World, person: Person) -> None:
    phone = Phone(world, person.id)
    for name in ("points", "point_write", "point_check", "point_back"):
        phone.goto(Place.of(name, "p", TAM.id, 1))
        assert "Gợi ý kiểm điểm do cán bộ cấp ủy nêu" in phone.text
        assert phone.screen.waits_for is None


@pytest.mark.parametrize(
    ("code", "subject"), [("p", TAM.id), ("p", DUNG.id), ("p", BINH.id), ("p", 99), ("u", WARD.id), ("u", 99), ("x", 1)]
)
def test_whom_no_point_can_be_raised_with(world: World, dung: Phone, code: str, subject: int) -> None:
    dung.goto(Place.of("points", code, subject, 1))
    assert "Gợi ý kiểm điểm do cán bộ cấp ủy nêu" in dung.text


def test_a_point_of_another_is_not_taken_back_here(world: World, dung: Phone) -> None:
    raise_point(dung, "p", HOA.id)
    [point_id] = world.points
    for place in (Place.of("point_back", "p", NAM.id, point_id), Place.of("point_back", "p", HOA.id, 9999)):
        dung.goto(place)
        assert "Gợi ý kiểm điểm do cán bộ cấp ủy nêu" in dung.text


def test_a_notice_about_somebody_else_is_not_shown(world: World) -> None:
    world.tell(HOA.id, "point_raised", "x", {"about": "person", "subject_id": str(NAM.id)})
    world.tell(HOA.id, "point_raised", "y", {"about": "unit", "subject_id": str(SCHOOL.id)})
    hoa = Phone(world, HOA.id)
    before = hoa.text
    for number in (1, 2):
        assert hoa.nudge(number).text == before
