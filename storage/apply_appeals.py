"""Explanations, complaints and answers become rows. Whoever has a part in a grade answers no complaint about it."""

from sqlalchemy import Connection, delete, insert, update

from conversations.result_effects import AnswerAppeal, KeepUnsent, LookedAtAppeal, MakeAppeal
from conversations.voice import complaint_due, has_open_complaint, standing_result
from review.answers import is_visible
from review.appeals import Appeal
from review.calendar import QuietHours
from review.people import Person
from review.permissions import may
from review.redo import RedoOrder
from storage import audit, deeds
from storage.appeals import find_appeals, handler_for
from storage.apply_notices import tell
from storage.dialects import insert_or_change
from storage.facts import StoredFacts
from storage.judge import actor, must, open_cycle
from storage.people import holders
from storage.refusals import (
    ANSWERED_ALREADY,
    COMPLAINED_ALREADY,
    NO_RESULT,
    NO_WORDS,
    NOT_CONSENTED,
    NOT_YOURS,
    PART_IN_IT,
)
from storage.tables import appeals, unsent


def keep_unsent(conn: Connection, effect: KeepUnsent, facts: StoredFacts) -> None:
    """Belongs to its writer alone; not a word of it is anybody's business before it is sent."""
    me = actor(facts)
    must(facts.consented, NOT_CONSENTED)
    cycle_id = open_cycle(facts).id
    here = {"cycle_id": cycle_id, "person_id": me.id, "name": effect.name}
    if effect.text:
        row = {**here, "text": effect.text, "saved_at": facts.now}
        insert_or_change(conn, unsent, [row], ("cycle_id", "person_id", "name"))
    else:
        conn.execute(delete(unsent).where(*(unsent.c[column] == value for column, value in here.items())))


def make_appeal(conn: Connection, effect: MakeAppeal, facts: StoredFacts, quiet: QuietHours) -> None:
    me, cycle_id = actor(facts), open_cycle(facts).id
    must(facts.consented, NOT_CONSENTED)
    must(may(me, "make_appeal", me, below=facts.units_below), NOT_YOURS)
    audit.lock(conn)
    decision = standing_result(facts, me.id)
    must(decision is not None and decision.id == effect.decision_id, NO_RESULT)
    must(is_visible(effect.text), NO_WORDS)
    complaint = effect.kind == "complaint"
    must(not complaint or not has_open_complaint(facts, effect.decision_id), COMPLAINED_ALREADY)
    handler = handler_for(conn, cycle_id, me) if complaint else None
    row = {
        "decision_id": effect.decision_id,
        "person_id": me.id,
        "kind": effect.kind,
        "text": effect.text,
        "made_at": facts.now,
        "handler_id": handler.id if handler else None,
        "answer_due": complaint_due(facts) if complaint else None,
    }
    appeal_id = conn.execute(insert(appeals).values(row).returning(appeals.c.id)).scalar_one()
    deeds.record(conn, facts, f"make_{effect.kind}", f"appeal:{appeal_id}")
    if complaint:
        tell_handler(conn, appeal_id, handler, facts, quiet)
    else:
        _tell_leader(conn, appeal_id, me, facts, quiet)


def answer_appeal(conn: Connection, effect: AnswerAppeal, facts: StoredFacts, quiet: QuietHours) -> RedoOrder | None:
    """Gives the order that follows from "changed": the grading once more. The caller places it."""
    me = actor(facts)
    must(facts.consented, NOT_CONSENTED)
    audit.lock(conn)
    appeal = _complaint(conn, effect.appeal_id, facts)
    person = facts.person(appeal.person_id)
    assert person is not None
    may_handle = may(me, "handle_complaint", person, below=facts.units_below)
    must(appeal.handler_id == me.id and may_handle, NOT_YOURS)
    must(appeal.is_open, ANSWERED_ALREADY)
    must(not facts.appeals.matter(person.id).has_part(me), PART_IN_IT)
    must(is_visible(effect.text), NO_WORDS)
    changes = {"outcome": effect.outcome, "answer": effect.text, "answered_at": facts.now}
    conn.execute(update(appeals).where(appeals.c.id == appeal.id).values(changes))
    deeds.record(conn, facts, "answer_complaint", f"appeal:{appeal.id}", {"outcome": effect.outcome})
    tell(conn, person.id, "complaint_answered", f"appeal.{appeal.id}", {"appeal_id": str(appeal.id)}, facts, quiet)
    if effect.outcome == "kept":
        return None
    return RedoOrder(0, "person", person.id, "grading", effect.text, complaint_due(facts), me.id, facts.now)


def looked_at_appeal(conn: Connection, effect: LookedAtAppeal, facts: StoredFacts) -> None:
    """A complaint is read by its handler, an explanation by those who lead the cell and the officers above it."""
    me = actor(facts)
    appeal = facts.appeals.find(effect.appeal_id)
    person = facts.person(appeal.person_id) if appeal else None
    must(appeal is not None and person is not None, NOT_YOURS)
    assert appeal is not None
    assert person is not None
    if appeal.kind == "complaint":
        must(appeal.handler_id == me.id, NOT_YOURS)
    else:
        must(may(me, "read_explanation", person, below=facts.units_below), NOT_YOURS)
    deeds.record(conn, facts, f"look_at_{appeal.kind}", f"appeal:{appeal.id}")


def tell_handler(
    conn: Connection, appeal_id: int, handler: Person | None, facts: StoredFacts, quiet: QuietHours
) -> None:
    """Whoever is to answer; where nobody is free, the topmost unit's admins, who can add somebody to the roster."""
    slot, params = f"appeal.{appeal_id}", {"appeal_id": str(appeal_id)}
    if handler:
        tell(conn, handler.id, "complaint_to_answer", slot, params, facts, quiet)
        return
    admins = holders(conn, facts.committee.id, "admin") if facts.committee else ()
    for admin in admins:
        tell(conn, admin.id, "complaint_unassigned", slot, params, facts, quiet)


def _tell_leader(conn: Connection, appeal_id: int, me: Person, facts: StoredFacts, quiet: QuietHours) -> None:
    leaders = facts.secretaries_of(me.unit.id) if me.unit else ()
    leader = next((one for one in leaders if one.id != me.id), None)
    if leader:
        params = {"person_id": str(me.id)}
        tell(conn, leader.id, "explanation", f"appeal.{appeal_id}", params, facts, quiet)


def _complaint(conn: Connection, appeal_id: int, facts: StoredFacts) -> Appeal:
    """Held until the commit by the lock on the chain."""
    found = find_appeals(conn, open_cycle(facts).id, appeals.c.id == appeal_id, appeals.c.kind == "complaint")
    must(bool(found), NOT_YOURS)
    return found[0]
