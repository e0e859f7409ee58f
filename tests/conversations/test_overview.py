"""The committee's view: an overview first, levels of committees, every number leads to its list and means the same."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from conversations.dialogues import dashboard, overview
from conversations.place import Place
from review.people import Role, Unit
from review.remedies import Remedy
from tests.conversations.crowd import BLOCK, DUNG, HOA, LAN, NAM, SCHOOL, enter, half_done, review_of
from tests.conversations.phone import Phone
from tests.conversations.village import WARD
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]
PROVINCE = Unit(90, "T", "Đảng bộ tỉnh", "committee")
PARTS = tuple(Unit(91 + nth, f"BP{nth}", f"Đảng bộ bộ phận {nth + 1}", "committee", WARD.id) for nth in range(2))
CELLS = tuple(Unit(100 + nth, f"C{nth:02}", f"Chi bộ thôn {nth + 1}", "cell", PARTS[nth // 10].id) for nth in range(20))


@pytest.fixture
def world() -> World:
    """Under the ward two sub-committees with ten cells each, one member a cell; two cells beside them."""
    world = half_done()
    world.units |= {unit.id: unit for unit in (*PARTS, *CELLS)}
    for nth, cell in enumerate(CELLS):
        person = enter(world, replace(HOA, id=300 + nth, code=f"P{nth}", name=f"Phan Văn {nth + 1}", unit=cell))
        if nth % 2:
            review_of(person, world)
    return world


@pytest.fixture
def dung(world: World) -> Phone:
    return Phone(world, DUNG.id)


def owes(world: World, number: int, unit: Unit, **more: object) -> None:
    remedy = Remedy(number, "unit", unit.id, f"{number}:shortcomings.1", "Họp muộn.", "Họp sớm.", NAM.id, None)
    world.remedies[number] = replace(remedy, **more)  # type: ignore[arg-type]


def test_an_officer_drills_from_the_committee_to_a_cell(dung: Phone, world: World, golden: Golden) -> None:
    owes(world, 1, CELLS[3], due=date(2026, 11, 1))
    owes(world, 2, CELLS[4], status="done")
    world.own_dates = {CELLS[5].id: {"self_reviews_due": date(2026, 12, 8)}}
    dung.ask("tonghop")
    dung.tap("Đảng bộ bộ phận 1")
    dung.tap("Trang sau")
    dung.tap("Xem từng con số")
    dung.tap("Khắc phục")
    dung.tap("Chi bộ thôn 4")
    dung.tap("Quay lại")
    dung.tap("Các chi bộ khác")
    dung.tap("Lên một cấp")
    dung.tap("Xem từng con số")
    dung.tap("Nộp bản kiểm điểm")
    dung.tap("Trang sau")
    dung.tap("Các con số khác")
    dung.tap("Lịch riêng")
    golden("committee_overview", dung)


def test_a_number_of_a_committee_is_the_sum_of_its_cells(dung: Phone, world: World) -> None:
    dung.ask("tonghop")
    assert "Cả 22 chi bộ, 2 đảng bộ bên dưới\nĐã nộp 13/35 " in dung.text
    assert "**Đảng bộ bộ phận 1**\nĐã nộp 5/10 " in dung.text
    dung.goto(Place.of("committee", PARTS[0].id))
    assert "Cả 10 chi bộ\nĐã nộp 5/10 " in dung.text
    dung.goto(Place.of("number", PARTS[0].id, "reviews", 1))
    assert "**Chi bộ thôn 1**\nĐã nộp 0/1 " in dung.text
    assert dung.text.index("Chi bộ thôn 1*") < dung.text.index("Chi bộ thôn 2*")


def test_every_list_fits_on_a_screen(dung: Phone, world: World) -> None:
    for cell in CELLS:
        world.units[cell.id] = replace(cell, name=f"{cell.name} " + "tên rất dài " * 12)
        owes(world, cell.id, cell, due=date(2026, 11, 1))
        world.own_dates[cell.id] = {"self_reviews_due": date(2026, 12, 8)}
    for place in (
        Place("dashboard"),
        Place.of("committee", PARTS[0].id, 1),
        Place.of("committee", PARTS[0].id, 2),
        Place.of("numbers", 0),
        *(Place.of("number", 0, number, 2) for number in ("reviews", "remarks", "remedies", "dates")),
    ):
        dung.goto(place)
        assert len(dung.labels) <= 10


def test_somebody_with_several_units_begins_above_them(world: World) -> None:
    both = replace(LAN, roles=(Role("officer", PARTS[0]), Role("secretary", BLOCK)))
    world.people[LAN.id] = both
    lan = Phone(world, LAN.id)
    lan.ask("tonghop")
    assert "Cả 11 chi bộ, 1 đảng bộ bên dưới" in lan.text
    lan.tap("Đảng bộ bộ phận 1")
    assert lan.labels[-1] == "Về màn hình chính"
    lan.tap("Xem từng con số")
    lan.tap("Quay lại")
    assert lan.state.place == Place.of("committee", PARTS[0].id)
    lan.tap("Chi bộ thôn 1")
    lan.tap("Các chi bộ khác")
    assert lan.state.place == Place.of("committee", PARTS[0].id)
    lan.goto(Place.of("cell", BLOCK.id))
    lan.tap("Các chi bộ khác")
    assert lan.state.place == Place("dashboard")
    lan.goto(Place.of("numbers", 0))
    assert "Lịch kiểm điểm" not in lan.labels
    lan.goto(Place.of("number", 0, "reviews", 1))
    assert "· 11 chi bộ" in lan.text


@pytest.mark.parametrize("name", ["committee", "numbers", "number"])
def test_the_view_ends_where_the_role_ends(world: World, name: str) -> None:
    world.units[PROVINCE.id] = PROVINCE
    for unit in (PROVINCE, BLOCK, Unit(999, "", "", "cell")):
        lan = Phone(world, LAN.id)
        lan.goto(Place.of(name, unit.id, "reviews", 1))
        assert lan.text in (dashboard.NOT_YOURS, overview.NO_SUCH_NUMBER)


def test_a_number_nobody_knows_and_one_without_rows(dung: Phone, world: World) -> None:
    dung.goto(Place.of("number", 0, "happiness", 1))
    assert dung.text == overview.NO_SUCH_NUMBER
    dung.goto(Place.of("number", 0, "dates", 1))
    assert dung.text.endswith(overview.NO_SUCH_NUMBER)


def test_without_an_open_review_only_what_lasts_is_told(dung: Phone, world: World) -> None:
    owes(world, 1, SCHOOL)
    world.cycle = None
    dung.ask("tonghop")
    assert dung.text == f"{overview.NO_CYCLE}\n\nCả 22 chi bộ, 2 đảng bộ bên dưới\nKhắc phục: 0/1 xong"
    dung.goto(Place.of("number", 0, "reviews", 1))
    assert dung.text == overview.NO_SUCH_NUMBER
    dung.goto(Place.of("committee", PARTS[0].id))
    assert dung.text == dashboard.NO_CYCLE


def test_units_without_a_committee_above_have_a_title_too(dung: Phone, world: World) -> None:
    two = (Unit(1, "A", "Chi bộ A", "cell", 5), Unit(5, "B", "Chi bộ B", "cell", 6))
    world.units = {unit.id: unit for unit in two}
    world.people[DUNG.id] = replace(DUNG, roles=tuple(Role("secretary", unit) for unit in two))
    dung.ask("tonghop")
    assert "**Các chi bộ · kiểm điểm 2026**" in dung.text or "Chi bộ B" in dung.text
