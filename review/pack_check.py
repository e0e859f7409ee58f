"""What the shape of pack.toml cannot tell: grade bands, points, bounds of conditions, days of the calendar."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from review.calendar import DATE_NAMES
from review.pack_model import FACT_KINDS, FactKind, GradeCondition
from review.pack_shapes import PackRow
from review.responses import GRADES
from review.toml_lines import KeyPath

FORM_NAMES = ("2A", "2B", "2C", "residence_remark")

_BOUNDS: dict[FactKind, str] = {
    "percent": "số phần trăm: dùng at_least, at_most hoặc below",
    "yes_no": "có hoặc không: dùng yes",
    "grade": "mức xếp loại: dùng grades",
}

Said = tuple[KeyPath, str]


def rule_faults(rules: PackRow) -> Iterator[Said]:
    """Where in pack.toml, and why."""
    if rules.retention_years < 1:
        yield ("retention_years",), "retention_years phải từ 1 trở lên"
    if rules.points and sum(part.max_points for part in rules.points.values()) != 100:
        yield ("points",), "điểm tối đa của các nhóm phải cộng lại bằng 100"
    yield from _band_faults(rules)
    for nth, rule in enumerate(rules.grades):
        for inner, condition in enumerate(rule.rules):
            yield from ((("grades", nth, "rules", inner), reason) for reason in _bound_faults(condition))
    for nth, condition in enumerate(rules.knock_outs):
        yield from ((("knock_outs", nth), reason) for reason in _bound_faults(condition))
    yield from _calendar_faults(rules)


def _band_faults(rules: PackRow) -> Iterator[Said]:
    if tuple(rule.grade for rule in rules.grades) != GRADES:
        yield ("grades",), "cần đủ bốn mức xếp loại, từ cao xuống thấp: " + ", ".join(GRADES)
    bounds = [rule.min_points for rule in rules.grades]
    if any(upper <= lower for upper, lower in pairwise(bounds)) or bounds[-1:] != [0]:
        yield ("grades",), "min_points phải giảm dần từ mức cao xuống mức thấp, mức cuối là 0"
    if any(rule.rules for rule in rules.grades[-1:]):
        yield ("grades", len(rules.grades) - 1), "mức cuối không được có điều kiện: ai cũng phải xếp được vào một mức"
    for nth, rule in enumerate(rules.grades):
        if not rule.source:
            yield ("grades", nth), "thiếu mục «source»"


def _bound_faults(condition: GradeCondition) -> Iterator[str]:
    bounds = (condition.at_least, condition.at_most, condition.below, condition.yes, condition.grades or None)
    if sum(bound is not None for bound in bounds) != 1:
        yield f"điều kiện «{condition.fact}» cần đúng một trong: at_least, at_most, below, yes, grades"
    elif condition.fact_kind != FACT_KINDS[condition.fact]:
        yield f"điều kiện «{condition.fact}» là {_BOUNDS[FACT_KINDS[condition.fact]]}"
    for name in condition.forms:
        if name not in FORM_NAMES:
            yield f"điều kiện «{condition.fact}»: không có mẫu «{name}»"


def _calendar_faults(rules: PackRow) -> Iterator[Said]:
    for name, typical in rules.calendar.items():
        try:
            date(2025, typical.month, typical.day)
        except ValueError:
            yield ("calendar", name), f"không có ngày {typical.day}/{typical.month}"
    days = [rules.calendar[name] for name in DATE_NAMES if name in rules.calendar]
    order = [(day.next_year, day.month, day.day) for day in days]
    if order != sorted(order):
        yield ("calendar",), "các ngày phải theo đúng thứ tự: " + ", ".join(DATE_NAMES)
