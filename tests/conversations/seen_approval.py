"""What lies before the officers of the test world, as `conversations.approval_facts.ApprovalFacts`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.approval_facts import Dossier, Grounds
from review.forms import Given
from review.people import Person
from review.responses import Response, ResponseKind

if TYPE_CHECKING:
    from tests.conversations.world import World


@dataclass(frozen=True)
class SeenApproval:
    world: "World"

    def officers_of(self, unit_id: int) -> tuple[Person, ...]:
        holders = [p for p in self.world.people.values() if any(u.id == unit_id for u in p.units_as("officer"))]
        return tuple(sorted(holders, key=lambda person: person.name))

    def members_of(self, unit_ids: tuple[int, ...]) -> tuple[Person, ...]:
        members = [p for p in self.world.people.values() if p.unit and p.unit.id in unit_ids]
        return tuple(sorted(members, key=lambda person: person.name))

    def dossiers(self, person_ids: tuple[int, ...]) -> Mapping[int, Dossier]:
        return {
            one: Dossier(
                self._closed("self_review", one),
                self._closed("residence_remark", one),
                self.world.givens.get(one, Given()),
                self.world.grading.known.get(one, {}),  # type: ignore[arg-type]
                frozenset(self.world.approval.marks.get(one, ())),
            )
            for one in person_ids
        }

    def collective_reviews(self, unit_ids: tuple[int, ...]) -> Mapping[int, Response]:
        found = {one: self._closed("collective_review", one) for one in unit_ids}
        return {one: review for one, review in found.items() if review}

    def grounds(self, unit_id: int) -> Mapping[str, Grounds]:
        return {one.group: one for one in self.world.approval.grounds if one.unit_id == unit_id}

    def _closed(self, kind: ResponseKind, subject_id: int) -> Response | None:
        found = self.world.find(kind, subject_id)
        return found if found and not found.is_open else None
