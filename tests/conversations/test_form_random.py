"""Random walks: nobody gets stuck, and every answer is filed under the key of the screen it was given on."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from conversations.dialogues.form_question import is_side_word
from conversations.effects import SaveAnswer
from conversations.form_position import heading
from conversations.form_status import form_place, given_for, question_place
from conversations.typed import clean, command_of, number_of
from review.answers import Refusal, read_answer
from review.forms import Asked, Given, Item, is_blank, walk
from review.responses import ResponseKind, Value
from tests.conversations.driving import drive, to_form
from tests.conversations.phone import Phone
from tests.conversations.village import BLOCK, HOA, LAN, village
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

    kind: ResponseKind = "self_review"
    subject = HOA.id
    form = "2C"

    def new_phone(self) -> Phone:
        return Phone(self.world)

    def __init__(self) -> None:
        super().__init__()
        self.world: World = village()
        self.phone = self.new_phone()
        self.model: dict[str, Value] = {}
        self.submitted = False
        self.past: list[tuple[int, str]] = []
        self.goes_on()

    @property
    def given(self) -> Given:
        return given_for(self.world.facts(self.phone.account_id), self.kind, self.subject)

    @property
    def asked(self) -> Asked | None:
        """The question whose heading is on the screen, if one is."""
        if self.phone.state.place.name != "form" or self.submitted:
            return None
        assert self.world.pack
        walked = walk(self.world.pack.forms[self.form], self.model, self.given)
        on_screen = [a for a in walked if heading(a, walked) in self.phone.text]
        return next((a for a in on_screen if a.key == self.phone.state.place.word(2)), None)

    @rule(text=TEXTS)
    def types(self, text: str) -> None:
        asked, waits_for, choices = self.asked, self.phone.screen.waits_for, self.phone.screen.choices
        self.phone.say(text)
        said = clean(text)
        number = number_of(said)
        is_name = asked is not None and asked.question.kind == "people"
        is_choice = number is not None and 0 < number <= len(choices)
        if is_name or is_choice or len(text) > 8000 or not said or command_of(said):
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
        self.phone.goto(question_place(self.kind, self.subject, key, mode))

    @rule(name=st.sampled_from(PLACES))
    def goes(self, name: str) -> None:
        self.phone.goto(form_place(name, self.kind, self.subject))

    @rule()
    def goes_on(self) -> None:
        self.phone.goto(form_place("form", self.kind, self.subject))

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
        response = self.world.find(self.kind, self.subject)
        return response.status if response else ""

    @invariant()
    def holds_what_was_answered(self) -> None:
        response = self.world.find(self.kind, self.subject)
        assert dict(response.answers if response else {}) == self.model
        assert self.submitted == (self.response_status == "submitted")


class CollectiveMachine(FormMachine):
    """The cell's own review, in which people are named; a promise of last year and a point stand in it."""

    kind: ResponseKind = "collective_review"
    subject = BLOCK.id
    form = "01"

    def new_phone(self) -> Phone:
        self.world.unit_givens[BLOCK.id] = Given((Item("21", "Họp chậm."),), (Item("22", "Thu quỹ chậm."),))
        for nth in range(9):
            member = replace(HOA, id=100 + nth, code=f"X{nth}", name=f"Trần Văn Nam {nth}")
            self.world.people[member.id] = member
        self.world.people[LAN.id] = replace(LAN, form=None)  # she has no other form to stray into
        self.world.refused = set(self.world.people)  # nor anybody to type in for
        return Phone(self.world, LAN.id)

    @rule(name=st.sampled_from(["nam", "hoa", "trần văn nam 3", "không ai", "quay lại"]))
    def finds_a_name(self, name: str) -> None:
        if "Tìm theo tên" in self.phone.labels:
            self.phone.tap("Tìm theo tên")
            self.types(name)


class NamedMachine(FormMachine):
    """A member whom the collective review names, and whom the upper level has raised a point with."""

    def new_phone(self) -> Phone:
        self.world.givens[HOA.id] = Given(
            (Item("7", "Gặp nốt 3 hộ."),), (Item("9", "Hồ sơ đất."),), (Item("11", "Chi bộ họp chậm."),)
        )
        return Phone(self.world)


for machine, runs in ((FormMachine, 10), (CollectiveMachine, 5), (NamedMachine, 5)):
    machine.TestCase.settings = settings(
        max_examples=runs, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
test_answers_are_filed_where_they_were_given = pytest.mark.timeout(120)(FormMachine.TestCase)
test_so_are_those_of_a_cell = pytest.mark.timeout(120)(CollectiveMachine.TestCase)
test_so_are_those_about_items_of_the_collective = pytest.mark.timeout(120)(NamedMachine.TestCase)
