"""The test world's remedies as a turn sees them."""

from typing import TYPE_CHECKING

from conversations.remedy_facts import RemedyCount, RemedyLine
from review.remedies import Remedy, by_urgency

if TYPE_CHECKING:
    from review.people import Person
    from tests.conversations.world import World


class SeenRemedies:
    """Answers `conversations.remedy_facts.RemedyFacts` by counting the plain dicts."""

    def __init__(self, world: "World", me: "Person | None") -> None:
        self._world = world
        self._me = me

    def mine(self) -> tuple[Remedy, ...]:
        return by_urgency(one for one in self._world.remedies.values() if self._me and one.owner_id == self._me.id)

    def remedy(self, remedy_id: int) -> Remedy | None:
        return self._world.remedies.get(remedy_id)

    def in_cell(self, unit_id: int) -> tuple[RemedyLine, ...]:
        found = self._world.remedies.values()
        own = tuple(one for one in found if one.about == "unit" and one.subject_id == unit_id)
        people = [p for p in self._world.people.values() if p.unit and p.unit.id == unit_id]
        lines = [
            RemedyLine(person, tuple(one for one in found if (one.about, one.subject_id) == ("person", person.id)))
            for person in sorted(people, key=lambda person: person.name)
        ]
        return tuple(line for line in (RemedyLine(None, own), *lines) if line.remedies)

    def counts(self, unit_ids: tuple[int, ...]) -> tuple[RemedyCount, ...]:
        today = self._world.now.date()
        counts = []
        for unit_id in unit_ids:
            found = [remedy for line in self.in_cell(unit_id) for remedy in line.remedies]
            done, overdue = sum(one.is_done for one in found), sum(one.is_overdue(today) for one in found)
            counts += [RemedyCount(unit_id, len(found), done, overdue)] if found else []
        return tuple(counts)

    def plannable(self, unit_id: int) -> int:
        planned = {one.source.partition(":")[0] for one in self._world.remedies.values()}
        members = {p.id for p in self._world.members(unit_id)}
        return sum(
            response.kind == "self_review"
            and not response.is_open
            and response.subject_id in members
            and str(response.id) not in planned
            and any(key.startswith("shortcomings.") for key in response.answers)
            for response in (self._world.responses.values() if self._world.cycle else ())
        )
