"""Telegram's HTML, read strictly into plain text and entities: as the real server does, and a bare & is a fault too."""

import re
from typing import Any

from tests.fakes.bot_api.errors import ApiError

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "s": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKEN = re.compile(r"<(/?)([a-z]+)>|&(?:([a-z]+)|#(\d+)|#x([0-9a-fA-F]+));|([^<&]+)|([<&])")


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def read_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    text, entities, opened = "", [], []
    for token in _TOKEN.finditer(source):
        closing, tag, named, decimal, hexadecimal, plain, stray = token.groups()
        if stray or (tag and tag not in TAGS) or (named and named not in _NAMED):
            raise ApiError(400, f"can't parse entities: unexpected {token.group()!r} at offset {token.start()}")
        if tag and not closing:
            opened.append((tag, units(text)))
        elif tag:
            if not opened or opened[-1][0] != tag:
                raise ApiError(400, f'can\'t parse entities: unexpected end tag "{tag}" at offset {token.start()}')
            _, start = opened.pop()
            entities.append({"type": TAGS[tag], "offset": start, "length": units(text) - start})
        else:
            number = int(decimal) if decimal else int(hexadecimal, 16) if hexadecimal else None
            text += chr(number) if number is not None else _NAMED[named] if named else plain
    if opened:
        raise ApiError(400, f"can't parse entities: can't find end tag corresponding to start tag \"{opened[-1][0]}\"")
    return text, [entity for entity in entities if entity["length"]]
