"""An order as those concerned read it; and a review as it was handed in before it was returned."""

from conversations import words
from conversations.facts import Facts
from conversations.form_answers import plain
from conversations.form_draft import NOT_YOURS
from conversations.form_status import form_status
from conversations.oversight import overseen_cell
from conversations.paging import leaves, page_of, turn_pages
from conversations.place import HOME, Place
from conversations.reading import paragraphs
from conversations.redoing import WHAT
from conversations.screen import Choice, Screen
from conversations.typed_in import MARK
from review.people import Person, Unit
from review.permissions import may
from review.redo import RedoOrder, Version
from review.responses import Response

HOME_CHOICE = Choice(words.BACK_HOME, to=HOME)


def show_order(place: Place, facts: Facts) -> Screen:
    """For the member, everybody of the cell that is ordered, who leads it and who oversees it."""
    order = facts.redo.find(place.number())
    unit = _unit_of(order, facts) if order else None
    if order is None or not _concerned(order, unit, facts):
        return Screen(NOT_YOURS, (HOME_CHOICE,))
    person = facts.person(order.subject_id) if order.about == "person" else None
    orderer = facts.person(order.ordered_by)
    about = person.name if person else unit.name if unit else ""
    done = f"\n✅ Đã xong ngày {words.full_day(order.done_at)}." if order.done_at else ""
    head = (
        f"**Yêu cầu {WHAT[order.what]}** · {words.cut(about, 80)}\n"
        f"Hạn {words.full_day(order.due)}, yêu cầu ngày {words.full_day(order.ordered_at)}"
        f"{f', đồng chí {words.cut(orderer.name, 60)}' if orderer else ''}.{done}"
    )
    page = page_of(leaves([f"Lý do: {plain(order.reason)}"]), place.number(1), size=1)
    return Screen(f"{head}{page.mark}\n\n{''.join(page.rows)}", _order_choices(order, unit, facts, page.number))


def _order_choices(order: RedoOrder, unit: Unit | None, facts: Facts, number: int) -> tuple[Choice, ...]:
    pages = leaves([f"Lý do: {plain(order.reason)}"])
    choices = []
    me = facts.me
    status = form_status(facts, me) if me else None
    if status and status.response and status.response.status == "returned":
        choices.append(Choice("Sửa bản kiểm điểm", to=status.next_place))
        choices += [
            Choice(f"Bản nộp lần {one.nth}", to=Place.of("version", one.id, 1))
            for one in facts.redo.versions(status.response.id)[-3:]
        ]
    if unit and overseen_cell(facts, unit.id):
        choices.append(Choice("Xem chi bộ", to=Place.of("cell", unit.id)))
    return (*choices, *turn_pages(page_of(pages, number, size=1), "redo", order.id), HOME_CHOICE)


def show_version(place: Place, facts: Facts) -> Screen:
    version = facts.redo.version(place.number())
    response = facts.response_by_id(version.response_id) if version else None
    person = facts.person(response.subject_id) if response else None
    if version is None or response is None or person is None or facts.pack is None:
        return Screen(NOT_YOURS, (HOME_CHOICE,))
    if facts.me is None or not _may_read(version, person, facts) or response.form not in facts.pack.forms:
        return Screen(NOT_YOURS, (HOME_CHOICE,))
    form = facts.pack.forms[response.form]
    page = page_of(leaves(paragraphs(form, version.answers, facts.given(person.id))), place.number(1), size=1)
    sent = f", nộp {words.moment(version.submitted_at)}" if version.submitted_at else ""
    sent += f" ({MARK})" if version.typed_in else ""
    return Screen(
        f"**Bản nộp lần {version.nth}** · {words.cut(person.name, 80)}{sent}{page.mark}\n\n{''.join(page.rows)}",
        (*turn_pages(page, "version", version.id), *_version_back(response, person, facts)),
    )


def _may_read(version: Version, person: Person, facts: Facts) -> bool:
    me = facts.me
    return me is not None and may(me, "read_self_review", person, status=version.status, below=facts.units_below)


def _version_back(response: Response, person: Person, facts: Facts) -> tuple[Choice, ...]:
    if facts.me and person.id == facts.me.id:
        return (HOME_CHOICE,)
    unit_id = person.unit.id if person.unit else 0
    return (Choice("Về đồng chí này", to=Place.of("cell_person", unit_id, person.id)), HOME_CHOICE)


def _unit_of(order: RedoOrder, facts: Facts) -> Unit | None:
    person = facts.person(order.subject_id) if order.about == "person" else None
    return person.unit if person else facts.unit(order.subject_id) if order.about == "unit" else None


def _concerned(order: RedoOrder, unit: Unit | None, facts: Facts) -> bool:
    me = facts.me
    assert me, "the gate lets only joined people in"
    own = me.id == order.subject_id if order.about == "person" else bool(me.unit and unit and me.unit.id == unit.id)
    return own or bool(unit and overseen_cell(facts, unit.id))
