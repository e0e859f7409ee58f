"""Random evenings on two phones: whatever is tapped and typed, no decided group is ever above its ceiling."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from conversations.approval import sitting
from conversations.place import Place
from review.responses import GRADES, Grade
from tests.conversations.board import DUNG, KY, MEMBERS, OUTSIDE, board, propose
from tests.conversations.phone import Phone

PLACES = ("approval", "approval_group", "approval_rest", "approval_confirm", "approval_grounds")
WORDS = st.sampled_from(["Còn hai việc chậm hạn.", "Dẫn đầu phong trào, có quyết định khen.", "2", "ngắn", "/tonghop"])
PEOPLE = (*MEMBERS, *OUTSIDE, DUNG, KY)


class Evening(RuleBasedStateMachine):
    """The world refuses what storage refuses: a dialogue that asks for it fails here."""

    def __init__(self) -> None:
        super().__init__()
        self.world = board()
        self.phones = (Phone(self.world, DUNG.id), Phone(self.world, KY.id))
        self.past: list[tuple[int, str]] = []
        for phone in self.phones:
            phone.goto(Place("approval"))

    @rule(who=st.integers(0, 1), nth=st.integers(0, 11))
    def taps(self, who: int, nth: int) -> None:
        phone = self.phones[who]
        choice = phone.screen.choices[nth % len(phone.screen.choices)]
        self.past.append((phone.state.serial, choice.action))
        phone.tap(nth % len(phone.screen.choices) + 1)

    @rule(who=st.integers(0, 1), text=WORDS)
    def types(self, who: int, text: str) -> None:
        self.phones[who].say(text)

    @rule(who=st.integers(0, 1), nth=st.integers(0, 99))
    def taps_an_old_button(self, who: int, nth: int) -> None:
        if self.past:
            self.phones[who].press(*self.past[nth % len(self.past)])

    @rule(who=st.integers(0, 1), name=st.sampled_from(PLACES), nth=st.integers(0, 3))
    def goes(self, who: int, name: str, nth: int) -> None:
        now = sitting(self.world.facts(self.phones[who].account_id))
        assert now
        self.phones[who].goto(Place.of(name, 1, now.groups[nth % len(now.groups)].key, 1))

    @rule(who=st.integers(0, 1), nth=st.integers(0, 25), grade=st.sampled_from([*GRADES, "none"]))
    def decides(self, who: int, nth: int, grade: str) -> None:
        """Straight to the reason for another grade; the screen may stop it."""
        phone, person = self.phones[who], PEOPLE[nth % len(PEOPLE)]
        phone.goto(Place.of("approval_reason", "p", person.id, grade))
        if phone.screen.waits_for:
            phone.say("Còn hai việc chậm hạn.")

    @rule(who=st.integers(0, 1), nth=st.integers(0, 25))
    def keeps(self, who: int, nth: int) -> None:
        phone = self.phones[who]
        phone.goto(Place.of("approval_one", "p", PEOPLE[nth % len(PEOPLE)].id))
        if any(label.startswith("Theo đề nghị") for label in phone.labels):
            phone.tap("Theo đề nghị")

    @rule(who=st.integers(0, 1), nth=st.integers(0, 3))
    def confirms(self, who: int, nth: int) -> None:
        self.goes(who, "approval_confirm", nth)
        if self.phones[who].labels[0].startswith("Xác nhận"):
            self.phones[who].tap(1)

    @rule(nth=st.integers(0, 25), grade=st.sampled_from(GRADES), later=st.booleans())
    def a_cell_proposes_anew(self, nth: int, grade: Grade, later: bool) -> None:
        self.world.passes(minutes=5 if later else 0)
        propose(self.world, PEOPLE[nth % len(PEOPLE)], grade)

    @invariant()
    def no_decided_group_is_above_its_ceiling(self) -> None:
        now = sitting(self.world.facts(DUNG.id))
        assert now
        for group in now.groups:
            assert group.standing.decided < group.standing.due or not group.standing.over_by


Evening.TestCase.settings = settings(
    max_examples=12, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
test_no_evening_leaves_a_group_above_its_ceiling = pytest.mark.timeout(200)(Evening.TestCase)
