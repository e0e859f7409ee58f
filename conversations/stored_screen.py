"""A screen as JSON, for the outbox: what is needed to draw it again after a crash."""

from typing import Any, get_args

from conversations.place import unpack_place
from conversations.screen import Choice, Paper, Screen, Waiting


def to_json(screen: Screen) -> dict[str, Any]:
    return {
        "text": screen.text,
        "choices": [[choice.label, choice.action] for choice in screen.choices],
        "waits_for": screen.waits_for,
        "papers": [[paper.kind, paper.about, paper.title] for paper in screen.papers],
        "keeps": screen.keeps,
        "note": screen.note,
    }


def read_screen(data: Any) -> Screen | None:
    """The screen, or None when this is none that this version can draw."""
    try:
        screen = from_json(data)
    except (LookupError, TypeError, ValueError, AttributeError):
        return None
    words = [screen.text, screen.note, *(choice.label for choice in screen.choices)]
    words += [word for paper in screen.papers for word in (paper.kind, paper.title)]
    sound = all(isinstance(word, str) for word in words) and screen.waits_for in (None, *get_args(Waiting))
    return screen if sound else None


def from_json(data: dict[str, Any]) -> Screen:
    return Screen(
        data["text"],
        tuple(_choice(label, action) for label, action in data["choices"]),
        data["waits_for"],
        tuple(Paper(*paper) for paper in data["papers"]),
        data["keeps"],
        data["note"],
    )


def _choice(label: str, action: str) -> Choice:
    kind, packed = action[0], action[1:]
    return Choice(label, to=unpack_place(packed)) if kind == ">" else Choice(label, act=packed)
