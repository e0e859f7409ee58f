"""What every chat channel does with the text of a screen: its two marks, its pieces."""

import re

BOLD = re.compile(r"\*\*(.+?)\*\*")
ITALIC = re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)")


def plain(text: str) -> str:
    """Without the marks of **bold** and _italic_, for a channel that shows neither."""
    return ITALIC.sub(r"\1", BOLD.sub(r"\1", text))


def split(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` UTF-16 units, cut between paragraphs, else lines, else words, else anywhere."""
    pieces = []
    while units(text) > limit:
        head = _head(text, limit)
        cut = next((at for at in (head.rfind(gap) for gap in ("\n\n", "\n", " ")) if at > len(head) // 2), len(head))
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*pieces, text] if text or not pieces else pieces


def units(text: str) -> int:
    """Length as Telegram counts it: never less than the number of characters."""
    return len(text.encode("utf-16-le")) // 2


def _head(text: str, limit: int) -> str:
    return text.encode("utf-16-le")[: limit * 2].decode("utf-16-le", "ignore")
