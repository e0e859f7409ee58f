"""The collective review (Mẫu 01) as its writer and those above the cell hear of it: lines, warnings, ways into it."""

from conversations import words
from conversations.facts import Facts
from conversations.form_lines import onward_to, status_line
from conversations.form_status import FormStatus, collective_form, collective_status
from conversations.oversight import reviewing
from conversations.screen import Choice
from review.forms import COLLECTIVE_PART
from review.people import Unit

FIRST = "nên xong trước bản của từng người"
LATE = "đã có {} bản của từng người nộp trước; " + FIRST


def own_reviews(facts: Facts) -> tuple[tuple[Unit, FormStatus], ...]:
    """The collective reviews this person writes."""
    found = ((cell, collective_status(facts, cell)) for cell in reviewing(facts))
    return tuple((cell, status) for cell, status in found if status)


def comes_first(facts: Facts) -> bool:
    """Whether the collective review is due before the members' own, as the guide has it; an unset date is late."""
    dates = facts.cycle.dates if facts.cycle else {}
    own, cells = dates.get("self_reviews_due"), dates.get("collective_review_due")
    return own is None or (cells is not None and cells <= own)


def home_lines(facts: Facts) -> list[str]:
    mine = own_reviews(facts)
    return [status_line(_name(cell, status, len(mine) > 1), status, facts) for cell, status in mine]


def home_work(facts: Facts) -> list[Choice]:
    """What is still to be written of it."""
    return [collective_choice(status) for _, status in own_reviews(facts) if status.is_open]


def collective_choice(status: FormStatus) -> Choice:
    if not status.is_open:
        return Choice("Bản tập thể đã nộp", to=status.next_place)
    return onward_to(status, "Bắt đầu kiểm điểm tập thể", "Kiểm điểm tập thể: viết tiếp", "Xem lại và nộp bản tập thể")


def collective_line(cell: Unit, submitted: int, facts: Facts) -> str:
    """For /tonghop: whether it is in; while it is not, that it should come first. Empty where the pack has no form."""
    response = facts.response("collective_review", cell.id)
    form = collective_form(facts, response)
    if form is None:
        return ""
    name = f"Kiểm điểm tập thể (mẫu {form.id})"
    if response and not response.is_open:
        return f"✅ {name}: đã nộp"
    status = collective_status(facts, cell) if response and response.answers else None
    state = f"{status.answered}/{status.total} câu" if status else "chưa bắt đầu"
    return f"⏳ {name}: {state}, {LATE.format(submitted) if submitted else FIRST}."


def points_line(open_points: int) -> str:
    return f"Gợi ý kiểm điểm: còn {open_points} điều chưa trả lời" if open_points else ""


def parts_to_add(facts: Facts) -> bool:
    """Whether the own review was submitted and the collective one then named its writer, with time left to add it."""
    me, cycle = facts.me, facts.cycle
    response = facts.response("self_review", me.id) if me else None
    if me is None or cycle is None or response is None or response.status != "submitted":
        return False
    asked = (item for item in facts.given(me.id).collective if not item.withdrawn)
    blank = [
        item for item in asked if not any(key.startswith(f"{COLLECTIVE_PART}.{item.id}.") for key in response.answers)
    ]
    return bool(blank) and not cycle.cell_has_met(facts.today)


def _name(cell: Unit, status: FormStatus, with_cell: bool) -> str:
    form = f" (mẫu {status.form_id})"
    return f"Kiểm điểm tập thể {words.cut(cell.name, 60)}{form}" if with_cell else f"Kiểm điểm tập thể{form}"
