"""Random events, crashes and a second device against a plain dict: the real turn on a real SQLite file."""

from typing import Any

import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from conversations.dialogues.form_question import is_side_word
from conversations.form_position import heading
from conversations.form_screens import chosen_value
from conversations.incoming import Asked, ChannelName, Chose, Event, Incoming, Typed, Unreadable
from conversations.screen import Choice
from conversations.typed import clean, command_of, number_of
from handlers.port import Reply
from handlers.telegram.draw import draw
from handlers.text import units
from review.answers import Refusal, read_answer
from review.forms import Asked as AskedQuestion
from review.forms import Given, is_blank, walk
from tests.bot.turn_desk import CHATS, Desk, Fate
from tests.conversations.phone import check_screen
from tests.storage.ward import PACK

FORM = PACK.forms["2C"]
FATES: st.SearchStrategy[Fate] = st.sampled_from(["arrives", "arrives", "arrives", "fails", "dies"])
CHANNELS: st.SearchStrategy[ChannelName] = st.sampled_from(["telegram", "telegram", "web"])
LONG = "a" * 8001
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["12", "31/03/2027", "quay lại", "Để sau", "1", "2.", "tong hop", "/menu", LONG, "\u0301\u200f"]),
)
WORDS: dict[str, str] = {"text": "Đã gặp 14/16 hộ, xong 30/09.", "number": "12", "date": "31/03/2027"}


