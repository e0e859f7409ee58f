"""A fuller ward for dashboards and residence remarks: a cell of ten, a second cell, six people living in Khối 5."""

from dataclasses import replace
from datetime import date, timedelta

from conversations.facts import Account
from review.forms import Form, Option, Question, Section
from review.people import Person
from review.responses import Answers, Grade, Response, ResponseKind, receipt_number
from tests.conversations.small_pack import SMALL_PACK
from tests.conversations.village import BINH, BLOCK, DUNG, HOA, LAN, NAM, SCHOOL, village
from tests.conversations.world import World

REMARK = Form(
    "residence_remark",
    "Phiếu nhận xét đảng viên nơi cư trú",
    "residence_remark",
    (
        Section(
            "r",
            "",
            "Nhận xét của nơi cư trú",
            (
                Question(
                    "meetings",
                    "choice",
                    "Tham gia họp và việc chung",
                    "Tham gia họp và việc chung của khối?",
                    options=(
                        Option("often", "Thường xuyên"),
                        Option("sometimes", "Thỉnh thoảng"),
                        Option("never", "Chưa tham gia"),
                        Option("unknown", "Không nắm được", ends=True),
                        Option("moved", "Không ở đây nữa", ends=True),
                    ),
                ),
                Question(
                    "conduct",
                    "choice",
                    "Chấp hành quy định",
                    "Bản thân và gia đình chấp hành quy định của địa phương thế nào?",
                    options=(Option("well", "Gương mẫu"), Option("lacking", "Có việc chưa tốt")),
                ),
                Question(
                    "remark",
                    "text",
                    "Nhận xét khác",
                    "Có điều gì muốn nói thêm về đồng chí này không?",
                    example="Tháng 7 cùng bà con dọn kênh ba buổi.",
                    required=False,
                ),
            ),
        ),
    ),
    version="5c01d2ab",
)
PACK = replace(SMALL_PACK, forms={**SMALL_PACK.forms, "residence_remark": REMARK})
NAMES = ("Cao Thị An", "Đinh Văn Bảy", "Hồ Thị Cúc", "Lý Văn Dần", "Mai Thị Én", "Ngô Văn Phú", "Phan Thị Quế")
BLOCK_MEMBERS = tuple(
    Person(10 + nth, f"B{nth}", name, BLOCK, date(1970, 1, 1 + nth), "2C", "member", residence=SCHOOL)
    for nth, name in enumerate(NAMES)
)
RESIDENTS = tuple(
    Person(30 + nth, f"S{nth}", name, SCHOOL, date(1982, 1, 1 + nth), "2C", "member", residence=BLOCK)
    for nth, name in enumerate(("Bùi Thị Sen", "Chu Văn Tài", "Đỗ Thị Uyên", "Vương Văn Vinh"))
)


def crowd() -> World:
    """Everybody of the village and these; all but Quế (16) have joined and consented."""
    world = village(PACK)
    for person in (*BLOCK_MEMBERS, *RESIDENTS):
        enter(world, person, joined=person.id != 16)
    return world


def enter(world: World, person: Person, *, joined: bool = True) -> Person:
    world.people[person.id] = person
    if joined:
        world.accounts[person.id] = Account(person.id, "web", person.id)
        world.consents[person.id] = "2026-11"
    return person


def file(
    world: World, kind: ResponseKind, subject: Person, answers: Answers, *, by: Person | None = None, sent: bool = True
) -> Response:
    """A response as it would be after somebody wrote it; sent an hour ago unless it is a draft."""
    form = subject.form or "2C" if kind == "self_review" else "residence_remark"
    number = len(world.responses) + 1
    at = world.now - timedelta(hours=1)
    response = Response(number, kind, form, subject.id, (by or subject).id, "draft", answers, at)
    if sent:
        response = replace(response, status="submitted", submitted_at=at, receipt=receipt_number(number, at))
    world.responses[number] = response
    return response


def review_of(person: Person, world: World, grade: Grade = "good", **more: str) -> Response:
    return file(world, "self_review", person, {"conduct": "Giữ mình trong sạch.", "self_grade": grade, **more})


def half_done() -> World:
    """Khối 5: three submitted, one drafting, four silent, one not joined; two remarks on its members are in."""
    world = crowd()
    an, bay, cuc, dan = BLOCK_MEMBERS[:4]
    review_of(an, world, "excellent", **{"shortcomings.1.text": "Vắng ba buổi họp.", "shortcomings.1.cause": "Đi xa."})
    review_of(bay, world, "good", **{"shortcomings.1.text": "Chưa thăm hết các hộ nghèo."})
    review_of(cuc, world, "excellent")
    file(world, "self_review", dan, {"conduct": "Đang viết dở, chưa ai được xem."}, sent=False)
    file(world, "residence_remark", an, {"meetings": "often", "conduct": "well"}, by=LAN)
    file(world, "residence_remark", bay, {"meetings": "unknown"}, by=LAN)
    return world


__all__ = [
    "BINH",
    "BLOCK",
    "BLOCK_MEMBERS",
    "DUNG",
    "HOA",
    "LAN",
    "NAM",
    "PACK",
    "REMARK",
    "RESIDENTS",
    "SCHOOL",
    "crowd",
    "enter",
    "file",
    "half_done",
    "review_of",
]  # fmt: skip
