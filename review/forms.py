"""Forms as data, and the walk through one: which questions stand, in which order, which are still missing."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate
from math import isfinite
from typing import Literal

from review.responses import Answers, Value

Kind = Literal["text", "choice", "many", "number", "date", "score", "people"]
ItemSource = Literal["writer", "carried", "suggested"]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a closed question. `ends` closes the whole form (a remark on somebody who has moved away)."""

    id: str
    label: str
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the answer under `key` is one of `any_of`."""

    key: str
    any_of: tuple[str, ...]

    def holds(self, answers: Answers) -> bool:
        """ "" in `any_of` stands for no answer; of a question with several answers one is enough."""
        value = answers.get(self.key)
        if is_blank(value):
            return "" in self.any_of
        return any(one in self.any_of for one in (value if isinstance(value, list) else (value,)))


@dataclass(frozen=True, slots=True)
class Question:
    """`title` is the official heading, `short` what a long one is called on a phone; `ask` the same in plain words;
    `max_points` belongs to kind "score"; `level_group` makes a choice the level of one criterion. `only_with`: it
    stands only when there are given items of this source (a level of mending needs something to mend).
    """

    id: str
    kind: Kind
    title: str
    ask: str
    example: str = ""
    help: str = ""
    options: tuple[Option, ...] = ()
    required: bool = True
    max_points: int = 0
    points_group: str = ""
    when: Condition | None = None
    hints: tuple[str, ...] = ()
    unverified: bool = False
    short: str = ""
    level_group: str = ""
    only_with: ItemSource | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Something a group asks about once: last year's shortcoming, a suggested point."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a form is opened with: items carried over from last year and points suggested by the upper level."""

    carried: tuple[Item, ...] = ()
    suggested: tuple[Item, ...] = ()

    def items(self, source: ItemSource) -> tuple[Item, ...]:
        return {"carried": self.carried, "suggested": self.suggested}.get(source, ())


@dataclass(frozen=True, slots=True)
class Group:
    """Questions asked once per item: the writer's own items (at least `least`, at most `most`) or given ones.

    With `least` 0 the group opens with `ask_first` under the key "<group>.0.more".
    """

    id: str
    questions: tuple[Question, ...]
    source: ItemSource = "writer"
    item_title: str = ""
    ask_more: str = ""
    least: int = 1
    most: int = 5
    ask_first: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the official form. `empty` is what the paper says when nothing was asked."""

    id: str
    numeral: str
    title: str
    blocks: tuple[Question | Group, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a rule pack. `version` is a short digest of its text, named by every button that answers it."""

    id: str
    title: str
    kind: str
    sections: tuple[Section, ...]
    version: str = ""
    template: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in its place. `number` of `total` counts main questions; follow-ups share their number."""

    key: str
    question: Question
    section: Section
    number: int = 0
    total: int = 0
    item: Item | None = None
    group: Group | None = None
    nth: int = 0
    follow_up: bool = False


MORE_OPTIONS = (Option("no", "Không, sang phần tiếp"), Option("yes", "Có, kể thêm"))
DEDUCTION_REASON = Question(
    "reason", "text", "Lý do trừ điểm", "Vì sao đồng chí tự trừ điểm ở tiêu chí này? Một câu là đủ."
)


def walk(form: Form, answers: Answers, given: Given = Given()) -> tuple[Asked, ...]:
    """The questions that stand now, in order: conditions met, groups as long as the writer made them."""
    places = list(_places(form, answers, given))
    numbers = tuple(accumulate(int(not place.follow_up) for place in places))
    return tuple(
        replace(place, number=number, total=numbers[-1]) for place, number in zip(places, numbers, strict=True)
    )


def missing(form: Form, answers: Answers, given: Given = Given()) -> tuple[Asked, ...]:
    """What must still be answered before the form may be submitted. This is the one definition of "not done"."""
    return tuple(
        asked
        for asked in walk(form, answers, given)
        if asked.question.required and not is_answer(asked.question, answers.get(asked.key))
    )


def is_blank(value: Value) -> bool:
    return value is None or value == "" or value == []


def is_answer(question: Question, value: Value) -> bool:
    """Whether a stored value answers the question as it is now: an option that is gone must be chosen again."""
    match question.kind:
        case "choice":
            return any(option.id == value for option in question.options)
        case "many":
            return isinstance(value, list) and bool(value) and {option.id for option in question.options} >= set(value)
        case "number":
            return _number(value) is not None
        case "score":
            points = _number(value)
            return points is not None and 0 <= points <= question.max_points
        case _:
            return isinstance(value, str) and value != ""


def _number(value: Value) -> float | None:
    """A finite number, or None; JSON's true and false are no numbers."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    return float(value) if is_number and isinstance(value, int | float) else None


