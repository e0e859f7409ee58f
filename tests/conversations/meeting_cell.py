"""A small cell on the day it meets, with the pack in force: six to vote on, one of them late; one exempt."""

from dataclasses import replace
from datetime import date

from review.forms import Given, walk
from review.pack import load
from review.people import Person
from review.responses import Grade, Response, Value
from tests.conversations.crowd import enter, file
from tests.conversations.phone import Phone
from tests.conversations.village import BLOCK, HOA, LAN, village
from tests.conversations.world import World

PACK = load("hd43-2025")
AN = Person(10, "AN", "Cao Thị An", BLOCK, date(1979, 2, 1), "2C", "member")
BAY = Person(11, "BAY", "Đinh Văn Bảy", BLOCK, date(1983, 8, 2), "2C", "member")
DU = Person(12, "DU", "Đỗ Văn Dự", BLOCK, date(2001, 4, 4), "2C", "member", status="probationary")
QUE = Person(16, "QUE", "Phan Thị Quế", BLOCK, date(1966, 6, 6), "2C", "member")


def submitted(world: World, person: Person, points: int, grade: Grade) -> Response:
    """A whole self-review that comes to these points of 100."""
    form, answers = PACK.forms[person.form or "2C"], dict[str, Value]()
    asked = [one for one in walk(form, answers) if one.question.kind == "score"]
    taken = 100 - points
    for one in asked:
        off = min(taken, one.question.max_points)
        answers[one.key], taken = one.question.max_points - off, taken - off
    return file(world, "self_review", person, {**answers, "conduct": "Dự 12/12 buổi họp.", "self_grade": grade})


def cell_that_meets() -> World:
    world = village(PACK)
    world.now = world.now.replace(day=15, hour=19)
    for person in (AN, BAY, DU, QUE):
        enter(world, person, joined=person is not QUE)
    world.people[LAN.id] = replace(LAN, party_post="Bí thư chi bộ")
    world.givens = {HOA.id: Given()}
    submitted(world, LAN, 85, "good")
    submitted(world, HOA, 95, "excellent")
    submitted(world, AN, 92, "good")
    submitted(world, BAY, 80, "good")
    submitted(world, DU, 75, "good")
    return world


def met(world: World) -> Phone:
    """Lan's phone with the roll recorded: five official members, four present."""
    lan = Phone(world, LAN.id)
    lan.ask("tonghop")
    lan.tap("Ghi kết quả họp")
    for label in ("Hôm nay", "5 người", "Có mặt 4", "Phan Thị Quế", "Ốm đau", "Xong", "Bỏ phiếu kín", "Không có ai"):
        lan.tap(label)
    lan.tap("Không có ai")
    return lan
