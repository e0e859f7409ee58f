"""What a dialogue is: how its screen looks, and what its choices and typed words do."""

from collections.abc import Callable
from dataclasses import dataclass

from conversations.effects import Effect
from conversations.facts import Facts
from conversations.place import Place
from conversations.screen import Screen


@dataclass(frozen=True, slots=True)
class Move:
    """Where an event leads. `stays` keeps the screen (and its buttons) and only says `note` above it."""

    to: Place | None = None
    effects: tuple[Effect, ...] = ()
    note: str = ""
    stays: bool = False


def stay(note: str) -> Move:
    return Move(note=note, stays=True)


def _nothing(place: Place, given: str, facts: Facts) -> Move:
    """For screens without acts or without ✍️: the step never gets here by itself, a forged event changes nothing."""
    return stay("")


@dataclass(frozen=True, slots=True)
class Dialogue:
    """`choose(place, act, facts)` is only called with an act that the present screen offers; `write` only under ✍️."""

    show: Callable[[Place, Facts], Screen]
    choose: Callable[[Place, str, Facts], Move] = _nothing
    write: Callable[[Place, str, Facts], Move] = _nothing
