"""The remedies of a cell as those who look after it see them: person by person; each closer look is audited."""

from collections.abc import Callable

import pytest

from conversations.dialogues import dashboard
from conversations.place import Place
from conversations.remedy_effects import LookedAtRemedies, MakeRemedies
from review.remedies import Remedy
from tests.conversations.crowd import BLOCK, DUNG, HOA, LAN, NAM, SCHOOL
from tests.conversations.phone import Phone
from tests.conversations.test_remedies import made, reviewed
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]


@pytest.fixture
def world() -> World:
    return reviewed()


@pytest.fixture
def lan(world: World) -> Phone:
    return Phone(world, LAN.id)


def test_those_above_see_how_far_and_every_closer_look_is_audited(world: World, lan: Phone, golden: Golden) -> None:
    made(world)
    world.remedies[90] = Remedy(90, "unit", BLOCK.id, "9:shortcomings.1", "Họp muộn.", "Họp sớm.", LAN.id, None, "done")
    world.now = world.now.replace(month=4, day=5)
    lan.ask("tonghop")
    lan.tap("Việc khắc phục")
    lan.tap(1)
    lan.tap("Về danh sách")
    lan.tap("Tập thể chi bộ")
    lan.tap("Về danh sách")
    lan.tap("Quay lại")
    golden("remedies_seen_by_the_secretary", lan)
    assert (LAN.id, BLOCK.id, 0) in world.looked_at_remedies
    dung = Phone(world, DUNG.id)
    dung.ask("tonghop")
    assert "Khắc phục: 1/" in dung.text
    dung.tap("Xem từng con số")
    dung.tap("Khắc phục")
    dung.tap(1)
    dung.tap(1)
    assert isinstance(dung.effects[0], LookedAtRemedies)


@pytest.mark.parametrize("name", ["cell_remedies", "person_remedies", "make_remedies"])
def test_a_cells_remedies_are_for_those_who_look_after_it(world: World, name: str) -> None:
    made(world)
    phone = Phone(world, HOA.id)
    phone.goto(Place.of(name, BLOCK.id, HOA.id))
    assert phone.text == dashboard.NOT_YOURS
    lan = Phone(world, LAN.id)
    lan.goto(Place.of(name, SCHOOL.id, NAM.id))
    assert lan.text == dashboard.NOT_YOURS


def test_an_officer_makes_no_plan_and_nobody_makes_it_twice(world: World, lan: Phone) -> None:
    dung = Phone(world, DUNG.id)
    dung.goto(Place.of("cell_remedies", BLOCK.id))
    assert "Chưa có kế hoạch khắc phục nào." in dung.text
    assert dung.labels == ["Quay lại"]
    lan.goto(Place.of("make_remedies", BLOCK.id))
    lan.tap("Lập kế hoạch")
    assert lan.effects == (MakeRemedies(BLOCK.id),)
    count = len(world.remedies)
    lan.goto(Place.of("make_remedies", BLOCK.id))
    assert lan.text == dashboard.NOT_YOURS
    assert len(world.remedies) == count
    lan.goto(Place.of("person_remedies", BLOCK.id, 999))
    assert lan.text == dashboard.NOT_YOURS
