"""A document or picture to take along. Whether this person may have it is asked here and again when it is made."""

from collections.abc import Callable
from typing import get_args

from conversations import words
from conversations.facts import Facts
from conversations.oversight import decided_committee, overseen_cell, readable, readable_cell
from conversations.place import HOME, Place
from conversations.remark_sitting import sitting
from conversations.reminding import reminded_cells
from conversations.screen import CellPaper, Choice, CommitteePaper, Paper, PaperKind, Screen
from conversations.typed_in import prints_blank_for, prints_blanks

TITLES: dict[PaperKind, str] = {
    "self_review": "Bản kiểm điểm (.docx)",
    "blank_self_review": "Bản kiểm điểm để trống (.docx)",
    "blank_self_reviews": "Bản trắng cho người chưa nộp (.docx)",
    "remark_slip": "Phiếu nhận xét nơi cư trú (.docx)",
    "blank_remark_slip": "Phiếu nhận xét để trống (.docx)",
    "summary_workbook": "Bảng tổng hợp (.xlsx)",
    "progress_chart": "Biểu đồ tiến độ",
    "call_list": "Danh sách cần gặp (.docx)",
    "remark_request": "Phiếu xin ý kiến nơi cư trú (.docx)",
    "ballot_grades": "Phiếu xếp loại để trống (.docx)",
    "meeting_minutes": "Biên bản họp chi bộ (.docx)",
    "vote_minutes": "Biên bản kiểm phiếu (.docx)",
    "proposals": "Tổng hợp đề xuất xếp loại (.docx)",
    "proposals_book": "Tổng hợp đề xuất xếp loại (.xlsx)",
    "not_graded": "Danh sách chưa xếp loại (.docx)",
    "remedy_cell": "Kế hoạch khắc phục của chi bộ (.docx)",
    "ballot_excellent": "Phiếu bình chọn xuất sắc để trống (.docx)",
    "decision": "Quyết định công nhận xếp loại (.docx)",
    "all_not_graded": "Danh sách chưa xếp loại của cả Đảng bộ (.docx)",
    "report": "Báo cáo kết quả xếp loại (.docx)",
    "report_book": "Bảng số liệu xếp loại (.xlsx)",
    "report_pdf": "Báo cáo để đọc (.pdf)",
    "my_result": "Kết quả xếp loại của tôi (.pdf)",
    "remedy_person": "Kế hoạch khắc phục của cá nhân (.docx)",
}
REFUSED = "Tôi chưa có giấy này cho đồng chí."


def show(place: Place, facts: Facts) -> Screen:
    kind = next((kind for kind in TITLES if kind == place.word()), None)
    back = BACK[kind](place.number(1), facts) if kind else None
    if kind is None or back is None:
        return Screen(REFUSED, (Choice(words.BACK_HOME, to=HOME),))
    paper = Paper(kind, place.number(1), TITLES[kind])
    return Screen(f"📄 **{TITLES[kind]}** ở ngay đây.", (Choice("Quay lại", to=back),), papers=(paper,))


def _from_cell(unit_id: int, facts: Facts) -> Place | None:
    return Place.of("cell", unit_id) if overseen_cell(facts, unit_id) else None


def _from_reminding(unit_id: int, facts: Facts) -> Place | None:
    """Of one cell, or with 0 of every cell whose late members this person may remind."""
    if facts.cycle is None or not reminded_cells(facts, unit_id):
        return None
    return Place.of("remind", unit_id) if unit_id else Place("remind")


def _from_area(unit_id: int, facts: Facts) -> Place | None:
    mine = facts.me.units_as("contact") if facts.me else ()
    return Place("remarks") if any(unit.id == unit_id for unit in mine) else None


def _from_response(response_id: int, facts: Facts) -> Place | None:
    """A form for its overseer; the filled slip also for the area's contact and the member it is about."""
    response, me = facts.response_by_id(response_id), facts.me
    if response is None or me is None:
        return None
    if readable(facts, response_id):
        return Place.of("response", response_id, 1)
    if response.kind != "residence_remark":
        return None
    now = sitting(facts)
    if now and now.position(response.subject_id) is not None:
        return Place.of("remark_person", response.subject_id)
    return Place("remark_me") if response.subject_id == me.id and not response.is_open else None


def _from_papers(unit_id: int, facts: Facts) -> Place | None:
    """Papers with the grades of a whole cell, or of all cells of a committee."""
    may_have = readable_cell(facts, unit_id) or decided_committee(facts, unit_id)
    return Place.of("papers", unit_id) if may_have else None


def _from_person(person_id: int, facts: Facts) -> Place | None:
    person = facts.person(person_id)
    if person is None or person.unit is None or facts.cycle is None or not prints_blank_for(facts, person):
        return None
    return Place.of("cell_person", person.unit.id, person.id)


def _from_blanks(unit_id: int, facts: Facts) -> Place | None:
    return Place.of("papers", unit_id) if prints_blanks(facts, unit_id) else None


def _from_result(person_id: int, facts: Facts) -> Place | None:
    """One's own, once the committee has decided."""
    me = facts.me
    own = me is not None and me.id == person_id and facts.grading.decision("committee", "person", person_id)
    return HOME if own else None


def _from_remedies(person_id: int, facts: Facts) -> Place | None:
    """One's own plan, or that of a member of a cell looked after."""
    if facts.me and facts.me.id == person_id:
        return HOME
    person = facts.person(person_id)
    cell = readable_cell(facts, person.unit.id) if person and person.unit else None
    return Place.of("cell_person", cell.id, person_id) if cell else None


BACK: dict[PaperKind, Callable[[int, Facts], Place | None]] = {
    **dict.fromkeys(get_args(CellPaper), _from_papers),
    **dict.fromkeys(get_args(CommitteePaper), _from_papers),
    "my_result": _from_result,
    "remedy_person": _from_remedies,
    "self_review": _from_response,
    "blank_self_review": _from_person,
    "blank_self_reviews": _from_blanks,
    "remark_slip": _from_response,
    "blank_remark_slip": _from_area,
    "call_list": _from_reminding,
    "summary_workbook": _from_cell,
    "progress_chart": _from_cell,
}
