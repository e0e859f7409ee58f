"""Forms as data, and the walk through one: which questions stand, in which order, which are still missing."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate
from math import isfinite

from review.form_shapes import Asked, Condition, Form, Group, Kind, Question, Section, is_blank
from review.given import NOTHING_GIVEN, Given, Item, ItemSource, Option
from review.responses import Answers, Value

__all__ = [
    "COLLECTIVE_PART", "Asked", "Assembled", "Condition", "Form", "Given", "Group", "Item", "ItemSource", "Kind",
    "Option", "Question", "Section", "assemble", "is_answer", "is_blank", "is_deduction", "missing", "walk",
]  # fmt: skip

COLLECTIVE_PART = "collective_part"
OWN_PART_ASK = "Phần trách nhiệm của riêng đồng chí trong việc này là gì? Đồng chí đã làm gì, hoặc chưa làm gì?"
MORE_OPTIONS = (Option("no", "Không, sang phần tiếp"), Option("yes", "Có, kể thêm"))
DEDUCTION_REASON = Question(
    "reason", "text", "Lý do trừ điểm", "Vì sao đồng chí tự trừ điểm ở tiêu chí này? Một câu là đủ."
)


def walk(form: Form, answers: Answers, given: Given = NOTHING_GIVEN) -> tuple[Asked, ...]:
    """The questions that stand now, in order: conditions met, groups as long as the writer made them."""
    places = list(_places(form, answers, given))
    numbers = tuple(accumulate(int(not place.follow_up) for place in places))
    return tuple(
        replace(place, number=number, total=numbers[-1]) for place, number in zip(places, numbers, strict=True)
    )


def missing(form: Form, answers: Answers, given: Given = NOTHING_GIVEN) -> tuple[Asked, ...]:
    """What must still be answered before the form may be submitted. This is the one definition of "not done"."""
    return tuple(
        asked
        for asked in walk(form, answers, given)
        if asked.question.required and not is_answer(asked.question, answers.get(asked.key))
    )


def is_answer(question: Question, value: Value) -> bool:
    """Whether a stored value answers the question as it is now: an option that is gone must be chosen again."""
    match question.kind:
        case "choice":
            return any(option.id == value for option in question.options)
        case "many" | "people":
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
    for section in form.asking_order:
        for block in section.blocks:
            for place in _block(block, section, answers, given):
                yield _opened(place, given)
                if _ends(place.question, answers.get(place.key)):
                    return


def _block(block: Question | Group, section: Section, answers: Answers, given: Given) -> Iterator[Asked]:
    if isinstance(block, Group):
        yield from _group(block, section, answers, given)
        return
    if block.id == COLLECTIVE_PART and given.collective:
        yield from _given_items(_part_in(block), section, given)
        if is_blank(answers.get(block.id)):
            return
    yield from _single(block, section, answers, given)


def _opened(place: Asked, given: Given) -> Asked:
    """The question as it stands for this writer: whom it may name; nothing is owed to what was taken back."""
    question = place.question
    if question.kind == "people":
        question = replace(question, options=given.people)
    if place.item and place.item.withdrawn:
        question = replace(question, required=False)
    return place if question is place.question else replace(place, question=question)


def _part_in(question: Question) -> Group:
    """Section V once the collective review has named this writer: each fault is answered for by itself."""
    own_part = replace(question, id="own_part", ask=OWN_PART_ASK, required=True)
    return Group(COLLECTIVE_PART, (own_part,), "collective", "Hạn chế, khuyết điểm của tập thể")


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


def assemble(form: Form, answers: Answers, given: Given = NOTHING_GIVEN) -> Assembled:
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
        elif asked.key.partition(".")[0] == COLLECTIVE_PART:
            before = done.answers.get(COLLECTIVE_PART)
            done.answers[COLLECTIVE_PART] = f"{before}\n{value}" if before else value
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
