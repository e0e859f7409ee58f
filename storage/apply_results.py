"""After the decision: what members say to it, what is done again, and what an effect completes or makes known."""

from typing import assert_never

from sqlalchemy import Connection

from conversations.effects import Effect, Notify, Submit
from conversations.grading_effects import CloseMeeting, RecordDecision
from conversations.result_effects import (
    AnswerAppeal,
    KeepUnsent,
    LookedAtAppeal,
    LookedAtVersion,
    MakeAppeal,
    OrderRedo,
    ResultEffect,
)
from review.calendar import QuietHours
from storage import apply_appeals, apply_redo, redo
from storage.apply_notices import plan_notice
from storage.facts import StoredFacts
from storage.grading_facts import find_meeting
from storage.tables import meetings


def apply(conn: Connection, effect: ResultEffect, facts: StoredFacts, quiet: QuietHours) -> None:
    match effect:
        case KeepUnsent():
            apply_appeals.keep_unsent(conn, effect, facts)
        case MakeAppeal():
            apply_appeals.make_appeal(conn, effect, facts, quiet)
        case AnswerAppeal():
            order = apply_appeals.answer_appeal(conn, effect, facts, quiet)
            if order:
                apply_redo.place_order(conn, order, facts, quiet)
        case LookedAtAppeal():
            apply_appeals.looked_at_appeal(conn, effect, facts)
        case OrderRedo():
            apply_redo.order_redo(conn, effect, facts, quiet)
        case LookedAtVersion():
            apply_redo.looked_at_version(conn, effect, facts)
        case _:
            assert_never(effect)


def follow(conn: Connection, effect: Effect, facts: StoredFacts, quiet: QuietHours) -> None:
    """Orders are done by the very effect that does them; a result is told to its member."""
    if facts.cycle is None:
        return
    cycle_id, now = facts.cycle.id, facts.now
    match effect:
        case Submit(response_id):
            response = facts.response_by_id(response_id)
            if response and response.kind == "self_review":
                redo.reviewed_again(conn, cycle_id, response.subject_id, now)
        case CloseMeeting(meeting_id):
            meeting = find_meeting(conn, meetings.c.id == meeting_id)
            assert meeting
            redo.met_again(conn, cycle_id, meeting.unit_id, now)
        case RecordDecision(stage="cell"):
            decided(conn, effect, facts, quiet)


def decided(conn: Connection, decision: RecordDecision, facts: StoredFacts, quiet: QuietHours) -> None:
    """What follows each decision, also one of many that were taken at once."""
    assert facts.cycle
    redo.decided_again(conn, facts.cycle.id, decision.stage, decision.about, decision.subject_id, facts.now)
    if (decision.stage, decision.about) == ("committee", "person"):
        _tell_result(conn, decision.subject_id, facts, quiet)


def _tell_result(conn: Connection, person_id: int, facts: StoredFacts, quiet: QuietHours) -> None:
    """The morning after: a slip that is corrected on the same day is not announced."""
    decision = facts.grading.decision("committee", "person", person_id)
    assert decision
    wanted = Notify(person_id, "result", f"decision.{decision.id}", {"decision_id": str(decision.id)}, after_days=1)
    plan_notice(conn, wanted, facts, quiet)
