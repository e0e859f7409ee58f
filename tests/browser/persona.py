"""A person at a phone who takes the first choice of every screen and types where ✍️ stands."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Page

SEEN = (
    "[...document.querySelectorAll('main, main .card, main .choices')].map(e => e.dataset.screen || e.innerText).join()"
)
FAR = 200  # screens; nobody needs more
WORDS = "Vận động 14/16 hộ tổ 3 hiến đất mở ngõ 12, được 86 mét, xong ngày 30/09."


@dataclass
class Persona:
    page: Page
    words: Callable[[str], str] = lambda _: WORDS

    async def heading(self) -> str:
        return await self.page.locator("h1").inner_text()

    async def text(self) -> str:
        """All of the screen, its choices too."""
        return await self.page.locator("main").inner_text()

    async def serial(self) -> str:
        return await self.page.locator("main").get_attribute("data-screen") or ""

    async def tap(self, label: str) -> None:
        """A choice by (a part of) its words."""
        await self._go(self.page.locator(".choices button", has_text=label).first.click)

    async def take(self, number: int) -> None:
        """A choice by its number."""
        await self._go(self.page.locator(".choices:not(.words) button").nth(number - 1).click)

    async def write(self, words: str) -> None:
        await self.page.locator("#text").fill(words)
        await self._go(self.page.get_by_role("button", name="Gửi", exact=True).click)

    async def ask(self, command: str) -> None:
        """From the menu."""
        await self.page.locator("summary").click()
        await self._go(self.page.locator(f"#menu form:has([value={command}]) button").click)

    async def forward(self) -> None:
        if await self.page.locator("#text").count():
            await self.write(typed_for(await self.text(), self.words))
        else:
            await self.take(1)

    async def walk(self, until: str) -> int:
        """Forward until a screen says `until`; how many steps that took."""
        for steps in range(FAR):
            if until in await self.text():
                return steps
            await self.forward()
        raise AssertionError(f"never came to «{until}»; the last screen:\n{await self.text()}")

    async def _go(self, act: Callable[[], Awaitable[None]]) -> None:
        """Until another screen is there, or the same one with another tick."""
        await self.page.bring_to_front()  # as a person would; a browser draws tabs behind others rarely
        before = await self.page.evaluate(SEEN)
        await act()
        await self.page.wait_for_function(f"old => {SEEN} !== old", arg=before)


def typed_for(text: str, words: Callable[[str], str]) -> str:
    """What a person types on a screen with ✍️: a number, a date or `words`."""
    if "số điểm" in text or "một con số" in text:
        return "1"
    return "31/03/2027" if "ngày/tháng/năm" in text else words(text)
