"""What the secretary knows about a member and the conditions of the grades ask for: one tap each."""

from conversations import words
from conversations.cell_meeting import CellMeeting, about_person, at, person_at
from conversations.dialogue import Move, stay
from conversations.dialogues.meeting_person import heading
from conversations.facts import Facts
from conversations.form_answers import number_text
from conversations.grade_words import grade_label
from conversations.grading_effects import TellFact
from conversations.meeting_grade import assessed, conditions
from conversations.paging import page_of, turn_pages
from conversations.place import Place
from conversations.screen import Choice, Screen
from conversations.typed import fold
from review.answers import read_answer
from review.forms import Question
from review.grade_facts import Fact
from review.pack_model import FACT_KINDS, GradeCondition
from review.people import Person
from review.responses import GRADES

BACK = "quay lại"
ROWS = 7
_PERCENT = Question("percent", "number", "Phần trăm", "Bao nhiêu phần trăm?")


@about_person
def show_fact(now: CellMeeting, person: Person, place: Place, facts: Facts) -> Screen:
    line = _line(now, person, place, facts)
    if line is None:
        return Screen("Phần này đã ghi xong.", (_to(now, person),))
    doubt = ", chưa đối chiếu được với văn bản gốc" if line.unverified else ""
    return Screen(
        f"{heading(now, person)}\n\n**{line.text}**\n_{line.source}{doubt}_",
        (*_answers(line, now, person, facts), Choice("Chưa rõ, để sau", to=now.place("meeting_person", person.id))),
    )


def choose_fact(place: Place, act: str, facts: Facts) -> Move:
    now = at(place, facts)
    person = person_at(now, place)
    line = _line(now, person, place, facts)
    assert line
    value: Fact
    match act.split("."):
        case ["grade", grade]:
            value = grade
        case ["met"]:
            value = _bound(line)
        case _:
            value = act == "yes"
    return _told(now, person, line, value, facts)


@about_person
def show_percent(now: CellMeeting, person: Person, place: Place, facts: Facts) -> Screen:
    line = _line(now, person, place, facts)
    if line is None:
        return Screen("Phần này đã ghi xong.", (_to(now, person),))
    return Screen(
        f"{heading(now, person)}\n\n**{line.text}**\n\n"
        "✍️ Thực tế là bao nhiêu phần trăm? Đồng chí gửi một số từ 0 đến 100. Muốn quay lại, gửi chữ «quay lại».",
        waits_for="number",
    )


def write_percent(place: Place, text: str, facts: Facts) -> Move:
    now = at(place, facts)
    person = person_at(now, place)
    line = _line(now, person, place, facts)
    if line is None or fold(text) == fold(BACK):
        return Move(now.place("meeting_fact", *place.args[1:]))
    value = read_answer(_PERCENT, text.removesuffix("%").strip(), facts.today)
    if not isinstance(value, int | float) or value > 100:
        return stay("Tôi cần một số phần trăm từ 0 đến 100, ví dụ 85. Đồng chí gửi lại giúp tôi.")
    return _told(now, person, line, value, facts)


@about_person
def show_facts(now: CellMeeting, person: Person, place: Place, facts: Facts) -> Screen:
    """Everything the grades of this form may ask for, known or not."""
    found = assessed(person, facts)
    known = facts.grading.known(person.id)
    page = page_of(conditions(now.pack, found.form) if found else (), place.number(2), ROWS)
    rows = (
        Choice(
            words.cut(f"{words.cut(line.text, 42)}: {_value_text(known.get(line.fact), facts)}", 60),
            to=now.place("meeting_fact", person.id, line.fact),
        )
        for line in page.rows
    )
    return Screen(
        f"{heading(now, person)}\n\nNhững điều đồng chí biết về đồng chí này{page.mark}. "
        "Chọn một dòng để ghi hoặc sửa.",
        (_to(now, person), *rows, *turn_pages(page, "meeting_facts", now.cell.id, person.id)),
    )


def _to(now: CellMeeting, person: Person) -> Choice:
    return Choice("Về đồng chí này", to=now.place("meeting_person", person.id))


def _line(now: CellMeeting, person: Person, place: Place, facts: Facts) -> GradeCondition | None:
    """As it is lacking now, else as the highest grade puts it."""
    found = assessed(person, facts)
    lines = (*found.lacking, *conditions(now.pack, found.form)) if found else ()
    return next((line for line in lines if line.fact == place.word(2)), None)


def _answers(line: GradeCondition, now: CellMeeting, person: Person, facts: Facts) -> tuple[Choice, ...]:
    match FACT_KINDS[line.fact]:
        case "yes_no":
            return (Choice("Không", act="no"), Choice("Có", act="yes"))
        case "grade":
            return tuple(Choice(grade_label(grade, facts), act=f"grade.{grade}") for grade in GRADES)
    bound = _bound(line)
    met = f"Đạt, không quá {bound}%" if line.at_most is not None else f"Đạt, từ {bound}%" if bound < 100 else "Đạt 100%"
    percent = now.place("meeting_percent", person.id, line.fact)
    return (Choice(met, act="met"), Choice("Không đạt: ghi số phần trăm", to=percent))


def _bound(line: GradeCondition) -> int:
    """A percentage that just meets the condition; of a condition that bars, one that just does not."""
    return next(bound for bound in (line.at_least, line.at_most, line.below, 0) if bound is not None)


def _told(now: CellMeeting, person: Person, line: GradeCondition, value: Fact, facts: Facts) -> Move:
    """On to what is lacking then: the answer itself decides what else must be known."""
    found = assessed(person, facts, {line.fact: value})
    following = found.lacking if found else ()
    to = (
        now.place("meeting_fact", person.id, following[0].fact) if following else now.place("meeting_person", person.id)
    )
    return Move(to, (TellFact(person.id, line.fact, value),))


def _value_text(value: Fact | None, facts: Facts) -> str:
    if value is None:
        return "chưa biết"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, str):
        return grade_label(value, facts)  # type: ignore[arg-type]
    return f"{number_text(value)}%"
