"""The self-review of one member as the official paper (forms 2A, 2B, 2C), filled or blank."""

from dataclasses import dataclass, field
from datetime import date

from documents.filled_form import sections
from documents.template import fill
from review.calendar import Cycle
from review.forms import Given
from review.pack import Pack
from review.people import Person
from review.responses import Response

DOTS = "……"
CONSENT = (
    "Tôi đồng ý để bí thư hoặc phó bí thư chi bộ nhập bản này vào phần mềm kiểm điểm của Đảng ủy; "
    "bản in ra được đưa lại để tôi đọc và ký."
)
TO_BE_SIGNED = f"đảng viên ký xác nhận: {DOTS * 4}"
TYPED_IN = " Nhập thay theo bản giấy."


@dataclass(frozen=True, slots=True)
class SelfReview:
    """`committee`: the name of the body above the cell. `response` None gives a blank form to fill in by hand;
    `typist`: who took it over from paper.

    Moments are printed as they come: in the committee's time zone.
    """

    pack: Pack
    cycle: Cycle
    person: Person
    committee: str
    response: Response | None = None
    given: Given = field(default_factory=Given)
    place: str = ""
    typist: str = ""


def self_review_docx(paper: SelfReview, template: bytes) -> bytes:
    """The paper as .docx. Raises documents.template.TemplateFault when the office's template cannot be filled."""
    person, response = paper.person, paper.response
    form = paper.pack.forms[response.form] if response else paper.pack.own_form(person)
    if form is None:
        raise ValueError(f"{paper.pack.name} has no self-review for {person.code}")
    cell = person.unit.name if person.unit else ""
    signed = response.submitted_at.date() if response and response.submitted_at else None
    fields = {
        "dang_bo": paper.committee.upper(),
        "chi_bo": cell.upper(),
        "ten_chi_bo": cell,
        "noi_ngay": place_and_day(paper.place, signed, paper.cycle.year),
        "nam": str(paper.cycle.year),
        "ho_ten": person.name,
        "ten_ky": person.name if signed else "",
        "ngay_sinh": day(person.birth_date),
        "chuc_vu_dang": person.party_post,
        "chuc_vu_chinh_quyen": person.state_post,
        "chuc_vu_doan_the": person.union_post,
        "don_vi_cong_tac": person.workplace,
        "phan": sections(paper.pack, form, response.answers if response else None, paper.given),
        "nhap_thay": _paper_lane(paper),
        "bien_nhan": receipt_line(response),
    }
    return fill(template, fields)


def _paper_lane(paper: SelfReview) -> str:
    """Under the signature: the consent on a blank form; on a typed-in one by whom, and where the member signs."""
    response = paper.response
    if response is None:
        return CONSENT
    if not response.typed_in or response.submitted_at is None:
        return ""
    by = f"Bản này do đồng chí {paper.typist or DOTS} nhập thay theo bản giấy, ngày {day(response.submitted_at.date())}"
    signed = f"đảng viên đã ký xác nhận ngày {day(response.signed_on)}." if response.signed_on else TO_BE_SIGNED
    return f"{by}; {signed}"


def place_and_day(place: str, day: date | None, year: int) -> str:
    """ "Trường Vinh, ngày 02 tháng 12 năm 2026", with dots for what is not known yet."""
    written = f"ngày {day:%d} tháng {day:%m} năm {day:%Y}" if day else f"ngày {DOTS} tháng {DOTS} năm {year}"
    return f"{place or DOTS * 2}, {written}"


def day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def receipt_line(response: Response | None) -> str:
    """In small type at the end: how the paper can be matched with what was sent; a draft says that it is one."""
    if response is None:
        return ""
    if response.submitted_at is None or response.is_open:
        return "Bản nháp, chưa nộp."
    typed = TYPED_IN if response.typed_in else ""
    return f"Mã biên nhận {response.receipt}, nộp lúc {response.submitted_at:%H:%M, %d/%m/%Y}.{typed}"
