"""What others and one's own last year wrote under a question: only to be compared with, never to be shown."""

from typing import Protocol


class TextFacts(Protocol):
    """Of the person this account is bound to; a question as hints name it ("duties", "shortcomings.text")."""

    def previous(self, question: str) -> tuple[str, ...]:
        """The person's own answers in the review before this one."""
        ...

    def colleagues(self, question: str) -> tuple[str, ...]:
        """Answers of the other members of the same cell in this review, drafted or submitted, the newest first."""
        ...
