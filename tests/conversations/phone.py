"""A phone in a test: types and taps, goes through decide → effects → show, and keeps a transcript people can read.

The state is serialised to JSON and read back between all steps, so nothing can hide in memory.
"""

import json
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType

from conversations.effects import Effect
from conversations.incoming import Asked, Chose, Event, Nudged, Reached, Typed, Unreadable
from conversations.place import Place, State
from conversations.screen import MAX_ACTION_BYTES, Screen
from conversations.step import decide, show
from tests.conversations.world import World

MAX_SCREEN = 2000
MAX_LABEL = 60
GOLDEN = Path(__file__).parent / "golden"


def as_text(screen: Screen) -> str:
    """A screen where there are no buttons: the text, then one numbered choice a line."""
    lines = [screen.text] if screen.text else []
    lines += [f"{number}. {choice.label}" for number, choice in enumerate(screen.choices, 1)]
    lines += [f"📎 {paper.title}" for paper in screen.papers]
    return "\n".join(lines)


def check_screen(screen: Screen) -> None:
    """What every screen of every dialogue owes (the contract, and the limits of the channels)."""
    shown = as_text(screen)
    assert screen.text.strip(), "a screen without text"
    assert len(shown) <= MAX_SCREEN, f"{len(shown)} characters:\n{shown}"
    assert ("✍️" in screen.text) == (screen.waits_for is not None), f"✍️ and waits_for disagree:\n{shown}"
    assert screen.choices or screen.waits_for in ("number", "date"), f"no way on:\n{shown}"
    acts = [choice.act for choice in screen.choices if not choice.to]
    assert len(set(acts)) == len(acts), f"two choices do the same: {acts}"
    for choice in screen.choices:
        assert 0 < len(choice.label) <= MAX_LABEL, f"label of {len(choice.label)} characters: {choice.label}"
        assert len(choice.action.encode()) <= MAX_ACTION_BYTES, f"{len(choice.action.encode())} bytes: {choice.action}"
        assert choice.action.isascii(), choice.action


def effect_line(effect: Effect) -> str:
    values = []
    for entry in fields(effect):
        value = getattr(effect, entry.name)
        values.append(f"{entry.name}={dict(value) if isinstance(value, MappingProxyType) else value!r}")
    return f"{type(effect).__name__}({', '.join(values)})"


class Phone:
    """One account's phone. `effects` holds those of the last event; `log` everything ever said, as lines."""

    def __init__(self, world: World, account_id: int = 1, name: str = "") -> None:
        self.world = world
        self.account_id = account_id
        person = world.people.get(world.accounts[account_id].person_id or 0)
        self.name = name or (person.name if person else "Người mới")
        self.effects: tuple[Effect, ...] = ()
        self.log: list[str] = []
        self._state = "null"

    @property
    def state(self) -> State:
        return State.from_json(json.loads(self._state))

    @property
    def screen(self) -> Screen:
        screen = show(self.state, self.world.facts(self.account_id))
        check_screen(screen)
        return screen

    @property
    def text(self) -> str:
        return self.screen.text

    @property
    def labels(self) -> list[str]:
        return [choice.label for choice in self.screen.choices]

    @property
    def transcript(self) -> str:
        return "\n".join(self.log) + "\n"

    def say(self, text: str, serial: int | None = None) -> Screen:
        return self._event(Typed(text, serial), text if len(text) < 300 else f"{text[:60]}… ({len(text)} chữ cái)")

    def tap(self, which: int | str = 1) -> Screen:
        """A button by number (from 1) or by label (its beginning is enough), also one behind "Việc khác"."""
        choices = self.screen.choices
        if isinstance(which, str) and not any(c.label.startswith(which) for c in choices):
            more = next((c for c in choices if c.label == "Việc khác"), None)
            if more:
                self._event(Chose(self.state.serial, more.action), "[Việc khác]")
                choices = self.screen.choices
        if isinstance(which, int):
            choice = choices[which - 1]
        else:
            found = [c for c in choices if c.label == which] or [c for c in choices if c.label.startswith(which)]
            assert found, f"no choice «{which}» on:\n{as_text(self.screen)}"
            choice = found[0]
        return self._event(Chose(self.state.serial, choice.action), f"[{choice.label}]")

    def press(self, serial: int, action: str) -> Screen:
        """A raw button: old, forged, or of another screen."""
        return self._event(Chose(serial, action), f"[{serial}.{action}]")

    def ask(self, command: str, argument: str = "") -> Screen:
        return self._event(Asked(command, argument), f"/{command} {argument}".strip())

    def send(self, kind: str) -> Screen:
        """Something that is not text: "photo", "voice", …"""
        return self._event(Unreadable(kind), f"({kind})")

    def nudge(self, notice_id: int) -> Screen:
        return self._event(Nudged(notice_id), f"(đến giờ: việc báo {notice_id})")

    def reach(self, can_be_reached: bool) -> Screen:
        return self._event(Reached(can_be_reached), f"(nhắn được: {can_be_reached})")

    def goto(self, place: Place) -> Screen:
        """Stand somewhere at once, as if a choice had led there; nothing goes into the transcript."""
        self._keep(self.state.moved(place))
        return self.screen

    def remark(self, line: str) -> None:
        """A line of explanation in the transcript."""
        self.log.append(f"--- {line}")

    def _event(self, event: Event, said: str) -> Screen:
        decision = decide(self.state, event, self.world.facts(self.account_id))
        self.effects = decision.effects
        for effect in decision.effects:
            self.world.apply(self.account_id, effect)
        self._keep(decision.state)
        screen = self.screen
        assert screen == self.screen, "shown again, it is another screen"
        self.log.append(f"{self.name}: {said}")
        self.log += [f"    ⇒ {effect_line(effect)}" for effect in decision.effects]
        if decision.speaks:
            self.log += ["Tự Soi:", *(f"    {line}".rstrip() for line in as_text(screen).split("\n"))]
        return screen

    def _keep(self, state: State) -> None:
        self._state = json.dumps(state.to_json())
        assert len(self._state) < 1000 or state.note, "state is small"


def check_golden(name: str, transcript: str, update: bool) -> None:
    """Compare with golden/<name>.txt; `pytest --update-golden` writes it anew."""
    path = GOLDEN / f"{name}.txt"
    if update:
        path.write_text(transcript, encoding="utf-8")
    assert path.exists(), f"{path} is missing: run pytest --update-golden and read what it wrote"
    assert transcript == path.read_text(encoding="utf-8"), (
        f"differs from {path.name}: pytest --update-golden, then git diff"
    )
