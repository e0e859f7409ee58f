"""How people of the sample ward fill a form: every question that stands, one after another, as the rules walk it."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from bot.demo_people import BLOCK, NEIGHBOURS, OFFICE, SCHOOL
from review.forms import Asked, Form, Given, is_blank, walk
from review.people import Person
from review.responses import Grade, Value

_PLACES = {BLOCK: "block", NEIGHBOURS: "block", SCHOOL: "school", OFFICE: "office"}
_ONE_IN = {"excellent": 11, "good": 4, "completed": 2}
"""Of so many small criteria one is marked a point lower."""
_TASK_LOSS = {"excellent": 1, "good": 4, "completed": 9}
"""At most so many points and one are missing from one of the large criteria, at least a third of them."""
LARGE = 10
STRANGERS = 7
"""One member in so many has moved away, as far as the contact knows."""


@cache
def texts() -> Mapping[str, Any]:
    """The bank of answers."""
    return tomllib.loads(files("bot").joinpath("demo_texts.toml").read_text("utf-8"))


def self_review(
    person: Person, nth: int, form: Form, given: Given, grade: Grade, today: date
) -> Iterator[tuple[str, Value]]:
    """All answers of one person in the order asked. `nth` makes the people of a cell differ."""
    answers: dict[str, Value] = {}
    while asked := next((one for one in walk(form, answers, given) if one.key not in answers), None):
        answers[asked.key] = _answer(asked, person, nth, grade, today)
        if not is_blank(answers[asked.key]):
            yield asked.key, answers[asked.key]


def remark(nth: int, form: Form) -> Iterator[tuple[str, Value]]:
    """A residence remark; every second one has words of its own."""
    answers: dict[str, Value] = {}
    while asked := next((one for one in walk(form, answers) if one.key not in answers), None):
        answers[asked.key] = _remarked(asked, nth)
        if not is_blank(answers[asked.key]):
            yield asked.key, answers[asked.key]


def _remarked(asked: Asked, nth: int) -> Value:
    options = asked.question.options
    if asked.question.kind == "text":
        return _pick(texts()["remark"], nth // 2) if nth % 2 else ""
    unknown = [option.id for option in options if option.ends]
    if unknown and nth % STRANGERS == STRANGERS - 1:
        return unknown[-1]
    return [option.id for option in options if not option.ends][(nth + asked.number) % 3 == 0]


def _answer(asked: Asked, person: Person, nth: int, grade: Grade, today: date) -> Value:
    match asked.question.kind:
        case "score":
            return _points(asked, nth, grade)
        case "date":
            return date(today.year + 1, 2 + nth % 3, 28).isoformat()
        case "choice":
            return _choice(asked, nth, grade)
        case _ if asked.key == "duties" and person.code in texts()["own_duties"]:
            return str(texts()["own_duties"][person.code])
        case _:
            assert person.unit
            return _words(asked, texts()[_PLACES[person.unit.code]], nth)


def _points(asked: Asked, nth: int, grade: Grade) -> Value:
    """Full points but for a few criteria; the large ones carry the difference between the grades."""
    most = asked.question.max_points
    if most >= LARGE:
        return most - _TASK_LOSS[grade] * (1 + (nth * 2 + asked.number) % 3) // 3 - nth % 2
    return most - ((nth + asked.number) % _ONE_IN[grade] == 0)


def _choice(asked: Asked, nth: int, grade: Grade) -> Value:
    if asked.question.id == "self_grade":
        return grade
    if asked.question.id == "more":
        return "yes" if nth % 3 == 0 and asked.nth == 1 else "no"
    return asked.question.options[nth % 2].id


def _words(asked: Asked, place: Mapping[str, Any], nth: int) -> Value:
    story = place["stories"][(nth + asked.nth) % len(place["stories"])]
    match asked.group.id if asked.group else "", asked.question.id:
        case "shortcomings", field:
            return str(story[field])
        case "measures", field:
            return str(story["short" if field == "shortcoming" else "measure"])
        case "fixed", _:
            return _pick(texts()["evidence"], nth)
        case "explanations", field:
            return str(texts()[f"explanation_{field}"])
        case _, "reason":
            reasons = texts()["deduction"]
            return _pick(reasons.get(asked.key.split(".")[1], reasons["other"]), nth + asked.number)
        case _, "collective_part":
            return _pick(texts()["collective_part"], nth) if nth % 2 else ""
        case _, field:
            return _pick(place[field], nth)


def _pick(several: list[str], nth: int) -> str:
    return several[nth % len(several)]
