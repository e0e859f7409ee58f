"""People who fill the whole 2C form with words that name them and the question they were typed for."""

import asyncio
import re
from dataclasses import dataclass, field
from random import Random
from typing import Any

from conversations.form_position import heading
from conversations.form_screens import answer_choices, chosen_value
from review.forms import Asked, Given, walk
from tests.end_to_end.committee import PACK
from tests.end_to_end.house import House
from tests.end_to_end.walking import PEN
from tests.fakes.bot_api import Person, Query, Shown

FORM = PACK.forms["2C"]
PATIENCE = 180.0  # a phone may be unlucky through all the kills; afterwards it must get on
DONE = "Mã biên nhận"
SAVED = "Đã lưu"
_NUMBERED = re.compile(r" · (câu|tiêu chí) \d+/\d+")
_COUNTED = re.compile(r"câu \d+/\d+")
_DATA = re.compile(r"(\d+)k?\.(.+)")
_ANSWER = re.compile(r"!a\.\w+\.([^ ]+)\.([^.]+)")


@dataclass(frozen=True)
class Attempt:
    """What was sent on the screen `serial`, after so many screens had been seen. `button` holds an option's act.

    `question` is what the screen asked, in its own words.
    """

    question: str
    typed: str
    button: str
    serial: int
    seen: int


def serial_of(shown: Shown) -> int | None:
    match = _DATA.fullmatch(shown.buttons[0][1]) if shown.buttons else None
    return int(match[1]) if match else None


def question_on(shown: Shown) -> str:
    """The text of a screen that asks a question of the form, without the running number; empty on other screens."""
    return masked(shown.text) if _NUMBERED.search(shown.text) else ""


def masked(text: str) -> str:
    """A question's number moves when items are added, a criterion's does not."""
    return _COUNTED.sub("câu #", text.replace("**", "").replace("\n_", "\n"))


def heading_of(asked: Asked, walked: tuple[Asked, ...]) -> str:
    """As it stands on the phone, where nothing marks bold and italics."""
    return masked(heading(asked, walked)).removesuffix("_")


