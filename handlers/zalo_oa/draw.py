"""From a screen to the account's messages: numbered texts as on every Zalo, the last one with up to five buttons.

The numbers stand in the text also where there are buttons: an older phone shows none, and a person may type.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from conversations.screen import Choice, Screen
from handlers.numbered import texts

MAX_BUTTONS = 5
MAX_LABEL = 100


@dataclass(frozen=True, slots=True)
class Message:
    """`buttons` are their labels; the first answers with "1"."""

    text: str
    buttons: tuple[str, ...] = ()

    @property
    def content(self) -> dict[str, Any]:
        """As the interface takes it."""
        if not self.buttons:
            return {"text": self.text}
        buttons = [
            {"title": label, "type": "oa.query.show", "payload": str(number)}
            for number, label in enumerate(self.buttons, 1)
        ]
        return {"text": self.text, "attachment": {"type": "template", "payload": {"buttons": buttons}}}


def draw(screen: Screen, links: Sequence[str] = ()) -> list[Message]:
    """At least one message. `links` lead to the papers of the screen, in their order."""
    *before, last = texts(screen, links)
    return [*map(Message, before), Message(last, _buttons(screen.choices))]


def _buttons(choices: Sequence[Choice]) -> tuple[str, ...]:
    """All choices or none: a list that lacks some would hide them."""
    fits = len(choices) <= MAX_BUTTONS and all(len(choice.label) <= MAX_LABEL for choice in choices)
    return tuple(choice.label for choice in choices) if fits else ()
