"""Requests about personal data become rows of the register. Whoever has a part in somebody's affairs answers none."""

from dataclasses import asdict
from typing import assert_never

from sqlalchemy import Connection, delete, insert, update

from conversations.data_words import may_answer
from conversations.request_effects import (
    AnswerRequest,
    ExtendRequest,
    KeepWords,
    LookedAtRequest,
    MakeRequest,
    RequestEffect,
    TakeRequest,
)
from review.answers import is_visible
from review.calendar import QuietHours
from review.people import Person
from review.permissions import may
from review.privacy_rules import privacy_rules
from review.requests import DataRequest
from storage import audit, deeds
from storage.apply_notices import tell
from storage.dialects import insert_or_change
from storage.erasing import erase
from storage.facts import StoredFacts
from storage.judge import actor, must
from storage.people import holders
from storage.refusals import ANSWERED_ALREADY, EXTENDED_ALREADY, NO_WORDS, NOT_YOURS, REQUEST_PART
from storage.requests import find_requests, free_officers
from storage.tables import request_words, requests


def apply(conn: Connection, effect: RequestEffect, facts: StoredFacts, quiet: QuietHours) -> None:
    match effect:
        case KeepWords():
            keep_words(conn, effect, facts)
        case MakeRequest():
            make_request(conn, effect, facts, quiet)
        case LookedAtRequest(request_id):
            request = _to_answer(conn, request_id, facts)
            deeds.record(conn, facts, "look_at_request", f"request:{request.id}")
        case TakeRequest(request_id):
            take_request(conn, request_id, facts)
        case AnswerRequest():
            answer_request(conn, effect, facts, quiet)
        case ExtendRequest():
            extend_request(conn, effect, facts, quiet)
        case _:
            assert_never(effect)


def keep_words(conn: Connection, effect: KeepWords, facts: StoredFacts) -> None:
    """Belongs to its writer alone until it is sent; needs no consent, as the request itself."""
    me = actor(facts)
    here = {"person_id": me.id, "name": effect.name}
    if effect.text:
        row = {**here, "text": effect.text, "saved_at": facts.now}
        insert_or_change(conn, request_words, [row], ("person_id", "name"))
    else:
        conn.execute(delete(request_words).where(*(request_words.c[column] == value for column, value in here.items())))


def make_request(conn: Connection, effect: MakeRequest, facts: StoredFacts, quiet: QuietHours) -> None:
    me = actor(facts)
    must(may(me, "make_request", me) and effect.kind != "withdraw", NOT_YOURS)
    must(is_visible(effect.text), NO_WORDS)
    audit.lock(conn)
    acknowledge_due, due = privacy_rules().due_dates(effect.kind, facts.today)
    who = {"person_id": me.id, "account_id": facts.account.id}
    what = {"kind": effect.kind, "text": effect.text}
    when = {"received_at": facts.now, "acknowledge_due": acknowledge_due, "due": due}
    request_id = conn.execute(insert(requests).values(**who, **what, **when).returning(requests.c.id)).scalar_one()
    deeds.record(conn, facts, "make_request", f"request:{request_id}", {"kind": effect.kind})
    _tell_officers(conn, request_id, me, facts, quiet)


def take_request(conn: Connection, request_id: int, facts: StoredFacts) -> None:
    """The first time within the days of the law; where the one before is not free any more, the date stays."""
    me = actor(facts)
    request = _to_answer(conn, request_id, facts)
    changes = {"handler_id": me.id, "acknowledged_at": request.acknowledged_at or facts.now}
    conn.execute(update(requests).where(requests.c.id == request_id).values(changes))
    deeds.record(conn, facts, "take_request", f"request:{request_id}")


def answer_request(conn: Connection, effect: AnswerRequest, facts: StoredFacts, quiet: QuietHours) -> None:
    request = _taken(conn, effect.request_id, effect.text, facts)
    changes = {"outcome": effect.outcome, "answer": effect.text, "answered_at": facts.now}
    detail = {"outcome": effect.outcome, "kind": request.kind}
    deeds.record(conn, facts, "answer_request", f"request:{request.id}", detail)
    if request.kind == "delete" and effect.outcome == "done":
        done = asdict(erase(conn, request, facts.now))
        deeds.record(conn, facts, "erase", f"person:{request.person_id}", done["removed"])
        changes["result"] = done
    conn.execute(update(requests).where(requests.c.id == request.id).values(changes))
    _tell_member(conn, request, "answered", facts, quiet)


def extend_request(conn: Connection, effect: ExtendRequest, facts: StoredFacts, quiet: QuietHours) -> None:
    request = _taken(conn, effect.request_id, effect.reason, facts)
    must(request.extended_at is None, EXTENDED_ALREADY)
    until = privacy_rules().extended(request.due)
    changes = {"extended_at": facts.now, "extended_until": until, "extension_reason": effect.reason}
    conn.execute(update(requests).where(requests.c.id == request.id).values(changes))
    deeds.record(conn, facts, "extend_request", f"request:{request.id}", {"until": until.isoformat()})
    _tell_member(conn, request, "extended", facts, quiet)


def _to_answer(conn: Connection, request_id: int, facts: StoredFacts) -> DataRequest:
    """Of the actor, as it is now; held until the commit by the lock on the chain."""
    actor(facts)
    audit.lock(conn)
    found = find_requests(conn, requests.c.id == request_id)
    must(bool(found), NOT_YOURS)
    must(found[0].is_open, ANSWERED_ALREADY)
    must(may_answer(facts, found[0]), REQUEST_PART)
    return found[0]


def _taken(conn: Connection, request_id: int, text: str, facts: StoredFacts) -> DataRequest:
    request = _to_answer(conn, request_id, facts)
    must(request.handler_id == actor(facts).id, REQUEST_PART)
    must(is_visible(text), NO_WORDS)
    return request


def _tell_officers(conn: Connection, request_id: int, me: Person, facts: StoredFacts, quiet: QuietHours) -> None:
    """Every officer who may take it; where nobody may, the topmost unit's admins, who can name somebody."""
    slot, params = f"request.{request_id}", {"request_id": str(request_id)}
    officers = free_officers(conn, facts.cycle.id if facts.cycle else 0, me)
    admins = holders(conn, facts.committee.id, "admin") if facts.committee and not officers else ()
    for one in officers:
        tell(conn, one.id, "request_received", slot, params, facts, quiet)
    for admin in admins:
        tell(conn, admin.id, "request_unassigned", slot, params, facts, quiet)


def _tell_member(conn: Connection, request: DataRequest, what: str, facts: StoredFacts, quiet: QuietHours) -> None:
    slot, params = f"request.{request.id} {what}", {"request_id": str(request.id)}
    tell(conn, request.person_id, "request_answered", slot, params, facts, quiet)
