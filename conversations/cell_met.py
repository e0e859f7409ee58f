"""Whether a member's cell has met: from then on a submitted self-review is not taken back."""

from conversations.facts import Facts
from conversations.unit_dates import cycle_of
from review.people import Person


def has_met(person: Person, facts: Facts) -> bool:
    """The day set for the meeting has passed, or the meeting of this very cell is closed before it."""
    cycle = cycle_of(person.unit, facts)
    if cycle is None or cycle.cell_has_met(facts.today):
        return cycle is not None
    meeting = facts.grading.meeting(person.unit.id) if person.unit else None
    return meeting is not None and meeting.closed
