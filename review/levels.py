"""The four levels by which criteria were judged before points came (132-QĐ/TW 2018, 124-QĐ/TW 2023)."""

from collections.abc import Iterator, Mapping
from typing import Literal, cast, get_args

from review.forms import Form, Given, Question, is_answer, walk
from review.responses import Answers

Level = Literal["excellent", "good", "average", "poor"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""From the highest to the lowest."""
LEVEL_LABELS: Mapping[Level, str] = {
    "excellent": "Xuất sắc",
    "good": "Tốt",
    "average": "Trung bình",
    "poor": "Kém",
}


def reaches(level: Level, least: Level) -> bool:
    return LEVELS.index(level) <= LEVELS.index(least)


def level_questions(form: Form) -> Iterator[Question]:
    """The criteria of a form that are judged by level, in its order."""
    for section in form.sections:
        for block in section.blocks:
            if isinstance(block, Question) and block.level_group:
                yield block


def levels_of(form: Form, answers: Answers, given: Given) -> dict[str, Level | None]:
    """The level of every criterion that stands, by question id; None where none is chosen yet."""
    return {
        asked.key: cast(Level, answers[asked.key]) if is_answer(asked.question, answers.get(asked.key)) else None
        for asked in walk(form, answers, given)
        if asked.question.level_group
    }
