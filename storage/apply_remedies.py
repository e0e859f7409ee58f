"""Remedies made, planned, reported on and moved; each judged with its actor."""

from collections.abc import Mapping
from datetime import date
from typing import Any, assert_never

from sqlalchemy import Connection, insert, select, update

from conversations.remedy_effects import (
    LookedAtRemedies,
    MakeRemedies,
    MoveRemedy,
    NoteRemedy,
    PlanRemedy,
    RemedyEffect,
    ReportRemedy,
)
from review import permissions
from review.people import Person, Unit
from review.permissions import Action
from review.remedies import CheckStatus, Remedy
from storage import deeds
from storage.facts import StoredFacts
from storage.judge import actor, must
from storage.refusals import NO_REVIEW, NOT_YOURS, REMEDY_DATE, REMEDY_MOVED, REMEDY_PLANNED
from storage.remedies import make_plans, of_cell
from storage.tables import remedies, remedy_checks


def apply(conn: Connection, effect: RemedyEffect, facts: StoredFacts) -> None:
    match effect:
        case MakeRemedies(unit_id):
            _make(conn, unit_id, facts)
        case LookedAtRemedies():
            _looked(conn, effect, facts)
        case PlanRemedy():
            _plan(conn, effect, facts)
        case ReportRemedy(remedy_id, status):
            remedy = _owned(conn, remedy_id, facts)
            _change(conn, remedy, facts, "report_remedy", {"status": status})
            _check(conn, remedy, status, "", facts)
        case NoteRemedy():
            _note(conn, effect, facts)
        case MoveRemedy():
            _move(conn, effect, facts)
        case _:
            assert_never(effect)


def _make(conn: Connection, unit_id: int, facts: StoredFacts) -> None:
    must(_may(facts, "make_remedies", facts.unit(unit_id)), NOT_YOURS)
    must(facts.cycle is not None and facts.pack is not None, NO_REVIEW)
    assert facts.cycle is not None
    assert facts.pack is not None
    made = make_plans(conn, facts.cycle.id, facts.pack, facts.now, of_cell(unit_id))
    deeds.record(conn, facts, "make_remedies", f"unit:{unit_id}", {"made": made})


def _looked(conn: Connection, effect: LookedAtRemedies, facts: StoredFacts) -> None:
    whose = facts.person(effect.person_id) if effect.person_id else facts.unit(effect.unit_id)
    must(_may(facts, "read_remedies", whose), NOT_YOURS)
    thing = f"person:{effect.person_id}" if effect.person_id else f"unit:{effect.unit_id}"
    deeds.record(conn, facts, "look_at_remedies", thing)


def _plan(conn: Connection, effect: PlanRemedy, facts: StoredFacts) -> None:
    """What stands already is kept: only what is lacking is added."""
    remedy = _owned(conn, effect.remedy_id, facts)
    must(not (effect.measure and remedy.measure) and not (effect.due and remedy.due), REMEDY_PLANNED)
    must(effect.due is None or effect.due >= facts.today, REMEDY_DATE)
    values = {name: value for name, value in (("measure", effect.measure), ("due", effect.due)) if value}
    must(bool(values), NOT_YOURS)
    _change(conn, remedy, facts, "plan_remedy", values)


def _note(conn: Connection, effect: NoteRemedy, facts: StoredFacts) -> None:
    """Into the owner's last word; a second note stands beside the first."""
    remedy = _owned(conn, effect.remedy_id, facts)
    last = conn.execute(
        select(remedy_checks).where(remedy_checks.c.remedy_id == remedy.id).order_by(remedy_checks.c.id.desc()).limit(1)
    ).first()
    if last is None or last.note or last.status == "redated":
        _check(conn, remedy, remedy.status, effect.note, facts)
    else:
        conn.execute(update(remedy_checks).where(remedy_checks.c.id == last.id).values(note=effect.note))
    deeds.record(conn, facts, "note_remedy", f"remedy:{remedy.id}")


def _move(conn: Connection, effect: MoveRemedy, facts: StoredFacts) -> None:
    remedy = _owned(conn, effect.remedy_id, facts)
    must(remedy.may_move, REMEDY_MOVED)
    must(effect.due >= facts.today and bool(effect.reason.strip()), REMEDY_DATE)
    _change(conn, remedy, facts, "move_remedy", {"due": effect.due})
    _check(conn, remedy, "redated", effect.reason, facts)


def _owned(conn: Connection, remedy_id: int, facts: StoredFacts) -> Remedy:
    """A remedy of the actor, held until the commit."""
    conn.execute(select(remedies.c.id).where(remedies.c.id == remedy_id).with_for_update())
    remedy = facts.remedies.remedy(remedy_id)
    owner = facts.person(remedy.owner_id) if remedy and remedy.owner_id else None
    must(_may(facts, "report_remedy", owner), NOT_YOURS)
    assert remedy is not None
    return remedy


def _change(conn: Connection, remedy: Remedy, facts: StoredFacts, action: str, values: Mapping[str, Any]) -> None:
    conn.execute(update(remedies).where(remedies.c.id == remedy.id).values(dict(values)))
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    deeds.record(conn, facts, action, f"remedy:{remedy.id}", {n: v for n, v in told.items() if n != "measure"})


def _check(conn: Connection, remedy: Remedy, status: CheckStatus, note: str, facts: StoredFacts) -> None:
    row = {"remedy_id": remedy.id, "at": facts.now, "by": actor(facts).id, "status": status, "note": note}
    conn.execute(insert(remedy_checks).values(row))


def _may(facts: StoredFacts, action: Action, subject: Person | Unit | None) -> bool:
    return subject is not None and permissions.may(actor(facts), action, subject, below=facts.units_below)
