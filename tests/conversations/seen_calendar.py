"""The test world's calendar as a turn sees it."""

from typing import TYPE_CHECKING

from review.unit_dates import UnitDates
from review.unit_moves import UnitMove

if TYPE_CHECKING:
    from tests.conversations.world import World


class SeenCalendar:
    """Answers `conversations.calendar_facts.CalendarFacts` from the plain dicts."""

    def __init__(self, world: "World") -> None:
        self._world = world

    @property
    def dates(self) -> UnitDates | None:
        world = self._world
        if world.cycle is None:
            return None
        parents = {unit.id: unit.parent_id for unit in world.units.values() if unit.parent_id}
        return UnitDates(world.cycle, world.own_dates, parents, frozenset(world.ordered))

    def moves(self, unit_id: int) -> tuple[UnitMove, ...]:
        return tuple(move for move in self._world.moves if move.unit_id == unit_id)
