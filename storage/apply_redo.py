"""An order of the upper level: reviews go back to their writers as a whole, a cell meets again, nothing is lost."""

from datetime import date

from sqlalchemy import Connection, insert, select

from conversations.redoing import new_day_fault, obstacle, subject_of
from conversations.result_effects import LookedAtVersion, OrderRedo
from review.answers import is_visible
from review.calendar import DateName, QuietHours
from review.permissions import may
from review.redo import RedoOrder
from storage import audit, deeds, redo
from storage.apply_grading import next_round
from storage.apply_notices import tell
from storage.facts import StoredFacts
from storage.judge import actor, must
from storage.progress import CLOSED
from storage.refusals import NO_REVIEW, NO_WORDS, NOT_CONSENTED, NOT_YOURS
from storage.responses import find_responses
from storage.tables import people, redo_orders, responses
from storage.unit_dates import set_dates


def order_redo(conn: Connection, effect: OrderRedo, facts: StoredFacts, quiet: QuietHours) -> None:
    me = actor(facts)
    must(facts.cycle is not None, NO_REVIEW)
    must(facts.consented, NOT_CONSENTED)
    must(subject_of(facts, effect.about, effect.subject_id) is not None, NOT_YOURS)
    audit.lock(conn)
    must(is_visible(effect.reason), NO_WORDS)
    for fault in (obstacle(facts, effect.about, effect.subject_id, effect.what), new_day_fault(facts, effect.due)):
        must(not fault, fault)
    order = RedoOrder(0, effect.about, effect.subject_id, effect.what, effect.reason, effect.due, me.id, facts.now)
    place_order(conn, order, facts, quiet)


def place_order(conn: Connection, order: RedoOrder, facts: StoredFacts, quiet: QuietHours) -> None:
    """Carry out an order that has been judged; `order.id` is not known yet."""
    assert facts.cycle
    row = {
        "cycle_id": facts.cycle.id,
        "person_id" if order.about == "person" else "unit_id": order.subject_id,
        "what": order.what,
        "reason": order.reason,
        "due": order.due,
        "ordered_by": order.ordered_by,
        "ordered_at": order.ordered_at,
    }
    order_id = conn.execute(insert(redo_orders).values(row).returning(redo_orders.c.id)).scalar_one()
    detail = {"about": f"{order.about}:{order.subject_id}", "what": order.what, "due": order.due.isoformat()}
    deeds.record(conn, facts, "order_redo", f"redo:{order_id}", detail)
    returned = _return_reviews(conn, order, order_id, facts) if order.what == "review" else []
    _meet_again(conn, order, facts)
    _tell(conn, order, order_id, returned, facts, quiet)


def looked_at_version(conn: Connection, effect: LookedAtVersion, facts: StoredFacts) -> None:
    """Whoever may read a review that was handed in may read how it was handed in before."""
    me, version = actor(facts), facts.redo.version(effect.version_id)
    response = facts.response_by_id(version.response_id) if version else None
    person = facts.person(response.subject_id) if response else None
    must(person is not None and version is not None, NOT_YOURS)
    assert person
    assert version
    must(may(me, "read_self_review", person, status=version.status, below=facts.units_below), NOT_YOURS)
    deeds.record(conn, facts, "look_at_version", f"version:{version.id}")


def _return_reviews(conn: Connection, order: RedoOrder, order_id: int, facts: StoredFacts) -> list[int]:
    """Whose review went back. A draft is its writer's anyway."""
    assert facts.cycle
    belong = select(people.c.id).where(people.c.unit_id == order.subject_id)
    subject = responses.c.subject_person_id
    handed_in = find_responses(
        conn,
        responses.c.cycle_id == facts.cycle.id,
        responses.c.kind == "self_review",
        responses.c.status.in_(CLOSED),
        subject == order.subject_id if order.about == "person" else subject.in_(belong),
    )
    for response in handed_in:
        redo.give_back(conn, response, order_id, facts.now)
        deeds.record(conn, facts, "return", f"response:{response.id}", {"redo": str(order_id)})
    return [response.subject_id for response in handed_in]


def _meet_again(conn: Connection, order: RedoOrder, facts: StoredFacts) -> None:
    """The cell proposes anew: on all its members, or on the one; once the committee has decided, only for a review.

    An order on the whole cell gives it a new day.
    """
    assert facts.cycle
    now, cycle_id = facts.now, facts.cycle.id
    if order.about == "unit":
        next_round(conn, cycle_id, order.subject_id, order.ordered_by, now)
        set_dates(conn, cycle_id, order.subject_id, _days(order), order.ordered_by, now)
        return
    person = facts.person(order.subject_id)
    decided = facts.grading.decision("committee", "person", order.subject_id)
    proposed = facts.grading.decision("cell", "person", order.subject_id)
    if person and person.unit and proposed and (order.what == "review" or not decided):
        next_round(conn, cycle_id, person.unit.id, order.ordered_by, now, [person.id])


def _days(order: RedoOrder) -> dict[DateName, date]:
    names: tuple[DateName, ...] = ("cell_meeting_due",)
    if order.what == "review":
        names = ("self_reviews_due", "cell_meeting_due")
    return dict.fromkeys(names, order.due)


def _tell(
    conn: Connection,
    order: RedoOrder,
    order_id: int,
    returned: list[int],
    facts: StoredFacts,
    quiet: QuietHours,
) -> None:
    """Those who have to write again, the member whose grade it is, and who leads the cell."""
    person = facts.person(order.subject_id) if order.about == "person" else None
    unit_id = person.unit.id if person and person.unit else order.subject_id
    leaders = [leader.id for leader in facts.secretaries_of(unit_id)[:1]]
    concerned = dict.fromkeys([*([person.id] if person else []), *returned, *leaders])
    for person_id in concerned:
        tell(conn, person_id, "redo", f"redo.{order_id}", {"redo_id": str(order_id)}, facts, quiet)