def is_deduction(question: Question, value: Value) -> bool:
    """Whether points were taken off, so that a reason is owed (HD 43 family: every deduction is justified)."""
    return question.kind == "score" and is_answer(question, value) and value != question.max_points


def _places(form: Form, answers: Answers, given: Given) -> Iterator[Asked]:
    for section in form.sections:
        for block in section.blocks:
            parts = (
                _group(block, section, answers, given)
                if isinstance(block, Group)
                else _single(block, section, answers, given)
            )
            for place in parts:
                yield place
                if _ends(place.question, answers.get(place.key)):
                    return


def _ends(question: Question, value: Value) -> bool:
    return any(option.ends and option.id == value for option in question.options)


def _single(question: Question, section: Section, answers: Answers, given: Given) -> Iterator[Asked]:
    if question.when and not question.when.holds(answers):
        return
    if question.only_with and not given.items(question.only_with):
        return
    key = f"scores.{question.id}" if question.kind == "score" else question.id
    yield Asked(key, question, section)
    if is_deduction(question, answers.get(key)):
        yield Asked(f"{key}.reason", DEDUCTION_REASON, section, follow_up=True)


def _group(group: Group, section: Section, answers: Answers, given: Given) -> Iterator[Asked]:
    if group.source != "writer":
        yield from _given_items(group, section, given)
        return
    if group.least == 0:
        yield Asked(f"{group.id}.0.more", _more(group, group.ask_first), section, group=group)
    for nth in range(1, group.most + 1):
        if nth > group.least and answers.get(f"{group.id}.{nth - 1}.more") != "yes":
            return
        for question in group.questions:
            yield Asked(f"{group.id}.{nth}.{question.id}", question, section, group=group, nth=nth)
        if group.least <= nth < group.most:
            more = _more(group, group.ask_more)
            yield Asked(f"{group.id}.{nth}.more", more, section, group=group, nth=nth, follow_up=True)


def _given_items(group: Group, section: Section, given: Given) -> Iterator[Asked]:
    for nth, item in enumerate(given.items(group.source), 1):
        for question in group.questions:
            yield Asked(f"{group.id}.{item.id}.{question.id}", question, section, item=item, group=group, nth=nth)


def _more(group: Group, ask: str) -> Question:
    return Question("more", "choice", group.item_title, ask, options=MORE_OPTIONS)


@dataclass(slots=True)
class Assembled:
    """A response as the export and the papers show it: question ids of the contract, groups as lists."""

    answers: dict[str, object] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)
    score_reasons: dict[str, str] = field(default_factory=dict)
    self_grade: str | None = None


def assemble(form: Form, answers: Answers, given: Given = Given()) -> Assembled:
    """Nest the flat answers that stand; what was answered and no longer stands (a removed item) is left out."""
    done = Assembled()
    rows: dict[str, dict[str, object]] = {}
    for asked in walk(form, answers, given):
        value = answers.get(asked.key)
        if not is_answer(asked.question, value) or asked.question.id == "more":
            continue
        if asked.question.kind == "score":
            done.scores[asked.question.id] = float(str(value))
        elif asked.question is DEDUCTION_REASON:
            done.score_reasons[asked.key.split(".")[1]] = str(value)
        elif asked.group:
            row = _row(done, rows, asked, asked.group)
            row[asked.question.id] = value
        elif asked.question.id == "self_grade":
            done.self_grade = str(value)
        else:
            done.answers[asked.key] = value
    return done


def _row(done: Assembled, rows: dict[str, dict[str, object]], asked: Asked, group: Group) -> dict[str, object]:
    """The object of this item in the group's list; a given item also carries its own words."""
    around = asked.key.rpartition(".")[0]
    if around not in rows:
        rows[around] = {"item": asked.item.text} if asked.item else {}
        listed = done.answers.setdefault(group.id, [])
        assert isinstance(listed, list)
        listed.append(rows[around])
    return rows[around]
