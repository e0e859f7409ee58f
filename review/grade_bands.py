"""The grades that come into question, from the top down: by points (366-QĐ/TW) or by levels (132-QĐ/TW, 124-QĐ/TW)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from review.forms import Form, Question
from review.grade_conditions import number_words
from review.levels import LEVEL_LABELS, Level, level_questions, reaches
from review.pack_model import GradeRule, Pack
from review.responses import GRADES

DOUBTFUL_GROUPS = "tiêu chí nào thuộc nhóm nào chưa đối chiếu được với văn bản gốc"


@dataclass(frozen=True, slots=True)
class Band:
    """`reached`: what leads to this grade. `short`: the criteria whose level is too low for it, in words. `is_sure`:
    the way to it was confirmed by the documents.
    """

    rule: GradeRule
    reached: str
    is_sure: bool
    short: tuple[str, ...] = ()


def by_points(pack: Pack, score: float) -> list[Band]:
    """The grades for which the points suffice; the last one always."""
    rules = [pack.grades[grade] for grade in GRADES if score >= pack.grades[grade].min_points]
    return [Band(rule, _enough_points(rule, score, is_only=len(rules) == 1), not rule.unverified) for rule in rules]


def by_levels(pack: Pack, form: Form, levels: Mapping[str, Level]) -> list[Band]:
    """All grades; `levels` by question id of the criteria."""
    criteria = [question for question in level_questions(form) if question.id in levels]
    return [
        Band(rule, _enough_levels(pack, rule), _is_sure(pack, rule), tuple(_too_low(rule, criteria, levels)))
        for rule in (pack.grades[grade] for grade in GRADES)
    ]


def _enough_points(rule: GradeRule, score: float, *, is_only: bool) -> str:
    if rule.min_points:
        return f"{number_words(score)} điểm, mức «{rule.label}» từ {rule.min_points} điểm ({rule.source})"
    why = "chưa đủ điểm của các mức trên" if is_only else "đủ điểm nhưng thiếu điều kiện của các mức trên"
    return f"{number_words(score)} điểm, mức «{rule.label}»: {why} ({rule.source})"


def _enough_levels(pack: Pack, rule: GradeRule) -> str:
    groups = [(pack.levels[group].label, LEVEL_LABELS[least]) for group, least in rule.levels.items()]
    asked = ", ".join(f"{label[:1].lower()}{label[1:]} từ «{least}»" for label, least in groups)
    said = f"Mức «{rule.label}»: {f'{asked} trở lên' if asked else 'chưa đạt các mức trên'} ({_source(rule)})"
    return said if rule.unverified or _is_sure(pack, rule) else f"{said}; {DOUBTFUL_GROUPS}"


def _is_sure(pack: Pack, rule: GradeRule) -> bool:
    return not rule.unverified and not any(pack.levels[group].unverified for group in rule.levels)


def _too_low(rule: GradeRule, criteria: Sequence[Question], levels: Mapping[str, Level]) -> Iterator[str]:
    for question in criteria:
        least = rule.levels.get(question.level_group)
        if least and not reaches(levels[question.id], least):
            name, now = question.short or question.title, LEVEL_LABELS[levels[question.id]]
            yield f"«{name}» cần từ «{LEVEL_LABELS[least]}», hiện «{now}» [{_source(rule)}]"


def _source(rule: GradeRule) -> str:
    return f"{rule.source}, chưa đối chiếu được với văn bản gốc" if rule.unverified else rule.source
