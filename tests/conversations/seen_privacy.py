"""Consent, what is kept and requests of the test world, as the port of `conversations.privacy_facts`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.privacy_facts import Kept, Section
from review.appeals import Matter
from review.consents import CURRENT
from review.requests import DataRequest, Erasure

if TYPE_CHECKING:
    from tests.conversations.world import World


@dataclass(frozen=True)
class SeenPrivacy:
    world: "World"
    person_id: int

    @property
    def agreed_before(self) -> bool:
        return self.world.consents.get(self.person_id, CURRENT) != CURRENT

    def kept(self) -> tuple[Kept, ...]:
        responses = self.world.responses.values()
        counts: dict[Section, int] = {
            "devices": sum(one.person_id == self.person_id for one in self.world.accounts.values()),
            "reviews": sum((one.kind, one.subject_id) == ("self_review", self.person_id) for one in responses),
            "requests": len(self.mine()),
        }
        return tuple(Kept(section, count) for section, count in counts.items() if count)

    def mine(self) -> tuple[DataRequest, ...]:
        return tuple(one for one in self.world.privacy.requests.values() if one.person_id == self.person_id)

    def find(self, request_id: int) -> DataRequest | None:
        return self.world.privacy.requests.get(request_id)

    def open(self) -> tuple[DataRequest, ...]:
        waiting = [one for one in self.world.privacy.requests.values() if one.is_open]
        return tuple(sorted(waiting, key=lambda one: (one.next_date, one.id)))

    def matter(self, person_id: int) -> Matter:
        return self.world.results.matter(self.world, person_id)

    def erasure(self, request: DataRequest) -> Erasure:
        return self.world.privacy.erasure(self.world, request.person_id)

    def words(self, name: str) -> str:
        return self.world.privacy.words.get((self.person_id, name), "")
