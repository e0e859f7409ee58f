"""Every paper around the vote as the chat hands it over, made from a real database."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import get_args

import pytest
from sqlalchemy import Connection, Select, func, select

from bot.papers import HousePapers
from bot.run import open_house
from bot.settings import load_settings
from conversations.screen import CellPaper, CommitteePaper, Paper, PaperKind
from handlers.port import Made
from storage import invitations
from storage.tables import audit, people, responses, units
from tests.bot.reviewed import fill
from tests.documents.reading import text_of


@dataclass(frozen=True)
class Office:
    """The sample ward after its meetings; each call is a house of its own, as a process would be."""

    url: str

    def made(self, who: str, kind: PaperKind, about: int) -> Made | None:
        async def run() -> Made | None:
            house = open_house(load_settings(database_url=self.url))
            try:
                return await HousePapers(house).make(Paper(kind, about, ""), "web", f"demo-{who}")
            finally:
                await house.db.close()

        return asyncio.run(run())

    def looked(self, look: Callable[[Connection], int | None]) -> int:
        async def run() -> int:
            house = open_house(load_settings(database_url=self.url))
            try:
                return await house.db.read(look) or 0
            finally:
                await house.db.close()

        return asyncio.run(run())

    def unit(self, code: str) -> int:
        return self.looked(lambda conn: conn.scalar(select(units.c.id).where(units.c.code == code)))

    def person(self, code: str) -> int:
        return self.looked(lambda conn: conn.scalar(select(people.c.id).where(people.c.code == code)))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office")
    url = f"sqlite+aiosqlite:///{folder / 'ward.db'}"
    fill(load_settings(database_url=url))
    return Office(url)


def test_a_secretary_is_given_every_paper_of_the_own_cell(office: Office) -> None:
    cell = office.unit("K5")
    for kind in get_args(CellPaper):
        made = office.made("K502", kind, cell)
        assert made, kind
        assert made.filename.rpartition(".")[0].endswith("-K5")
        assert office.made("K505", kind, cell) is None, "a plain member"
        assert office.made("TH01", kind, cell) is None, "the secretary of another cell"


def test_what_is_in_them_is_what_is_kept(office: Office) -> None:
    made = office.made("K502", "vote_minutes", office.unit("K5"))
    assert made
    assert made.filename == "bien-ban-kiem-phieu-K5.docx"
    text = text_of(made.content)
    assert "ĐẢNG BỘ PHƯỜNG LAM BÌNH" in text
    assert "được triệu tập: 14; có mặt: 13" in text


def test_the_call_list_is_for_who_may_remind_and_is_audited(office: Office) -> None:
    cell = office.unit("K5")

    def handed_over(conn: Connection) -> int | None:
        return conn.scalar(select(func.count()).where(audit.c.action == "call_list", audit.c.object == f"unit:{cell}"))

    listed, every = office.made("K502", "call_list", cell), office.made("K502", "call_list", 0)
    assert listed
    assert every
    assert listed.filename == every.filename == "danh-sach-can-gap-K5.docx"
    text = text_of(listed.content)
    assert "Đảng viên cần gặp trực tiếp về kiểm điểm năm" in text
    assert "Chưa vào lần nào" in text
    assert "Bản kiểm điểm chưa viết" in text
    for who in ("K505", "TH01", "CQ02"):
        assert office.made(who, "call_list", cell) is None, who
    assert office.looked(handed_over) == 2


def test_an_officer_is_given_the_papers_of_the_committee(office: Office) -> None:
    committee = office.unit("DB")
    for kind in get_args(CommitteePaper):
        made = office.made("CQ02", kind, committee)
        assert made, kind
        assert made.filename.rpartition(".")[0].endswith("-DB")
        assert office.made("K502", kind, committee) is None
    report = office.made("CQ02", "report", committee)
    assert report
    assert "Tổng số đảng viên: 48" in text_of(report.content)
    assert office.made("CQ02", "decision", office.unit("K5")) is None, "a cell decides nothing"


def test_a_member_is_given_the_own_result_and_plan_and_nobody_elses(office: Office) -> None:
    me, other = office.person("K505"), office.person("K502")
    result = office.made("K505", "my_result", me)
    assert result
    assert (result.filename, result.mime) == ("ket-qua-xep-loai-K505.pdf", "application/pdf")
    assert result.content.startswith(b"%PDF")
    plan = office.made("K505", "remedy_person", me)
    assert plan
    assert "Không có hạn chế" in text_of(plan.content)
    assert office.made("K505", "my_result", other) is None
    assert office.made("K505", "remedy_person", other) is None
    assert office.made("K502", "remedy_person", me)
    assert office.made("K505", "my_result", 999) is None


def test_blank_forms_go_to_those_who_lead_the_cell(office: Office) -> None:
    cell, late = office.unit("K5"), office.looked(_late_in_k5)
    whole = office.made("K502", "blank_self_reviews", cell)
    assert whole
    assert whole.filename == "ban-kiem-diem-trang-K5.docx"
    text = text_of(whole.content)
    assert text.count("BẢN KIỂM ĐIỂM CÁ NHÂN") == office.looked(_how_many_late) > 1
    one = office.made("K502", "blank_self_review", late)
    assert one
    assert "☒" not in text_of(one.content)
    for who in ("K505", "TH01", "CQ02"):
        assert office.made(who, "blank_self_reviews", cell) is None
        assert office.made(who, "blank_self_review", late) is None or office.person(who) == late
    assert office.made("K502", "blank_self_review", 999) is None
    assert office.made("K502", "blank_self_reviews", office.unit("TH")) is None


def _open_in_k5() -> Select[tuple[int]]:
    sent = select(responses.c.subject_person_id).where(
        responses.c.kind == "self_review", responses.c.status.in_(("submitted", "accepted"))
    )
    cell = select(units.c.id).where(units.c.code == "K5")
    return (
        select(people.c.id)
        .where(people.c.unit_id == cell.scalar_subquery(), people.c.form.is_not(None), people.c.id.not_in(sent))
        .where(people.c.status.in_(("official", "probationary")))
        .order_by(people.c.id.desc())
    )


def _late_in_k5(conn: Connection) -> int | None:
    leaders = ("K501", "K502", "K505")
    return conn.scalar(_open_in_k5().where(people.c.code.not_in(leaders)))


def _how_many_late(conn: Connection) -> int:
    return len(conn.execute(_open_in_k5()).all())


def test_a_slip_lets_in_one_member_of_the_own_cell(office: Office) -> None:
    member = office.person("K505")
    made = office.made("K502", "invitation_slip", member)
    assert made
    assert made.filename == "phieu-moi-K505.docx"
    text = text_of(made.content)
    assert office.looked(lambda conn: invited(conn, member, text)) == member
    again = office.made("K502", "invitation_slip", member)
    assert again
    assert text_of(again.content) != text, "each slip has a code of its own"
    for who in ("K505", "TH01", "K503"):
        assert office.made(who, "invitation_slip", member) is None, who
    assert office.made("K502", "invitation_slip", office.person("K502")) is None, "not for himself"
    assert office.made("K502", "invitation_slip", 0) is None


def invited(conn: Connection, member: int, text: str) -> int | None:
    """Whom the code on a slip lets in."""
    now = datetime.now(UTC)
    codes = re.findall(rf"\b[{invitations.ALPHABET}]{{{invitations.LENGTH}}}\b", text)
    found = [one for one in (invitations.by_code(conn, code, now) for code in codes) if one]
    return found[0].person.id if found and found[0].state == "open" else None


def test_the_picture_of_a_code_is_made_only_where_the_code_is(office: Office) -> None:
    assert office.made("K505", "linking_qr", 1) is None
