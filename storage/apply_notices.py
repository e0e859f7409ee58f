"""Notices that effects ask for, and what the channel says about reaching somebody."""

from collections.abc import Mapping
from typing import assert_never

from sqlalchemy import Connection

from conversations.effects import NoticeEffect, NoticeKind, Notify, Reachable
from review.calendar import QuietHours
from review.people import Person
from storage import accounts, audit, chats
from storage.due import due_at
from storage.facts import StoredFacts
from storage.judge import actor, may_notify, must
from storage.notices import Planned, plan_many
from storage.people import above, find_units
from storage.refusals import NOT_YOURS


def apply(conn: Connection, effect: NoticeEffect, facts: StoredFacts, quiet: QuietHours) -> None:
    match effect:
        case Notify():
            notify(conn, effect, facts, quiet)
        case Reachable(yes):
            reachable(conn, yes, facts, quiet)
        case _:
            assert_never(effect)


def notify(conn: Connection, effect: Notify, facts: StoredFacts, quiet: QuietHours) -> None:
    me = actor(facts)
    must(may_notify(facts, effect), NOT_YOURS)
    if plan_notice(conn, effect, facts, quiet):
        cycle_id = facts.cycle.id if facts.cycle else None
        detail = {"kind": effect.kind, "slot": effect.slot}
        audit.append(conn, facts.now, audit.person(me.id), "notify", f"person:{effect.person_id}", detail, cycle_id)


def reachable(conn: Connection, yes: bool, facts: StoredFacts, quiet: QuietHours) -> None:
    """Once a person has no chat left that may be written to, the secretary is told: somebody has to go there."""
    news = accounts.set_reachable(conn, facts.account.id, yes, facts.now)
    person = facts.me
    if news and not yes and person and not chats.is_reachable(conn, person.id):
        tell_secretary(conn, person, "unreachable", f"person.{person.id}", facts, quiet)


def tell_secretary(
    conn: Connection, about: Person, kind: NoticeKind, slot: str, facts: StoredFacts, quiet: QuietHours
) -> None:
    """The first secretary or deputy of the person's cell, else of the unit above it; never the person himself."""
    places = [unit for unit in (about.unit, *(role.unit for role in about.roles)) if unit]
    places += [unit for place in places for unit in find_units(conn, above(place.id))]
    leaders = (leader for place in places for leader in facts.secretaries_of(place.id) if leader.id != about.id)
    if leader := next(leaders, None):
        tell(conn, leader.id, kind, slot, {"person_id": str(about.id)}, facts, quiet)


def tell(
    conn: Connection,
    person_id: int,
    kind: NoticeKind,
    slot: str,
    params: Mapping[str, str],
    facts: StoredFacts,
    quiet: QuietHours,
) -> None:
    """Plan a notice as soon as it may go out."""
    plan_notice(conn, Notify(person_id, kind, slot, dict(params)), facts, quiet)


def plan_notice(conn: Connection, wanted: Notify, facts: StoredFacts, quiet: QuietHours) -> bool:
    """False when this slot has been planned before."""
    due = due_at(wanted.kind, wanted.after_days, facts.now, quiet)
    cycle_id = facts.cycle.id if facts.cycle else None
    planned = Planned(wanted.person_id, wanted.kind, wanted.slot, due, wanted.params, cycle_id)
    return plan_many(conn, [planned], facts.now) == 1
