"""What dialogues may look at of appeals and of what is done once more. `storage.result_facts` answers it."""

from typing import Protocol

from review.appeals import Appeal, Matter
from review.decisions import About
from review.redo import RedoOrder, Version


class AppealFacts(Protocol):
    """Everything of the open review; nothing is filtered here."""

    def find(self, appeal_id: int) -> Appeal | None: ...
    def by_person(self, person_id: int) -> tuple[Appeal, ...]:
        """What the person said to the own results, in the order made."""
        ...

    def open(self) -> tuple[Appeal, ...]:
        """Complaints that wait for an answer, the earliest due first."""
        ...

    def complained(self) -> frozenset[int]:
        """The decisions under complaint: they are marked wherever their grade is shown to those responsible."""
        ...

    def matter(self, person_id: int) -> Matter:
        """Who has a part in the person's grade."""
        ...

    def unsent(self, name: str) -> str:
        """What the person of this account typed and has not confirmed yet (KeepUnsent); empty when nothing."""
        ...


class RedoFacts(Protocol):
    """Orders and earlier versions of the open review."""

    def find(self, order_id: int) -> RedoOrder | None: ...
    def open_on(self, about: About, subject_id: int) -> tuple[RedoOrder, ...]:
        """Orders on this very person or unit that are not done yet, the earliest due first."""
        ...

    def open_in(self, unit_ids: tuple[int, ...]) -> tuple[RedoOrder, ...]:
        """The same on any of these units or anybody who belongs to them."""
        ...

    def versions(self, response_id: int) -> tuple[Version, ...]:
        """As it was submitted before it was returned, the first submission first."""
        ...

    def version(self, version_id: int) -> Version | None: ...
