"""From a screen to plain messages of Zalo: the choices stand one a line, to be answered by their number."""

import unicodedata
from collections.abc import Sequence

from conversations.screen import Screen
from handlers.text import plain, split

MAX_TEXT = 2000


def texts(screen: Screen, links: Sequence[str] = ()) -> list[str]:
    """The messages of a screen, at least one. `links` lead to its papers, in their order."""
    choices = "\n".join(f"{number}. {choice.label}" for number, choice in enumerate(screen.choices, 1))
    papers = "\n".join(f"📄 {paper.title}: {link}" for paper, link in zip(screen.papers, links, strict=True))
    parts = (plain(screen.text), papers, choices)
    return split(unicodedata.normalize("NFC", "\n\n".join(part for part in parts if part)), MAX_TEXT)
