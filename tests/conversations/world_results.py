"""What the test world does with appeals, orders and versions. Written apart from storage, on plain dicts."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from conversations.effects import Effect, Notify, Submit
from conversations.facts import Account
from conversations.grading_effects import CloseMeeting, RecordDecision
from conversations.result_effects import (
    AnswerAppeal,
    KeepUnsent,
    LookedAtAppeal,
    LookedAtVersion,
    MakeAppeal,
    OrderRedo,
    ResultEffect,
)
from review.appeals import Appeal, Matter, answer_due, choose_handler
from review.people import Person
from review.redo import RedoOrder, Version
from tests.conversations.refused import RefusedError

if TYPE_CHECKING:
    from tests.conversations.world import World


@dataclass
class WorldResults:
    """`looks` are (person, kind, id); `days` the own days of a unit that an order set."""

    appeals: dict[int, Appeal] = field(default_factory=dict)
    orders: dict[int, RedoOrder] = field(default_factory=dict)
    versions: list[Version] = field(default_factory=list)
    unsent: dict[tuple[int, str], str] = field(default_factory=dict)
    looks: list[tuple[int, str, int]] = field(default_factory=list)
    days: dict[int, date] = field(default_factory=dict)

    def apply(self, world: "World", account: Account, effect: ResultEffect) -> None:
        me = account.person_id or 0
        match effect:
            case KeepUnsent(name, text):
                self.unsent[me, name] = text
            case MakeAppeal():
                self._make(world, me, effect)
            case AnswerAppeal():
                self._answer(world, me, effect)
            case LookedAtAppeal(appeal_id):
                self.looks.append((me, "appeal", appeal_id))
            case LookedAtVersion(version_id):
                self.looks.append((me, "version", version_id))
            case OrderRedo(about, subject_id, what, due, reason):
                number = len(self.orders) + 1
                self._place(world, RedoOrder(number, about, subject_id, what, reason, due, me, world.now))

    def follow(self, world: "World", effect: Effect) -> None:
        match effect:
            case Submit(response_id):
                subject = world.responses[response_id].subject_id
                self._done(world, [o for o in self._open("person", subject) if o.what == "review"])
            case CloseMeeting(meeting_id):
                unit_id = next(one.unit_id for one in world.grading.meetings if one.id == meeting_id)
                self._done(world, self._open("unit", unit_id))
            case RecordDecision("committee", "person", subject_id):
                self._done(world, [o for o in self._open("person", subject_id) if o.what == "grading"])
                decision = world.grading.standing("committee", "person", subject_id)
                assert decision
                params = {"decision_id": str(decision.id)}
                world.notify(Notify(subject_id, "result", f"decision.{decision.id}", params, 1))

    def matter(self, world: "World", person_id: int) -> Matter:
        """The world's meetings do not say who recorded them: the cell's leaders do."""
        person = world.people[person_id]
        unit_id = person.unit.id if person.unit else 0
        leaders = {p.id for p in world.people.values() for u in p.units_as("secretary", "deputy") if u.id == unit_id}
        deciders = {d.decided_by for d in world.grading.decisions if (d.about, d.subject_id) == ("person", person_id)}
        return Matter(person, frozenset(leaders | deciders))

    def _make(self, world: "World", me: int, effect: MakeAppeal) -> None:
        decision = world.grading.standing("committee", "person", me)
        if decision is None or decision.id != effect.decision_id or not effect.text.strip():
            raise RefusedError("no such result of one's own")
        complaint = effect.kind == "complaint"
        if complaint and any(one.is_open and one.decision_id == decision.id for one in self.appeals.values()):
            raise RefusedError("a second complaint")
        matter = self.matter(world, me)
        handler = choose_handler(self._levels(world, matter.complainant), matter) if complaint else None
        number = len(self.appeals) + 1
        due = self._due(world) if complaint else None
        appeal = Appeal(number, decision.id, me, effect.kind, effect.text, world.now, handler and handler.id, due)
        self.appeals[number] = appeal
        params = {"appeal_id": str(number)}
        if handler:
            world.notify(Notify(handler.id, "complaint_to_answer", f"appeal.{number}", params))
        elif not complaint:
            leaders = [one for one in world.facts(me).secretaries_of(self._unit(world, me)) if one.id != me]
            for leader in leaders[:1]:
                world.notify(Notify(leader.id, "explanation", f"appeal.{number}", {"person_id": str(me)}))
        else:
            for admin in (p for p in world.people.values() if p.units_as("admin")):
                world.notify(Notify(admin.id, "complaint_unassigned", f"appeal.{number}", params))

    def _answer(self, world: "World", me: int, effect: AnswerAppeal) -> None:
        appeal = self.appeals[effect.appeal_id]
        if (
            not appeal.is_open
            or appeal.handler_id != me
            or self.matter(world, appeal.person_id).has_part(world.people[me])
        ):
            raise RefusedError("somebody else answers this complaint, or it is answered")
        done = replace(appeal, outcome=effect.outcome, answer=effect.text, answered_at=world.now)
        self.appeals[appeal.id] = done
        params = {"appeal_id": str(appeal.id)}
        world.notify(Notify(appeal.person_id, "complaint_answered", f"appeal.{appeal.id}", params))
        if effect.outcome == "changed":
            number, due = len(self.orders) + 1, self._due(world)
            self._place(world, RedoOrder(number, "person", done.person_id, "grading", done.answer, due, me, world.now))

    def _place(self, world: "World", order: RedoOrder) -> None:
        self.orders[order.id] = order
        people = [p for p in world.people.values() if p.unit and self._within(order, p)]
        told = [order.subject_id] if order.about == "person" else []
        for person in people if order.what == "review" else []:
            response = world.find("self_review", person.id)
            if response and not response.is_open:
                nth = sum(one.response_id == response.id for one in self.versions) + 1
                kept = (response.answers, response.submitted_at, response.receipt, world.now, response.typed_in)
                self.versions.append(Version(len(self.versions) + 1, response.id, nth, response.status, *kept))
                world.responses[response.id] = replace(response, status="returned", submitted_at=None, receipt="")
                told.append(person.id)
        if order.about == "unit":
            world.grading.next_round(world, order.subject_id)
            self.days[order.subject_id] = order.due
        unit_id = people[0].unit.id if people and people[0].unit else order.subject_id
        told += [leader.id for leader in world.facts(order.ordered_by).secretaries_of(unit_id)[:1]]
        for person_id in dict.fromkeys(told):
            world.notify(Notify(person_id, "redo", f"redo.{order.id}", {"redo_id": str(order.id)}))

    def _within(self, order: RedoOrder, person: Person) -> bool:
        if order.about == "person":
            return person.id == order.subject_id
        return person.unit is not None and person.unit.id == order.subject_id

    def _due(self, world: "World") -> date:
        return answer_due(world.now.date(), world.pack.meeting if world.pack else None)

    def _unit(self, world: "World", person_id: int) -> int:
        unit = world.people[person_id].unit
        return unit.id if unit else 0

    def _open(self, about: str, subject_id: int) -> list[RedoOrder]:
        wanted = (about, subject_id)
        return [o for o in self.orders.values() if o.done_at is None and (o.about, o.subject_id) == wanted]

    def _done(self, world: "World", orders: list[RedoOrder]) -> None:
        for order in orders:
            self.orders[order.id] = replace(order, done_at=world.now)

    def _levels(self, world: "World", person: Person) -> list[list[Person]]:
        levels, unit = [], person.unit
        while unit and unit.parent_id:
            unit = world.units[unit.parent_id]
            levels.append([p for p in world.people.values() if unit in p.units_as("officer")])
        return levels
