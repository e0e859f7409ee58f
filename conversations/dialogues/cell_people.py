"""From a cell to its people, to one person, to what that person submitted: three taps, the last one audited."""

from conversations import words
from conversations.approval import seats, table
from conversations.collective import points_line
from conversations.dialogue import Move
from conversations.dialogues.dashboard import refusal
from conversations.dialogues.lost_phone import key_ways
from conversations.effects import Looked
from conversations.facts import Facts, PersonProgress, Progress
from conversations.form_answers import plain
from conversations.form_status import form_status
from conversations.grade_words import grade_label
from conversations.oversight import overseen_cell, readable, readable_cell
from conversations.paging import leaves, page_of, turn_pages
from conversations.person_ways import paper_ways, person_lines, person_move, person_ways
from conversations.place import Place
from conversations.pointing import may_raise, open_about
from conversations.reading import paragraphs
from conversations.screen import Choice, Screen
from conversations.typed_in import marked, typed_line
from review.people import Person
from review.responses import Response

STATES: dict[Progress, tuple[str, str]] = {
    "submitted": ("✅", "đã nộp"),
    "drafting": ("⏳", "đang viết"),
    "not_started": ("⏳", "chưa bắt đầu"),
    "not_joined": ("⏳", "chưa vào"),
}
SHORTCOMINGS_PER_PAGE = 6
TYPING = "đang nhập thay"


def show_people(place: Place, facts: Facts) -> Screen:
    cell = overseen_cell(facts, place.number())
    if cell is None or facts.cycle is None:
        return refusal(facts)
    page = page_of(facts.people_progress(cell.id), place.number(1))
    people = (Choice(_label(row), to=Place.of("cell_person", cell.id, row.person.id, page.number)) for row in page.rows)
    return Screen(
        f"**{words.cut(cell.name, 90)} · từng người**{page.mark}\n\nNgười chưa nộp ở trước. Đồng chí chọn một người.",
        (*people, *turn_pages(page, "cell_people", cell.id), Choice("Về chi bộ", to=Place.of("cell", cell.id))),
    )


def show_person(place: Place, facts: Facts) -> Screen:
    """Of a draft only how far it is: what is in it belongs to its writer."""
    row = _row(place, facts)
    if row is None:
        return refusal(facts)
    lines = [f"**{words.cut(row.person.name, 80)}**", *_posts(row.person), _progress_line(row, facts)]
    if row.self_grade:
        lines.append(f"Tự nhận: {grade_label(row.self_grade, facts)}")
    if row.reminded_today:
        lines.append("🔔 Hôm nay đã nhắc.")
    if row.unreachable or row.window_shut:
        lines.append("Hiện không nhắn được cho đồng chí này, nên gặp trực tiếp.")
    lines += person_lines(facts, row.person)
    if line := points_line(open_about("person", row.person.id, facts)):
        lines.append(line)
    choices = [Choice(label, act=f"look.{response.id}") for label, response in _papers(row.person, facts)]
    choices += person_ways(facts, row.person)
    back = Place.of("cell_people", place.number(), max(place.number(2), 1))
    choices += [Choice("Về danh sách", to=back), *paper_ways(facts, row.person)]
    if may_raise("person", row.person, facts):
        choices.append(Choice("Gợi ý kiểm điểm", to=Place.of("points", "p", row.person.id, 1)))
    choices += key_ways(facts, row.person, place.number())
    return Screen("\n".join(lines), tuple(choices))


def choose_person(place: Place, act: str, facts: Facts) -> Move:
    if move := person_move(act, facts):
        return move
    response_id = int(act.removeprefix("look."))
    return Move(Place.of("response", response_id, 1), (Looked(response_id),))


