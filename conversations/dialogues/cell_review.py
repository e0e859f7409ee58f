"""A cell's collective review as its leaders and the officers above see it, with the points raised and what returns."""

from conversations import words
from conversations.collective import collective_choice, collective_line, points_line
from conversations.dialogue import Move
from conversations.dialogues.dashboard import refusal
from conversations.effects import Looked
from conversations.facts import Facts
from conversations.form_answers import plain
from conversations.form_status import collective_form, collective_status
from conversations.oversight import overseen_cell, readable_cell, writes_for
from conversations.paging import leaves, page_of, turn_pages
from conversations.place import Place
from conversations.pointing import may_raise, open_about
from conversations.points_facts import Returning
from conversations.reading import paragraphs
from conversations.screen import Choice, Screen
from review.people import Unit
from review.permissions import may
from review.repeats import Why
from review.responses import Response

RETURNS_PER_PAGE = 5
MOST_NAMES = 6
WHY: dict[Why, str] = {
    "alike": "giống năm ngoái",
    "partly": "năm ngoái hứa, mới xong một phần",
    "not": "năm ngoái hứa, chưa làm",
}
WHY_FIRST = "_Hạn chế nêu ở đó sẽ vào phần V trong bản của đồng chí có trách nhiệm._"
NO_FORM = "Bộ mẫu của đợt này không có bản kiểm điểm tập thể."
NOTHING_RETURNS = "Trong các bản đã nộp chưa thấy hạn chế nào lặp lại."


def show(place: Place, facts: Facts) -> Screen:
    cell = overseen_cell(facts, place.number())
    if cell is None or facts.cycle is None:
        return refusal(facts)
    submitted = sum(row.progress == "submitted" for row in facts.people_progress(cell.id))
    lines = [
        f"**{words.cut(cell.name, 90)} · tập thể và gợi ý**",
        _line(cell, submitted, facts),
        _without_part(cell, facts),
        points_line(facts.points.open_count((cell.id,))),
        f"Hạn chế lặp lại: {len(facts.points.returning(cell.id))}" if readable_cell(facts, cell.id) else "",
    ]
    return Screen("\n\n".join(line for line in lines if line), tuple(_choices(cell, facts)))


def choose(place: Place, act: str, facts: Facts) -> Move:
    """Reading is a look at every response that is read; each goes into the audit chain."""
    unit_id = place.number()
    if act.startswith("look."):
        return Move(Place.of("cell_review_text", unit_id, 1), (Looked(int(act.removeprefix("look."))),))
    people = {one.person.id for one in facts.points.returning(unit_id) if one.person}
    responses = (facts.response("self_review", person_id) for person_id in sorted(people))
    return Move(Place.of("cell_returns", unit_id, 1), tuple(Looked(r.id) for r in responses if r))


def show_text(place: Place, facts: Facts) -> Screen:
    cell = overseen_cell(facts, place.number())
    response = _readable(cell, facts) if cell else None
    form = collective_form(facts, response) if response else None
    if cell is None or response is None or form is None:
        return refusal(facts)
    texts = leaves(paragraphs(form, response.answers, facts.points.given_unit(cell.id)))
    page = page_of(texts, place.number(1), size=1)
    return Screen(
        f"**{words.cut(form.title, 80)} · {words.cut(cell.name, 80)}**{page.mark}\n\n{''.join(page.rows)}",
        (
            *turn_pages(page, "cell_review_text", cell.id),
            Choice("Quay lại", to=Place.of("cell_review", cell.id)),
        ),
    )


def show_returns(place: Place, facts: Facts) -> Screen:
    cell = readable_cell(facts, place.number())
    if cell is None or facts.cycle is None:
        return refusal(facts)
    page = page_of(facts.points.returning(cell.id), place.number(1), RETURNS_PER_PAGE)
    rows = [f"{nth}. {_return_line(one)}" for nth, one in enumerate(page.rows, page.first)]
    return Screen(
        f"**{words.cut(cell.name, 90)} · hạn chế lặp lại**{page.mark}\n\n" + ("\n\n".join(rows) or NOTHING_RETURNS),
        (
            *turn_pages(page, "cell_returns", cell.id),
            Choice("Quay lại", to=Place.of("cell_review", cell.id)),
        ),
    )


def _line(cell: Unit, submitted: int, facts: Facts) -> str:
    said = collective_line(cell, submitted, facts)
    return f"{said}\n{WHY_FIRST}" if said.startswith("⏳") else said or NO_FORM


def _choices(cell: Unit, facts: Facts) -> list[Choice]:
    choices = []
    status = collective_status(facts, cell) if writes_for(facts, cell) else None
    response = _readable(cell, facts)
    if status:
        choices.append(collective_choice(status))
    elif response:
        choices.append(Choice("Đọc bản kiểm điểm tập thể", act=f"look.{response.id}"))
    if readable_cell(facts, cell.id) and facts.points.returning(cell.id):
        choices.append(Choice("Xem hạn chế lặp lại", act=f"returns.{cell.id}"))
    choices.append(Choice("Về chi bộ", to=Place.of("cell", cell.id)))
    if may_raise("unit", cell, facts):
        waiting = open_about("unit", cell.id, facts)
        more = f" ({waiting} chưa trả lời)" if waiting else ""
        choices.append(Choice(f"Gợi ý kiểm điểm cho chi bộ{more}", to=Place.of("points", "u", cell.id, 1)))
    return choices


def _readable(cell: Unit, facts: Facts) -> Response | None:
    response = facts.response("collective_review", cell.id)
    if response is None or response.is_open or facts.me is None:
        return None
    may_read = may(facts.me, "read_collective_review", cell, status=response.status, below=facts.units_below)
    return response if may_read else None


def _without_part(cell: Unit, facts: Facts) -> str:
    """Who is named in the collective review and has not written the own part yet; only that, not what was written."""
    people = facts.points.without_part(cell.id) if _readable(cell, facts) else ()
    if not people:
        return ""
    names = ", ".join(words.cut(person.name, 40) for person in people[:MOST_NAMES])
    more = f" và {len(people) - MOST_NAMES} đồng chí khác" if len(people) > MOST_NAMES else ""
    return f"Phần V chưa viết: {names}{more}"


def _return_line(one: Returning) -> str:
    whose = words.cut(one.person.name, 40) if one.person else "chi bộ"
    before = f"\n_Năm ngoái: {plain(words.cut(one.what.before, 90))}_" if one.what.before else ""
    return f"{plain(words.cut(one.what.text, 120))} ({whose}; {WHY[one.what.why]}){before}"
