"""Whether a notice about a result, a complaint or an order is still needed when it falls due."""

from collections.abc import Callable

from conversations.effects import NoticeKind
from conversations.facts import Facts, Notice
from conversations.oversight import led
from conversations.redoing import concerning
from conversations.voice import standing_result, to_answer
from review.appeals import Appeal
from review.redo import RedoOrder


def number_in(notice: Notice, name: str) -> int:
    """An id among the notice's parameters; 0, which is no id, when it is missing."""
    word = notice.params.get(name, "")
    return int(word) if word.isdecimal() else 0


def order_of(notice: Notice, facts: Facts) -> RedoOrder | None:
    return facts.redo.find(number_in(notice, "redo_id"))


def has_to_write(order: RedoOrder, facts: Facts) -> bool:
    """Whether the own review came back with this order and has not been handed in since."""
    me = facts.me
    response = facts.response("self_review", me.id) if me else None
    return bool(me and response and response.is_open and order in concerning(facts, me))


def leads(order: RedoOrder, facts: Facts) -> bool:
    person = facts.person(order.subject_id) if order.about == "person" else None
    unit_id = (person.unit.id if person.unit else 0) if person else order.subject_id
    return any(cell.id == unit_id for cell in led(facts))


def _result(notice: Notice, facts: Facts) -> bool:
    """A result that was replaced meanwhile has a notice of its own."""
    decision = standing_result(facts, facts.me.id) if facts.me else None
    return decision is not None and decision.id == number_in(notice, "decision_id")


def _explanation(notice: Notice, facts: Facts) -> bool:
    return bool(led(facts)) and facts.person(number_in(notice, "person_id")) is not None


def _to_answer(notice: Notice, facts: Facts) -> bool:
    return any(one.id == number_in(notice, "appeal_id") for one in to_answer(facts))


def _unassigned(notice: Notice, facts: Facts) -> bool:
    appeal = _appeal(notice, facts)
    return appeal is not None and appeal.is_open and appeal.handler_id is None


def _answered(notice: Notice, facts: Facts) -> bool:
    appeal = _appeal(notice, facts)
    return bool(appeal and appeal.answered_at and facts.me and appeal.person_id == facts.me.id)


def _redo(notice: Notice, facts: Facts) -> bool:
    order = order_of(notice, facts)
    if order is None or order.done_at or facts.me is None:
        return False
    own_grade = order.what == "grading" and (order.about, order.subject_id) == ("person", facts.me.id)
    return own_grade or has_to_write(order, facts) or leads(order, facts)


def _appeal(notice: Notice, facts: Facts) -> Appeal | None:
    return facts.appeals.find(number_in(notice, "appeal_id"))


RESULT_NEEDED: dict[NoticeKind, Callable[[Notice, Facts], bool]] = {
    "result": _result,
    "explanation": _explanation,
    "complaint_to_answer": _to_answer,
    "complaint_due": _to_answer,
    "complaint_unassigned": _unassigned,
    "complaint_answered": _answered,
    "redo": _redo,
}
