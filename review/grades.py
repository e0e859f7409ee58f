"""A grade proposed from points and facts, with its reasons. A person decides, always (366-QĐ/TW, Art. 11)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from review.forms import Form, Given, is_answer, walk
from review.pack_model import FACT_KINDS, FactName, GradeCondition, GradeRule, Pack
from review.responses import GRADES, Answers, Grade

Fact = float | bool | str
"""A percentage (0-100), yes or no, or a grade."""
Facts = Mapping[FactName, Fact]

NOTHING_GIVEN = Given()
_YES_NO = {"yes": True, "có": True, "true": True, "no": False, "không": False, "false": False}


class BadFact(ValueError):
    """A score or fact that cannot be used, with the reason in words."""


STILL_NEEDED = "Mức này còn cần: "
"""Begins a reason that only a person can judge."""


@dataclass(frozen=True, slots=True)
class Points:
    """Points the writer gave, of 30, 70 and 100. `missing` counts the criteria without points yet."""

    common: float
    tasks: float
    total: float
    missing: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """`needs_human`: a condition is unknown, unverified, or points and conditions lead to different grades.

    `grade` is None only while points are missing; `points` is set when a form was read.
    """

    grade: Grade | None
    reasons: tuple[str, ...]
    needs_human: bool
    points: Points | None = None


def points(form: Form, answers: Answers) -> Points:
    """The sum by group of criteria, to a hundredth of a point."""
    given: dict[str, float] = {}
    missing = 0
    for asked in walk(form, answers):
        if asked.question.kind != "score":
            continue
        if is_answer(asked.question, answers.get(asked.key)):
            group = asked.question.points_group
            given[group] = given.get(group, 0.0) + float(str(answers[asked.key]))
        else:
            missing += 1
    common, tasks = round(given.get("common", 0), 2), round(given.get("tasks", 0), 2)
    return Points(common, tasks, round(sum(given.values()), 2), missing)


def propose_self_grade(pack: Pack, form: Form, answers: Answers, given: Given = NOTHING_GIVEN) -> Proposal:
    """What the writer's own points lead to, and what the grade still asks for besides points."""
    found = points(form, answers)
    if found.missing:
        return Proposal(None, (f"Còn {found.missing} tiêu chí chưa chấm điểm.",), needs_human=True, points=found)
    return replace(propose_grade(pack, form.id, found.total, _known(form, answers, given)), points=found)


def propose_grade(pack: Pack, form_name: str, score: float, facts: Facts) -> Proposal:
    """Walk down from the top: the first grade whose points and conditions all hold.

    Which grade applies when points suffice and a condition is missing is not stated in 366-QĐ/TW, so a human decides.
    Raises BadFact when the pack has no such self-review, or the score is not between 0 and 100.
    """
    form = pack.forms.get(form_name)
    if form is None or form.kind != "self_review":
        raise BadFact(f"gói quy tắc này không có mẫu kiểm điểm «{form_name}»")
    if not 0 <= score <= 100:
        raise BadFact("điểm phải từ 0 đến 100")
    known = _with_implied(facts)
    if out := [line for line in _applying(pack.knock_outs, form_name) if _holds(line, known)]:
        reasons = tuple(f"Thuộc trường hợp không hoàn thành nhiệm vụ: {_cited(line, known)}" for line in out)
        return Proposal("not_completed", reasons, needs_human=any(line.unverified for line in out))
    bands = [pack.grades[grade] for grade in GRADES if score >= pack.grades[grade].min_points]
    failed = {rule.grade: _failed(rule, form_name, known) for rule in bands}
    chosen = next(rule for rule in bands if not failed[rule.grade])
    above = bands[: bands.index(chosen)]
    said = [f"Chưa đạt «{rule.label}»: {_cited(line, known)}" for rule in above for line in failed[rule.grade]]
    unknown = [
        f"{STILL_NEEDED}{line.text}"
        for line in _applying(chosen.rules, form_name)
        if _holds(line, known) is None and not line.if_known
    ]
    return Proposal(
        chosen.grade, (_reached(chosen, score, bool(said)), *said, *unknown), needs_human=bool(said or unknown)
    )


