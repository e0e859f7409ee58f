"""From a screen's text to what a page shows: heading, paragraphs, the line that asks for typing. All is escaped."""

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from conversations.screen import Screen
from conversations.typed import COMMANDS

WRITE = "✍️"
SIGNS = {"✍️": "write", "✅": "done", "⏳": "open", "🔔": "bell", "📄": "paper"}
DEFAULT_HEADING = "Trợ lý kiểm điểm"
DEFAULT_LABEL = f"{WRITE} Đồng chí viết rồi gửi."

_SIGN = re.compile("|".join(SIGNS))
_BAR = re.compile("[▓░]+")
_COMMAND = re.compile(rf"(?<![\w/])/({'|'.join(COMMANDS)})\b")
_ADDRESS = re.compile(r"https?://[^\s<>]+")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)")
_SAID = re.compile("«([^«»]{1,30})»")
_ABOVE = re.compile(r"[^*\n]{1,80}")
_WHOLLY_ITALIC = re.compile(r"_[^_]+_")
_PART = re.compile(r"(\d+)/(\d+)")
_HEADING = re.compile(r"(?P<sign>\W{0,3})\*\*(?P<heading>[^*]+)\*\*(?P<rest>.*)")


@dataclass(frozen=True, slots=True)
class Line:
    """`signed`: it begins with a sign such as ✅, so its further rows are set in."""

    html: Markup
    signed: bool


@dataclass(frozen=True, slots=True)
class Card:
    """`above` is the line over the heading that says where in the form one is; `part` the same in figures (7, 22).
    `titled` is False when the screen has no heading of its own: the default one is then only heard, not seen.

    `beside` is what stands beside the heading, set off by a dash, a dot or brackets. `sayable` are the words
    that may be typed instead of a number or a date: number keys cannot type them, so they become buttons.
    """

    heading: Markup
    titled: bool
    beside: Markup
    above: Markup
    part: tuple[int, int] | None
    note: tuple[Line, ...]
    paragraphs: tuple[tuple[Line, ...], ...]
    label: Markup
    sayable: tuple[str, ...]


def card_of(screen: Screen) -> Card:
    text = screen.text.removeprefix(screen.note).strip()
    above, text = _take_above(text)
    heading, beside, text = _take_heading(text)
    label, sayable = "", ()
    if screen.waits_for:
        label, text, after = _take_label(text)
        if screen.waits_for != "text":
            sayable = tuple(_SAID.findall(after))
            after = "" if sayable else after
        text += after
    return Card(
        heading=_in_units(heading or DEFAULT_HEADING),
        titled=bool(heading),
        beside=inline(beside),
        above=inline(above),
        part=_part(above),
        note=_lines(screen.note),
        paragraphs=tuple(_lines(paragraph) for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()),
        label=inline(label or DEFAULT_LABEL),
        sayable=sayable,
    )


def inline(text: str) -> Markup:
    """One line with **bold**, _italic_, signs and bars; bold may hold italic, and tags are always closed."""
    html = Markup()
    for index, part in enumerate(_BOLD.split(text)):
        html += Markup("<strong>{}</strong>").format(_italics(part)) if index % 2 else _italics(part)
    return html


def label(text: str) -> Markup:
    """The words on a button: signs are drawn, nothing else is markup."""
    return Markup(_signs(text))  # noqa: S704


def _in_units(heading: str) -> Markup:
    """A heading breaks its line after a middle dot rather than anywhere."""
    *firsts, last = heading.split(" · ")
    units = [inline(f"{first} ·") for first in firsts] + [inline(last)]
    if not firsts:
        return units[0]
    return Markup(" ").join(Markup('<span class="unit">{}</span>').format(unit) for unit in units)


def _italics(text: str) -> Markup:
    html = Markup()
    for index, part in enumerate(_ITALIC.split(text)):
        html += Markup("<em>{}</em>").format(_drawn(part)) if index % 2 else _drawn(part)
    return html


def _drawn(text: str) -> Markup:
    """Signs and bars are drawn by the style sheet (old phones lack the characters); a command leads to the menu.

    An address is to be copied whole, and leads nowhere: anybody may have typed it into an answer.
    """
    html = _COMMAND.sub(lambda command: f'<a href="#menu">{command[0]}</a>', _signs(text))
    html = _ADDRESS.sub(lambda address: f'<span class="address">{address[0]}</span>', html)
    return Markup(_BAR.sub(lambda bar: _bar(bar[0]), html))  # noqa: S704


def _signs(text: str) -> str:
    return _SIGN.sub(lambda sign: f'<span class="sign {SIGNS[sign[0]]}">{sign[0]}</span>', str(escape(text)))


def _bar(bar: str) -> str:
    """Only heard as the figures beside it, so hidden from screen readers. "f7" is seven tenths full."""
    return f'<span class="bar f{10 * bar.count("▓") // len(bar)}" aria-hidden="true">{bar}</span>'


def _lines(text: str) -> tuple[Line, ...]:
    return tuple(Line(inline(line), bool(_SIGN.match(line))) for line in text.strip().splitlines() if line.strip())


def _take_above(text: str) -> tuple[str, str]:
    """(above, text): a plain first line right over a line that begins in bold."""
    first, _, others = text.partition("\n")
    if _ABOVE.fullmatch(first) and others.startswith("**"):
        return first, others
    return "", text


def _part(above: str) -> tuple[int, int] | None:
    found = _PART.search(above)
    return (int(found[1]), int(found[2])) if found else None


def _take_heading(text: str) -> tuple[str, str, str]:
    """(heading, beside, text): the bold words that open the first line, unless they begin a longer sentence."""
    first, _, others = text.partition("\n")
    match = _HEADING.fullmatch(first)
    if not match:
        return "", "", text
    heading, rest = match["sign"] + match["heading"], match["rest"].strip()
    following, _, after = others.partition("\n")
    if not rest and _WHOLLY_ITALIC.fullmatch(following):
        return heading, following, after  # the official heading under its short name
    if not rest or rest[0] in "·—–-(":
        return heading, rest.lstrip("·—–- "), others
    if match["heading"][-1] in ".:?…":
        return heading, "", f"{rest}\n{others}"
    return "", "", text


def _take_label(text: str) -> tuple[str, str, str]:
    """(label, before, after): the line with ✍️, which the box is labelled by, and what stands around it."""
    lines = text.splitlines(keepends=True)
    asking = next((index for index, line in enumerate(lines) if WRITE in line), None)
    if asking is None:
        return "", text, ""
    return lines[asking], "".join(lines[:asking]), "".join(lines[asking + 1 :])
