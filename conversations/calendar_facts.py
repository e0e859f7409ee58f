"""What dialogues may look at of the dates of each unit. `storage.calendar_facts` answers it inside the turn."""

from typing import Protocol

from review.unit_dates import UnitDates
from review.unit_moves import UnitMove


class CalendarFacts(Protocol):
    """Of the open review."""

    @property
    def dates(self) -> UnitDates | None:
        """`dates_for(unit)` tells until when; None when no review is open."""
        ...

    def moves(self, unit_id: int) -> tuple[UnitMove, ...]:
        """Under which units it stood before, the earliest move first; moments in the committee's time zone."""
        ...
