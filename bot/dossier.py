"""The dossier of a year, from one consistent look at the database: read first, then made paper by paper."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.cell_papers import CellFile, cell_papers, person_plan
from documents.cell_papers import MemberList, member_list_docx
from documents.dossier import EXPORT, REPORT_BOOK, RESULTS_BOOK, RULES, SUMMARY, Entry, as_json
from documents.file_names import apart, slug
from documents.grade_decision import GradeDecision, grade_decision_docx
from documents.grade_report import GradeReport, report_docx, report_pdf, report_workbook
from documents.graded import GradedMember
from documents.letterhead import Letterhead
from documents.member_result import MemberResult, member_result_pdf
from documents.remark_slip import RemarkSlip, remark_slip_docx
from documents.remedy_plan import remedy_plan_docx
from documents.results_workbook import results_workbook
from documents.self_review import SelfReview, self_review_docx
from review.calendar import Cycle
from review.forms import Given
from review.pack import Pack, template
from review.people import Person, Unit
from review.year_summary import rules_of, stage_tallies, summarise
from storage import audit, cycles
from storage.export import export_year
from storage.people import find_people, find_units, topmost
from storage.year_records import cell_records, cells_of


@dataclass(frozen=True, slots=True)
class YearFile:
    """Everything of one review. `cells`: by code. `units`: every unit's name by id."""

    cycle: Cycle
    pack: Pack
    committee: str
    export: dict[str, Any]
    cells: tuple[CellFile, ...]
    units: dict[int, str]
    audit_head: tuple[int, str]

    @property
    def head(self) -> Letterhead:
        return Letterhead(self.committee, self.cycle.year)

    @property
    def rows(self) -> list[GradedMember]:
        return [row for file in self.cells for row in file.rows]

    @property
    def about(self) -> dict[str, Any]:
        """What the manifest says of the whole."""
        seq, last = self.audit_head
        pack = {"name": self.pack.name, "version": self.pack.version}
        return {"year": self.cycle.year, "pack": pack, "audit": {"seq": seq, "hash": last}}

    def above(self, unit: Unit) -> str:
        return self.units.get(unit.parent_id or 0, self.committee)


def read_year(conn: Connection, year: int, now: datetime, zone: tzinfo, pack_of: Callable[[str], Pack]) -> YearFile:
    """CycleConflict for a year without a review."""
    export = export_year(conn, year, now, pack_of)
    cycle = cycles.of_year(conn, year)
    assert cycle, "export_year refuses such a year"
    units = {unit.id: unit.name for unit in find_units(conn)}
    names = {person.id: person.name for person in find_people(conn)}
    top = topmost(conn)
    file = YearFile(cycle, pack_of(cycle.pack), top.name if top else "", export, (), units, audit.head(conn))
    cells = (
        CellFile(file.pack, cycle, file.above(cell), cell_records(conn, cycle, cell, zone), names, now.date())
        for cell in cells_of(conn)
    )
    return replace(file, cells=tuple(cells))


def entries(year: YearFile) -> Iterator[Entry]:
    """Every file but the manifest, in the order in which it is written."""
    yield from _committee(year)
    for nth, file in enumerate(year.cells, 1):
        folder = f"{nth:02}-{slug(file.records.cell.name)}"
        for name, make in cell_papers(file).items():
            yield Entry(f"{folder}/{name}", make)
        yield from _of_members(year, file, folder)
    rules = rules_of(year.pack)
    yield Entry(EXPORT, partial(as_json, year.export))
    yield Entry(RULES, partial(as_json, rules))
    yield Entry(SUMMARY, lambda: as_json(summarise(year.export, rules)))
    yield Entry(RESULTS_BOOK, partial(results_workbook, year.export))


def _committee(year: YearFile) -> Iterator[Entry]:
    page, head, pack = partial(template, year.cycle.pack), year.head, year.pack
    rows = year.rows
    decided = GradeDecision(head, pack, [row for row in rows if row.final_grade])
    excellent = MemberList(head, pack, [row for row in rows if row.cell_grade == "excellent"])
    missing = MemberList(head, pack, [row for row in rows if not row.final_grade])
    report = grade_report(year)
    for name, make in (
        ("quyet-dinh.docx", lambda: grade_decision_docx(decided, page("decision"))),
        ("phieu-binh-chon-xuat-sac.docx", lambda: member_list_docx(excellent, page("ballot_excellent"))),
        ("chua-xep-loai.docx", lambda: member_list_docx(missing, page("not_graded"))),
        ("bao-cao.docx", lambda: report_docx(report, page("report"))),
        ("bao-cao.pdf", lambda: report_pdf(report)),
    ):
        yield Entry(f"00-dang-uy/{name}", make)
    yield Entry(REPORT_BOOK, partial(report_workbook, report))


def grade_report(year: YearFile) -> GradeReport:
    """At the stage that decides; everybody counts, also those who are not graded."""
    members = [one for one in year.export["people"] if one["unit"] is not None]
    whole, by_group, by_unit = stage_tallies("committee", members, year.export, rules_of(year.pack))
    return GradeReport(year.head, year.pack, whole, by_group, by_unit)


def _of_members(year: YearFile, file: CellFile, folder: str) -> Iterator[Entry]:
    taken: set[str] = set()
    for row in file.rows:
        person = row.person
        name = apart(f"{slug(person.code)}-{slug(person.name)}", taken)
        if person.id in file.records.reviews:
            yield Entry(f"{folder}/ban-kiem-diem/{name}.docx", partial(_self_review, file, person))
        if person.id in file.records.remarks and person.residence:
            yield Entry(
                f"{folder}/nhan-xet-noi-cu-tru/{name}.docx", partial(_remark, year, file, person, person.residence)
            )
        if row.final_grade or person.id in file.records.decided:
            result = MemberResult(year.head, year.pack, person, row.final_grade, row.reason)
            yield Entry(f"{folder}/ket-qua/{name}.pdf", partial(member_result_pdf, result))
        if plan := person_plan(file, person):
            make = partial(lambda plan: remedy_plan_docx(plan, file.page("remedy_person")), plan)
            yield Entry(f"{folder}/ke-hoach-khac-phuc/{name}.docx", make)


def _self_review(file: CellFile, person: Person) -> bytes:
    response = file.records.reviews[person.id]
    given = file.records.given.get(person.id, Given())
    paper = SelfReview(file.pack, file.cycle, person, file.committee, response, given)
    return self_review_docx(paper, file.page(response.form))


def _remark(year: YearFile, file: CellFile, person: Person, area: Unit) -> bytes:
    response = file.records.remarks[person.id]
    slip = RemarkSlip(file.pack, file.cycle, person, area, year.above(area), response)
    return remark_slip_docx(slip, file.page("residence_remark"))
