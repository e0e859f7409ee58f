"""Points raised by the upper level: written, put in front of the subject, taken back; and reviews that come back."""

from collections.abc import Sequence
from typing import assert_never

from sqlalchemy import Connection, insert, select, update

from conversations.effects import NoticeKind
from conversations.points_effects import PointsEffect, RaisePoint, TakeBackPoint, WritePoint
from conversations.points_facts import Point
from review import permissions
from review.calendar import QuietHours
from review.decisions import About
from review.people import Person, Unit
from review.responses import Response, ResponseKind
from storage import deeds
from storage.apply_notices import tell
from storage.columns import nfc
from storage.facts import StoredFacts
from storage.judge import actor, must, open_cycle
from storage.points import DRAFTED, SUGGESTED, find_points, of
from storage.refusals import MET_BEFORE_POINT, NOT_CONSENTED, NOT_YOURS, POINT_ANSWERED
from storage.responses import about, find_response
from storage.tables import given_items, responses


def apply(conn: Connection, effect: PointsEffect, facts: StoredFacts, quiet: QuietHours) -> None:
    open_cycle(facts)
    must(facts.consented, NOT_CONSENTED)
    match effect:
        case WritePoint():
            _write(conn, effect, facts)
        case RaisePoint(point_id):
            _raise(conn, _locked(conn, point_id, facts), facts, quiet)
        case TakeBackPoint(point_id):
            _take_back(conn, _locked(conn, point_id, facts), facts)
        case _:
            assert_never(effect)


def _write(conn: Connection, effect: WritePoint, facts: StoredFacts) -> None:
    me = _allowed(effect.about, effect.subject_id, facts)
    mine = of(effect.about, effect.subject_id) & (given_items.c.source == DRAFTED) & (given_items.c.raised_by == me.id)
    here = (given_items.c.cycle_id == open_cycle(facts).id) & mine
    if conn.execute(update(given_items).where(here).values(text=effect.text)).rowcount:
        return
    subject = {"unit_id" if effect.about == "unit" else "person_id": effect.subject_id}
    row = {"cycle_id": open_cycle(facts).id, "source": DRAFTED, "text": nfc(effect.text), "raised_by": me.id, **subject}
    conn.execute(insert(given_items).values(row))


def _raise(conn: Connection, point: Point, facts: StoredFacts, quiet: QuietHours) -> None:
    """A review that was submitted without it comes back to its writer; that is told to whoever has to answer."""
    me = _allowed(point.about, point.subject_id, facts)
    must(point.raised_at is None and point.raised_by == me.id, NOT_YOURS)
    must(not open_cycle(facts).cell_has_met(facts.today), MET_BEFORE_POINT)
    values = {"source": SUGGESTED, "raised_at": facts.now, "origin": f"person:{me.id}"}
    conn.execute(update(given_items).where(given_items.c.id == point.id).values(values))
    deeds.record(conn, facts, "raise_point", f"point:{point.id}", {"about": f"{point.about}:{point.subject_id}"})
    review = _held_review(conn, point, facts)
    if review and review.status == "submitted":
        _return(conn, review, facts)
    for person_id in _answerers(point, facts):
        _tell(conn, person_id, "point_raised", point, facts, quiet)


def _take_back(conn: Connection, point: Point, facts: StoredFacts) -> None:
    _allowed(point.about, point.subject_id, facts)
    must(point.raised_at is not None and point.withdrawn_at is None, NOT_YOURS)
    must(not point.begun, POINT_ANSWERED)
    conn.execute(update(given_items).where(given_items.c.id == point.id).values(withdrawn_at=facts.now))
    deeds.record(conn, facts, "take_back_point", f"point:{point.id}")


def _return(conn: Connection, review: Response, facts: StoredFacts) -> None:
    values = {"status": "returned", "submitted_at": None, "receipt": "", "revision": responses.c.revision + 1}
    conn.execute(update(responses).where(responses.c.id == review.id).values(values))
    deeds.record(conn, facts, "return", f"response:{review.id}", {"why": "point"})


def _allowed(about: About, subject_id: int, facts: StoredFacts) -> Person:
    me, subject = actor(facts), _subject(about, subject_id, facts)
    review = _review(about, subject_id, facts)
    status = review.status if review else None
    allowed = subject is not None and permissions.may(
        me, "raise_point", subject, status=status, below=facts.units_below
    )
    must(allowed, NOT_YOURS)
    return me


def _subject(about: About, subject_id: int, facts: StoredFacts) -> Person | Unit | None:
    if about == "person":
        return facts.person(subject_id)
    unit = facts.unit(subject_id)
    return unit if unit and unit.kind == "cell" else None


def _review(about: About, subject_id: int, facts: StoredFacts) -> Response | None:
    return facts.response("collective_review" if about == "unit" else "self_review", subject_id)


def _held_review(conn: Connection, point: Point, facts: StoredFacts) -> Response | None:
    """Held until the commit, so that it is not submitted at this very moment without an answer to the point."""
    kind: ResponseKind = "collective_review" if point.about == "unit" else "self_review"
    here = about(open_cycle(facts).id, kind, point.subject_id)
    conn.execute(select(responses.c.id).where(here).with_for_update())
    return find_response(conn, here)


def _locked(conn: Connection, point_id: int, facts: StoredFacts) -> Point:
    here = given_items.c.id == point_id
    conn.execute(select(given_items.c.id).where(here).with_for_update())
    point = next(iter(find_points(conn, open_cycle(facts).id, here)), None)
    must(point is not None, NOT_YOURS)
    assert point is not None
    return point


def _answerers(point: Point, facts: StoredFacts) -> Sequence[int]:
    if point.about == "person":
        return [point.subject_id]
    return [leader.id for leader in facts.secretaries_of(point.subject_id)[:1]]


def _tell(
    conn: Connection, person_id: int, kind: NoticeKind, point: Point, facts: StoredFacts, quiet: QuietHours
) -> None:
    params = {"about": point.about, "subject_id": str(point.subject_id)}
    tell(conn, person_id, kind, f"point.{point.id}", params, facts, quiet)
