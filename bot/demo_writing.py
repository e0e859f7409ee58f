"""How people of the sample ward fill a form: every question that stands, one after another, as the rules walk it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.demo_people import AHEAD, BLOCK, NEIGHBOURS, OFFICE, SCHOOL
from bot.demo_texts import texts
from review.forms import Asked, Form, Given, is_blank, walk
from review.people import Person
from review.responses import Grade, Value

_PLACES = {BLOCK: "block", NEIGHBOURS: "block", AHEAD: "block", SCHOOL: "school", OFFICE: "office"}
_ONE_IN = {"excellent": 11, "good": 4, "completed": 2}
"""Of so many small criteria one is marked a point lower."""
_TASK_LOSS = {"excellent": 1, "good": 4, "completed": 9}
"""At most so many points and one are missing from one of the large criteria, at least a third of them."""
LARGE = 10
STRANGERS = 7
"""One member in so many has moved away, as far as the contact knows."""


def voice_of(person: Person) -> Mapping[str, Any]:
    """What this person writes, by question: as people of the own place do, but for the own duties."""
    assert person.unit
    own = texts()["own_duties"].get(person.code)
    return {**texts()[_PLACES[person.unit.code]], **({"duties": [own]} if own else {})}


def review(
    voice: Mapping[str, Any], nth: int, form: Form, given: Given, grade: Grade, today: date
) -> Iterator[tuple[str, Value]]:
    """All answers to a self-review or a cell's review in the order asked. `nth` makes the people of a cell differ."""
    answers: dict[str, Value] = {}
    while asked := next((one for one in walk(form, answers, given) if one.key not in answers), None):
        answers[asked.key] = _answer(asked, voice, nth, grade, today)
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


def _answer(asked: Asked, voice: Mapping[str, Any], nth: int, grade: Grade, today: date) -> Value:
    match asked.question.kind:
        case "score":
            return _points(asked, nth, grade)
        case "date":
            return date(today.year + 1, 2 + nth % 3, 28).isoformat()
        case "choice":
            return _choice(asked, nth, grade)
        case "people":
            return _owners(asked, voice, nth)
        case _:
            return _words(asked, voice, nth)


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


def _owners(asked: Asked, voice: Mapping[str, Any], nth: int) -> Value:
    """By name; the form wants what stands behind it."""
    return [option.id for option in asked.question.options if option.label in _story(asked, voice, nth)["owners"]]


def _story(asked: Asked, voice: Mapping[str, Any], nth: int) -> Mapping[str, Any]:
    stories: list[Mapping[str, Any]] = voice["stories"]
    return stories[(nth + asked.nth) % len(stories)]


def _words(asked: Asked, voice: Mapping[str, Any], nth: int) -> Value:
    story = _story(asked, voice, nth)
    match asked.group.id if asked.group else "", asked.question.id:
        case "shortcomings", field:
            return str(story[field])
        case "measures", field:
            return str(story["short" if field == "shortcoming" else "measure"])
        case ("fixed" | "collective_part" | "explanations" as group, field):
            return _about_given(group, field, nth)
        case _, "reason":
            reasons = texts()["deduction"]
            return _pick(reasons.get(asked.key.split(".")[1], reasons["other"]), nth + asked.number)
        case _, "collective_part":
            return _pick(texts()["collective_part"], nth) if nth % 2 else ""
        case _, field:
            return _pick(voice[field], nth)


def _about_given(group: str, field: str, nth: int) -> Value:
    """Last year's promises, points of the upper level, and the own part in what the cell names."""
    if group == "fixed":
        return _pick(texts()["evidence"], nth)
    return str(texts()[f"explanation_{field}"])


def _pick(several: list[str], nth: int) -> str:
    return several[nth % len(several)]
