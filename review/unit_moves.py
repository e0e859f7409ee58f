"""A unit under another parent keeps its people, papers and numbers; reports of the past count it where it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from review.people import Unit


@dataclass(frozen=True, slots=True)
class UnitMove:
    """From under one unit to under another; None = at the top."""

    unit_id: int
    from_id: int | None
    to_id: int | None
    at: datetime


def parent_at(unit: Unit, moves: Iterable[UnitMove], moment: datetime) -> int | None:
    """Under which unit it stood at that moment: where the next move after it took it away from, else where it is."""
    later = [move for move in moves if move.unit_id == unit.id and move.at > moment]
    return min(later, key=lambda move: move.at).from_id if later else unit.parent_id
