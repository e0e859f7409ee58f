"""Effects become rows. Each one is judged again with its actor; a refusal undoes the whole turn."""

from dataclasses import dataclass
from typing import assert_never

from sqlalchemy import Connection

from conversations.approval_effects import FollowProposals, RecordGrounds
from conversations.calendar_effects import KeepDatesAbove, SetDate
from conversations.effects import (
    AnswerRemark,
    CountWrongCode,
    Effect,
    Looked,
    Notify,
    Reachable,
    RefuseInvitation,
    SaveAnswer,
    SetConsent,
    Submit,
    UseInvitation,
    Withdraw,
)
from conversations.grading_effects import CloseMeeting, RecordDecision, RecordMeeting, RecordVotes, TellFact
from conversations.points_effects import RaisePoint, TakeBackPoint, WritePoint
from conversations.remedy_effects import (
    LookedAtRemedies,
    MakeRemedies,
    MoveRemedy,
    NoteRemedy,
    PlanRemedy,
    ReportRemedy,
)
from conversations.result_effects import (
    AnswerAppeal,
    KeepUnsent,
    LookedAtAppeal,
    LookedAtVersion,
    MakeAppeal,
    OrderRedo,
)
from review.calendar import QuietHours
from storage import apply_approval as approval
from storage import apply_calendar as calendar
from storage import apply_grading as grading
from storage import apply_joining as joining
from storage import apply_notices as telling
from storage import apply_remedies as mending
from storage import apply_responses as writing
from storage import apply_results as results
from storage.apply_points import apply_point
from storage.facts import StoredFacts


@dataclass(frozen=True, slots=True)
class Context:
    """`facts` names the actor (its account), the time and what is stored; after each effect it looks again."""

    facts: StoredFacts
    quiet: QuietHours


def apply(conn: Connection, effect: Effect, context: Context) -> None:  # noqa: C901 - one line per effect
    """Raises `storage.refusals.Refused`: let it undo the transaction, then show its sentence."""
    facts, quiet = context.facts, context.quiet
    match effect:
        case SaveAnswer():
            writing.save_answer(conn, effect, facts)
        case Submit(response_id):
            writing.submit(conn, response_id, facts, quiet)
        case Withdraw(response_id):
            writing.withdraw(conn, response_id, facts)
        case AnswerRemark(response_id, text):
            writing.answer_remark(conn, response_id, text, facts)
        case Looked(response_id):
            writing.looked(conn, response_id, facts)
        case UseInvitation(invitation_id):
            joining.use_invitation(conn, invitation_id, facts)
        case RefuseInvitation(invitation_id):
            joining.refuse_invitation(conn, invitation_id, facts, quiet)
        case CountWrongCode():
            joining.count_wrong_code(conn, facts)
        case SetConsent():
            joining.set_consent(conn, effect, facts)
        case WritePoint() | RaisePoint() | TakeBackPoint():
            apply_point(conn, effect, facts, quiet)
        case Notify():
            telling.notify(conn, effect, facts, quiet)
        case Reachable(yes):
            telling.reachable(conn, yes, facts, quiet)
        case RecordDecision(stage="committee") | FollowProposals() | RecordGrounds():
            taken = approval.apply(conn, effect, facts)
            facts.forget()
            for decision in taken:
                results.decided(conn, decision, facts, quiet)
        case RecordMeeting() | RecordVotes() | CloseMeeting() | RecordDecision() | TellFact():
            grading.apply(conn, effect, facts)
        case KeepUnsent() | MakeAppeal() | AnswerAppeal() | LookedAtAppeal() | OrderRedo() | LookedAtVersion():
            results.apply(conn, effect, facts, quiet)
        case SetDate() | KeepDatesAbove():
            calendar.apply(conn, effect, facts, quiet)
        case MakeRemedies() | PlanRemedy() | ReportRemedy() | NoteRemedy() | MoveRemedy() | LookedAtRemedies():
            mending.apply(conn, effect, facts)
        case _:
            assert_never(effect)
    facts.forget()
    results.follow(conn, effect, facts, quiet)
    facts.forget()
