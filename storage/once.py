"""A question about the facts is asked once a turn: its answer is kept until an effect changes something."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Once(Protocol):
    """Answers a question, or gives the answer it had before."""

    def __call__(self, question: Any, answer: Callable[[], T]) -> T: ...


def of_part(once: Once, part: str) -> Once:
    """The same memory for one part of the facts: what it asks is never taken for a question of another."""

    def ask(question: Any, answer: Callable[[], T]) -> T:
        return once((part, question), answer)

    return ask
