"""Whatever people do in whatever order: no decision and no version is lost, and nobody answers in an own matter."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select

from bot.planner import plan_day
from conversations.effects import Effect, SaveAnswer, Submit
from conversations.grading_effects import CloseMeeting, RecordDecision, RecordMeeting
from conversations.result_effects import AnswerAppeal, MakeAppeal, OrderRedo
from review.meetings import Votes
from storage import audit
from storage.errors import Refused
from storage.tables import appeals, decisions, meeting_votes, meetings, response_versions, responses, roles
from storage.tables import people as persons
from tests.storage.examples import run_example, ward_of_examples
from tests.storage.test_appeals import gives, graded
from tests.storage.ward import PACK, Ward

MEMBERS = ("HOA", "NAM", "CHI")
OFFICERS = ("CAN", "SAU", "BAY")
WHAT = ("review", "grading")
GRADES = ("excellent", "good", "completed")
ALL_GOOD = Votes({"excellent": 0, "good": 3, "completed": 0, "not_completed": 0})
STEPS = st.one_of(
    st.tuples(st.just("say"), st.sampled_from(MEMBERS), st.sampled_from(["complaint", "complaint", "explanation"])),
    st.tuples(st.just("answer"), st.sampled_from((*OFFICERS, "CHI")), st.sampled_from(["kept", "changed"])),
    st.tuples(st.just("decide"), st.sampled_from(OFFICERS), st.sampled_from(MEMBERS), st.sampled_from(GRADES)),
    st.tuples(st.just("redo"), st.sampled_from(OFFICERS), st.sampled_from((*MEMBERS, "TH")), st.sampled_from(WHAT)),
    st.tuples(st.just("submit"), st.sampled_from(MEMBERS), st.text("abcđ ", min_size=1, max_size=5)),
    st.tuples(st.just("meet"), st.just("CHI")),
    st.tuples(st.just("role"), st.sampled_from(OFFICERS), st.sampled_from(["officer P", "secretary TH", "deputy TH"])),
    st.tuples(st.just("morning")),
)  # fmt: skip


@pytest.fixture(scope="module")
def decided(runner: asyncio.Runner) -> Iterator[Ward]:
    async def prepare(ward: Ward) -> None:
        for code in ("SAU", "BAY"):
            await gives(ward, code, "officer", "P")
            await ward.join(code)
        await graded(ward)
        await ward.join("NAM")

    with ward_of_examples(runner, prepare) as ward:
        yield ward


@given(steps=st.lists(STEPS, min_size=4, max_size=18))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_lost_and_nobody_judges_the_own_matter(
    runner: asyncio.Runner, decided: Ward, steps: list[tuple[Any, ...]]
) -> None:
    before = decided.now

    def all_steps(conn: Connection) -> None:
        life = Life(decided, conn)
        for step in steps:
            decided.now += timedelta(minutes=7)
            life.take(step)
            life.check()
        assert audit.verify(conn) is None

    run_example(runner, decided, all_steps)
    decided.now = before


class Life:
    """Takes steps on one connection and remembers what must not be lost."""

    def __init__(self, ward: Ward, conn: Connection) -> None:
        self.ward, self.conn = ward, conn
        self.decisions: dict[int, tuple[Any, ...]] = {}
        self.versions: dict[int, tuple[Any, ...]] = {}
        self.handed_in: dict[int, dict[str, Any]] = {}
        self.answered: set[int] = set()

    def take(self, step: tuple[Any, ...]) -> None:
        name, *args = step
        getattr(self, f"_{name}")(*args)

    def check(self) -> None:
        """Decisions only come to stand no longer; versions only grow; what went back was kept word for word."""
        found = {row.id: row for row in self.conn.execute(select(decisions))}
        for number, kept in self.decisions.items():
            assert self._decided(found[number]) == kept
        self.decisions = {number: self._decided(row) for number, row in found.items()}
        versions = {row.id: tuple(row) for row in self.conn.execute(select(response_versions))}
        assert versions.items() >= self.versions.items()
        self.versions = versions
        for row in self.conn.execute(select(responses).where(responses.c.status == "returned")):
            kept = [v.answers for v in self.conn.execute(select(response_versions)) if v.response_id == row.id]
            assert kept
            if row.id in self.handed_in:
                assert self.handed_in[row.id] in kept
        for appeal in self.conn.execute(select(appeals).where(appeals.c.answered_at.is_not(None))):
            self.answered.add(appeal.id)
        assert self.answered <= set(self.conn.scalars(select(appeals.c.id)))

    def _say(self, code: str, kind: str) -> None:
        person_id = self.ward.ids[code]
        decision = self._standing("committee", person_id)
        if self._does(code, MakeAppeal(decision or 0, kind, "Chưa đúng.")):  # type: ignore[arg-type]
            self._check_handlers(only_of=person_id)

    def _answer(self, code: str, outcome: str) -> None:
        for appeal in self.conn.execute(select(appeals).where(appeals.c.kind == "complaint")).all():
            has_part = self.ward.ids[code] in self._hands(appeal.person_id)
            answered = self._does(code, AnswerAppeal(appeal.id, outcome, "Vì sao."))  # type: ignore[arg-type]
            assert not (answered and has_part), "answered in an own matter"

    def _decide(self, officer: str, code: str, grade: str) -> None:
        person_id = self.ward.ids[code]
        self._does(officer, RecordDecision("committee", "person", person_id, grade, "Lý do."))  # type: ignore[arg-type]

    def _redo(self, officer: str, code: str, what: str) -> None:
        about = "unit" if code == "TH" else "person"
        subject = self._cell() if code == "TH" else self.ward.ids[code]
        due = self.ward.now.date() + timedelta(days=3)
        self._does(officer, OrderRedo(about, subject, what, due, "Làm lại."))  # type: ignore[arg-type]

    def _submit(self, code: str, text: str) -> None:
        facts = self.ward.facts(self.conn, "telegram", code)
        response = facts.response("self_review", self.ward.ids[code])
        if response is None:
            return
        form = "2B" if code == "CHI" else "2C"
        self._does(code, SaveAnswer("self_review", self.ward.ids[code], form, "conduct", text))
        if self._does(code, Submit(response.id)):
            now = self.ward.facts(self.conn, "telegram", code).response_by_id(response.id)
            assert now
            self.handed_in[response.id] = dict(now.answers)

    def _meet(self, code: str) -> None:
        unit_id = self._cell()
        self._does(code, RecordMeeting(unit_id, self.ward.now.date(), 3, 3))
        meeting = self.ward.facts(self.conn, "telegram", code).grading.meeting(unit_id)
        assert meeting
        for member in ("HOA", "NAM", "BINH", "CHI"):
            proposal = RecordDecision(
                "cell", "person", self.ward.ids[member], "good", "Đủ.", votes=ALL_GOOD, meeting_id=meeting.id
            )
            absent = RecordDecision("cell", "person", self.ward.ids[member], None, "Vắng.", meeting_id=meeting.id)
            _ = self._does(code, proposal) or self._does(code, absent)
        self._does(code, CloseMeeting(meeting.id))

    def _role(self, code: str, role: str) -> None:
        """Given, or taken away where it is held."""
        name, place = role.split()
        unit_id = self._cell() if place == "TH" else self._cell(parent=True)
        here = (roles.c.person_id == self.ward.ids[code], roles.c.unit_id == unit_id, roles.c.name == name)
        if self.conn.execute(delete(roles).where(*here)).rowcount == 0:
            self.conn.execute(insert(roles).values(person_id=self.ward.ids[code], unit_id=unit_id, name=name))

    def _morning(self) -> None:
        self.ward.now = (self.ward.now + timedelta(days=1)).replace(hour=8, minute=5)
        plan_day(self.conn, self.ward.now, lambda _: PACK)
        self._check_handlers()

    def _check_handlers(self, only_of: int | None = None) -> None:
        """Whoever has just been given a complaint has no part in it."""
        rows = self.conn.execute(select(appeals).where(appeals.c.answered_at.is_(None))).all()
        for row in rows[-1:] if only_of else rows:
            assert row.handler_id not in self._hands(row.person_id)

    def _does(self, code: str, effect: Effect) -> bool:
        """As a turn: all of it or nothing."""
        try:
            with self.conn.begin_nested():
                self.ward.apply_with(self.conn, self.ward.facts(self.conn, "telegram", code), effect)
        except Refused:
            return False
        return True

    def _hands(self, person_id: int) -> set[int]:
        """Everybody with a part in the person's grade, found without the code that is tested."""
        found = {person_id} | {
            row.decided_by for row in self.conn.execute(select(decisions)) if row.person_id == person_id
        }
        met = [row for row in self.conn.execute(select(meetings)) if row.unit_id == self._cell()]
        found |= {row.recorded_by for row in met}
        found |= {row.recorded_by for row in self.conn.execute(select(meeting_votes)) if row.person_id == person_id}
        found |= {p.id for p in self.conn.execute(select(persons)) if p.unit_id == self._cell()}
        leading = ("secretary", "deputy")
        held = self.conn.execute(select(roles)).all()
        return found | {row.person_id for row in held if row.unit_id == self._cell() and row.name in leading}

    def _standing(self, stage: str, person_id: int) -> int | None:
        where = (decisions.c.stage == stage, decisions.c.person_id == person_id, decisions.c.superseded_at.is_(None))
        return self.conn.scalar(select(decisions.c.id).where(*where))

    def _decided(self, row: Any) -> tuple[Any, ...]:
        return (row.stage, row.person_id, row.grade, row.reason, row.decided_by, row.decided_at)

    def _cell(self, *, parent: bool = False) -> int:
        facts = self.ward.facts(self.conn, "telegram", "HOA")
        unit = facts.me.unit if facts.me else None
        assert unit
        assert unit.parent_id
        return unit.parent_id if parent else unit.id
