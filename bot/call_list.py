"""The call list handed over in the chat: judged like reminding itself, and noted in the audit chain."""

from collections.abc import Callable

from bot.grading_papers import committee_above, made
from conversations.call_list import calls
from conversations.facts import Facts
from conversations.reminding import reminded_cells
from documents.call_list import CallLine, call_list_docx
from documents.letterhead import Letterhead
from handlers.port import Made
from review.pack import template


def call_list(unit_id: int, facts: Facts) -> Callable[[], Made] | None:
    """Of one cell; with 0 of every cell whose late members this person may remind."""
    cells = reminded_cells(facts, unit_id)
    if not cells or facts.cycle is None:
        return None
    one = cells[0] if len(cells) == 1 else None
    head = Letterhead(committee_above(cells[0], facts), facts.cycle.year, one.name if one else "")
    lines = [CallLine(call.person, call.lacking, call.until, call.why) for call in calls(facts, cells)]
    page, today = template(facts.cycle.pack, "call_list"), facts.today
    code = one.code if one else "cac-chi-bo"
    return made("danh-sach-can-gap.docx", code, lambda: call_list_docx(head, today, lines, page))
