"""The world's committee: plain lists that take its effects, and its own count of the ceiling."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor
from typing import TYPE_CHECKING, assert_never

from conversations.approval_effects import ApprovalEffect, FollowProposals, RecordGrounds
from conversations.approval_facts import Grounds, Mark
from conversations.grading_effects import RecordDecision
from review.decisions import About
from review.people import Person
from review.responses import Grade
from tests.conversations.refused import RefusedError

if TYPE_CHECKING:
    from tests.conversations.world import World


@dataclass
class WorldApproval:
    """`marks` by person; tests set them."""

    grounds: list[Grounds] = field(default_factory=list)
    marks: dict[int, set[Mark]] = field(default_factory=dict)

    def apply(self, world: "World", actor: Person, effect: ApprovalEffect | RecordDecision) -> None:
        match effect:
            case RecordDecision():
                self._must_stand(world, actor, effect.about, {effect.subject_id: effect.grade}, effect.reason)
                world.grading.apply(world, actor, effect)
            case FollowProposals(about, subject_ids):
                proposed = {one: self._proposed(world, about, one) for one in subject_ids}
                self._must_stand(world, actor, about, {one: grade for one, (grade, _) in proposed.items()}, "")
                for one, (grade, reason) in proposed.items():
                    world.grading.apply(world, actor, RecordDecision("committee", about, one, grade, reason, grade))
            case RecordGrounds(unit_id, group, text):
                self._must(any(unit.id == unit_id for unit in actor.units_as("officer")), "another committee")
                self.grounds.append(Grounds(unit_id, group, text, actor.id, world.now))
            case _:
                assert_never(effect)

    def _must_stand(
        self, world: "World", actor: Person, about: About, grades: Mapping[int, Grade | None], reason: str
    ) -> None:
        for one, grade in grades.items():
            proposed, _ = self._proposed(world, about, one)
            self._must(grade == proposed or bool(reason), "another grade without a reason")
            self._must(about == "unit" or one != actor.id, "on oneself")
            leads = {unit.id for unit in actor.units_as("secretary")}
            self._must(about == "person" or one not in leads, "on the cell one leads")
        if about == "person" and "excellent" in grades.values() and world.pack and world.pack.ceiling:
            self._must(self.fits(world, grades), "above the ceiling")

    def _proposed(self, world: "World", about: About, subject_id: int) -> tuple[Grade | None, str]:
        """With its reason. A cell may also claim a grade in its own report."""
        said, review = world.grading.standing("cell", about, subject_id), world.find("collective_review", subject_id)
        if said:
            return said.grade, said.reason
        claims = about == "unit" and review and not review.is_open
        self._must(bool(claims), "no proposal of the cell")
        assert review
        return review.answers["self_grade"], ""  # type: ignore[return-value]

    def fits(self, world: "World", grades: Mapping[int, Grade | None], *, decided_only: bool = False) -> bool:
        """Whether the peer groups of these people are within 20 % of the number graded "tốt" (25 % with grounds)."""
        for group in {world.people[one].peer_group for one in grades}:
            people = [p for p in world.people.values() if p.peer_group == group and p.unit]
            expected = [grades[p.id] if p.id in grades else self._grade(world, p.id, decided_only) for p in people]
            share = 25 if any(one.group == group for one in self.grounds) else 20
            if expected.count("excellent") > floor(expected.count("good") * share / 100):
                return False
        return True

    def _grade(self, world: "World", person_id: int, decided_only: bool) -> Grade | None:
        stages = ("committee",) if decided_only else ("committee", "cell")
        said = (world.grading.standing(stage, "person", person_id) for stage in stages)  # type: ignore[arg-type]
        return next((one.grade for one in said if one), None)

    def _must(self, allowed: bool, why: str) -> None:
        if not allowed:
            raise RefusedError(why)
