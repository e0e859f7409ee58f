"""Whether a member's cell has met: from then on a submitted self-review is not taken back."""

from conversations.facts import Facts
from review.people import Person


def has_met(person: Person, facts: Facts) -> bool:
    """The day set for the meeting has passed, or the meeting of this very cell is closed before it."""
    if facts.cycle is None or facts.cycle.cell_has_met(facts.today):
        return facts.cycle is not None
    meeting = facts.grading.meeting(person.unit.id) if person.unit else None
    return meeting is not None and meeting.closed
