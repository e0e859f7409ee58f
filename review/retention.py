"""How long the papers of a yearly review are kept.

38-HD/BTCTW, II.1.1(13): a member's file holds the self-reviews of the last three years; the pack may say otherwise.
"""

from collections.abc import Iterable

from review.calendar import Cycle


def expired(cycles: Iterable[Cycle], retention_years: int) -> tuple[Cycle, ...]:
    """The closed reviews that are older than the last `retention_years` closed ones, the oldest first."""
    closed = sorted((cycle for cycle in cycles if cycle.closed), key=lambda cycle: cycle.year)
    if not closed:
        return ()
    return tuple(cycle for cycle in closed if cycle.year <= closed[-1].year - retention_years)
