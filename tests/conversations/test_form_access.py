"""Whose form it is: strange places, other people, several phones, what home is told."""

from dataclasses import replace
from datetime import date

import pytest

from conversations.form_draft import NO_CYCLE, NO_FORM, NOT_YOURS
from conversations.form_status import form_place, form_status
from conversations.place import Place
from tests.conversations.driving import answers, at, drive, forward
from tests.conversations.phone import Phone
from tests.conversations.village import HOA, NAM
from tests.conversations.world import World

PLACES = (
    "form", "form_hint", "form_help", "form_sections", "form_section", "form_preview", "form_text", "form_receipt",
    "form_paper", "form_withdraw",
)  # fmt: skip
ARGS = (
    (),
    ("s",),
    ("s", "2"),
    ("s", "x"),
    ("q", "1"),
    ("s", "1", "nowhere"),
    ("s", "1", "conduct", "zz"),
    ("s", "1", "-3"),
)


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("args", ARGS)
def test_a_strange_place_is_answered_kindly(hoa: Phone, world: World, name: str, args: tuple[str, ...]) -> None:
    hoa.goto(Place(name, args))
    if args[:2] != ("s", "1"):
        assert hoa.text == NOT_YOURS
    drive(hoa)


def test_without_a_review_or_a_form_it_says_so(hoa: Phone, world: World) -> None:
    place = form_place("form_preview", "self_review", HOA.id)
    world.people[HOA.id] = replace(HOA, form=None)
    assert hoa.goto(place).text == NO_FORM
    assert form_status(world.facts(1), world.people[HOA.id]) is None
    world.cycle = None
    assert hoa.goto(place).text == NO_CYCLE
    assert form_status(world.facts(1), HOA) is None


def test_the_form_stays_when_the_roster_changes(hoa: Phone, world: World) -> None:
    at(hoa, "conduct").say("Đã viết theo mẫu 2C.")
    world.people[HOA.id] = replace(HOA, form="2A")
    at(hoa, "meetings").say("10")
    assert answers(world) == {"conduct": "Đã viết theo mẫu 2C.", "meetings": 10}


def test_status_counts_main_questions(hoa: Phone, world: World) -> None:
    status = form_status(world.facts(1), HOA)
    assert status
    assert (status.answered, status.total, status.next_number, status.next_name) == (0, 15, 1, "câu 1")
    at(hoa, "conduct").say("Xong câu một.")
    world.passes(days=3)
    status = form_status(world.facts(1), HOA)
    assert status
    assert (status.answered, status.next_number, status.next_place.word(2)) == (1, 1, "fixed.7.status")
    assert status.saved_at
    assert status.saved_at.date() == date(2026, 12, 1)


def test_two_phones_of_one_person_file_under_what_each_shows(world: World) -> None:
    first, second = Phone(world, 1), Phone(world, 9)
    world.accounts[9] = replace(world.accounts[9], person_id=HOA.id)
    at(first, "conduct")
    at(second, "conduct").say("Từ máy hai.")
    second.say("12")
    first.say("Từ máy một.")
    assert answers(world) == {"conduct": "Từ máy một.", "meetings": 12}


def test_nobody_reaches_a_colleagues_form(world: World) -> None:
    nam = Phone(world, NAM.id)
    at(nam, "conduct")
    nam.say("Chữ của người khác.")
    assert answers(world) == {}


def test_forward_from_home_is_the_form(hoa: Phone) -> None:
    forward(hoa)
    assert "câu 1/" in hoa.text
