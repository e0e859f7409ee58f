"""A document or picture to take along. Whether this person may have it is asked here and again when it is made."""

from collections.abc import Callable

from conversations import words
from conversations.facts import Facts
from conversations.oversight import overseen_cell, readable
from conversations.place import HOME, Place
from conversations.remark_sitting import sitting
from conversations.screen import Choice, Paper, PaperKind, Screen

TITLES: dict[PaperKind, str] = {
    "self_review": "Bản kiểm điểm (.docx)",
    "remark_slip": "Phiếu nhận xét nơi cư trú (.docx)",
    "blank_remark_slip": "Phiếu nhận xét để trống (.docx)",
    "summary_workbook": "Bảng tổng hợp (.xlsx)",
    "progress_chart": "Biểu đồ tiến độ",
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


BACK: dict[PaperKind, Callable[[int, Facts], Place | None]] = {
    "self_review": _from_response,
    "remark_slip": _from_response,
    "blank_remark_slip": _from_area,
    "summary_workbook": _from_cell,
    "progress_chart": _from_cell,
}
