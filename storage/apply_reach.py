"""Devices and chats: an account is touched by its own person only, or when a leader ends a member's access."""

from typing import assert_never

from sqlalchemy import Connection

from conversations.reach_effects import LinkAnother, ReachEffect, RevokeAccess, SignOut, TakeNoticesHere
from review import permissions
from storage import accounts, audit, invitations, leaving
from storage.facts import StoredFacts
from storage.judge import actor, must
from storage.refusals import NOT_YOURS


def apply(conn: Connection, effect: ReachEffect, facts: StoredFacts) -> None:
    match effect:
        case TakeNoticesHere(account_id):
            take_notices(conn, account_id, facts)
        case SignOut():
            sign_out(conn, effect, facts)
        case LinkAnother():
            link_another(conn, facts)
        case RevokeAccess(person_id):
            revoke_access(conn, person_id, facts)
        case _:
            assert_never(effect)


def take_notices(conn: Connection, account_id: int, facts: StoredFacts) -> None:
    me = actor(facts)
    must(account_id in leaving.chats_of(conn, me.id), NOT_YOURS)
    accounts.take_notices(conn, account_id, me.id)
    audit.append(conn, facts.now, audit.person(me.id), "take_notices", f"account:{account_id}")


def sign_out(conn: Connection, effect: SignOut, facts: StoredFacts) -> None:
    """What is ended is what the person has now, whatever the screen showed."""
    me, here = actor(facts), facts.account.id
    own = leaving.chats_of(conn, me.id)
    if effect.which == "one":
        must(effect.account_id in own, NOT_YOURS)
        ended = [effect.account_id]
    else:
        ended = [one for one in own if effect.which == "all" or one != here]
    leaving.sign_out(conn, ended, facts.now)
    # A code made in a chat that stays could have been read by whoever held the lost one.
    if effect.which != "one":
        invitations.void_links(conn, me.id, facts.now)
    detail = {"which": effect.which, "accounts": ended, "in": here}
    audit.append(conn, facts.now, audit.person(me.id), "sign_out", f"person:{me.id}", detail)


def link_another(conn: Connection, facts: StoredFacts) -> None:
    me = actor(facts)
    invitation_id = invitations.link(conn, me.id, facts.account.id, facts.now)
    detail = {"account": facts.account.id}
    audit.append(conn, facts.now, audit.person(me.id), "link_another", f"invitation:{invitation_id}", detail)


def revoke_access(conn: Connection, person_id: int, facts: StoredFacts) -> None:
    me, subject = actor(facts), facts.person(person_id)
    allowed = subject is not None and permissions.may(me, "revoke_access", subject, below=facts.units_below)
    must(allowed, NOT_YOURS)
    leaving.revoke_access(conn, person_id, facts.now, audit.person(me.id))
