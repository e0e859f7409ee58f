"""The papers a committee sends out in its own name, from the files of its cells: for the chat and for the dossier."""

from dataclasses import dataclass

from bot.cell_papers import CellFile, Making
from documents.cell_papers import MemberList, member_list_docx
from documents.grade_decision import GradeDecision, grade_decision_docx
from documents.grade_report import GradeReport, report_docx, report_pdf, report_workbook
from documents.graded import GradedMember
from documents.letterhead import Letterhead
from review.calendar import Cycle
from review.pack import Pack, template
from review.tallies import tallies, tally
from review.year_summary import WHOLE


@dataclass(frozen=True, slots=True)
class CommitteeFile:
    """`name`: the committee's. `cells`: the files of the cells below it, by code."""

    pack: Pack
    cycle: Cycle
    name: str
    cells: tuple[CellFile, ...]

    @property
    def head(self) -> Letterhead:
        return Letterhead(self.name, self.cycle.year)

    @property
    def rows(self) -> list[GradedMember]:
        return [row for file in self.cells for row in file.rows]

    def page(self, name: str) -> bytes:
        return template(self.cycle.pack, name)


def committee_papers(file: CommitteeFile) -> dict[str, Making]:
    """By their file names, each made when it is called."""
    page, head, pack, rows = file.page, file.head, file.pack, file.rows
    decided = GradeDecision(head, pack, [row for row in rows if row.final_grade])
    excellent = MemberList(head, pack, [row for row in rows if row.cell_grade == "excellent"])
    missing = MemberList(head, pack, [row for row in rows if not row.final_grade])
    report = grade_report(file)
    return {
        "quyet-dinh.docx": lambda: grade_decision_docx(decided, page("decision")),
        "phieu-binh-chon-xuat-sac.docx": lambda: member_list_docx(excellent, page("ballot_excellent")),
        "chua-xep-loai.docx": lambda: member_list_docx(missing, page("not_graded")),
        "bao-cao.docx": lambda: report_docx(report, page("report")),
        "bao-cao.pdf": lambda: report_pdf(report),
        "bao-cao.xlsx": lambda: report_workbook(report),
    }


def grade_report(file: CommitteeFile) -> GradeReport:
    """At the stage that decides; everybody counts, also those who are not graded."""
    rows = file.rows
    names = {cell.records.cell.code: cell.records.cell.name for cell in file.cells}
    return GradeReport(
        file.head,
        file.pack,
        tally(WHOLE, [row.final_grade for row in rows]),
        tallies(((row.person.peer_group, row.final_grade) for row in rows), file.pack.peer_groups),
        tallies(((row.person.unit.code, row.final_grade) for row in rows if row.person.unit), names),
    )
