"""Random walks: nobody gets stuck, and every answer is filed under the key of the screen it was given on."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from conversations.dialogues.form_question import is_side_word
from conversations.effects import SaveAnswer
from conversations.form_position import heading
from conversations.form_status import form_place, question_place
from conversations.typed import clean, command_of, number_of
from review.answers import Refusal, read_answer
from review.forms import Asked, is_blank, walk
from review.responses import Value
from tests.conversations.driving import drive, to_form
from tests.conversations.phone import Phone
from tests.conversations.village import HOA, village
from tests.conversations.world import World

TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["12", "12,5", "31/03/2027", "tháng 6/2027", "quay lại", "để sau", "bỏ qua", "/menu", "1", "a" * 8001]
    ),
)
EVENTS = st.one_of(
    st.tuples(st.just("tap"), st.integers(0, 12)),
    st.tuples(st.just("say"), TEXTS),
    st.tuples(st.just("old"), st.integers(0, 12)),
    st.tuples(st.just("send"), st.sampled_from(["photo", "voice", "edited"])),
)
PLACES = ("form", "form_sections", "form_preview", "form_text", "form_receipt", "form_paper", "form_withdraw")


def happen(phone: Phone, kind: str, what: int | str) -> None:
    if kind == "tap" and phone.screen.choices:
        phone.tap(int(what) % len(phone.screen.choices) + 1)
    elif kind == "old" and phone.screen.choices:
        choice = phone.screen.choices[int(what) % len(phone.screen.choices)]
        phone.press(phone.state.serial - 1, choice.action)
    elif kind == "say":
        phone.say(str(what))
    elif kind == "send":
        phone.send(str(what))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EVENTS, max_size=25))
def test_from_anywhere_first_choices_reach_the_receipt(events: list[tuple[str, int | str]]) -> None:
    phone = Phone(village())
    to_form(phone)
    for kind, what in events:
        happen(phone, kind, what)
    drive(phone)


class FormMachine(RuleBasedStateMachine):
    """Against a plain dict: only an answer on its own screen changes it, and only under that screen's key."""

    def __init__(self) -> None:
        super().__init__()
        self.world: World = village()
        self.phone = Phone(self.world)
        self.model: dict[str, Value] = {}
        self.submitted = False
        self.past: list[tuple[int, str]] = []
        to_form(self.phone)

    @property
    def asked(self) -> Asked | None:
        """The question whose heading is on the screen, if one is."""
        if self.phone.state.place.name != "form" or self.submitted:
            return None
        assert self.world.pack
        walked = walk(self.world.pack.forms["2C"], self.model, self.world.givens[HOA.id])
        on_screen = [a for a in walked if heading(a, walked) in self.phone.text]
        return next((a for a in on_screen if a.key == self.phone.state.place.word(2)), None)

    @rule(text=TEXTS)
    def types(self, text: str) -> None:
        asked, waits_for, choices = self.asked, self.phone.screen.waits_for, self.phone.screen.choices
        self.phone.say(text)
        said = clean(text)
        number = number_of(said)
        if len(text) > 8000 or not said or command_of(said) or (number and number <= len(choices)):
            self.follow(asked)
        elif asked and waits_for and not is_side_word(said):
            value = read_answer(asked.question, said, self.world.now.date())
            if not isinstance(value, Refusal):
                self.model[asked.key] = value
        else:
            assert not self.saves

    @rule(nth=st.integers(0, 12))
    def taps(self, nth: int) -> None:
        choices = self.phone.screen.choices
        if choices:
            choice = choices[nth % len(choices)]
            asked = self.asked
            self.past.append((self.phone.state.serial, choice.action))
            self.phone.tap(nth % len(choices) + 1)
            if choice.label == "Nộp":
                self.submitted = True
            elif choice.act.startswith("withdraw."):
                self.submitted = False
            self.follow(asked)

    @rule(nth=st.integers(0, 60))
    def taps_an_old_button(self, nth: int) -> None:
        old = [(serial, action) for serial, action in self.past if serial != self.phone.state.serial]
        if old:
            self.phone.press(*old[nth % len(old)])
            assert not self.phone.effects

    @rule(action=st.text(max_size=20))
    def forges(self, action: str) -> None:
        self.phone.press(self.phone.state.serial, action)
        assert not self.phone.effects

    @precondition(lambda self: self.model and not self.submitted)
    @rule(nth=st.integers(0, 60), mode=st.sampled_from(["", "e"]))
    def jumps_back(self, nth: int, mode: str) -> None:
        key = sorted(self.model)[nth % len(self.model)]
        self.phone.goto(question_place("self_review", HOA.id, key, mode))

    @rule(name=st.sampled_from(PLACES))
    def goes(self, name: str) -> None:
        self.phone.goto(form_place(name, "self_review", HOA.id))

    @rule()
    def goes_on(self) -> None:
        to_form(self.phone)

    @rule(steps=st.integers(1, 12))
    def works(self, steps: int) -> None:
        """Several answers at once, so that runs get far."""
        for _ in range(steps):
            waits_for = self.phone.screen.waits_for
            if waits_for:
                self.types({"text": "Đã gặp 14/16 hộ, xong 30/09.", "number": "12", "date": "31/03/2027"}[waits_for])
            else:
                self.taps(0)

    def follow(self, asked: Asked | None) -> None:
        """A choice that files an answer names its question: the one on the screen."""
        for effect in self.saves:
            assert asked
            assert effect.key == asked.key
            self.model[effect.key] = effect.value
        self.model = {key: value for key, value in self.model.items() if not is_blank(value)}
        self.submitted = bool(self.response_status not in ("draft", ""))

    @property
    def saves(self) -> list[SaveAnswer]:
        return [effect for effect in self.phone.effects if isinstance(effect, SaveAnswer)]

    @property
    def response_status(self) -> str:
        response = self.world.find("self_review", HOA.id)
        return response.status if response else ""

    @invariant()
    def holds_what_was_answered(self) -> None:
        response = self.world.find("self_review", HOA.id)
        assert dict(response.answers if response else {}) == self.model
        assert self.submitted == (self.response_status == "submitted")


FormMachine.TestCase.settings = settings(
    max_examples=10, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
test_answers_are_filed_where_they_were_given = pytest.mark.timeout(120)(FormMachine.TestCase)
