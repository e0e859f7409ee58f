"""The world's meetings, votes and decisions: plain dicts and lists that take effects."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, assert_never

from conversations.grading_effects import (
    CloseMeeting,
    GradingEffect,
    RecordDecision,
    RecordMeeting,
    RecordVotes,
    TellFact,
)
from review.decisions import About, Decision, Stage, lacks_reason
from review.grade_facts import Fact
from review.meetings import Meeting, Votes, is_voted_on, majority, meeting_fault, rule_of, votes_fault
from review.people import Person, Unit
from review.permissions import may
from tests.conversations.refused import RefusedError

if TYPE_CHECKING:
    from tests.conversations.world import World


@dataclass
class WorldGrading:
    """`meetings` in the order they were begun; `decisions` with those that no longer stand."""

    meetings: list[Meeting] = field(default_factory=list)
    votes: dict[tuple[int, int], Votes] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    known: dict[int, dict[str, Fact]] = field(default_factory=dict)

    def meeting(self, unit_id: int) -> Meeting | None:
        return next((one for one in reversed(self.meetings) if one.unit_id == unit_id), None)

    def standing(self, stage: Stage, about: About, subject_id: int) -> Decision | None:
        found = [d for d in self.decisions if (d.stage, d.about, d.subject_id) == (stage, about, subject_id)]
        return next((one for one in found if one.superseded_at is None), None)

    def supersede(self, world: "World", stage: Stage, about: About, subject_id: int) -> None:
        if old := self.standing(stage, about, subject_id):
            self.decisions[self.decisions.index(old)] = replace(old, superseded_at=world.now)

    def next_round(self, world: "World", unit_id: int) -> None:
        """As `storage.apply_grading.next_round` for a whole cell."""
        last = self.meeting(unit_id)
        assert last
        for person in world.people.values():
            if person.unit and person.unit.id == unit_id:
                self.supersede(world, "cell", "person", person.id)
        number, official = len(self.meetings) + 1, last.official
        again = replace(last, id=number, round=last.round + 1, held_on=world.now.date(), present=official)
        self.meetings.append(replace(again, absences=(), closed=False))

    def apply(self, world: "World", actor: Person, effect: GradingEffect) -> None:
        match effect:
            case RecordMeeting():
                self._record_meeting(world, actor, effect)
            case RecordVotes(meeting_id, person_id, counts, invalid):
                meeting, votes = self._open(world, actor, meeting_id), Votes(counts, invalid)
                self._must(not votes_fault(meeting, votes), "votes do not add up")
                self._must_be_due(world, meeting, world.people[person_id])
                if self.votes.get((meeting_id, person_id)) != votes:
                    self.supersede(world, "cell", "person", person_id)
                self.votes[meeting_id, person_id] = votes
            case RecordDecision():
                self._decide(world, actor, effect)
            case CloseMeeting(meeting_id):
                self._close(world, self._open(world, actor, meeting_id))
            case TellFact(person_id, fact, value):
                self._must(self._may(world, actor, "propose_grade", world.people[person_id]), "another cell")
                self.known.setdefault(person_id, {})[fact] = value
            case _:
                assert_never(effect)

    def _record_meeting(self, world: "World", actor: Person, effect: RecordMeeting) -> None:
        self._must(self._may(world, actor, "record_meeting", world.units[effect.unit_id]), "another cell")
        old = self.meeting(effect.unit_id)
        self._must(old is None or not old.closed, "the meeting is closed")
        new = Meeting(
            old.id if old else len(self.meetings) + 1,
            effect.unit_id,
            effect.held_on,
            effect.official,
            effect.present,
            effect.absences,
            effect.secret,
            old.round if old else 1,
        )
        cast = [votes for (meeting_id, _), votes in self.votes.items() if meeting_id == new.id]
        self._must(not meeting_fault(new, world.now.date()), "a bad meeting")
        self._must(not any(votes_fault(new, votes) for votes in cast), "more votes than people")
        self.meetings = [*(one for one in self.meetings if one.id != new.id), new]
        rule = rule_of(world.pack)
        for (meeting_id, person_id), votes in self.votes.items():
            if old and meeting_id == new.id and majority(old, votes, rule) != majority(new, votes, rule):
                self.supersede(world, "cell", "person", person_id)

    def _decide(self, world: "World", actor: Person, effect: RecordDecision) -> None:
        subject = (world.people if effect.about == "person" else world.units)[effect.subject_id]
        action = "propose_grade" if effect.stage == "cell" else "decide_grade"
        self._must(self._may(world, actor, action, subject), "another cell")
        voted = effect.grade
        if effect.stage == "cell" and isinstance(subject, Person):
            meeting = self._open(world, actor, effect.meeting_id or 0)
            self._must_be_due(world, meeting, subject)
            voted = majority(meeting, effect.votes, rule_of(world.pack)) if effect.votes else None
        if isinstance(subject, Person) and effect.grade:
            review = world.find("self_review", subject.id)
            self._must(review is not None and not review.is_open, "graded without a review")
        lacks = lacks_reason(effect.grade, effect.reason, proposed=effect.proposed, voted=voted)
        self._must(not lacks, "no reason")
        self.supersede(world, effect.stage, effect.about, effect.subject_id)
        self.decisions.append(
            Decision(
                len(self.decisions) + 1,
                effect.stage,
                effect.about,
                effect.subject_id,
                effect.grade,
                actor.id,
                world.now,
                effect.reason,
                effect.proposed,
                effect.votes,
                effect.meeting_id,
            )
        )

    def _close(self, world: "World", meeting: Meeting) -> None:
        members = world.members(meeting.unit_id)
        due = [person for person in members if is_voted_on(person, world.pack, world.now.date())]
        decided = {person.id: self.standing("cell", "person", person.id) for person in due}
        self._must(all(decided.values()), "somebody has no result")
        self.meetings[self.meetings.index(meeting)] = replace(meeting, closed=True)
        for person_id, decision in decided.items():
            review = world.find("self_review", person_id)
            if decision and decision.grade and review and review.status == "submitted":
                world.responses[review.id] = replace(review, status="accepted")

    def _open(self, world: "World", actor: Person, meeting_id: int) -> Meeting:
        meeting = next((one for one in self.meetings if one.id == meeting_id), None)
        self._must(meeting is not None, "no meeting")
        assert meeting
        self._must(self._may(world, actor, "record_meeting", world.units[meeting.unit_id]), "another cell")
        self._must(not meeting.closed, "the meeting is closed")
        return meeting

    def _must_be_due(self, world: "World", meeting: Meeting, person: Person) -> None:
        here = person.unit is not None and person.unit.id == meeting.unit_id
        self._must(here and is_voted_on(person, world.pack, world.now.date()), "not graded by this cell")

    def _may(self, world: "World", actor: Person, action: str, subject: Person | Unit) -> bool:
        return may(actor, action, subject, below=world.facts(actor.id).units_below)  # type: ignore[arg-type]

    def _must(self, allowed: bool, why: str) -> None:
        if not allowed:
            raise RefusedError(why)