@dataclass
class Writer:
    """One person in closed loop: reads the newest screen, answers it, waits until it is answered."""

    house: House
    code: str
    phone: Person
    rng: Random
    attempts: list[Attempt] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    ids: set[int] = field(default_factory=set)
    noise: bool = True

    async def joins(self, invitation: str) -> None:
        self._sent(await self.phone.start(invitation))
        await self._answered(-1)

    async def fills(self) -> None:
        """From wherever the form stands to the receipt."""
        while DONE not in (shown := self.display).text:
            if self.noise and self.rng.random() < 0.3:
                await self._disturbs(shown)
            await self._acts(shown)
            await self._answered(serial_of(shown) or 0)

    @property
    def display(self) -> Shown:
        """The newest screen: a message that was repeated late does not take its place."""
        newest = self.phone.shown[0]
        for shown in self.phone.shown:
            if (serial_of(shown) or 0) >= (serial_of(newest) or 0):
                newest = shown
        return newest

    @property
    def acknowledged(self) -> list[Attempt]:
        """The attempts whose next screen said that they were saved."""
        said = [(nth, serial_of(shown), shown.text.startswith(SAVED)) for nth, shown in enumerate(self.phone.shown)]
        return [
            attempt
            for attempt in self.attempts
            if any(nth >= attempt.seen and serial == attempt.serial + 1 and saved for nth, serial, saved in said)
        ]

    @property
    def transcript(self) -> str:
        """What was seen and sent, in order."""
        lines = [(nth + 0.5, f"  saw {serial_of(s)}: {s.text[:90]!r}") for nth, s in enumerate(self.phone.shown)]
        lines += [(float(one.seen), f"SENT on {one.serial}: {one.typed or one.button}") for one in self.attempts]
        return "\n".join(line for _, line in sorted(lines))

    async def _acts(self, shown: Shown) -> None:
        question, serial = question_on(shown), serial_of(shown) or 0
        if PEN in shown.text:
            typed = self._words(shown, question)
            if question:
                self.attempts.append(Attempt(question, typed, "", serial, len(self.phone.shown)))
            self._sent(await self.phone.send(typed))
            return
        _, data = self._choice(shown)
        if question and _ANSWER.search(data):
            self.attempts.append(Attempt(question, "", data.partition(".")[2][1:], serial, len(self.phone.shown)))
        for _ in range(2 if self.noise and self.rng.random() < 0.1 else 1):
            self._tapped(await self.phone.tap_data(data, shown.message_id))

    def _choice(self, shown: Shown) -> tuple[str, str]:
        """Mostly the first; now and then a deduction, which then asks for its reason."""
        answers = [button for button in shown.buttons if _ANSWER.search(button[1])]
        if len(answers) > 1 and "scores" in answers[0][1] and self.rng.random() < 0.25:
            return answers[1]
        return shown.buttons[0]

    def _words(self, shown: Shown, question: str) -> str:
        if "ngày/tháng/năm" in shown.text:
            return f"{self.rng.randint(1, 28):02}/{self.rng.randint(1, 12):02}/2027"
        assert question, shown.text
        asked = _NUMBERED.split(question.split("\n\n", maxsplit=1)[0])[-1]
        return f"{self.code} · {asked.strip()} · lần {len(self.attempts)}, xong 30/09."

    async def _disturbs(self, shown: Shown) -> None:
        """A stale tap, or a delivery that comes again."""
        old = [one for one in self.phone.shown if (serial_of(one) or 0) < (serial_of(shown) or 0) and one.buttons]
        if self.updates and (not old or self.rng.random() < 0.5):
            self.house.api.updates.put_raw(self.rng.choice(self.updates[-5:]))
        elif old:
            stale = self.rng.choice(old[-5:])
            self._tapped(await self.phone.tap_data(self.rng.choice(stale.buttons)[1], stale.message_id))

    def _tapped(self, _: Query) -> None:
        self._sent(self.house.api.updates.next_id)

    def _sent(self, update_id: int) -> None:
        self.ids.add(update_id)
        self.updates += [update for update in self.house.api.updates.queue if update["update_id"] == update_id]

    async def _answered(self, serial: int) -> None:
        """Until a later screen has come, or nothing more can come."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not self._has_moved(serial) and not self._all_said():
                    await self.house.something()
        except TimeoutError:
            said = "\n---\n".join(shown.text for shown in self.phone.shown[-3:])
            raise AssertionError(f"{self.code} is stuck at screen {serial}:\n{said}") from None

    def _has_moved(self, serial: int) -> bool:
        """A reminder that comes in between is no answer to what was sent before it."""
        if not self.phone.shown or (serial_of(self.display) or 0) <= serial:
            return False
        return not (self.display.text.startswith("🔔") and self._pending())

    def _all_said(self) -> bool:
        return bool(self.phone.shown) and not self._pending() and not self.house.owed(self.phone)

    def _pending(self) -> bool:
        return any(update["update_id"] in self.ids for update in self.house.api.updates.queue)


def check_answers(writer: Writer) -> int:
    """What is stored is what was acknowledged, each under the question that was on the screen; how many answers."""
    stored = writer.house.committee.answers_of(writer.code)
    walked = walk(FORM, stored, Given())
    headings = {asked.key: heading_of(asked, walked) for asked in walked}
    possible: dict[str, list[Any]] = {}
    owed: set[str] = set()
    acknowledged = writer.acknowledged
    for attempt in writer.attempts:
        is_acknowledged = any(attempt is one for one in acknowledged)
        fitting = [asked for asked in walked if headings[asked.key] in attempt.question]
        assert fitting or not is_acknowledged, f"{writer.code}: {attempt} was acknowledged, and its question is gone"
        if not fitting:
            continue
        asked = max(fitting, key=lambda one: len(headings[one.key]))
        # A crash may swallow the word "Đã lưu": what was sent since the last one heard may be stored as well.
        possible[asked.key] = [*([] if is_acknowledged else possible.get(asked.key, [])), _value(asked, attempt)]
        owed |= {asked.key} if is_acknowledged else set()
    wrong = {key for key in stored if stored[key] not in possible.get(key, [])} | (owed - set(stored))
    assert not wrong, f"{writer.code}: {_differences(stored, possible, wrong)}\n{writer.transcript}"
    return len(stored)


def _value(asked: Asked, attempt: Attempt) -> Any:
    if attempt.button:
        tag = attempt.button.split(".")[1]
        choices = answer_choices(asked, None, tag)
        assert any(choice.act == attempt.button for choice in choices), f"{attempt} is not about {asked.key}"
        return chosen_value(asked, attempt.button, tag, None)
    if asked.question.kind == "date":
        return "-".join(reversed(attempt.typed.split("/")))
    return attempt.typed


def _differences(stored: dict[str, Any], possible: dict[str, list[Any]], wrong: set[str]) -> str:
    return "\n".join(f"{key}: stored {stored.get(key)!r}, sent {possible.get(key)!r}" for key in sorted(wrong))
