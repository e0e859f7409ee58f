"""A committee that lives through a year: commands for its operator, a web chat for everybody else, one clock."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.nursery import Nursery
from bot.papers import HousePapers
from bot.run import open_house
from bot.settings import Settings
from bot.tick_once import tick_once
from bot.turn import TurnRunner
from conversations.incoming import Asked, Chose, Event, Incoming, Typed
from conversations.screen import Screen
from handlers.port import Reply
from tests.bot.conftest import Ran

T = TypeVar("T")
FAR = 250
TYPED = {"text": "Vận động 14/16 hộ xóm 3 hiến đất, xong 30/09.", "number": "12", "date": "31/03/2027"}
Tusoi = Callable[..., Ran]


class Office:
    """`url` is the database that `tusoi` works on too. Everything here is sync: a test reads as a story."""

    def __init__(self, url: str, tusoi: Tusoi, now: datetime) -> None:
        self.now = now
        self._tusoi = tusoi
        self._runner = asyncio.Runner()
        self._settings = Settings(_env_file=None, database_url=url)  # type: ignore[call-arg]
        self._house = open_house(self._settings, lambda: self.now)
        self.turns = TurnRunner(self._house, Nursery())
        self.papers = HousePapers(self._house)

    def run(self, *argv: str | Path) -> str:
        """A command that succeeds; what it printed."""
        ran = self._tusoi(*argv)
        assert ran.status == 0, ran.err
        return ran.out

    def refused(self, *argv: str | Path) -> str:
        ran = self._tusoi(*argv)
        assert ran.status == 1, ran.out
        return ran.err

    def wait(self, doing: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(doing)

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def until(self, moment: datetime) -> None:
        """Live until then, hour by hour from 8 to 10, as the ticker would."""
        while self.now < moment:
            self.now = min(self.now + timedelta(hours=1), moment)
            if 8 <= self.now.hour < 10:
                self.wait(tick_once(self._settings, self.now))

    def until_day(self, month: int, day: int, *, years: int = 0) -> None:
        """Nothing happens until that morning; then live it until 10."""
        morning = self.now.replace(year=self.now.year + years, month=month, day=day, hour=7, minute=0)
        assert morning >= self.now
        self.now = morning
        self.until(morning.replace(hour=10))

    def close(self) -> None:
        self.wait(self._house.db.close())
        self._runner.close()


@dataclass
class Chat:
    """One person's web chat, in text. `sent` numbers the deliveries; `seen` are all screens, the newest last."""

    office: Office
    code: str
    sent: int = 0
    seen: list[str] = field(default_factory=list)
    _present: Reply | None = None

    @property
    def present(self) -> Reply:
        """As last seen; `look` sees what has come since."""
        return self._present or self.look()

    def look(self) -> Reply:
        self._present = self.office.wait(self.office.turns.present("web", self.code))
        return self._present

    @property
    def screen(self) -> Screen:
        return self.present.screen

    @property
    def text(self) -> str:
        return self.screen.text

    @property
    def labels(self) -> list[str]:
        return [choice.label for choice in self.screen.choices]

    def event(self, event: Event) -> Screen:
        self.sent += 1
        incoming = Incoming("web", f"{self.code}-{self.sent}", self.code, event)
        self.office.wait(self.office.turns.take(incoming))
        self.seen.append(self.look().screen.text)
        return self.screen

    def command(self, name: str, argument: str = "") -> Screen:
        return self.event(Asked(name, argument))

    def say(self, text: str) -> Screen:
        assert self.screen.waits_for, f"nothing is asked for:\n{self.shown}"
        return self.event(Typed(text))

    def tap(self, *labels: str) -> Screen:
        """One button after the other; the beginning of a label is enough, or a part that no label begins with."""
        for label in labels:
            found = [choice for choice in self.screen.choices if label in choice.label]
            choice = next(iter(sorted(found, key=lambda one: not one.label.startswith(label))), None)
            assert choice, f"no choice «{label}» on:\n{self.shown}"
            self.event(Chose(self.present.serial, choice.action))
        return self.screen

    def first(self) -> Screen:
        return self.tap(self.screen.choices[0].label)

    def forward(self, until: str, says: Callable[[str], str | None] = lambda _: None) -> Screen:
        """First choices, and words where ✍️ stands, until the screen says `until`.

        `says` may know better for a screen: a text to type, or "[label]" to tap.
        """
        for _ in range(FAR):
            screen = self.screen
            if until in screen.text:
                return screen
            said = says(screen.text)
            if said and said.startswith("["):
                self.tap(said.strip("[]"))
            elif screen.waits_for:
                self.say(said or TYPED[screen.waits_for])
            else:
                self.first()
        raise AssertionError(f"never came to «{until}»:\n{self.shown}")

    def paper(self, label: str = "") -> bytes:
        """The document handed over on this screen, or behind this choice."""
        if label:
            self.tap(label)
        [paper] = self.screen.papers
        made = self.office.wait(self.office.papers.make(paper, "web", self.code))
        assert made, f"no paper on:\n{self.shown}"
        return made.content

    @property
    def shown(self) -> str:
        return "\n".join([self.text, *(f"{nth}. {label}" for nth, label in enumerate(self.labels, 1))])
