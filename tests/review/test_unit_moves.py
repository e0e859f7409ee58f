"""Where a unit stood at a moment."""

from datetime import UTC, datetime

import pytest

from review.people import Unit
from review.unit_moves import UnitMove, parent_at

CELL = Unit(5, "C", "Chi bộ", "cell", 3)
MOVES = (
    UnitMove(5, 1, 2, datetime(2026, 9, 30, tzinfo=UTC)),
    UnitMove(5, 2, 3, datetime(2027, 6, 1, tzinfo=UTC)),
    UnitMove(6, 9, 1, datetime(2027, 7, 1, tzinfo=UTC)),
)


@pytest.mark.parametrize(("year", "month", "parent"), [(2026, 1, 1), (2026, 12, 2), (2027, 6, 3), (2030, 1, 3)])
def test_before_the_first_move_between_and_after_the_last(year, month, parent):
    assert parent_at(CELL, MOVES, datetime(year, month, 2, tzinfo=UTC)) == parent
    assert parent_at(CELL, (), datetime(year, month, 2, tzinfo=UTC)) == 3
