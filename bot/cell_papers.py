"""What is kept of one cell, as the papers want it: one place for the chat and for the dossier."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from documents.cell_papers import MemberList, member_list_docx, proposals_workbook
from documents.graded import GradedMember, posts
from documents.letterhead import Letterhead
from documents.minutes import Minutes, minutes_docx
from documents.remark_request import RemarkRequest, remark_request_docx
from documents.remedy_plan import RemedyPlan, remedy_plan_docx
from documents.self_review import SelfReview, self_review_docx
from review.calendar import Cycle
from review.decisions import Decision
from review.exemptions import exemption_of
from review.forms import Given
from review.pack import Pack, template
from review.people import Person
from review.responses import GRADES, Grade
from storage.year_records import CellRecords

Making = Callable[[], bytes]
COMPLAINT = "Đang giải quyết khiếu nại"
TYPED_IN = "Nhập thay theo bản giấy"
REMARK_REQUEST = "phieu-xin-y-kien.docx"
NOT_SENT = "Chưa nộp bản kiểm điểm"


@dataclass(frozen=True, slots=True)
class CellFile:
    """A cell's records beside what is the same for every cell. `committee`: the name of the body above it."""

    pack: Pack
    cycle: Cycle
    committee: str
    records: CellRecords
    today: date

    @property
    def head(self) -> Letterhead:
        met = self.records.meeting
        return Letterhead(self.committee, self.cycle.year, self.records.cell.name, day=met.held_on if met else None)

    @property
    def rows(self) -> list[GradedMember]:
        """Everybody of the cell, whether reviewed or not."""
        return [_row(self, person) for person in self.records.members]

    @property
    def voted_on(self) -> list[GradedMember]:
        """Those the cell has to grade: an exemption may say "reviewed, not graded"."""
        return [row for row in self.rows if row.person.is_reviewed and _exemption(self, row.person) is None]

    @property
    def of_this_meeting(self) -> list[GradedMember]:
        """Those the latest meeting was about: not those on whom an earlier round's proposal stands."""
        met, proposed = self.records.meeting, self.records.proposed
        if met is None or met.round == 1:
            return self.voted_on
        earlier = {person_id for person_id, one in proposed.items() if one.meeting_id != met.id}
        return [row for row in self.voted_on if row.person.id not in earlier]

    @property
    def not_graded(self) -> list[GradedMember]:
        return [row for row in self.rows if not (row.final_grade or row.cell_grade)]

    def page(self, name: str) -> bytes:
        return template(self.cycle.pack, name)


def cell_papers(file: CellFile) -> dict[str, Making]:
    """The papers of a whole cell by their file names, each made when it is called."""
    page, records = file.page, file.records
    voted = MemberList(file.head, file.pack, file.voted_on, records.secretary)
    everybody = MemberList(file.head, file.pack, file.rows, records.secretary)
    missing = MemberList(file.head, file.pack, file.not_graded, records.secretary)
    minutes = Minutes(file.head, file.pack, file.of_this_meeting, records.meeting, file.records.names)
    return {
        REMARK_REQUEST: lambda: remark_request_docx(remark_request(file), page("remark_request")),
        "tong-hop-de-xuat.docx": lambda: member_list_docx(everybody, page("proposals")),
        "tong-hop-de-xuat.xlsx": lambda: proposals_workbook(everybody),
        "phieu-xep-loai.docx": lambda: member_list_docx(voted, page("ballot_grades")),
        "bien-ban-hop.docx": lambda: minutes_docx(minutes, page("meeting_minutes")),
        "bien-ban-kiem-phieu.docx": lambda: minutes_docx(minutes, page("vote_minutes")),
        "chua-xep-loai.docx": lambda: member_list_docx(missing, page("not_graded")),
        "ke-hoach-khac-phuc-chi-bo.docx": lambda: remedy_plan_docx(cell_plan(file), page("remedy_cell")),
    }


def not_handed_in(file: CellFile) -> list[Person]:
    """Who still owes a review on a form of this pack."""
    owing = (person for person in file.records.members if person.is_reviewed and file.pack.own_form(person))
    return [person for person in owing if person.id not in file.records.reviews]


def blank_review(file: CellFile, person: Person) -> bytes:
    """The own form to fill in by hand, with what has to be answered printed in it."""
    form = file.pack.own_form(person)
    assert form, "asked for those on a form of this pack only"
    given = file.records.given.get(person.id, Given())
    paper = SelfReview(file.pack, file.cycle, person, file.committee, given=given)
    return self_review_docx(paper, file.page(form.id))


def remark_request(file: CellFile) -> RemarkRequest:
    """To the area of this cell, from the committee."""
    due = file.cycle.dates.get("residence_remarks_due")
    head = Letterhead(file.committee, file.cycle.year)
    return RemarkRequest(head, file.pack, file.records.cell.name, file.records.residents, due)


def cell_plan(file: CellFile) -> RemedyPlan:
    own = [remedy for remedy in file.records.remedies if remedy.about == "unit"]
    return RemedyPlan(
        file.head, file.records.cell.name, own, signed_by=file.records.secretary, names=file.records.names
    )


def person_plan(file: CellFile, person: Person) -> RemedyPlan:
    own = [one for one in file.records.remedies if (one.about, one.subject_id) == ("person", person.id)]
    head = Letterhead(file.committee, file.cycle.year, file.records.cell.name)
    return RemedyPlan(head, person.name, own, posts(person), person.name, file.records.names)


def _row(file: CellFile, person: Person) -> GradedMember:
    records, review = file.records, file.records.reviews.get(person.id)
    proposed, decided = records.proposed.get(person.id), records.decided.get(person.id)
    return GradedMember(
        person,
        self_grade=grade_of(review.answers.get("self_grade")) if review else None,
        official_grade=grade_of(records.known.get(person.id, {}).get("official_grade")),
        cell_grade=proposed.grade if proposed else None,
        final_grade=decided.grade if decided else None,
        votes=records.votes.get(person.id),
        reviewed=review is not None,
        reason=_reason(file, person, decided or proposed, sent=review is not None),
        note="; ".join(_notes(file, person)),
    )


def _notes(file: CellFile, person: Person) -> Iterator[str]:
    review = file.records.reviews.get(person.id)
    if person.id in file.records.complaining:
        yield COMPLAINT
    if review and review.typed_in:
        yield TYPED_IN


def _reason(file: CellFile, person: Person, said: Decision | None, *, sent: bool) -> str:
    """Why somebody is not graded: what was decided comes first, then the rule, then what is missing."""
    if said:
        return said.reason if said.grade is None else ""
    if exemption := _exemption(file, person):
        return exemption
    return "" if sent else NOT_SENT


def _exemption(file: CellFile, person: Person) -> str | None:
    met = file.records.meeting
    found = exemption_of(file.pack, person, met.held_on if met else file.today)
    return found.text if found and not found.graded else None


def grade_of(value: object) -> Grade | None:
    return next((grade for grade in GRADES if grade == value), None)
