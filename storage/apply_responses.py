"""Answers, submitting, taking back, looking: what happens to responses."""

from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import Connection, Row, delete, insert, select, update

from conversations.cell_met import has_met
from conversations.effects import (
    AnswerRemark,
    Looked,
    NoteSignature,
    ResponseEffect,
    SaveAnswer,
    Submit,
    TypeIn,
    Withdraw,
)
from conversations.form_status import given_for
from review.calendar import QuietHours
from review.forms import is_blank, missing
from review.people import Person
from review.prose import is_prose
from review.responses import Response, ResponseKind, Value, receipt_number
from storage import deeds
from storage import typing_in as typing
from storage.apply_notices import tell
from storage.collective import hand_out, take_in
from storage.columns import Prose, nfc
from storage.dialects import insert_or_change, insert_or_leave
from storage.facts import StoredFacts
from storage.judge import actor, may_answer_remark, may_do, must, open_cycle
from storage.progress import CLOSED
from storage.refusals import (
    ALREADY_SUBMITTED,
    CELL_HAS_MET,
    NO_REVIEW,
    NOT_CLOSED,
    NOT_CONSENTED,
    NOT_OPEN,
    NOT_SUBMITTED,
    NOT_TYPED_BY_YOU,
    NOT_YOURS,
    OTHER_FORM,
    still_missing,
)
from storage.responses import SUBJECT_ANSWER, about, find_response
from storage.tables import answer_history, answers, responses


def apply(conn: Connection, effect: ResponseEffect, facts: StoredFacts, quiet: QuietHours) -> None:
    """A stranger is told first that a code is needed."""
    actor(facts)
    match effect:
        case SaveAnswer():
            save_answer(conn, effect, facts)
        case Submit(response_id):
            submit(conn, response_id, facts, quiet)
        case Withdraw(response_id):
            withdraw(conn, response_id, facts)
        case AnswerRemark(response_id, text):
            answer_remark(conn, response_id, text, facts)
        case TypeIn(person_id):
            typing.begin(conn, person_id, facts)
        case NoteSignature(response_id, day):
            typing.note_signature(conn, locked(conn, response_id, facts), day, facts)
        case Looked(response_id):
            looked(conn, response_id, facts)
        case _:
            assert_never(effect)


def save_answer(conn: Connection, effect: SaveAnswer, facts: StoredFacts) -> None:
    """The response is born with its first answer; an unchanged value changes nothing, not even the time."""
    me = actor(facts)
    must(facts.consented, NOT_CONSENTED)
    must(may_do(facts, "write", effect.kind, effect.subject_id), NOT_YOURS)
    row = _response_to_write(conn, effect, me, facts)
    if row is None:
        return
    must(row.status in ("draft", "returned"), NOT_OPEN)
    must(row.form == effect.form, OTHER_FORM)
    typing.must_be_free(conn, effect.kind, effect.subject_id, facts)
    assert facts.pack is not None
    prose = is_prose(facts.pack.forms[effect.form], effect.key)
    if not _write(conn, row.id, effect.key, effect.value, facts, prose=prose):
        return
    values = {"saved_at": facts.now, "revision": responses.c.revision + 1, **typing.in_hand_of(effect.kind, me)}
    conn.execute(update(responses).where(responses.c.id == row.id).values(values))
    deeds.record(conn, facts, "answer", f"response:{row.id}", {"key": effect.key})


def submit(conn: Connection, response_id: int, facts: StoredFacts, quiet: QuietHours) -> None:
    """Gives the receipt number. Whom somebody else wrote about, or typed in for, is told that it has come."""
    me, response = actor(facts), locked(conn, response_id, facts)
    must(response.is_open, ALREADY_SUBMITTED)
    must(may_do(facts, "submit", response.kind, response.subject_id, response.status), NOT_YOURS)
    typing.must_be_free(conn, response.kind, response.subject_id, facts)
    assert facts.pack is not None
    given = given_for(facts, response.kind, response.subject_id)
    lacking = missing(facts.pack.forms[response.form], response.answers, given)
    must(not lacking, still_missing(len(lacking)))
    now = facts.now
    receipt = receipt_number(response_id, now)
    _set_status(conn, response, "submitted", now, receipt, me)
    deeds.record(conn, facts, "submit", f"response:{response_id}", {"receipt": receipt})
    if response.kind == "collective_review":
        hand_out(conn, response, facts, quiet)
    if response.kind == "residence_remark":
        slot, params = f"response.{response_id}", {"response_id": str(response_id)}
        tell(conn, response.subject_id, "remark_arrived", slot, params, facts, quiet)
    if response.kind == "self_review" and response.subject_id != me.id:
        tell(conn, response.subject_id, "typed_in", f"response.{response_id}.{receipt}", {}, facts, quiet)


