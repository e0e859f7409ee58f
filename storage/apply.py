"""Effects become rows. Each one is judged again with its actor; a refusal undoes the whole turn."""

from dataclasses import dataclass

from sqlalchemy import Connection

from conversations.approval_effects import ApprovalEffect
from conversations.calendar_effects import CalendarEffect
from conversations.effects import Effect, JoiningEffect, NoticeEffect, ResponseEffect
from conversations.grading_effects import GradingEffect, RecordDecision
from conversations.points_effects import PointsEffect
from conversations.reach_effects import ReachEffect
from conversations.request_effects import RequestEffect
from conversations.result_effects import ResultEffect
from review.calendar import QuietHours
from storage import apply_approval as approval
from storage import apply_calendar as calendar
from storage import apply_grading as grading
from storage import apply_joining as joining
from storage import apply_notices as telling
from storage import apply_points as points
from storage import apply_reach as reaching
from storage import apply_remedies as mending
from storage import apply_requests as asking
from storage import apply_responses as writing
from storage import apply_results as results
from storage.facts import StoredFacts


@dataclass(frozen=True, slots=True)
class Context:
    """`facts` names the actor (its account), the time and what is stored; after each effect it looks again."""

    facts: StoredFacts
    quiet: QuietHours


def apply(conn: Connection, effect: Effect, context: Context) -> None:
    """Raises `storage.refusals.Refused`: let it undo the transaction, then show its sentence."""
    facts, quiet = context.facts, context.quiet
    if isinstance(effect, JoiningEffect | ReachEffect | RequestEffect):
        _about_oneself(conn, effect, facts, quiet)
    elif isinstance(effect, ResponseEffect):
        writing.apply(conn, effect, facts, quiet)
    elif isinstance(effect, NoticeEffect):
        telling.apply(conn, effect, facts, quiet)
    elif isinstance(effect, GradingEffect | ApprovalEffect):
        _grade(conn, effect, facts, quiet)
    elif isinstance(effect, ResultEffect):
        results.apply(conn, effect, facts, quiet)
    elif isinstance(effect, CalendarEffect):
        calendar.apply(conn, effect, facts, quiet)
    elif isinstance(effect, PointsEffect):
        points.apply(conn, effect, facts, quiet)
    else:
        mending.apply(conn, effect, facts)
    facts.forget()
    results.follow(conn, effect, facts, quiet)
    facts.forget()


def _about_oneself(
    conn: Connection, effect: JoiningEffect | ReachEffect | RequestEffect, facts: StoredFacts, quiet: QuietHours
) -> None:
    """Coming and going, the own chats, the own data: none of it needs a review."""
    if isinstance(effect, RequestEffect):
        asking.apply(conn, effect, facts, quiet)
    elif isinstance(effect, ReachEffect):
        reaching.apply(conn, effect, facts)
    else:
        joining.apply(conn, effect, facts, quiet)


def _grade(conn: Connection, effect: GradingEffect | ApprovalEffect, facts: StoredFacts, quiet: QuietHours) -> None:
    """What the committee decides is looked at under its ceilings, and each decision has what follows it."""
    if isinstance(effect, ApprovalEffect) or (isinstance(effect, RecordDecision) and effect.stage == "committee"):
        taken = approval.apply(conn, effect, facts)
        facts.forget()
        for decision in taken:
            results.decided(conn, decision, facts, quiet)
    else:
        grading.apply(conn, effect, facts)
