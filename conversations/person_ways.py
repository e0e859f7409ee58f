"""What stands on the screens of a cell and of a member beside the progress: the paper lane, a result, an order."""

from conversations.dialogue import Move
from conversations.facts import Facts
from conversations.grade_words import grade_label
from conversations.place import Place
from conversations.redoing import WHAT, obstacle, order_line, order_place, subject_of
from conversations.result_effects import LookedAtAppeal, LookedAtVersion
from conversations.screen import Choice
from conversations.typed_in import NOT_OFFERED, prints_blank_for, signature_of, typed_line, types_for
from conversations.voice import explanations, mark, standing_result
from review.people import Person, Unit
from review.permissions import may
from review.redo import Version

MOST_VERSIONS = 3


def person_lines(facts: Facts, person: Person) -> list[str]:
    """The grade in words, marked while under complaint, and orders that are not done yet."""
    decision = standing_result(facts, person.id)
    grade = grade_label(decision.grade, facts) if decision and decision.grade else "không xếp loại"
    lines = [f"Kết quả xếp loại: {grade}{mark(facts, decision)}"] if decision else []
    return _paper_lines(facts, person) + lines + [order_line(o, facts) for o in facts.redo.open_on("person", person.id)]


def _paper_lines(facts: Facts, person: Person) -> list[str]:
    response = facts.response("self_review", person.id)
    lines = [typed_line(response, facts)] if response and response.typed_in else []
    refused = prints_blank_for(facts, person) and facts.has_refused(person.id)
    return [*lines, NOT_OFFERED] if refused else lines


def paper_ways(facts: Facts, person: Person) -> list[Choice]:
    """For those who lead the cell: the blank form, typing it in, and the signature on the print."""
    if signature_of(facts, person):
        return [Choice("Bản nhập thay: in, ký, rút lại", to=Place.of("typed_in", person.id))]
    if not prints_blank_for(facts, person):
        return []
    typing = [Choice("Nhập thay từ bản giấy", to=Place.of("type_in", person.id))] if types_for(facts, person) else []
    return [*typing, Choice("In bản trắng (.docx)", to=Place.of("paper", "blank_self_review", person.id))]


def person_ways(facts: Facts, person: Person) -> list[Choice]:
    ways = [Choice(f"Đọc bản nộp lần {one.nth}", act=f"version.{one.id}") for one in _versions(facts, person)]
    said = explanations(facts, person)
    if said:
        ways.append(Choice(f"Ý kiến giải thích ({len(said)})", act=f"explained.{person.id}"))
    if subject_of(facts, "person", person.id) and not all(obstacle(facts, "person", person.id, what) for what in WHAT):
        ways.append(Choice("Yêu cầu làm lại", to=order_place("person", person.id)))
    return ways


def person_move(act: str, facts: Facts) -> Move | None:
    """Reading is audited before anything is shown; None for an act that is not of these ways."""
    kind, _, number = act.partition(".")
    if kind == "version":
        return Move(Place.of("version", int(number), 1), (LookedAtVersion(int(number)),))
    person = facts.person(int(number)) if kind == "explained" else None
    if person is None:
        return None
    looks = tuple(LookedAtAppeal(one.id) for one in explanations(facts, person))
    return Move(Place.of("explanations", person.id, 1), looks)


def cell_lines(facts: Facts, cell: Unit) -> list[str]:
    """Orders on the cell itself in full; of those on its members only how many."""
    orders = facts.redo.open_in((cell.id,))
    own = [order_line(order, facts) for order in orders if order.about == "unit"]
    others = sum(order.about == "person" for order in orders)
    return own + ([f"⏳ {others} đồng chí đang làm lại theo yêu cầu của cấp ủy"] if others else [])


def cell_orders(facts: Facts, cell: Unit) -> list[Choice]:
    """What the upper level wants done again."""
    orders = facts.redo.open_on("unit", cell.id)
    return [Choice("Đọc yêu cầu làm lại", to=Place.of("redo", one.id)) for one in orders[:1]]


def cell_ways(facts: Facts, cell: Unit) -> list[Choice]:
    if subject_of(facts, "unit", cell.id) and not obstacle(facts, "unit", cell.id, "review"):
        return [Choice("Yêu cầu chi bộ làm lại", to=order_place("unit", cell.id))]
    return []


def _versions(facts: Facts, person: Person) -> tuple[Version, ...]:
    response, me = facts.response("self_review", person.id), facts.me
    if response is None or me is None:
        return ()
    found = facts.redo.versions(response.id)
    kept = [v for v in found if may(me, "read_self_review", person, status=v.status, below=facts.units_below)]
    return tuple(kept[-MOST_VERSIONS:])
