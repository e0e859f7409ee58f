"""A long text before it is sent: shown back page by page, sent by a button that names these very words."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from conversations.form_answers import plain
from conversations.paging import Page, leaves, page_of, turn_pages
from conversations.place import Place
from conversations.screen import Choice, Screen


@dataclass(frozen=True, slots=True)
class Readback:
    """`place` without its page is where the text is read; `about` stands above it on every page."""

    title: str
    about: str
    text: str
    place: Place
    send: str
    back: Sequence[Choice]


def show(readback: Readback, number: int) -> Screen:
    """The first choice goes on reading, and on the last page sends."""
    page = page_of(leaves([plain(readback.text)], length=1100), number, size=1)
    turns = turn_pages(page, readback.place.name, *readback.place.args)
    send = Choice(readback.send, act=f"send.{tag(readback.text)}")
    ways = (*turns, *readback.back) if page.number < page.pages else (send, *turns, *readback.back)
    return Screen(f"{_head(readback, page)}\n\n“{''.join(page.rows)}”", ways)


def tag(text: str) -> str:
    """Other words, typed on another phone meanwhile, are shown before they are sent."""
    return sha256(text.encode()).hexdigest()[:8]


def _head(readback: Readback, page: Page[str]) -> str:
    about = f"\n\n{readback.about}" if readback.about else ""
    return f"**{readback.title}**{page.mark}{about}"
