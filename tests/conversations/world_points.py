"""Points and faults of the collective in the test world: what storage does with them, in plain lists."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from conversations.points_effects import PointsEffect, RaisePoint, TakeBackPoint, WritePoint
from conversations.points_facts import Point
from review.forms import assemble
from review.permissions import may
from review.responses import Response
from tests.conversations.seen_points import SeenPoints, part_begun, review_of

if TYPE_CHECKING:
    from conversations.facts import Account
    from tests.conversations.world import World

FIRST_ID = 500  # apart from the ids of items given from the start


class RefusedPoint(AssertionError):
    """A dialogue asked for something that storage would refuse."""


@dataclass(frozen=True)
class Part:
    """A fault of a collective review somebody answers for."""

    id: int
    response_id: int
    person_id: int
    origin: str
    text: str
    withdrawn: bool = False


def apply_point(world: "World", account: "Account", effect: PointsEffect) -> None:
    me = account.person_id or 0
    match effect:
        case WritePoint(about, subject_id, text):
            _judge(world, account, about, subject_id)
            drafted = SeenPoints(world, account.id).drafted(about, subject_id)
            point_id = drafted.id if drafted else FIRST_ID + len(world.points)
            world.points[point_id] = Point(point_id, about, subject_id, text, me)
        case RaisePoint(point_id):
            _raise(world, account, world.points[point_id])
        case TakeBackPoint(point_id):
            point = SeenPoints(world, account.id).point(point_id)
            assert point
            _judge(world, account, point.about, point.subject_id)
            if point.begun or not point.raised_at or point.withdrawn_at:
                raise RefusedPoint(f"point {point_id} cannot be taken back")
            world.points[point_id] = replace(world.points[point_id], withdrawn_at=world.now)


def _raise(world: "World", account: "Account", point: Point) -> None:
    _judge(world, account, point.about, point.subject_id)
    facts = world.facts(account.id)
    has_met = facts.cycle is None or facts.cycle.cell_has_met(facts.today)
    if point.raised_at or point.raised_by != account.person_id or has_met:
        raise RefusedPoint(f"point {point.id} cannot be raised")
    world.points[point.id] = replace(point, raised_at=world.now)
    review = review_of(world, point.about, point.subject_id)
    if review and review.status == "submitted":
        world.responses[review.id] = replace(review, status="returned", submitted_at=None, receipt="")
    leaders = facts.secretaries_of(point.subject_id)[:1] if point.about == "unit" else ()
    whom = [leader.id for leader in leaders] if point.about == "unit" else [point.subject_id]
    for person_id in whom:
        params = {"about": point.about, "subject_id": str(point.subject_id)}
        world.tell(person_id, "point_raised", f"point.{point.id}", params)


def hand_out(world: "World", response: Response, account_id: int) -> None:
    """Every fault of a submitted collective review goes to those who answer for it; what is gone is taken back."""
    assert world.pack
    given = SeenPoints(world, account_id).given_unit(response.subject_id)
    rows = assemble(world.pack.forms[response.form], response.answers, given).answers.get("shortcomings", [])
    assert isinstance(rows, list)
    wanted = [
        (int(person), f"shortcomings.{nth}", str(row["text"]))
        for nth, row in enumerate(rows, 1)
        for person in row.get("owners", ())
    ]
    held = [one for one in world.parts if one.response_id == response.id]
    kept = set()
    for person, origin, text in wanted:
        here = [one for one in held if (one.person_id, one.origin) == (person, origin)]
        fits = [one for one in here if one.text == text or not part_begun(world, one.id, person)]
        fits.sort(key=lambda one: one.text != text)
        part = fits[0] if fits else Part(FIRST_ID + 100 + len(world.parts), response.id, person, origin, text)
        world.parts = [one for one in world.parts if one.id != part.id] + [replace(part, text=text, withdrawn=False)]
        world.parts.sort(key=lambda one: one.id)
        kept.add(part.id)
        review = world.find("self_review", person)
        if review and review.status == "submitted" and not part_begun(world, part.id, person):
            world.tell(person, "collective_part", f"item.{part.id}", {})
    take_in(world, response, keep=kept)


def take_in(world: "World", response: Response, keep: set[int] = frozenset()) -> None:  # type: ignore[assignment]
    world.parts = [
        replace(one, withdrawn=True) if one.response_id == response.id and one.id not in keep else one
        for one in world.parts
    ]


def _judge(world: "World", account: "Account", about: str, subject_id: int) -> None:
    subject = world.units.get(subject_id) if about == "unit" else world.people.get(subject_id)
    me, facts = world.people.get(account.person_id or 0), world.facts(account.id)
    review = review_of(world, about, subject_id)  # type: ignore[arg-type]
    status = review.status if review else None
    if me is None or subject is None or not may(me, "raise_point", subject, status=status, below=facts.units_below):
        raise RefusedPoint(f"{account} may not raise a point with {about} {subject_id}")
