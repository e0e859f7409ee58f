"""A screen as JSON, for the outbox: what is needed to draw it again after a crash."""

from typing import Any

from conversations.place import unpack_place
from conversations.screen import Choice, Paper, Screen


def to_json(screen: Screen) -> dict[str, Any]:
    return {
        "text": screen.text,
        "choices": [[choice.label, choice.action] for choice in screen.choices],
        "waits_for": screen.waits_for,
        "papers": [[paper.kind, paper.about, paper.title] for paper in screen.papers],
        "keeps": screen.keeps,
        "note": screen.note,
    }


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
