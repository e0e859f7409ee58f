"""From a screen to Telegram's HTML and buttons, free of any library: replies and the courier draw alike."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from conversations.screen import Choice, Screen
from handlers.text import BOLD, ITALIC, split

MAX_TEXT = 4096
MAX_DATA_BYTES = 64
ROW_CHARACTERS = 32  # what a narrow phone shows in one row of buttons
MAX_IN_ROW = 4


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Part:
    """One message. Only the last part of a screen has buttons."""

    html: str
    rows: tuple[tuple[Button, ...], ...] = ()


def draw(screen: Screen, serial: int) -> tuple[Part, ...]:
    """The messages of a screen, at least one."""
    *first, last = split(screen.text, MAX_TEXT)
    return (*(Part(to_html(text)) for text in first), Part(to_html(last), keyboard(screen, serial)))


def to_html(text: str) -> str:
    """**bold** and _italic_ within a line; a marker without its partner and everything else is shown as it stands."""
    return _marked(BOLD, "b", text, lambda part: _marked(ITALIC, "i", part, escape))


def _marked(pattern: re.Pattern[str], tag: str, text: str, inside: Callable[[str], str]) -> str:
    parts = enumerate(pattern.split(text))
    return "".join(f"<{tag}>{inside(part)}</{tag}>" if index % 2 else inside(part) for index, part in parts)


def keyboard(screen: Screen, serial: int) -> tuple[tuple[Button, ...], ...]:
    """Numbered buttons in the order of the choices; short neighbours share a row."""
    rows: list[list[Button]] = []
    for number, choice in enumerate(screen.choices, 1):
        button = Button(f"{number} {choice.label}", button_data(screen, serial, choice))
        if rows and _fit([*rows[-1], button]):
            rows[-1].append(button)
        else:
            rows.append([button])
    return tuple(map(tuple, rows))


def button_data(screen: Screen, serial: int, choice: Choice) -> str:
    """`serial.action`. A "k" after the serial says that this screen keeps: the next one is not drawn over it."""
    data = f"{serial}{'k' if screen.keeps else ''}.{choice.action}"
    assert len(data.encode()) <= MAX_DATA_BYTES, f"a button of {len(data.encode())} bytes"
    return data


def _fit(row: list[Button]) -> bool:
    longest = ROW_CHARACTERS // len(row) - 2
    return len(row) <= MAX_IN_ROW and all(len(button.label) <= longest for button in row)