class TurnMachine(RuleBasedStateMachine):
    """`model` is what was acknowledged: an answer counts from the moment its turn has returned."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self.model: dict[str, Any] = {}
        self.submitted = False
        self.unseen: set[int] = set()
        self.past: list[tuple[ChannelName, int, str]] = []
        self.delivered: list[Incoming] = []
        self.count = 0
        self.seen = self.desk.look()

    def teardown(self) -> None:
        self.desk.close()

    @rule(channel=CHANNELS, nth=st.integers(0, 9), fate=FATES)
    def taps(self, channel: ChannelName, nth: int, fate: Fate) -> None:
        now = self.present(channel)
        if now.screen.choices:
            choice = now.screen.choices[nth % len(now.screen.choices)]
            self.past.append((channel, now.serial, choice.action))
            self.sends(channel, Chose(now.serial, choice.action), fate)

    @rule(channel=CHANNELS, text=TEXTS, fate=FATES)
    def types(self, channel: ChannelName, text: str, fate: Fate) -> None:
        serial = self.present(channel).serial if channel == "web" else None
        self.sends(channel, Typed(text, serial), fate)

    @rule(nth=st.integers(0, 99), text=TEXTS)
    def types_on_an_old_page(self, nth: int, text: str) -> None:
        self.sends("web", Typed(text, self.present("web").serial - 1 - nth % 3), "arrives", counts=False)

    @rule(channel=CHANNELS, steps=st.integers(1, 8))
    def works(self, channel: ChannelName, steps: int) -> None:
        """Several steps forward at once, so that runs get to the receipt."""
        for _ in range(steps):
            now = self.present(channel)
            if now.screen.waits_for:
                text = (
                    WORDS[now.screen.waits_for] if now.screen.waits_for != "text" else f"{WORDS['text']} {self.count}"
                )
                self.sends(channel, Typed(text, now.serial if channel == "web" else None), "arrives")
            else:
                self.taps(channel, 0, "arrives")

    @rule(channel=CHANNELS, fate=FATES)
    def withdraws(self, channel: ChannelName, fate: Fate) -> None:
        """As far as the present screen offers a way to it."""
        for label in ("Xem bản đã nộp", "Rút lại để sửa", "Rút lại để sửa"):
            now = self.present(channel)
            choice = next((one for one in now.screen.choices if one.label.startswith(label)), None)
            if choice:
                self.sends(channel, Chose(now.serial, choice.action), fate)

    @rule(nth=st.integers(0, 99), fate=FATES)
    def taps_an_old_button(self, nth: int, fate: Fate) -> None:
        old = [(ch, serial, action) for ch, serial, action in self.past if serial != self.present(ch).serial]
        if old:
            channel, serial, action = old[nth % len(old)]
            self.sends(channel, Chose(serial, action), fate, counts=False)

    @rule(channel=CHANNELS, action=st.text(max_size=20), fate=FATES)
    def forges(self, channel: ChannelName, action: str, fate: Fate) -> None:
        self.sends(channel, Chose(self.present(channel).serial, action), fate, counts=False)

    @rule(nth=st.integers(0, 99))
    def is_delivered_again(self, nth: int) -> None:
        if self.delivered:
            arrived = self.desk.take(self.delivered[nth % len(self.delivered)])
            assert not arrived, "a repeat is not answered"

    @rule(
        channel=CHANNELS, name=st.sampled_from(["menu", "huy", "trogiup", "dulieu", "tonghop", "nhac", "start", "gì"])
    )
    def asks(self, channel: ChannelName, name: str) -> None:
        self.sends(channel, Asked(name), "arrives", counts=False)

    @rule(kind=st.sampled_from(["photo", "voice", "sticker", "edited"]), fate=FATES)
    def sends_what_is_no_text(self, kind: str, fate: Fate) -> None:
        self.sends("telegram", Unreadable(kind), fate, counts=False)

    @rule()
    def is_reminded(self) -> None:
        self.count += 1
        before = self.present("telegram").serial
        self.desk.nudge(f"slot {self.count}")
        self.seen = self.desk.look()
        now = self.present("telegram").serial
        assert (now == before) == self.submitted, "who has submitted hears nothing, everybody else hears it"
        self.unseen |= {now} - {before}

    @rule()
    def courier_goes_round(self) -> None:
        self.desk.courier()
        self.unseen.clear()

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        """At most until before the cell meets; whoever was about to deliver a reply has given up by then."""
        later = self.desk.now.replace(hour=(self.desk.now.hour + hours) % 24)
        self.desk.now = max(later, self.desk.now)

    @rule()
    def program_dies(self) -> None:
        self.desk.dies()

    def sends(self, channel: ChannelName, event: Event, fate: Fate, *, counts: bool = True) -> None:
        """One turn; `counts` False: nothing may come of it."""
        self.count += 1
        note(f"{channel}: {event} ({fate})")
        if counts:
            self.foresees(channel, event)
        incoming = Incoming(channel, f"d{self.count}", CHATS[channel], event)
        self.delivered.append(incoming)
        arrived = self.desk.take(incoming, fate)
        self.seen = self.desk.look()
        if channel == "telegram":
            serial = self.present(channel).serial
            self.unseen = self.unseen - {serial} if arrived and not self.owed(serial) else self.unseen | {serial}

    def owed(self, serial: int) -> bool:
        """An earlier reply with the same serial that never went out still waits for the courier."""
        return serial in self.unseen

    def foresees(self, channel: ChannelName, event: Event) -> None:
        """What the screen the person sees promises, written into the model."""
        now = self.present(channel)
        match event:
            case Chose(serial, action) if serial == now.serial:
                self.foresees_choice(now, next((c for c in now.screen.choices if c.action == action), None))
            case Typed(text) if not (channel == "telegram" and now.serial in self.unseen):
                self.foresees_words(now, text)

    def foresees_words(self, now: Reply, text: str) -> None:
        said, asked = clean(text), self.asked(now)
        if len(text) > 8000 or not said or command_of(said):
            return
        number = number_of(said)
        if number and number <= len(now.screen.choices):
            self.foresees_choice(now, now.screen.choices[number - 1])
        elif asked and now.screen.waits_for and not is_side_word(said):
            value = read_answer(asked.question, said, self.desk.now.date())
            if not isinstance(value, Refusal):
                self.model[asked.key] = value

    def foresees_choice(self, now: Reply, choice: Choice | None) -> None:
        act = choice.act if choice else ""
        if act.startswith("a."):
            asked = self.asked(now)
            assert asked, "an option stands on the screen of its question"
            value = chosen_value(asked, act, act.split(".")[1], self.model.get(asked.key))
            self.model |= {asked.key: value}
            self.model = {key: value for key, value in self.model.items() if not is_blank(value)}
        elif act.startswith(("submit", "withdraw.")):
            self.submitted = act.startswith("submit")

    def asked(self, now: Reply) -> AskedQuestion | None:
        """The question whose heading is on the screen, if one is and it can be answered there."""
        if self.submitted:
            return None
        walked = walk(FORM, self.model, Given())
        on_screen = [asked for asked in walked if heading(asked, walked) in now.screen.text]
        return max(on_screen, key=lambda asked: len(heading(asked, walked)), default=None)

    def present(self, channel: ChannelName) -> Reply:
        return self.seen.screens[channel]

    @invariant()
    def holds_what_was_acknowledged(self) -> None:
        self.seen = self.desk.look()
        assert self.seen.answers["HOA"] == self.model
        assert (self.seen.status == "submitted") == self.submitted

    @invariant()
    def the_present_screen_can_be_drawn(self) -> None:
        for channel in CHATS:
            now = self.present(channel)
            check_screen(now.screen)
            assert all(0 < units(part.html) <= 4096 for part in draw(now.screen, now.serial))

    @invariant()
    def nobody_else_is_touched(self) -> None:
        assert self.seen.answers["NAM"] == {}
        assert self.seen.audit_holds


TurnMachine.TestCase.settings = settings(
    max_examples=50, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
test_what_was_acknowledged_is_stored = pytest.mark.timeout(180)(TurnMachine.TestCase)
