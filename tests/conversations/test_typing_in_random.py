"""One secretary types in for two members, in any order: what belongs to one never comes to the other."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from conversations.effects import NoteSignature, SaveAnswer, Submit, TypeIn, Withdraw
from conversations.form_status import KIND_CODES, form_place, question_place
from conversations.place import Place
from review.forms import is_blank
from review.people import Person
from review.responses import Value
from tests.conversations.crowd import BLOCK, BLOCK_MEMBERS, LAN, crowd, file
from tests.conversations.phone import Phone

AN, BAY, QUE = BLOCK_MEMBERS[0], BLOCK_MEMBERS[1], BLOCK_MEMBERS[6]
TWO: Sequence[Person] = (AN, QUE)
PLACES = ("form", "form_sections", "form_preview", "form_text", "form_receipt", "form_paper", "form_withdraw")
SAID = st.sampled_from(
    ["Đã gặp 14/16 hộ, xong 30/09.", "12", "31/03/2027", "để sau", "quay lại", "bỏ qua", "1", "2", "/menu"]
)


class TypingInMachine(RuleBasedStateMachine):
    """Against two plain dicts. Every effect names the member whose name stands over the screen it came from."""

    def __init__(self) -> None:
        super().__init__()
        self.world = crowd()
        for person in self.world.people.values():
            if person not in TWO:
                self.world.people[person.id] = replace(person, form=None)
        file(self.world, "self_review", BAY, {"conduct": "Của riêng Bảy."}, sent=False)
        self.lan = Phone(self.world, LAN.id)
        self.model: dict[int, dict[str, Value]] = {person.id: {} for person in TWO}
        self.past: list[tuple[int, str]] = []
        self.turns_to(0)

    @property
    def named(self) -> Person | None:
        """Who stands over the screen."""
        return next(
            (one for one in TWO if f"**{one.name}**" in self.lan.text or f"cho {one.name}**" in self.lan.text), None
        )

    @rule(which=st.integers(0, 1))
    def turns_to(self, which: int) -> None:
        self.lan.goto(form_place("form", "self_review", TWO[which].id))

    @rule(which=st.integers(0, 1), name=st.sampled_from(PLACES))
    def goes(self, which: int, name: str) -> None:
        self.lan.goto(form_place(name, "self_review", TWO[which].id))

    @rule(which=st.integers(0, 1), name=st.sampled_from(["type_in", "typed_in", "signature", "signature_day"]))
    def goes_beside(self, which: int, name: str) -> None:
        self.lan.goto(Place.of(name, TWO[which].id))

    @rule(which=st.integers(0, 1))
    def looks_up(self, which: int) -> None:
        self.lan.goto(Place.of("cell_person", BLOCK.id, TWO[which].id))

    @rule(which=st.integers(0, 1), nth=st.integers(0, 60))
    def jumps_back(self, which: int, nth: int) -> None:
        keys = sorted(self.model[TWO[which].id])
        if keys:
            self.lan.goto(question_place("self_review", TWO[which].id, keys[nth % len(keys)]))

    @rule(text=SAID)
    def types(self, text: str) -> None:
        before, key = self.named, self._key()
        self.lan.say(text)
        self._follow(before, key)

    @rule(nth=st.integers(0, 12))
    def taps(self, nth: int) -> None:
        choices = self.lan.screen.choices
        if choices:
            before, key = self.named, self._key()
            self.past.append((self.lan.state.serial, choices[nth % len(choices)].action))
            self.lan.tap(nth % len(choices) + 1)
            self._follow(before, key)

    @rule(nth=st.integers(0, 60))
    def taps_a_button_of_another_screen(self, nth: int) -> None:
        """An old one, or one of the other member's screen pressed under this serial."""
        if self.past:
            serial, action = self.past[nth % len(self.past)]
            offered = {choice.action for choice in self.lan.screen.choices}
            for pressed in {serial, self.lan.state.serial}:
                if pressed != self.lan.state.serial or action not in offered:
                    self.lan.press(pressed, action)
                    assert not self.lan.effects

    @rule(steps=st.integers(1, 14))
    def works(self, steps: int) -> None:
        """Several answers at once, so that runs get far."""
        for _ in range(steps):
            waits_for = self.lan.screen.waits_for
            if waits_for:
                self.types({"text": "Đã gặp 14/16 hộ, xong 30/09.", "number": "12", "date": "31/03/2027"}[waits_for])
            else:
                self.taps(0)

    def _key(self) -> str:
        place = self.lan.state.place
        return place.word(2) if place.name == "form" and place.word(0) == KIND_CODES["self_review"] else ""

    def _follow(self, named: Person | None, key: str) -> None:
        for effect in self.lan.effects:
            match effect:
                case SaveAnswer(kind="self_review", subject_id=subject):
                    assert named
                    assert (subject, effect.key) == (named.id, key)
                    answers = {**self.model[subject], effect.key: effect.value}
                    self.model[subject] = {one: value for one, value in answers.items() if not is_blank(value)}
                case TypeIn(person_id):
                    assert named
                    assert named.id == person_id
                case Submit(response_id) | Withdraw(response_id) | NoteSignature(response_id):
                    response = self.world.responses[response_id]
                    if response.kind == "self_review":
                        assert named
                        assert response.subject_id == named.id

    @invariant()
    def each_has_what_was_typed_for_him(self) -> None:
        for person in TWO:
            response = self.world.find("self_review", person.id)
            assert dict(response.answers if response else {}) == self.model[person.id]
            assert response is None or response.typed_in
        assert self.world.find("self_review", BAY.id) == self.world.responses[1], "nobody touched what its owner began"


TypingInMachine.TestCase.settings = settings(
    max_examples=12, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
test_two_papers_never_mix = pytest.mark.timeout(120)(TypingInMachine.TestCase)
