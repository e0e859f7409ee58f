"""The dossier of a year, from one consistent look at the database: read first, then made paper by paper."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.cell_papers import REMARK_REQUEST, CellFile, cell_papers, person_plan
from bot.committee_papers import CommitteeFile, committee_papers
from documents.collective_review import CollectiveReview, collective_review_docx
from documents.dossier import COMMITTEE_FOLDER, EXPORT, RESULTS_BOOK, RULES, SUMMARY, Entry, as_json
from documents.file_names import apart, slug
from documents.member_result import MemberResult, member_result_pdf
from documents.remark_slip import RemarkSlip, remark_slip_docx
from documents.remedy_plan import remedy_plan_docx
from documents.results_workbook import results_workbook
from documents.self_review import SelfReview, self_review_docx
from review.forms import Given
from review.pack import Pack
from review.people import Person, Unit
from review.year_summary import rules_of, summarise
from storage import audit, cycles
from storage.export import export_year
from storage.people import find_units, topmost
from storage.year_records import CollectiveRecord, cell_records, cells_of


@dataclass(frozen=True, slots=True)
class YearFile:
    """Everything of one review. `units`: every unit's name by id."""

    committee: CommitteeFile
    export: dict[str, Any]
    units: dict[int, str]
    audit_head: tuple[int, str]

    @property
    def about(self) -> dict[str, Any]:
        """What the manifest says of the whole."""
        seq, last = self.audit_head
        pack = {"name": self.committee.pack.name, "version": self.committee.pack.version}
        return {"year": self.committee.cycle.year, "pack": pack, "audit": {"seq": seq, "hash": last}}

    def above(self, unit: Unit) -> str:
        return self.units.get(unit.parent_id or 0, self.committee.name)


def read_year(conn: Connection, year: int, now: datetime, zone: tzinfo, pack_of: Callable[[str], Pack]) -> YearFile:
    """CycleConflict for a year without a review."""
    export = export_year(conn, year, now, pack_of)
    cycle = cycles.of_year(conn, year)
    assert cycle, "export_year refuses such a year"
    pack, top = pack_of(cycle.pack), topmost(conn)
    units = {unit.id: unit.name for unit in find_units(conn)}
    name = top.name if top else ""
    cells = (
        CellFile(pack, cycle, units.get(cell.parent_id or 0, name), cell_records(conn, cycle, cell, zone), now.date())
        for cell in cells_of(conn)
    )
    return YearFile(CommitteeFile(pack, cycle, name, tuple(cells)), export, units, audit.head(conn))


def entries(year: YearFile) -> Iterator[Entry]:
    """Every file but the manifest, in the order in which it is written."""
    for name, make in committee_papers(year.committee).items():
        yield Entry(f"{COMMITTEE_FOLDER}/{name}", make)
    for nth, file in enumerate(year.committee.cells, 1):
        folder = f"{nth:02}-{slug(file.records.cell.name)}"
        for name, make in cell_papers(file).items():
            if name != REMARK_REQUEST or file.records.residents:
                yield Entry(f"{folder}/{name}", make)
        if file.records.collective:
            yield Entry(f"{folder}/kiem-diem-tap-the.docx", partial(_collective_review, file, file.records.collective))
        yield from _of_members(year, file, folder)
    rules = rules_of(year.committee.pack)
    yield Entry(EXPORT, partial(as_json, year.export))
    yield Entry(RULES, partial(as_json, rules))
    yield Entry(SUMMARY, lambda: as_json(summarise(year.export, rules)))
    yield Entry(RESULTS_BOOK, partial(results_workbook, year.export))


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
            result = MemberResult(year.committee.head, file.pack, person, row.final_grade, row.reason)
            yield Entry(f"{folder}/ket-qua/{name}.pdf", partial(member_result_pdf, result))
        if any((one.about, one.subject_id) == ("person", person.id) for one in file.records.remedies):
            yield Entry(f"{folder}/ke-hoach-khac-phuc/{name}.docx", partial(_plan, file, person))


def _self_review(file: CellFile, person: Person) -> bytes:
    response = file.records.reviews[person.id]
    given = file.records.given.get(person.id, Given())
    typist = file.records.names.get(response.respondent_id, "")
    paper = SelfReview(file.pack, file.cycle, person, file.committee, response, given, typist=typist)
    return self_review_docx(paper, file.page(response.form))


def _collective_review(file: CellFile, kept: CollectiveRecord) -> bytes:
    form, cell = file.pack.forms[kept.response.form], file.records.cell
    paper = CollectiveReview(file.pack, file.cycle, cell, file.committee, form, kept.response, kept.given, kept.writer)
    return collective_review_docx(paper, file.page(form.id))


def _plan(file: CellFile, person: Person) -> bytes:
    return remedy_plan_docx(person_plan(file, person), file.page("remedy_person"))


def _remark(year: YearFile, file: CellFile, person: Person, area: Unit) -> bytes:
    response = file.records.remarks[person.id]
    slip = RemarkSlip(file.pack, file.cycle, person, area, year.above(area), response)
    return remark_slip_docx(slip, file.page("residence_remark"))
