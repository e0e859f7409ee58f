"""Long things over several screens: lists a few at a time, long texts a page at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from conversations.place import Place
from conversations.screen import Choice

ROWS = 8
MOST_CHOICES = 10
PAGE_LENGTH = 1400  # characters: leaves room for the heading, a note and the choices within 2,000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`number` counts from 1 to `pages`; `first` is the position of the page's first row, from 1."""

    rows: tuple[T, ...]
    number: int
    pages: int
    first: int

    @property
    def mark(self) -> str:
        return f" · trang {self.number}/{self.pages}" if self.pages > 1 else ""


def page_of(rows: Sequence[T], number: int, size: int = ROWS) -> Page[T]:
    """A page by its number; a number that does not exist (any more) is the nearest one that does."""
    pages = max(1, -(-len(rows) // size))
    number = min(max(number, 1), pages)
    start = (number - 1) * size
    return Page(tuple(rows[start : start + size]), number, pages, start + 1)


def turn_pages(page: Page[T], name: str, *args: str | int) -> tuple[Choice, ...]:
    """The choices to the next and the previous page of the place `name` with `args` and the page as last argument."""
    choices = []
    if page.number < page.pages:
        choices.append(Choice("Trang sau", to=Place.of(name, *args, page.number + 1)))
    if page.number > 1:
        choices.append(Choice("Trang trước", to=Place.of(name, *args, page.number - 1)))
    return tuple(choices)


def folded(choices: Sequence[Choice], more: Place, *back: Choice) -> tuple[Choice, ...]:
    """The choices and the ways back; where they are too many for a screen, the last ones behind "Việc khác"."""
    if len(choices) + len(back) <= MOST_CHOICES:
        return (*choices, *back)
    return (*choices[: MOST_CHOICES - 1 - len(back)], Choice("Việc khác", to=more), *back)


def folded_away(choices: Sequence[Choice], back: int) -> Sequence[Choice]:
    """What `folded` put behind "Việc khác" beside so many ways back."""
    return choices[MOST_CHOICES - 1 - back :]


def leaves(paragraphs: Iterable[str], length: int = PAGE_LENGTH) -> tuple[str, ...]:
    """The paragraphs in order, put together to texts of at most `length` characters; too long ones are cut apart."""
    done: list[str] = []
    for paragraph in paragraphs:
        for part in _parts(paragraph, length):
            if done and len(done[-1]) + 2 + len(part) <= length:
                done[-1] += f"\n\n{part}"
            else:
                done.append(part)
    return tuple(done)


def _parts(text: str, length: int) -> Iterable[str]:
    while len(text) > length:
        at = max(text.rfind(" ", 0, length), text.rfind("\n", 0, length))
        at = at if at > length // 2 else length
        yield text[:at].rstrip()
        text = text[at:].lstrip()
    if text:
        yield text