def withdraw(conn: Connection, response_id: int, facts: StoredFacts) -> None:
    """Until the cell has met; the day set for the meeting still counts. What the cell accepted stays with it."""
    me, response = actor(facts), locked(conn, response_id, facts)
    must(response.status in CLOSED, NOT_SUBMITTED)
    must(may_do(facts, "withdraw", response.kind, response.subject_id, "submitted"), NOT_YOURS)
    member = facts.person(response.subject_id) if response.kind == "self_review" else me
    if member and member.id != me.id:
        must(response.respondent_id == me.id, NOT_TYPED_BY_YOU)
    must(response.status == "submitted" and not has_met(member or me, facts), CELL_HAS_MET)
    _set_status(conn, response, "draft", None, "", me)
    deeds.record(conn, facts, "withdraw", f"response:{response_id}")
    if response.kind == "collective_review":
        take_in(conn, response_id, facts)


def answer_remark(conn: Connection, response_id: int, text: str, facts: StoredFacts) -> None:
    me, response = actor(facts), locked(conn, response_id, facts)
    must(response.kind == "residence_remark" and response.subject_id == me.id, NOT_YOURS)
    must(may_answer_remark(facts, response.subject_id, response.status), NOT_CLOSED)
    if _write(conn, response_id, SUBJECT_ANSWER, text, facts, prose=True):
        deeds.record(conn, facts, "answer_remark", f"response:{response_id}")


def looked(conn: Connection, response_id: int, facts: StoredFacts) -> None:
    response = facts.response_by_id(response_id)
    must(response is not None and may_do(facts, "read", response.kind, response.subject_id, response.status), NOT_YOURS)
    deeds.record(conn, facts, "look", f"response:{response_id}")


def _response_to_write(conn: Connection, effect: SaveAnswer, me: Person, facts: StoredFacts) -> Row[Any] | None:
    """The response, held until the commit; None when there is none and nothing to begin it with."""
    must(facts.cycle is not None and facts.pack is not None, NO_REVIEW)
    assert facts.cycle is not None
    assert facts.pack is not None
    form = facts.pack.forms.get(effect.form)
    must(form is not None and form.kind == effect.kind, OTHER_FORM)
    assert form is not None
    query = select(responses).where(about(facts.cycle.id, effect.kind, effect.subject_id)).with_for_update()
    row = conn.execute(query).first()
    if row is not None or is_blank(effect.value):
        return row
    values = {
        "cycle_id": facts.cycle.id,
        "kind": effect.kind,
        "form": effect.form,
        "form_version": form.version,
        _subject_column(effect.kind): effect.subject_id,
        "respondent_id": me.id,
        "status": "draft",
    }
    insert_or_leave(conn, responses, [values])
    return conn.execute(query).one()


def _subject_column(kind: ResponseKind) -> str:
    return "subject_unit_id" if kind == "collective_review" else "subject_person_id"


def _write(conn: Connection, response_id: int, key: str, value: Value, facts: StoredFacts, *, prose: bool) -> bool:
    """File the value; the earlier one goes to the history. False when it is what stands there already."""
    new = None if is_blank(value) else nfc(value)
    here = (answers.c.response_id == response_id) & (answers.c.key == key)
    old = conn.execute(select(answers).where(here)).first()
    if _same(old.value if old else None, new):
        return False
    if old is not None:
        earlier = {**old._mapping, "value": _kept(old.value, prose=prose), "replaced_at": facts.now}
        conn.execute(insert(answer_history).values(earlier))
    if new is None:
        conn.execute(delete(answers).where(here))
        return True
    row = {
        "response_id": response_id,
        "key": key,
        "value": _kept(new, prose=prose),
        "saved_at": facts.now,
        "saved_by": actor(facts).id,
        "channel": facts.account.channel,
    }
    insert_or_change(conn, answers, [row], ("response_id", "key"))
    return True


def _kept(value: Value, *, prose: bool) -> Value:
    """Marked for the seal when a person typed it."""
    return Prose(value) if prose and isinstance(value, str) else value


def _same(old: Value, new: Value) -> bool:
    return type(old) is type(new) and old == new


def locked(conn: Connection, response_id: int, facts: StoredFacts) -> Response:
    """A response of the open review, held until the commit."""
    here = (responses.c.id == response_id) & (responses.c.cycle_id == open_cycle(facts).id)
    must(conn.scalar(select(responses.c.id).where(here).with_for_update()) is not None, NOT_YOURS)
    response = find_response(conn, here)
    assert response is not None
    return response


def _set_status(
    conn: Connection, response: Response, status: str, at: datetime | None, receipt: str, me: Person
) -> None:
    """Whatever was signed before was another print."""
    values: dict[str, Any] = {
        "status": status,
        "submitted_at": at,
        "receipt": receipt,
        "revision": responses.c.revision + 1,
    }
    values |= {"signed_on": None, **typing.in_hand_of(response.kind, me)}
    conn.execute(update(responses).where(responses.c.id == response.id).values(values))