def parse_fact(text: str) -> tuple[FactName, Fact]:
    """From "tasks_done=100", "disciplined=no", "unit_grade=good". Raises BadFact."""
    name, equals, value = (part.strip() for part in text.partition("="))
    if name not in FACT_KINDS:
        raise BadFact(f"không có dữ kiện «{name}»; các dữ kiện dùng được: {', '.join(FACT_KINDS)}")
    if not equals:
        raise BadFact(f"«{name}» chưa có giá trị; ghi như {name}=…")
    fact_name = cast(FactName, name)
    match FACT_KINDS[fact_name]:
        case "yes_no":
            if value.lower() not in _YES_NO:
                raise BadFact(f"«{name}» chỉ nhận yes hoặc no")
            return fact_name, _YES_NO[value.lower()]
        case "grade":
            if value not in GRADES:
                raise BadFact(f"«{name}» chỉ nhận: {', '.join(GRADES)}")
            return fact_name, value
        case _:
            return fact_name, _percent(name, value)


def _percent(name: str, value: str) -> float:
    try:
        percent = float(value.removesuffix("%").replace(",", "."))
    except ValueError:
        raise BadFact(f"«{name}» phải là số phần trăm từ 0 đến 100") from None
    if not 0 <= percent <= 100:
        raise BadFact(f"«{name}» phải là số phần trăm từ 0 đến 100")
    return percent


def _known(form: Form, answers: Answers, given: Given) -> Facts:
    """What the form itself tells: how many of the items carried over from last year are done."""
    status = [answers.get(a.key) for a in walk(form, answers, given) if a.group and a.group.source == "carried"
              and a.question.id == "status"]  # fmt: skip
    if not status or any(one is None for one in status):
        return {}
    return {"shortcomings_fixed": 100 * status.count("done") / len(status)}


def _with_implied(facts: Facts) -> Facts:
    """Late and on time are two sides of the same tasks."""
    known = dict(facts)
    on_time, late = facts.get("tasks_on_time"), facts.get("tasks_late")
    if late is None and on_time is not None:
        known["tasks_late"] = 100 - float(on_time)
    if on_time is None and late is not None:
        known["tasks_on_time"] = 100 - float(late)
    return known


def _reached(rule: GradeRule, score: float, has_failed: bool) -> str:
    if rule.min_points:
        return f"{_number(score)} điểm, mức «{rule.label}» từ {rule.min_points} điểm ({rule.source})"
    why = "đủ điểm nhưng thiếu điều kiện của các mức trên" if has_failed else "chưa đủ điểm của các mức trên"
    return f"{_number(score)} điểm, mức «{rule.label}»: {why} ({rule.source})"


def _failed(rule: GradeRule, form_name: str, facts: Facts) -> list[GradeCondition]:
    return [line for line in _applying(rule.rules, form_name) if _holds(line, facts) is False]


def _applying(lines: tuple[GradeCondition, ...], form_name: str) -> list[GradeCondition]:
    return [line for line in lines if not line.forms or form_name in line.forms]


def _holds(line: GradeCondition, facts: Facts) -> bool | None:
    """None when the fact is not known."""
    fact = facts.get(line.fact)
    if fact is None:
        return None
    if line.grades:
        return fact in line.grades
    if line.yes is not None:
        return fact is line.yes
    percent = float(fact)
    if line.at_least is not None:
        return percent >= line.at_least
    return percent <= line.at_most if line.at_most is not None else percent < (line.below or 0)


def _cited(line: GradeCondition, facts: Facts) -> str:
    fact = facts.get(line.fact)
    now = f" (hiện {_number(fact)}%)" if isinstance(fact, int | float) and not isinstance(fact, bool) else ""
    doubt = ", chưa đối chiếu được với văn bản gốc" if line.unverified else ""
    return f"{line.text}{now} [{line.source}{doubt}]"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
