"""Every effect judged again, with its actor, against `review.permissions`."""

from conversations.effects import Notify
from review import permissions
from review.calendar import Cycle
from review.people import Person, Unit
from review.permissions import Verb
from review.responses import ResponseKind, ResponseStatus
from storage.errors import Refused
from storage.facts import StoredFacts
from storage.refusals import NO_REVIEW, NOT_JOINED


def must(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise Refused(sentence)


def actor(facts: StoredFacts) -> Person:
    """Who is doing this."""
    if facts.me is None:
        raise Refused(NOT_JOINED)
    return facts.me


def open_cycle(facts: StoredFacts) -> Cycle:
    """The open review."""
    if facts.cycle is None:
        raise Refused(NO_REVIEW)
    return facts.cycle


def may_do(
    facts: StoredFacts, verb: Verb, kind: ResponseKind, subject_id: int, status: ResponseStatus | None = None
) -> bool:
    """Whether the actor may do this to the response about that subject; `status` None: there is none yet."""
    for_another = subject_id != actor(facts).id
    action = permissions.action_on(verb, kind, for_another=for_another)
    subject = _subject(facts, kind, subject_id)
    if action is None or subject is None:
        return False
    if action == "type_in_self_review" and facts.has_refused(subject_id):
        return False
    return permissions.may(actor(facts), action, subject, status=status, below=facts.units_below)


def may_answer_remark(facts: StoredFacts, subject_id: int, status: ResponseStatus) -> bool:
    subject = facts.person(subject_id)
    return subject is not None and permissions.may(actor(facts), "answer_residence_remark", subject, status=status)


def may_grade(facts: StoredFacts, action: permissions.Action, subject: Person | Unit | None) -> bool:
    """Whether the actor may record the meeting of this cell, or propose or decide the grade of this subject."""
    return subject is not None and permissions.may(actor(facts), action, subject, below=facts.units_below)


def may_notify(facts: StoredFacts, effect: Notify) -> bool:
    """A person puts off an own reminder, asks an own secretary for help, or reminds those in reach. Nothing else."""
    me, receiver = actor(facts), facts.person(effect.person_id)
    if receiver is None:
        return False
    match effect.kind:
        case "snoozed":
            return receiver.id == me.id
        case "help_wanted":
            return any(
                receiver.id == person.id for unit in _units_of(facts, me) for person in facts.secretaries_of(unit.id)
            )
        case "asked_by_secretary":
            return permissions.may(me, "remind", receiver, below=facts.units_below)
    return False


def _subject(facts: StoredFacts, kind: ResponseKind, subject_id: int) -> Person | Unit | None:
    return facts.unit(subject_id) if kind == "collective_review" else facts.person(subject_id)


def _units_of(facts: StoredFacts, person: Person) -> tuple[Unit, ...]:
    nearest = (person.unit, *(role.unit for role in person.roles), facts.committee)
    return tuple(unit for unit in nearest if unit)
