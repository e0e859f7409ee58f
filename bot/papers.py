"""Papers handed over in the chat: whether the person may have one, and what it is made from.

Everything is read in one transaction; the paper itself is made beside the event loop.
"""

import asyncio
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from bot import data_papers, grading_papers, reach_papers
from bot.call_list import call_list
from bot.grading_papers import MIME
from bot.grading_papers import committee_above as _above
from bot.house import House
from bot.turn import available
from conversations.effects import Looked
from conversations.facts import Account, CellCount, Facts, PersonProgress
from conversations.form_status import given_for
from conversations.incoming import ChannelName
from conversations.oversight import overseen
from conversations.reminding import reminded_cells
from conversations.screen import Paper, PaperKind
from conversations.typed_in import marked, typist
from documents.collective_review import CollectiveReview, collective_review_docx
from documents.progress_chart import progress_chart_png
from documents.remark_slip import AreaSheet, RemarkSlip, area_sheet_docx, remark_slip_docx
from documents.self_review import SelfReview, self_review_docx
from documents.summary_workbook import SummaryRow, summary_workbook
from handlers.port import Made
from review import grades, permissions
from review.pack import template
from review.people import Unit
from review.responses import Response
from storage import accounts, deeds
from storage.apply import Context, apply
from storage.facts import StoredFacts

Making = Callable[[], Made]
OF_RESPONSES: tuple[PaperKind, ...] = ("self_review", "collective_review", "remark_slip")

DOCX, XLSX = MIME[".docx"], MIME[".xlsx"]