def show_response(place: Place, facts: Facts) -> Screen:
    response = readable(facts, place.number())
    subject = facts.person(response.subject_id) if response else None
    if response is None or subject is None or facts.pack is None or response.form not in facts.pack.forms:
        return refusal(facts)
    form = facts.pack.forms[response.form]
    own_words = facts.remark_answer(response.id) if response.kind == "residence_remark" else ""
    said = paragraphs(form, response.answers, facts.given(subject.id))
    texts = leaves([*said, *([f"**Ý kiến của đảng viên**\n{plain(own_words)}"] if own_words else [])])
    page = page_of(texts, place.number(1), size=1)
    sent = f" · nộp {words.moment(response.submitted_at)}" if response.submitted_at else ""
    unit_id = subject.unit.id if subject.unit else 0
    paper = "self_review" if response.kind == "self_review" else "remark_slip"
    typed = f"\n_{typed_line(response, facts)}_" if response.typed_in else ""
    title = f"**{words.cut(form.title, 80)} · {words.cut(subject.name, 80)}**{sent}{page.mark}{typed}"
    return Screen(
        f"{title}\n\n{''.join(page.rows)}",
        (
            *turn_pages(page, "response", response.id),
            *_back_to_approval(subject, facts),
            Choice("Về đồng chí này", to=Place.of("cell_person", unit_id, subject.id)),
            Choice("Bản in (.docx)", to=Place.of("paper", paper, response.id)),
            Choice("Về chi bộ", to=Place.of("cell", unit_id)),
        ),
    )


def show_shortcomings(place: Place, facts: Facts) -> Screen:
    cell = readable_cell(facts, place.number())
    if cell is None or facts.cycle is None:
        return refusal(facts)
    page = page_of(facts.shortcomings((cell.id,)), place.number(1), SHORTCOMINGS_PER_PAGE)
    named = [
        f"{nth}. {plain(words.cut(one.text, 120))}"
        + (f" _Nguyên nhân: {plain(words.cut(one.cause, 70))}_" if one.cause else "")
        + f" ({words.cut(one.person.name, 40)})"
        for nth, one in enumerate(page.rows, page.first)
    ]
    text = "\n\n".join(named) or "Chưa ai nêu hạn chế nào trong bản đã nộp."
    return Screen(
        f"**{words.cut(cell.name, 90)} · hạn chế được nêu**{page.mark}\n\n{text}",
        (*turn_pages(page, "cell_shortcomings", cell.id), Choice("Về chi bộ", to=Place.of("cell", cell.id))),
    )


def _row(place: Place, facts: Facts) -> PersonProgress | None:
    if facts.cycle is None or overseen_cell(facts, place.number()) is None:
        return None
    rows = facts.people_progress(place.number())
    return next((row for row in rows if row.person.id == place.number(1)), None)


def _label(row: PersonProgress) -> str:
    mark, state = STATES[row.progress]
    if row.typed_in and row.progress == "drafting":
        return f"{words.cut(f'{mark} {row.person.name}', 44)} · {TYPING}"
    return f"{words.cut(f'{mark} {row.person.name}', 30 if row.typed_in else 44)} · {state}{marked(row)}"


def _posts(person: Person) -> list[str]:
    posts = [post for post in (person.party_post, person.state_post, person.union_post) if post]
    return [words.cut("; ".join(posts), 200)] if posts else []


def _progress_line(row: PersonProgress, facts: Facts) -> str:
    mark, state = STATES[row.progress]
    if row.submitted_at:
        return f"{mark} Đã nộp lúc {words.moment(row.submitted_at)}{marked(row)}"
    status = form_status(facts, row.person) if row.progress == "drafting" else None
    if row.progress == "not_joined":
        return f"{mark} Chưa vào. Nên gặp trực tiếp, hỏi đã có mã mời chưa."
    state = TYPING if row.typed_in and status else state
    return f"{mark} {state.capitalize()}" + (f": {status.answered}/{status.total} câu" if status else "")


def _back_to_approval(person: Person, facts: Facts) -> list[Choice]:
    """For the officer who reads before deciding."""
    found = seats(facts) and ("person", person.id) in table(facts)
    return [Choice("Về duyệt xếp loại", to=Place.of("approval_one", "p", person.id))] if found else []


def _papers(person: Person, facts: Facts) -> list[tuple[str, Response]]:
    """What of this person may be read, with the label of its choice."""
    found = [
        ("Đọc bản kiểm điểm", facts.response("self_review", person.id)),
        ("Đọc nhận xét nơi cư trú", facts.response("residence_remark", person.id)),
    ]
    return [(label, response) for label, response in found if response and readable(facts, response.id)]
