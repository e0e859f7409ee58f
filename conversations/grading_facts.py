"""What dialogues may look at of meetings, votes and decisions. `storage.grading_facts` answers it inside the turn."""

from collections.abc import Mapping
from typing import Protocol

from review.decisions import About, Decision, Stage
from review.grade_facts import Facts as Known
from review.meetings import Meeting, Votes
from review.people import Person


class GradingFacts(Protocol):
    """Everything of the open review. "Standing" is the last decision of a stage: what it superseded is in `history`."""

    def meeting(self, unit_id: int) -> Meeting | None:
        """The cell's meeting, of the latest round."""
        ...

    def meetings(self, unit_ids: tuple[int, ...]) -> Mapping[int, Meeting]:
        """By unit, the latest round each; a unit that has not met is not in it."""
        ...

    def votes(self, meeting_id: int) -> Mapping[int, Votes]:
        """By person."""
        ...

    def decision(self, stage: Stage, about: About, subject_id: int) -> Decision | None:
        """The standing one."""
        ...

    def decisions(self, stage: Stage, about: About, unit_ids: tuple[int, ...]) -> Mapping[int, Decision]:
        """The standing ones by subject: on everybody who belongs to these units, or on these units themselves."""
        ...

    def history(self, stage: Stage, about: About, subject_id: int) -> tuple[Decision, ...]:
        """Every decision of this stage, the standing one last."""
        ...

    def members(self, unit_id: int) -> tuple[Person, ...]:
        """Everybody who belongs to the cell, whatever the status, by name."""
        ...

    def known(self, person_id: int) -> Known:
        """What the secretary told about a person, as conditions of the grades ask for it."""
        ...
