"""A browser without JavaScript: follows the invitation link, reads the page, sends its forms."""

import re
from dataclasses import dataclass
from html import unescape

from aiohttp import ClientSession, CookieJar

from tests.end_to_end.walking import FAR, PEN, WORDS, check_text

_FORM = re.compile(r"<form.*?</form>", re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_LABEL = re.compile(r'<span class="number">\d+</span> <span>(.*?)</span></button>', re.DOTALL)


@dataclass
class Page:
    """`choices` are (label, fields) in order; `box` holds the fields of the writing form, if there is one."""

    html: str

    @property
    def main(self) -> str:
        return self.html.split("<main", 1)[1].split("</main>", 1)[0]

    @property
    def text(self) -> str:
        shown = re.sub(r"<form.*?</form>", " ", self.main, flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", shown.split(">", 1)[1])).split())

    @property
    def box(self) -> dict[str, str] | None:
        html = next((form for form in _FORM.findall(self.main) if "<textarea" in form), None)
        return _hidden(html) if html else None

    @property
    def choices(self) -> list[tuple[str, dict[str, str]]]:
        forms = [form for form in _FORM.findall(self.main) if 'name="choice"' in form]
        return [(unescape(re.sub(r"<[^>]+>", "", _LABEL.findall(form)[0])), _hidden(form)) for form in forms]

    @property
    def asks(self) -> str:
        """What the box asks for: its form and everything said on the page."""
        return unescape(self.main)


def _hidden(form: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _HIDDEN.findall(form)}


class Visitor:
    """One person's browser. Every page is checked against the contract."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.session = ClientSession(cookie_jar=CookieJar(unsafe=True))
        self.address = ""

    async def __aenter__(self) -> "Visitor":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()

    async def enter(self, code: str) -> Page:
        async with self.session.get(f"{self.base}/j/{code}") as answer:
            assert answer.status == 200, answer.status
            self.address = str(answer.url)
            return _checked(await answer.text())

    async def opens(self, link: str) -> Page:
        """A one-time link out of a chat: look at its page, press its button."""
        async with self.session.get(link) as answer:
            assert (answer.status, str(answer.url)) == (200, link)
            assert ">Mở</button>" in await answer.text()
        async with self.session.post(link) as answer:
            assert answer.status == 200, answer.status
            self.address = str(answer.url)
            return _checked(await answer.text())

    async def send(self, **fields: str) -> Page:
        async with self.session.post(f"{self.address}say", data=fields) as answer:
            assert answer.status == 200, answer.status
            return _checked(await answer.text())

    async def command(self, page: Page, name: str) -> Page:
        form = next(form for form in _FORM.findall(page.html) if f'value="{name}"' in form)
        return await self.send(**_hidden(form))

    async def choose(self, page: Page, label: str) -> Page:
        found = [fields for shown, fields in page.choices if label in shown]
        assert found, f"no choice «{label}» on {page.text[:400]} {[shown for shown, _ in page.choices]}"
        return await self.send(**found[0])

    async def write(self, page: Page, text: str) -> Page:
        assert page.box is not None
        return await self.send(**page.box, text=text)

    async def fetch(self, path: str) -> bytes:
        async with self.session.get(f"{self.address}{path}") as answer:
            assert answer.status == 200, answer.status
            return await answer.read()

    async def walk(self, page: Page, until: str) -> Page:
        """Forward: the first choice, or words where a box stands."""
        for _ in range(FAR):
            if until in page.text:
                return page
            page = await (
                self.write(page, _words_for(page)) if page.box is not None else self.send(**page.choices[0][1])
            )
        raise AssertionError(f"never came to «{until}»: {page.text[:800]}")


def _words_for(page: Page) -> str:
    if 'placeholder="ngày/tháng/năm"' in page.main:
        return "31/03/2027"
    return "1" if 'inputmode="decimal"' in page.main else WORDS


def _checked(html: str) -> Page:
    page = Page(html)
    assert (PEN in page.main) == (page.box is not None), f"✍️ and the box disagree: {page.text[:500]}"
    check_text(page.text)
    return page
