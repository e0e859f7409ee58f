"""Meetings, votes and decisions of the test world, as `conversations.grading_facts.GradingFacts`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.typed import fold
from review.decisions import About, Decision, Stage
from review.grade_facts import Facts as Known
from review.meetings import Meeting, Votes
from review.people import Person

if TYPE_CHECKING:
    from tests.conversations.world import World


@dataclass(frozen=True)
class SeenGrading:
    world: "World"

    def meeting(self, unit_id: int) -> Meeting | None:
        return self.world.grading.meeting(unit_id)

    def meetings(self, unit_ids: tuple[int, ...]) -> Mapping[int, Meeting]:
        found = {unit_id: self.meeting(unit_id) for unit_id in unit_ids}
        return {unit_id: meeting for unit_id, meeting in found.items() if meeting}

    def votes(self, meeting_id: int) -> Mapping[int, Votes]:
        return {person: votes for (meeting, person), votes in self.world.grading.votes.items() if meeting == meeting_id}

    def decision(self, stage: Stage, about: About, subject_id: int) -> Decision | None:
        return self.world.grading.standing(stage, about, subject_id)

    def decisions(self, stage: Stage, about: About, unit_ids: tuple[int, ...]) -> Mapping[int, Decision]:
        people = [p.id for p in self.world.people.values() if p.unit and p.unit.id in unit_ids]
        found = {one: self.decision(stage, about, one) for one in (people if about == "person" else unit_ids)}
        return {subject_id: decision for subject_id, decision in found.items() if decision}

    def history(self, stage: Stage, about: About, subject_id: int) -> tuple[Decision, ...]:
        wanted = (stage, about, subject_id)
        return tuple(d for d in self.world.grading.decisions if (d.stage, d.about, d.subject_id) == wanted)

    def members(self, unit_id: int) -> tuple[Person, ...]:
        people = [p for p in self.world.people.values() if p.unit and p.unit.id == unit_id]
        return tuple(sorted(people, key=lambda person: (fold(person.name.split()[-1]), fold(person.name))))

    def known(self, person_id: int) -> Known:
        return self.world.grading.known.get(person_id, {})  # type: ignore[return-value]
