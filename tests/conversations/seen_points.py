"""The test world's points as one account's turn sees them: answers `conversations.points_facts.PointsFacts`."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from conversations.points_facts import Point, Returning
from review.decisions import About
from review.forms import Given, Item
from review.given import people_options
from review.people import Person
from review.repeats import percent_of, returning
from review.responses import Response

if TYPE_CHECKING:
    from tests.conversations.world import World

GROUPS = {"carried": "fixed", "suggested": "explanations", "collective": "collective_part"}


@dataclass(frozen=True)
class SeenPoints:
    world: "World"
    account_id: int

    def given_unit(self, unit_id: int) -> Given:
        given = with_points(self.world, "unit", unit_id, self.world.unit_givens.get(unit_id, Given()))
        response = self.world.find("collective_review", unit_id)
        lists = (value for value in (response.answers.values() if response else ()) if isinstance(value, list))
        named = {one for value in lists for one in value}
        people = [p for p in self.world.people.values() if self._nameable(p, unit_id) or str(p.id) in named]
        people.sort(key=lambda person: not person.units_as("secretary", "deputy"))
        return replace(given, people=people_options(people))

    def points(self, about: About, subject_id: int) -> tuple[Point, ...]:
        return tuple(point for point in self._about(about, subject_id) if point.raised_at)

    def point(self, point_id: int) -> Point | None:
        point = self.world.points.get(point_id)
        return self._seen(point) if point else None

    def drafted(self, about: About, subject_id: int) -> Point | None:
        me = self.world.accounts[self.account_id].person_id
        mine = (p for p in self._about(about, subject_id) if p.raised_at is None and p.raised_by == me)
        return next(mine, None)

    def open_count(self, unit_ids: tuple[int, ...]) -> int:
        return sum(self._seen(p).is_open for p in self.world.points.values() if self._unit(p) in unit_ids)

    def without_part(self, unit_id: int) -> tuple[Person, ...]:
        review = self.world.find("collective_review", unit_id)
        mine = [one for one in self.world.parts if review and one.response_id == review.id and not one.withdrawn]
        silent = {one.person_id for one in mine if not part_begun(self.world, one.id, one.person_id)}
        return tuple(person for person in self.world.people.values() if person.id in silent)

    def returning(self, unit_id: int) -> tuple[Returning, ...]:
        own = self.world.find("collective_review", unit_id)
        found = [Returning(None, one) for one in self._returns(own, self.given_unit(unit_id))]
        for person in self.world.members(unit_id):
            response = self.world.find("self_review", person.id)
            given = self.world.facts(self.account_id).given(person.id)
            found += [Returning(person, one) for one in self._returns(response, given)]
        return tuple(found)

    def _returns(self, response, given):
        if response is None or response.is_open or self.world.pack is None:
            return ()
        pack = self.world.pack
        return returning(pack.forms[response.form], response.answers, given, percent_of(pack))

    def _nameable(self, person: Person, unit_id: int) -> bool:
        return person.is_reviewed and person.unit is not None and person.unit.id == unit_id

    def _unit(self, point: Point) -> int:
        if point.about == "unit":
            return point.subject_id
        unit = self.world.people[point.subject_id].unit
        return unit.id if unit and point.raised_at else 0

    def _about(self, about: About, subject_id: int) -> list[Point]:
        found = (p for p in self.world.points.values() if (p.about, p.subject_id) == (about, subject_id))
        return [self._seen(point) for point in found]

    def _seen(self, point: Point) -> Point:
        review = review_of(self.world, point.about, point.subject_id)
        begun = review is not None and is_begun(review, "explanations", point.id)
        return replace(point, begun=begun, answered=review is not None and not review.is_open)


def with_points(world: "World", about: About, subject_id: int, given: Given) -> Given:
    """What was given from the start, with the points raised since and the faults of the collective."""
    review = review_of(world, about, subject_id)
    raised = [p for p in world.points.values() if (p.about, p.subject_id) == (about, subject_id) and p.raised_at]
    suggested = [
        Item(str(p.id), p.text, p.withdrawn_at is not None)
        for p in raised
        if not p.withdrawn_at or (review and is_begun(review, "explanations", p.id))
    ]
    parts = [
        Item(str(one.id), one.text, one.withdrawn)
        for one in world.parts
        if about == "person" and one.person_id == subject_id
        if not one.withdrawn or part_begun(world, one.id, subject_id)
    ]
    return replace(given, suggested=(*given.suggested, *suggested), collective=(*given.collective, *parts))


def review_of(world: "World", about: About, subject_id: int) -> Response | None:
    return world.find("collective_review" if about == "unit" else "self_review", subject_id)


def part_begun(world: "World", item_id: int, person_id: int) -> bool:
    review = world.find("self_review", person_id)
    return review is not None and is_begun(review, "collective_part", item_id)


def is_begun(review: Response, group: str, item_id: int) -> bool:
    return any(key.startswith(f"{group}.{item_id}.") for key in review.answers)
