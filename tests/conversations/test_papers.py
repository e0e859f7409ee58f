"""The papers of a cell and of the committee: found by those who may have them, refused to everybody else."""

from collections.abc import Callable
from typing import get_args

import pytest

from conversations.dialogues import paper
from conversations.place import Place
from conversations.screen import CellPaper, CommitteePaper
from review.decisions import Decision
from tests.conversations.crowd import BINH, BLOCK, BLOCK_MEMBERS, DUNG, HOA, LAN, NAM, SCHOOL, half_done
from tests.conversations.phone import Phone
from tests.conversations.village import WARD
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]
AN = BLOCK_MEMBERS[0]


@pytest.fixture
def world() -> World:
    return half_done()


def test_a_secretary_takes_the_minutes(world: World, golden: Golden) -> None:
    lan = Phone(world, LAN.id)
    lan.say("tổng hợp")
    lan.tap("Giấy tờ")
    lan.tap("Biên bản kiểm phiếu (.docx)")
    assert [(one.kind, one.about) for one in lan.screen.papers] == [("vote_minutes", BLOCK.id)]
    lan.tap("Quay lại")
    lan.tap("Về chi bộ")
    golden("secretary_papers", lan)


def test_an_officer_takes_the_decision(world: World, golden: Golden) -> None:
    dung = Phone(world, DUNG.id)
    dung.say("tổng hợp")
    dung.tap("Giấy tờ")
    dung.tap("Quyết định công nhận xếp loại (.docx)")
    assert [(one.kind, one.about) for one in dung.screen.papers] == [("decision", WARD.id)]
    dung.tap("Quay lại")
    dung.tap("Về bảng tổng hợp")
    golden("officer_papers", dung)


@pytest.mark.parametrize("who", [HOA, BINH])
def test_a_member_and_a_contact_have_none_of_them(world: World, who: object) -> None:
    phone = Phone(world, who.id)  # type: ignore[attr-defined]
    kinds = [*((kind, BLOCK.id) for kind in get_args(CellPaper)), ("my_result", AN.id), ("remedy_person", AN.id)]
    for kind, about in [*kinds, *((kind, WARD.id) for kind in get_args(CommitteePaper))]:
        phone.goto(Place.of("paper", kind, about))
        assert (phone.text, phone.screen.papers) == (paper.REFUSED, ())
    for unit in (BLOCK.id, WARD.id, 99):
        phone.goto(Place.of("papers", unit))
        assert phone.text == paper.REFUSED


def test_a_secretary_has_only_those_of_the_own_cell(world: World) -> None:
    lan = Phone(world, LAN.id)
    for unit in (SCHOOL.id, WARD.id):
        lan.goto(Place.of("papers", unit))
        assert lan.text == paper.REFUSED


def test_without_a_review_there_are_no_papers(world: World) -> None:
    world.cycle = None
    for who, unit in ((LAN, BLOCK), (DUNG, WARD)):
        phone = Phone(world, who.id)
        phone.goto(Place.of("papers", unit.id))
        assert phone.text == paper.REFUSED


def test_the_own_result_once_the_committee_has_decided(world: World) -> None:
    phone = Phone(world, AN.id)
    phone.goto(Place.of("paper", "my_result", AN.id))
    assert phone.text == paper.REFUSED
    world.grading.decisions.append(Decision(1, "committee", "person", AN.id, "good", DUNG.id, world.now))
    phone.goto(Place.of("paper", "my_result", AN.id))
    assert [one.kind for one in phone.screen.papers] == ["my_result"]
    phone.goto(Place.of("paper", "my_result", LAN.id))
    assert phone.text == paper.REFUSED, "only one's own"


def test_a_remedy_plan_for_its_writer_and_for_the_secretary(world: World) -> None:
    for who, back in ((AN, "Việc của đồng chí"), (LAN, AN.name)):
        phone = Phone(world, who.id)
        phone.goto(Place.of("paper", "remedy_person", AN.id))
        assert phone.screen.papers[0].about == AN.id
        phone.tap("Quay lại")
        assert back in phone.text
    lan = Phone(world, LAN.id)
    for person in (NAM.id, BINH.id, 999):
        lan.goto(Place.of("paper", "remedy_person", person))
        assert lan.text == paper.REFUSED
