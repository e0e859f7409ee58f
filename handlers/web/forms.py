"""What a page sends: one of a choice, typed text or a command, always with the delivery number its page was given."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from aiohttp import web

from conversations.incoming import Asked, Chose, Typed
from conversations.screen import Paper, PaperKind

COMMANDS = {
    "menu": "Màn hình chính",
    "tonghop": "Tổng hợp của chi bộ",
    "nhac": "Nhắc người còn thiếu",
    "dulieu": "Dữ liệu của tôi",
    "trogiup": "Trợ giúp",
    "huy": "Rời bước này, giữ bản nháp",
}
_DELIVERY = re.compile(r"[0-9a-z-]{8,50}")
_NUMBER = re.compile(r"[0-9]{1,18}")
LONGEST_ACTION = 64


@dataclass(frozen=True, slots=True)
class Sent:
    """`text` is what was typed into the box, which must not get lost whatever happens."""

    delivery: str
    event: Typed | Chose | Asked
    text: str


def sent_of(form: Mapping[str, str]) -> Sent:
    """Raises HTTPBadRequest for what none of our pages sends."""
    delivery = form.get("delivery", "")
    if not _DELIVERY.fullmatch(delivery):
        raise web.HTTPBadRequest
    return Sent(delivery, _event(form), form.get("text", ""))


def _event(form: Mapping[str, str]) -> Typed | Chose | Asked:
    match sorted(form.keys() & {"choice", "text", "word", "command"}):
        case ["choice"] if len(form["choice"]) <= LONGEST_ACTION:
            return Chose(number_of(form.get("screen", "")), form["choice"])
        case ["text"]:
            return Typed(form["text"].replace("\r\n", "\n"), number_of(form.get("screen", "")))
        case ["word"]:
            return Typed(form["word"], number_of(form.get("screen", "")))
        case ["command"] if form["command"] in COMMANDS:
            return Asked(form["command"])
    raise web.HTTPBadRequest


def number_of(word: str) -> int:
    if not _NUMBER.fullmatch(word):
        raise web.HTTPBadRequest
    return int(word)


def paper_of(kind: str, about: str) -> Paper:
    """A paper by its address; whether this person may have it is judged where it is made."""
    for known in get_args(PaperKind):
        if kind == known:
            return Paper(known, number_of(about), title="")
    raise web.HTTPNotFound
