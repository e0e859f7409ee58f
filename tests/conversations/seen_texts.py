"""The texts of others and of last year in the test world."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from review.people import Person
from review.responses import Answers

if TYPE_CHECKING:
    from tests.conversations.world import World


@dataclass(frozen=True)
class SeenTexts:
    world: "World"
    me: Person | None

    def previous(self, question: str) -> tuple[str, ...]:
        return _under(question, self.world.last_year.get(self.me.id, {})) if self.me else ()

    def colleagues(self, question: str) -> tuple[str, ...]:
        unit = self.me.unit if self.me else None
        theirs = [
            response.answers
            for response in self.world.responses.values()
            if response.kind == "self_review"
            and unit
            and self.me
            and response.subject_id != self.me.id
            and self.world.people[response.subject_id].unit == unit
        ]
        return tuple(text for answers in theirs for text in _under(question, answers))


def _under(question: str, answers: Answers) -> tuple[str, ...]:
    group, _, field = question.partition(".")
    parts = {key: key.split(".") for key in answers}
    return tuple(
        str(answers[key])
        for key, (first, *rest) in parts.items()
        if first == group and (rest[-1:] == [field] if field else not rest)
    )
