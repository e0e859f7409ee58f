"""The papers of a cell, or of the committee itself, in the order in which a review needs them."""

from collections.abc import Sequence
from typing import get_args

from conversations import words
from conversations.dialogues.paper import REFUSED, TITLES
from conversations.facts import Facts
from conversations.oversight import decided_committee, readable_cell
from conversations.place import HOME, Place
from conversations.screen import CellPaper, Choice, CommitteePaper, PaperKind, Screen
from conversations.typed_in import prints_blanks

ABOUT = "Đồng chí chọn giấy cần in. Phần chưa có số liệu thì để trống. Bản .docx sửa được bằng Word trước khi in."


def show(place: Place, facts: Facts) -> Screen:
    unit_id = place.number()
    if (cell := readable_cell(facts, unit_id)) and facts.cycle:
        blanks: tuple[PaperKind, ...] = ("blank_self_reviews",) if prints_blanks(facts, unit_id) else ()
        kinds = (*blanks, *get_args(CellPaper))
        return _listed(cell.name, unit_id, kinds, Choice("Về chi bộ", to=Place.of("cell", unit_id)))
    if (committee := decided_committee(facts, unit_id)) and facts.cycle:
        back = Choice("Về bảng tổng hợp", to=Place("dashboard"))
        return _listed(committee.name, unit_id, get_args(CommitteePaper), back)
    return Screen(REFUSED, (Choice(words.BACK_HOME, to=HOME),))


def choice(facts: Facts, unit_id: int) -> tuple[Choice, ...]:
    """The way to the papers of this unit, for whoever may have them."""
    may_have = readable_cell(facts, unit_id) or decided_committee(facts, unit_id)
    return (Choice("Giấy tờ", to=Place.of("papers", unit_id)),) if may_have else ()


def _listed(name: str, unit_id: int, kinds: Sequence[PaperKind], back: Choice) -> Screen:
    choices = (Choice(TITLES[kind], to=Place.of("paper", kind, unit_id)) for kind in kinds)
    return Screen(f"**Giấy tờ · {words.cut(name, 90)}**\n\n{ABOUT}", (*choices, back))
