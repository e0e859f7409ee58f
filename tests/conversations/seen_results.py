"""Appeals, orders and versions of the test world, as the ports of `conversations.result_facts`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from review.appeals import Appeal, Matter
from review.decisions import About
from review.redo import RedoOrder, Version

if TYPE_CHECKING:
    from tests.conversations.world import World


@dataclass(frozen=True)
class SeenAppeals:
    world: "World"
    person_id: int

    def find(self, appeal_id: int) -> Appeal | None:
        return self.world.results.appeals.get(appeal_id)

    def by_person(self, person_id: int) -> tuple[Appeal, ...]:
        return tuple(one for one in self.world.results.appeals.values() if one.person_id == person_id)

    def open(self) -> tuple[Appeal, ...]:
        found = [one for one in self.world.results.appeals.values() if one.is_open]
        return tuple(sorted(found, key=lambda one: (str(one.answer_due), one.id)))

    def complained(self) -> frozenset[int]:
        return frozenset(one.decision_id for one in self.open())

    def matter(self, person_id: int) -> Matter:
        return self.world.results.matter(self.world, person_id)

    def unsent(self, name: str) -> str:
        return self.world.results.unsent.get((self.person_id, name), "")


@dataclass(frozen=True)
class SeenRedo:
    world: "World"

    def find(self, order_id: int) -> RedoOrder | None:
        return self.world.results.orders.get(order_id)

    def open_on(self, about: About, subject_id: int) -> tuple[RedoOrder, ...]:
        return tuple(one for one in self._open() if (one.about, one.subject_id) == (about, subject_id))

    def open_in(self, unit_ids: tuple[int, ...]) -> tuple[RedoOrder, ...]:
        return tuple(one for one in self._open() if self._unit(one) in unit_ids)

    def versions(self, response_id: int) -> tuple[Version, ...]:
        return tuple(one for one in self.world.results.versions if one.response_id == response_id)

    def version(self, version_id: int) -> Version | None:
        return next((one for one in self.world.results.versions if one.id == version_id), None)

    def _open(self) -> list[RedoOrder]:
        found = [one for one in self.world.results.orders.values() if one.done_at is None]
        return sorted(found, key=lambda one: (one.due, one.id))

    def _unit(self, order: RedoOrder) -> int:
        person = self.world.people[order.subject_id] if order.about == "person" else None
        return (person.unit.id if person.unit else 0) if person else order.subject_id
