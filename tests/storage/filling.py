"""Filling forms of the small pack in as few words as possible."""

from conversations.effects import SaveAnswer
from review.forms import walk
from review.responses import Value
from tests.conversations.small_pack import SMALL_PACK

ENOUGH: dict[str, Value] = {"text": "Đủ.", "number": 3, "date": "2027-02-28", "many": ["nd"]}


def answer(subject_id: int, key: str, value: Value) -> SaveAnswer:
    return SaveAnswer("self_review", subject_id, "2C", key, value)


def remark(subject_id: int, key: str, value: Value) -> SaveAnswer:
    return SaveAnswer("residence_remark", subject_id, "residence_remark", key, value)


def complete(subject_id: int, **given: Value) -> list[SaveAnswer]:
    """Every answer a self-review needs, with these ("shortcomings__1__text") instead of the usual ones."""
    wanted = {key.replace("__", "."): value for key, value in given.items()}
    answers: dict[str, Value] = {}
    while True:
        open_keys = [asked for asked in walk(SMALL_PACK.forms["2C"], answers) if asked.key not in answers]
        if not open_keys:
            return [answer(subject_id, key, value) for key, value in answers.items()]
        asked = open_keys[0]
        usual: Value = ENOUGH.get(asked.question.kind, asked.question.max_points)
        if asked.question.kind == "choice":
            usual = asked.question.options[0].id
        answers[asked.key] = wanted.get(asked.key, usual)
