"""Decisions of the committee: one by one or all that follow the cell's proposal, and the grounds of a higher share."""

from typing import assert_never

from sqlalchemy import Connection, insert

from conversations.approval import as_proposed, seats, table
from conversations.approval_check import objection
from conversations.approval_effects import ApprovalEffect, FollowProposals, RecordGrounds
from conversations.grading_effects import RecordDecision
from review.decisions import About
from review.responses import Grade
from storage import audit, deeds
from storage.apply_grading import decision_row, record_decision, supersede
from storage.facts import StoredFacts
from storage.judge import actor, must, open_cycle
from storage.refusals import NO_HIGHER_SHARE, NOT_YOURS, REASON_NEEDED
from storage.tables import ceiling_grounds, decisions


def apply(conn: Connection, effect: ApprovalEffect | RecordDecision, facts: StoredFacts) -> tuple[RecordDecision, ...]:
    """What was decided by it, for whatever follows a decision.

    The lock on the chain comes before the look: two officers never count the same ceiling at once.
    """
    open_cycle(facts)
    actor(facts)
    audit.lock(conn)
    facts.forget()
    match effect:
        case RecordDecision():
            _must_stand(facts, effect.about, {effect.subject_id: (effect.grade, effect.reason)})
            record_decision(conn, effect, facts)
            return (effect,)
        case FollowProposals():
            return follow_proposals(conn, effect, facts)
        case RecordGrounds():
            record_grounds(conn, effect, facts)
            return ()
        case _:
            assert_never(effect)


def follow_proposals(conn: Connection, effect: FollowProposals, facts: StoredFacts) -> tuple[RecordDecision, ...]:
    """Whoever was decided in the meantime keeps that decision."""
    subjects = {one.id: one for _, one in table(facts).values() if one.about == effect.about}
    left = [one for one in effect.subject_ids if one not in subjects or not subjects[one].entry.is_decided]
    proposed = {one: subjects[one].entry.proposed if one in subjects else None for one in left}
    _must_stand(facts, effect.about, {one: (grade, "") for one, grade in proposed.items()})
    taken = tuple(as_proposed(subjects[one]) for one in left)
    if taken:
        cycle_id = open_cycle(facts).id
        supersede(conn, cycle_id, "committee", effect.about, left, facts.now)
        conn.execute(insert(decisions), [decision_row(one, facts) for one in taken])
        how = {"channel": facts.account.channel, "stage": "committee", "follows": "cell"}
        things = [(f"{effect.about}:{one}", how) for one in left]
        audit.append_many(conn, facts.now, audit.person(actor(facts).id), "decide", things, cycle_id)
    return taken


def record_grounds(conn: Connection, effect: RecordGrounds, facts: StoredFacts) -> None:
    must(any(unit.id == effect.unit_id for unit in seats(facts)), NOT_YOURS)
    must(bool(effect.text.strip()), REASON_NEEDED)
    rule = facts.pack.ceiling if facts.pack else None
    must(rule is not None and rule.outstanding_share is not None, NO_HIGHER_SHARE)
    row = {
        "cycle_id": open_cycle(facts).id,
        "unit_id": effect.unit_id,
        "peer_group": effect.group,
        "text": effect.text,
        "recorded_by": actor(facts).id,
        "recorded_at": facts.now,
    }
    conn.execute(insert(ceiling_grounds).values(row))
    deeds.record(conn, facts, "record_grounds", f"unit:{effect.unit_id}", {"peer_group": effect.group})


def _must_stand(facts: StoredFacts, about: About, taken: dict[int, tuple[Grade | None, str]]) -> None:
    said = objection(facts, about, taken)
    must(not said, said)
