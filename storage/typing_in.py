"""What a member handed in on paper, taken over by those who lead the cell."""

from datetime import date

from sqlalchemy import Connection, update

from conversations.typed_in import may_be_signed, types_for
from review.people import Person
from review.permissions import may
from review.responses import Response, ResponseKind
from storage import deeds
from storage.facts import StoredFacts
from storage.judge import actor, must, open_cycle
from storage.refusals import NO_SUCH_SIGNATURE, NOT_CONSENTED, NOT_YOURS, OWNERS_PAPER
from storage.responses import about, find_response
from storage.tables import responses


def begin(conn: Connection, person_id: int, facts: StoredFacts) -> None:
    """Who took whose paper into the hand: also a look at what another leader has typed so far."""
    must(facts.consented, NOT_CONSENTED)
    person = facts.person(person_id)
    must(person is not None and types_for(facts, person), NOT_YOURS)
    deeds.record(conn, facts, "type_in", f"person:{person_id}")


def must_be_free(conn: Connection, kind: ResponseKind, subject_id: int, facts: StoredFacts) -> None:
    """A self-review in which its subject has written is the subject's own; asked while the response is held."""
    if kind != "self_review" or subject_id == actor(facts).id:
        return
    response = find_response(conn, about(open_cycle(facts).id, kind, subject_id))
    must(response is None or not response.is_owners, OWNERS_PAPER)


def in_hand_of(kind: ResponseKind, me: Person) -> dict[str, int]:
    """The respondent of a self-review is who wrote in it last: the member makes it the own by any deed."""
    return {"respondent_id": me.id} if kind == "self_review" else {}


def note_signature(conn: Connection, response: Response, day: date | None, facts: StoredFacts) -> None:
    person = facts.person(response.subject_id) if response.typed_in else None
    allowed = person is not None and may(actor(facts), "note_signature", person, status=response.status)
    must(allowed, NOT_YOURS)
    seen = facts.response_by_id(response.id)  # in the committee's time zone
    assert seen
    must(day is None or may_be_signed(seen, day, facts.today), NO_SUCH_SIGNATURE)
    conn.execute(update(responses).where(responses.c.id == response.id).values(signed_on=day))
    detail = {"day": day.isoformat() if day else ""}
    deeds.record(conn, facts, "note_signature", f"response:{response.id}", detail)
