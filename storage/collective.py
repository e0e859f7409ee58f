"""The faults a collective review names, given to those who answer for them: section V of their own forms."""

from collections.abc import Iterable

from sqlalchemy import Connection, insert, update

from review.calendar import QuietHours
from review.forms import assemble
from review.responses import Response
from storage.apply_notices import tell
from storage.facts import StoredFacts
from storage.given import given_to_unit
from storage.points import handed_out
from storage.tables import given_items

Key = tuple[int, str, str]


def hand_out(conn: Connection, response: Response, facts: StoredFacts, quiet: QuietHours) -> None:
    """After submission: what each person answers for is what stands in the review now, nothing doubled.

    An unanswered item takes the new words; what is no longer named is taken back, and stays marked where it had been
    answered. Who has submitted without it is told once.
    """
    wanted = dict.fromkeys(_named(conn, response, facts))
    held = handed_out(conn, response.id)
    begun = {one.id for one in held if one.begun}
    same = {(one.person_id, one.origin, one.text): one.id for one in held}
    free = {(one.person_id, one.origin): one.id for one in held if not one.begun}
    kept: set[int] = set()
    news: dict[int, int] = {}
    for person, origin, text in wanted:
        item = same.get((person, origin, text)) or free.get((person, origin))
        if item is None:
            item = _insert(conn, (person, origin, text), facts)
        else:
            values = {"text": text, "withdrawn_at": None}
            conn.execute(update(given_items).where(given_items.c.id == item).values(values))
        kept.add(item)
        if item not in begun:
            news[person] = item
    _withdraw(conn, (one.id for one in held if one.id not in kept), facts)
    facts.forget()
    _tell_those_who_submitted(conn, news, facts, quiet)


def take_in(conn: Connection, response_id: int, facts: StoredFacts) -> None:
    """After the review was taken back for mending: nobody answers for anything it names until it is submitted again."""
    _withdraw(conn, (one.id for one in handed_out(conn, response_id)), facts)


def _named(conn: Connection, response: Response, facts: StoredFacts) -> Iterable[Key]:
    assert facts.pack
    assert facts.cycle
    given = given_to_unit(conn, facts.cycle.id, response.subject_id, response)
    rows = assemble(facts.pack.forms[response.form], response.answers, given).answers.get("shortcomings", [])
    assert isinstance(rows, list)
    for nth, row in enumerate(rows, 1):
        for person_id in row.get("owners", ()):
            yield int(person_id), f"response:{response.id}:shortcomings.{nth}", str(row.get("text", ""))


def _insert(conn: Connection, key: Key, facts: StoredFacts) -> int:
    person, origin, text = key
    assert facts.cycle
    row = {
        "cycle_id": facts.cycle.id,
        "person_id": person,
        "source": "collective",
        "text": text,
        "origin": origin,
        "raised_by": facts.account.person_id,
        "raised_at": facts.now,
    }
    return int(conn.execute(insert(given_items).values(row).returning(given_items.c.id)).scalar_one())


def _withdraw(conn: Connection, items: Iterable[int], facts: StoredFacts) -> None:
    here = given_items.c.id.in_(list(items)) & given_items.c.withdrawn_at.is_(None)
    conn.execute(update(given_items).where(here).values(withdrawn_at=facts.now))


def _tell_those_who_submitted(conn: Connection, news: dict[int, int], facts: StoredFacts, quiet: QuietHours) -> None:
    """Nobody is told after the meeting, when nothing can be added any more."""
    assert facts.cycle
    if facts.cycle.cell_has_met(facts.today):
        return
    for person, item in news.items():
        review = facts.response("self_review", person)
        if review and review.status == "submitted":
            tell(conn, person, "collective_part", f"item.{item}", {}, facts, quiet)
