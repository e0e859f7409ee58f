"""Remedies in the test world: made once, planned, reported on and moved by their owner."""

from dataclasses import replace
from typing import TYPE_CHECKING

from conversations.remedy_effects import (
    LookedAtRemedies,
    MakeRemedies,
    MoveRemedy,
    NoteRemedy,
    PlanRemedy,
    RemedyEffect,
    ReportRemedy,
)
from review.permissions import may
from review.remedies import CheckStatus, Remedy, RemedyCheck, plans

if TYPE_CHECKING:
    from conversations.facts import Account, Facts
    from tests.conversations.world import World


def apply(world: "World", account: "Account", effect: RemedyEffect) -> None:
    facts = world.facts(account.id)
    assert facts.me
    match effect:
        case MakeRemedies(unit_id):
            assert may(facts.me, "make_remedies", world.units[unit_id], below=facts.units_below)
            make(world, unit_id)
        case LookedAtRemedies(unit_id, person_id):
            whose = world.people[person_id] if person_id else world.units[unit_id]
            assert may(facts.me, "read_remedies", whose, below=facts.units_below)
            world.looked_at_remedies.append((facts.me.id, unit_id, person_id))
        case PlanRemedy() | ReportRemedy() | NoteRemedy() | MoveRemedy():
            remedy = world.remedies[effect.remedy_id]
            assert remedy.owner_id == facts.me.id, "another's remedy"
            world.remedies[remedy.id] = _changed(remedy, effect, facts)


def make(world: "World", unit_id: int) -> None:
    """As storage does it for the members of a cell."""
    assert world.pack
    planned = {one.source.partition(":")[0] for one in world.remedies.values()}
    for person in world.members(unit_id):
        response = world.find("self_review", person.id)
        if response is None or response.is_open or str(response.id) in planned:
            continue
        given = world.facts(person.id).given(person.id)
        for plan in plans(world.pack.forms[response.form], response.answers, given):
            number = len(world.remedies) + 1
            source = f"{response.id}:{plan.shortcoming.key}"
            world.remedies[number] = Remedy(
                number, "person", person.id, source, plan.shortcoming.text, plan.measure, person.id, plan.due
            )


def _changed(remedy: Remedy, effect: PlanRemedy | ReportRemedy | NoteRemedy | MoveRemedy, facts: "Facts") -> Remedy:
    def checked(status: CheckStatus, note: str = "") -> tuple[RemedyCheck, ...]:
        assert facts.me
        return (*remedy.checks, RemedyCheck(facts.now, facts.me.id, status, note))

    match effect:
        case PlanRemedy(_, measure, due):
            assert not (measure and remedy.measure), "it has a measure"
            assert not (due and remedy.due), "it has a date"
            assert due is None or due >= facts.today
            return replace(remedy, measure=measure or remedy.measure, due=due or remedy.due)
        case ReportRemedy(_, status):
            return replace(remedy, status=status, checks=checked(status))
        case NoteRemedy(_, note):
            last = remedy.checks[-1] if remedy.checks else None
            if last is None or last.note:
                return replace(remedy, checks=checked(remedy.status, note))
            return replace(remedy, checks=(*remedy.checks[:-1], replace(last, note=note)))
        case MoveRemedy(_, due, reason):
            assert remedy.may_move, "it was moved before"
            assert due >= facts.today
            return replace(remedy, due=due, checks=checked("redated", reason))