class HousePapers:
    """Implements `handlers.port.Papers`."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def make(self, paper: Paper, channel: ChannelName, chat: str) -> Made | None:
        """None when this account's person may not have it. A look at another person's response is audited, and so are
        the list of those to be met and a copy of everything."""

        def gather(conn: Connection) -> tuple[Making | None, Account | None]:
            row = accounts.find(conn, channel, chat)
            facts = self._house.facts(conn, row.account) if row else None
            if row is None or facts is None or facts.me is None:
                return None, None
            if paper.kind not in WITHOUT_REVIEW and (facts.pack is None or facts.cycle is None):
                return None, None
            making = GATHER[paper.kind](paper.about, facts)
            return making, row.account if making and _is_audited(paper, facts) else None

        run = self._house.db.write if paper.kind in reach_papers.WRITTEN else self._house.db.read
        making, looking = await available(run(gather))
        if looking:
            await self._note_look(looking, paper)
        return await asyncio.to_thread(making) if making else None

    async def _note_look(self, account: Account, paper: Paper) -> None:
        """Before the paper is handed over, so that no look goes unseen."""

        def note(conn: Connection) -> None:
            facts = self._house.facts(conn, account)
            if paper.kind in OF_RESPONSES:
                apply(conn, Looked(paper.about), Context(facts, self._house.quiet))
                return
            if paper.kind in data_papers.GATHER:
                deeds.record(conn, facts, "copy_data", f"person:{paper.about}", {"paper": paper.kind})
                return
            for cell in reminded_cells(facts, paper.about):
                deeds.record(conn, facts, paper.kind, f"unit:{cell.id}")

        await available(self._house.db.write(note))


def _is_audited(paper: Paper, facts: Facts) -> bool:
    if paper.kind == "call_list" or paper.kind in data_papers.GATHER:
        return True
    response = facts.response_by_id(paper.about) if paper.kind in OF_RESPONSES else None
    if response is None or facts.me is None:
        return False
    subject = () if response.kind == "collective_review" else (response.subject_id,)
    return facts.me.id not in (*subject, response.respondent_id)


def _may_read(response: Response, facts: Facts) -> bool:
    about_unit = response.kind == "collective_review"
    subject = facts.unit(response.subject_id) if about_unit else facts.person(response.subject_id)
    action = permissions.action_on("read", response.kind)
    if facts.me is None or subject is None or action is None:
        return False
    return permissions.may(facts.me, action, subject, status=response.status, below=facts.units_below)


def _self_review(response_id: int, facts: Facts) -> Making | None:
    response = facts.response_by_id(response_id)
    person = facts.person(response.subject_id) if response else None
    if response is None or person is None or response.kind != "self_review" or not _may_read(response, facts):
        return None
    assert facts.pack
    assert facts.cycle
    above, given = _above(person.unit, facts), facts.given(person.id)
    sheet = SelfReview(facts.pack, facts.cycle, person, above, response, given, typist=typist(response, facts))
    page = template(facts.cycle.pack, response.form)
    return lambda: Made(f"ban-kiem-diem-{person.code}.docx", self_review_docx(sheet, page), DOCX)


def _collective_review(response_id: int, facts: Facts) -> Making | None:
    response = facts.response_by_id(response_id)
    unit = facts.unit(response.subject_id) if response else None
    if response is None or unit is None or response.kind != "collective_review" or not _may_read(response, facts):
        return None
    assert facts.pack
    assert facts.cycle
    signer, form = facts.person(response.respondent_id), facts.pack.forms[response.form]
    given = given_for(facts, response.kind, unit.id)
    name = signer.name if signer else ""
    paper = CollectiveReview(facts.pack, facts.cycle, unit, _above(unit, facts), form, response, given, name)
    page = template(facts.cycle.pack, response.form)
    return lambda: Made(f"bao-cao-kiem-diem-{unit.code}.docx", collective_review_docx(paper, page), DOCX)


def _remark_slip(response_id: int, facts: Facts) -> Making | None:
    response = facts.response_by_id(response_id)
    person = facts.person(response.subject_id) if response else None
    if response is None or person is None or response.kind != "residence_remark" or not _may_read(response, facts):
        return None
    if person.residence is None:
        return None
    assert facts.pack
    assert facts.cycle
    slip = RemarkSlip(facts.pack, facts.cycle, person, person.residence, _above(person.residence, facts), response)
    page = template(facts.cycle.pack, "residence_remark")
    return lambda: Made(f"phieu-nhan-xet-{person.code}.docx", remark_slip_docx(slip, page), DOCX)


def _blank_remark_slip(area_id: int, facts: Facts) -> Making | None:
    lines = [line for line in facts.remark_lines() if line.area.id == area_id]
    if not lines:
        return None
    assert facts.pack
    assert facts.cycle
    area = lines[0].area
    people = [line.person for line in lines]
    sheet = AreaSheet(facts.pack, facts.cycle, area, _above(area, facts), people)
    page = template(facts.cycle.pack, "residence_area")
    return lambda: Made(f"phieu-nhan-xet-trong-{area.code}.docx", area_sheet_docx(sheet, page), DOCX)


def _progress_chart(unit_id: int, facts: Facts) -> Making | None:
    cells = _cells(unit_id, facts)
    if not cells:
        return None
    unit = facts.unit(unit_id)
    counts: Sequence[CellCount] = facts.cell_counts(tuple(cell.id for cell in cells))
    title, day = (unit.name if unit else ""), f"Tiến độ kiểm điểm, ngày {facts.today:%d/%m/%Y}"
    return lambda: Made("tien-do.png", progress_chart_png(title, day, counts), "image/png")


def _summary_workbook(unit_id: int, facts: Facts) -> Making | None:
    cells = _cells(unit_id, facts)
    pack, unit = facts.pack, facts.unit(unit_id)
    if not cells or pack is None or unit is None or facts.cycle is None:
        return None
    rows = [_summary_row(progress, facts) for cell in cells for progress in facts.people_progress(cell.id)]
    title = f"Tổng hợp kiểm điểm năm {facts.cycle.year} · {unit.name}"
    return lambda: Made(f"tong-hop-{unit.code}.xlsx", summary_workbook(title, pack, rows), XLSX)


def _summary_row(one: PersonProgress, facts: Facts) -> SummaryRow:
    response = facts.response("self_review", one.person.id)
    remark = facts.response("residence_remark", one.person.id) if one.person.residence else None
    points = None
    if response and facts.pack and facts.pack.points and not response.is_open:
        given = grades.points(facts.pack.forms[response.form], response.answers)
        points = {"common": given.common, "tasks": given.tasks}
    remark_in = None if one.person.residence is None else remark is not None and not remark.is_open
    return SummaryRow(one.person, one.progress, one.submitted_at, points, one.self_grade, remark_in, marked(one))


def _cells(unit_id: int, facts: Facts) -> list[Unit]:
    """The cells of this unit whose progress the person sees."""
    below = {unit.id for unit in facts.units_below(unit_id)}
    return [cell for cell in overseen(facts) if cell.id in below]


GATHER: dict[PaperKind, Callable[[int, StoredFacts], Making | None]] = {
    **grading_papers.GATHER,
    **reach_papers.GATHER,
    **data_papers.GATHER,
    "self_review": _self_review,
    "collective_review": _collective_review,
    "remark_slip": _remark_slip,
    "blank_remark_slip": _blank_remark_slip,
    "call_list": call_list,
    "summary_workbook": _summary_workbook,
    "progress_chart": _progress_chart,
}
WITHOUT_REVIEW = reach_papers.GATHER.keys() | data_papers.GATHER.keys()
