"""How far the remedies of a cell are, person by person, the late ones first. What they are about is a look of its own,
and audited."""

from datetime import date

from conversations import words
from conversations.dialogue import Move
from conversations.dialogues.dashboard import refusal
from conversations.effects import Effect
from conversations.facts import Facts
from conversations.oversight import overseen_cell
from conversations.paging import page_of, turn_pages
from conversations.place import Place
from conversations.remedy_effects import LookedAtRemedies, MakeRemedies
from conversations.remedy_facts import RemedyLine
from conversations.remedy_words import STATUS_WORDS, about, last_word, progress_of, until
from conversations.screen import Choice, Screen
from review.people import Person, Unit
from review.permissions import Action, may

THE_CELL = "Tập thể chi bộ"
ROWS = 7
REMEDIES_PER_PAGE = 3


def show(place: Place, facts: Facts) -> Screen:
    cell = overseen_cell(facts, place.number())
    if cell is None:
        return refusal(facts)
    lines = sorted(facts.remedies.in_cell(cell.id), key=lambda line: _lateness(line, facts.today))
    page = page_of(lines, place.number(1), ROWS)
    every = [remedy for line in lines for remedy in line.remedies]
    said = f"Khắc phục: {progress_of(every, facts.today)}" if every else "Chưa có kế hoạch khắc phục nào."
    choices = [Choice(_label(line, facts.today), act=f"look.{_id(line.person)}.{page.number}") for line in page.rows]
    choices += [*turn_pages(page, "cell_remedies", cell.id), Choice("Quay lại", to=_back(cell, facts))]
    if _may_make(cell, facts):
        choices.append(Choice("Lập kế hoạch khắc phục", to=Place.of("make_remedies", cell.id)))
    hint = "\n\nNgười chậm ở trước. Mở một người là có ghi lại." if every else ""
    return Screen(f"**{words.cut(cell.name, 90)} · việc khắc phục**{page.mark}\n\n{said}{hint}", tuple(choices))


def choose(place: Place, act: str, facts: Facts) -> Move:
    unit_id, person_id = place.number(), int(act.split(".")[1])
    looked: tuple[Effect, ...] = (LookedAtRemedies(unit_id, person_id),)
    return Move(Place.of("person_remedies", unit_id, person_id, 1), looked)


def show_person(place: Place, facts: Facts) -> Screen:
    """What one member, or the cell itself, has to mend."""
    cell = overseen_cell(facts, place.number())
    lines = facts.remedies.in_cell(cell.id) if cell else ()
    line = next((line for line in lines if _id(line.person) == place.number(1)), None)
    if cell is None or line is None or not _may("read_remedies", line.person or cell, facts):
        return refusal(facts)
    page = page_of(line.remedies, place.number(2), REMEDIES_PER_PAGE)
    said = [
        "\n".join(
            [
                f"{nth}. {until(one, facts.today)} · {STATUS_WORDS[one.status]}",
                *about(one, 150),
                *([last_word(one, 100)] if one.checks else []),
            ]
        )
        for nth, one in enumerate(page.rows, page.first)
    ]
    name = words.cut(line.person.name, 80) if line.person else THE_CELL
    return Screen(
        "\n\n".join([f"**{name} · việc khắc phục**{page.mark}", *said]),
        (
            *turn_pages(page, "person_remedies", cell.id, _id(line.person)),
            Choice("Về danh sách", to=Place.of("cell_remedies", cell.id, 1)),
        ),
    )


def show_make(place: Place, facts: Facts) -> Screen:
    """Making the plan is asked for twice: everybody named gets work by it."""
    cell = overseen_cell(facts, place.number())
    if cell is None or not _may_make(cell, facts):
        return refusal(facts)
    waiting = facts.remedies.plannable(cell.id)
    return Screen(
        f"**Lập kế hoạch khắc phục** · {words.cut(cell.name, 80)}\n\n"
        f"Tôi lấy hạn chế và biện pháp trong {waiting} bản đã nộp. "
        "Việc nào thiếu biện pháp hoặc hạn, tôi hỏi người ấy. "
        "Thường làm sau khi cấp ủy đã quyết định xếp loại.",
        (
            Choice("Lập kế hoạch", act=f"make.{cell.id}"),
            Choice("Để sau", to=Place.of("cell_remedies", cell.id, 1)),
        ),
    )


def choose_make(place: Place, act: str, facts: Facts) -> Move:
    unit_id = place.number()
    return Move(Place.of("cell_remedies", unit_id, 1), (MakeRemedies(unit_id),), note="Đã lập kế hoạch khắc phục.")


def _lateness(line: RemedyLine, today: date) -> tuple[int, int]:
    """Most overdue first, then most unfinished; those who are done come last, in the order given."""
    overdue = sum(one.is_overdue(today) for one in line.remedies)
    return -overdue, -sum(not one.is_done for one in line.remedies)


def _label(line: RemedyLine, today: date) -> str:
    name = words.cut(line.person.name if line.person else THE_CELL, 36)
    return f"{name}: {progress_of(line.remedies, today)}"


def _id(person: Person | None) -> int:
    return person.id if person else 0


def _may_make(cell: Unit, facts: Facts) -> bool:
    return _may("make_remedies", cell, facts) and facts.remedies.plannable(cell.id) > 0


def _may(action: Action, subject: Person | Unit, facts: Facts) -> bool:
    return facts.me is not None and may(facts.me, action, subject, below=facts.units_below)


def _back(cell: Unit, facts: Facts) -> Place:
    """To the cell; while no review is open there is only what is left of the last one."""
    return Place.of("cell", cell.id) if facts.cycle else Place("dashboard")
