"""One small phone over every door: what is on it, and going on from there by number or by words."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Protocol

from conversations.typed import command_of
from tests.end_to_end.house import House
from tests.end_to_end.visiting import Page, Visitor
from tests.end_to_end.walking import FAR, PEN, check_text, typed_for
from tests.fakes.bot_api import Person, Shown
from tests.fakes.texting import TextPhone
from tests.fakes.zalo_oa import OaPhone

_CHOICE = re.compile(r"(\d+)\. (.+)")
_FIRST_CHOICE = re.compile(r"^1\. ", re.MULTILINE)


class Phone(Protocol):
    """`text` is the present screen, `choices` its labels in order."""

    @property
    def text(self) -> str: ...

    @property
    def choices(self) -> list[str]: ...

    async def start(self, code: str) -> None:
        """From the invitation."""
        ...

    async def choose(self, number: int) -> None: ...

    async def type(self, text: str) -> None: ...


class TelegramPhone:
    def __init__(self, house: House, name: str) -> None:
        self._house = house
        self._person: Person = house.api.person(name)
        self._shown: Shown | None = None

    @property
    def text(self) -> str:
        return self._shown.text if self._shown else ""

    @property
    def choices(self) -> list[str]:
        return [label.split(" ", 1)[1] for label in self._shown.labels] if self._shown else []

    async def start(self, code: str) -> None:
        await self._person.start(code)
        self._shown = await self._person.screen()

    async def choose(self, number: int) -> None:
        self._shown = await self._house.taps(self._person, number, of=self._shown)

    async def type(self, text: str) -> None:
        self._shown = await self._house.asks(self._person, text)


@dataclass
class ZaloTexts:
    """Either Zalo: texts with numbers; buttons where the account sends some."""

    phone: TextPhone
    text: str = ""

    @property
    def choices(self) -> list[str]:
        lines = self.text.split("\n\n")[-1].splitlines()
        return [match[2] for line in lines if (match := _CHOICE.fullmatch(line))]

    async def start(self, code: str) -> None:
        await self.type(f"DK {code}")

    async def choose(self, number: int) -> None:
        if isinstance(self.phone, OaPhone) and self.phone.buttons:
            self.text = await self._whole(await self.phone.press(number))
        else:
            await self.type(str(number))

    async def type(self, text: str) -> None:
        self.text = await self._whole(await self.phone.asks(text))

    async def _whole(self, text: str) -> str:
        """A long screen comes in pieces; the last one says how to go on."""
        while not (PEN in text or _FIRST_CHOICE.search(text)):
            text = f"{text}\n{await self.phone.answer()}"
        return text


class WebPhone:
    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._page = Page("<main></main>")

    @property
    def text(self) -> str:
        """Everything on the page, also what stands in the box and what its keyboard is for."""
        main = self._page.main
        hints = [
            *re.findall(r'placeholder="([^"]*)"', main),
            *(["một con số"] if 'inputmode="decimal"' in main else []),
        ]
        return " ".join(unescape(" ".join([re.sub(r"<[^>]+>", " ", main), *hints])).split())

    @property
    def choices(self) -> list[str]:
        return [label for label, _ in self._page.choices]

    async def start(self, code: str) -> None:
        self._page = await self._visitor.enter(code)

    async def choose(self, number: int) -> None:
        self._page = await self._visitor.send(**self._page.choices[number - 1][1])

    async def type(self, text: str) -> None:
        command = command_of(text)
        if command:
            self._page = await self._visitor.command(self._page, command.name)
        else:
            self._page = await self._visitor.write(self._page, text)


async def choose_named(phone: Phone, label: str) -> None:
    """The first choice whose label contains this text."""
    numbers = [number for number, one in enumerate(phone.choices, 1) if label.lower() in one.lower()]
    assert numbers, f"no choice «{label}» among {phone.choices}"
    await phone.choose(numbers[0])


async def go_on(phone: Phone, until: str) -> list[str]:
    """Forward until a screen says `until`: words where ✍️ stands, else the first choice. All texts on the way."""
    seen = [phone.text]
    for _ in range(FAR):
        check_text(phone.text)
        if until in phone.text:
            return seen
        if PEN in phone.text:
            await phone.type(typed_for(phone.text))
        else:
            await phone.choose(1)
        seen.append(phone.text)
    raise AssertionError(f"never came to «{until}»; the last screens:\n" + "\n---\n".join(seen[-4:]))
