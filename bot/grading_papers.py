"""Papers around the vote handed over in the chat: of a cell, of the committee, of one person."""

from collections.abc import Callable, Mapping
from pathlib import PurePath

from bot.cell_papers import CellFile, Making, blank_review, cell_papers, not_handed_in, person_plan
from bot.committee_papers import CommitteeFile, committee_papers
from conversations.dialogues.paper import BACK
from conversations.facts import Facts
from conversations.oversight import decided_committee, readable_cell
from conversations.screen import CellPaper, CommitteePaper, PaperKind
from conversations.typed_in import prints_blanks
from documents.letterhead import Letterhead
from documents.member_result import MemberResult, member_result_pdf
from documents.remedy_plan import remedy_plan_docx
from documents.together import together
from handlers.port import Made
from review.people import Unit
from storage.facts import StoredFacts
from storage.year_records import cell_records

MIME = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}
CELL_FILES: Mapping[CellPaper, str] = {
    "remark_request": "phieu-xin-y-kien.docx",
    "ballot_grades": "phieu-xep-loai.docx",
    "meeting_minutes": "bien-ban-hop.docx",
    "vote_minutes": "bien-ban-kiem-phieu.docx",
    "proposals": "tong-hop-de-xuat.docx",
    "proposals_book": "tong-hop-de-xuat.xlsx",
    "not_graded": "chua-xep-loai.docx",
    "remedy_cell": "ke-hoach-khac-phuc-chi-bo.docx",
}
COMMITTEE_FILES: Mapping[CommitteePaper, str] = {
    "ballot_excellent": "phieu-binh-chon-xuat-sac.docx",
    "decision": "quyet-dinh.docx",
    "all_not_graded": "chua-xep-loai.docx",
    "report": "bao-cao.docx",
    "report_book": "bao-cao.xlsx",
    "report_pdf": "bao-cao.pdf",
}
Gathering = Callable[[int, StoredFacts], Callable[[], Made] | None]


def cell_file(cell: Unit, facts: StoredFacts) -> CellFile:
    assert facts.pack
    assert facts.cycle
    zone = facts.now.tzinfo
    assert zone
    records = cell_records(facts.conn, facts.cycle, cell, zone)
    return CellFile(facts.pack, facts.cycle, committee_above(cell, facts), records, facts.today)


def committee_above(unit: Unit | None, facts: Facts) -> str:
    """The name of the body above a unit, of the topmost where there is none."""
    parent = facts.unit(unit.parent_id) if unit and unit.parent_id else None
    return parent.name if parent else (facts.committee.name if facts.committee else "")


def made(name: str, code: str, make: Making) -> Callable[[], Made]:
    """`name` with the code of what it is about: "bien-ban-hop-K5.docx"."""
    path = PurePath(name)
    return lambda: Made(f"{path.stem}-{code}{path.suffix}", make(), MIME[path.suffix])


def _of_cell(name: str) -> Gathering:
    def gather(unit_id: int, facts: StoredFacts) -> Callable[[], Made] | None:
        cell = readable_cell(facts, unit_id)
        return made(name, cell.code, cell_papers(cell_file(cell, facts))[name]) if cell else None

    return gather


def _of_committee(name: str) -> Gathering:
    def gather(unit_id: int, facts: StoredFacts) -> Callable[[], Made] | None:
        unit = decided_committee(facts, unit_id)
        if unit is None or facts.pack is None or facts.cycle is None:
            return None
        cells = (cell for cell in facts.units_below(unit.id) if cell.kind == "cell")
        files = tuple(cell_file(cell, facts) for cell in cells)
        file = CommitteeFile(facts.pack, facts.cycle, unit.name, files)
        return made(name, unit.code, committee_papers(file)[name])

    return gather


def _my_result(person_id: int, facts: StoredFacts) -> Callable[[], Made] | None:
    person, decision = facts.person(person_id), facts.grading.decision("committee", "person", person_id)
    if BACK["my_result"](person_id, facts) is None or person is None or decision is None:
        return None
    assert facts.pack
    assert facts.cycle
    head = Letterhead(committee_above(person.unit, facts), facts.cycle.year)
    paper = MemberResult(head, facts.pack, person, decision.grade, decision.reason)
    return made("ket-qua-xep-loai.pdf", person.code, lambda: member_result_pdf(paper))


def _remedy_person(person_id: int, facts: StoredFacts) -> Callable[[], Made] | None:
    person = facts.person(person_id)
    if BACK["remedy_person"](person_id, facts) is None or person is None or person.unit is None:
        return None
    file = cell_file(person.unit, facts)
    plan = person_plan(file, person)
    return made("ke-hoach-khac-phuc.docx", person.code, lambda: remedy_plan_docx(plan, file.page("remedy_person")))


def _blank_self_review(person_id: int, facts: StoredFacts) -> Callable[[], Made] | None:
    person = facts.person(person_id)
    if BACK["blank_self_review"](person_id, facts) is None or person is None or person.unit is None:
        return None
    file = cell_file(person.unit, facts)
    if person not in not_handed_in(file):
        return None
    return made("ban-kiem-diem-trang.docx", person.code, lambda: blank_review(file, person))


def _blank_self_reviews(unit_id: int, facts: StoredFacts) -> Callable[[], Made] | None:
    cell = prints_blanks(facts, unit_id)
    if cell is None:
        return None
    file = cell_file(cell, facts)
    late = not_handed_in(file)
    if not late:
        return None
    return made("ban-kiem-diem-trang.docx", cell.code, lambda: together([blank_review(file, one) for one in late]))


GATHER: Mapping[PaperKind, Gathering] = {
    **{kind: _of_cell(name) for kind, name in CELL_FILES.items()},
    **{kind: _of_committee(name) for kind, name in COMMITTEE_FILES.items()},
    "blank_self_review": _blank_self_review,
    "blank_self_reviews": _blank_self_reviews,
    "my_result": _my_result,
    "remedy_person": _remedy_person,
}
