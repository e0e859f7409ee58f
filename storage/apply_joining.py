"""Joining: invitations are used once, wrong codes counted, consent kept row by row."""

from dataclasses import replace
from typing import assert_never

from sqlalchemy import Connection

from conversations.consenting import present_text
from conversations.dialogues.joining import USED_CODE
from conversations.effects import CountWrongCode, JoiningEffect, RefuseInvitation, SetConsent, UseInvitation
from conversations.facts import Account, Invitation
from conversations.place import HOME, Place
from review.calendar import QuietHours
from storage import accounts, audit, consents, entry_links, invitations, leaving, requests
from storage.apply_notices import tell_secretary
from storage.due import due_at
from storage.facts import StoredFacts
from storage.judge import actor, must
from storage.notices import Planned, plan_many


def apply(conn: Connection, effect: JoiningEffect, facts: StoredFacts, quiet: QuietHours) -> None:
    match effect:
        case UseInvitation(invitation_id):
            use_invitation(conn, invitation_id, facts, quiet)
        case RefuseInvitation(invitation_id):
            refuse_invitation(conn, invitation_id, facts, quiet)
        case CountWrongCode():
            count_wrong_code(conn, facts)
        case SetConsent():
            set_consent(conn, effect, facts)
        case _:
            assert_never(effect)


def use_invitation(conn: Connection, invitation_id: int, facts: StoredFacts, quiet: QuietHours) -> None:
    """Bind the account, and the chat whose link led to it. The person's other chats hear of it."""
    invitation = _known(facts, invitation_id)
    must(invitations.use(conn, invitation_id, facts.account.id, facts.now), USED_CODE)
    before = leaving.chats_of(conn, invitation.person.id)
    _join(conn, facts.account, invitation, facts)
    chat_id = entry_links.chat_behind(conn, facts.account.id)
    if chat_id is not None:
        _bring_chat(conn, chat_id, invitation, facts)
    others = [chat for chat in before if chat not in (facts.account.id, chat_id)]
    _tell_other_chats(conn, invitation.person.id, others, invitation_id, facts, quiet)


def _bring_chat(conn: Connection, chat_id: int, invitation: Invitation, facts: StoredFacts) -> None:
    """Only where the code was given in that very chat: a link sent on to somebody else must not catch him."""
    chat = accounts.load_row(conn, chat_id, hold=True)
    if chat.state.place == Place.of("who", invitation.id):
        _join(conn, chat.account, invitation, facts)
        accounts.save_state(conn, chat_id, replace(chat.state, place=HOME))


def _join(conn: Connection, account: Account, invitation: Invitation, facts: StoredFacts) -> None:
    """Somebody else who had this chat is out of it first."""
    person_id = invitation.person.id
    if account.person_id not in (None, person_id):
        leaving.leave(conn, [account.id], facts.now)
        before = audit.person(account.person_id)
        detail = {"which": "passed_on", "accounts": [account.id], "in": facts.account.id}
        audit.append(conn, facts.now, before, "sign_out", before, detail)
    accounts.bind(conn, account.id, person_id)
    _audit(conn, account, audit.person(person_id), "join", invitation.id, facts)


def refuse_invitation(conn: Connection, invitation_id: int, facts: StoredFacts, quiet: QuietHours) -> None:
    """ "Không phải tôi": nobody can use it any more, and the secretary hears of it."""
    invitation = _known(facts, invitation_id)
    must(invitations.refuse(conn, invitation_id, facts.now), USED_CODE)
    _audit(conn, facts.account, f"account:{facts.account.id}", "refuse_invitation", invitation_id, facts)
    tell_secretary(conn, invitation.person, "wrong_person", f"invitation.{invitation_id}", facts, quiet)


def count_wrong_code(conn: Connection, facts: StoredFacts) -> None:
    locked_until = accounts.count_wrong_code(conn, facts.account.id, facts.now)
    if locked_until:
        account = f"account:{facts.account.id}"
        audit.append(conn, facts.now, account, "lock_account", account, {"until": locked_until.isoformat()})


def set_consent(conn: Connection, effect: SetConsent, facts: StoredFacts) -> None:
    me = actor(facts)
    consents.record(conn, me.id, facts.account.id, effect.given, present_text(facts), facts.now)
    if not effect.given:
        requests.record_withdrawal(conn, me.id, facts.account.id, facts.now)
    detail = {"given": effect.given, "text": effect.text_version}
    audit.append(conn, facts.now, audit.person(me.id), "consent", f"person:{me.id}", detail)


def _tell_other_chats(
    conn: Connection, person_id: int, others: list[int], invitation_id: int, facts: StoredFacts, quiet: QuietHours
) -> None:
    """Each of them by itself: the chat that came in may be the one that is written to from now on."""
    due = due_at("device_joined", 0, facts.now, quiet)
    said = {"account_id": str(facts.account.id), "at": facts.now.isoformat()}
    told = [
        Planned(person_id, "device_joined", f"{invitation_id}.{other}", due, said, account_id=other) for other in others
    ]
    plan_many(conn, told, facts.now)


def _known(facts: StoredFacts, invitation_id: int) -> Invitation:
    invitation = facts.invitation_by_id(invitation_id)
    must(invitation is not None, USED_CODE)
    assert invitation is not None
    return invitation


def _audit(conn: Connection, account: Account, who: str, action: str, invitation_id: int, facts: StoredFacts) -> None:
    detail = {"account": account.id, "channel": account.channel}
    audit.append(conn, facts.now, who, action, f"invitation:{invitation_id}", detail)
