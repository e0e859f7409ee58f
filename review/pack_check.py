"""What the shape of pack.toml cannot tell: bounds of conditions, days of the calendar, names that must be there."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import get_args

from review.calendar import DATE_NAMES
from review.grade_check import band_faults
from review.pack_model import FACT_KINDS, FactKind, GradeCondition
from review.pack_settings import MeetingValue, RemedyValue
from review.pack_shapes import PackRow
from review.people import FORM_NAMES
from review.toml_lines import KeyPath

_BOUNDS: dict[FactKind, str] = {
    "percent": "số phần trăm: dùng at_least, at_most hoặc below",
    "yes_no": "có hoặc không: dùng yes",
    "grade": "mức xếp loại: dùng grades",
}

Said = tuple[KeyPath, str]
FormKinds = Mapping[str, str]
"""The forms of the pack, id -> kind."""


def rule_faults(rules: PackRow, forms: FormKinds) -> Iterator[Said]:
    """Where in pack.toml, and why."""
    if rules.retention_years < 1:
        yield ("retention_years",), "retention_years phải từ 1 trở lên"
    if rules.points and sum(part.max_points for part in rules.points.values()) != 100:
        yield ("points",), "điểm tối đa của các nhóm phải cộng lại bằng 100"
    yield from band_faults(rules)
    for nth, rule in enumerate(rules.grades):
        for inner, condition in enumerate(rule.rules):
            yield from ((("grades", nth, "rules", inner), reason) for reason in _bound_faults(condition, forms))
    for nth, condition in enumerate(rules.knock_outs):
        yield from ((("knock_outs", nth), reason) for reason in _bound_faults(condition, forms))
    yield from _form_for_faults(rules, forms)
    yield from _ceiling_faults(rules)
    yield from _exemption_faults(rules)
    yield from _setting_faults(rules)
    yield from _calendar_faults(rules)


def _bound_faults(condition: GradeCondition, forms: FormKinds) -> Iterator[str]:
    bounds = (condition.at_least, condition.at_most, condition.below, condition.yes, condition.grades or None)
    if sum(bound is not None for bound in bounds) != 1:
        yield f"điều kiện «{condition.fact}» cần đúng một trong: at_least, at_most, below, yes, grades"
    elif condition.fact_kind != FACT_KINDS[condition.fact]:
        yield f"điều kiện «{condition.fact}» là {_BOUNDS[FACT_KINDS[condition.fact]]}"
    for name in condition.forms:
        if name not in forms:
            yield f"điều kiện «{condition.fact}»: không có mẫu «{name}»"


def _form_for_faults(rules: PackRow, forms: FormKinds) -> Iterator[Said]:
    for name in FORM_NAMES:
        form = rules.form_for.get(name, name)
        if forms.get(form) == "self_review":
            continue
        if name in rules.form_for:
            yield ("form_for", name), f"form_for: không có mẫu kiểm điểm cá nhân «{form}»"
        else:
            yield ("form_for",), f"chưa có mẫu nào cho người được ghi mẫu «{name}»: thêm tệp mẫu hoặc ghi vào form_for"


def _ceiling_faults(rules: PackRow) -> Iterator[Said]:
    rule = rules.ceiling
    for key, names in (("counted_apart", rule.counted_apart), ("shares", tuple(rule.shares))):
        for name in names:
            if name not in rules.peer_groups:
                yield ("ceiling", key), f"không có nhóm tương đồng «{name}»"
    for name in rule.shares.keys() & set(rule.counted_apart):
        yield ("ceiling", "shares"), f"nhóm «{name}» đã tính riêng (counted_apart) nên không có tỷ lệ"
    if rule.within == "base_organisation" and (rule.shares or rule.counted_apart):
        yield ("ceiling", "within"), "tính trong cả tổ chức cơ sở đảng thì không chia theo nhóm tương đồng"
    if rule.outstanding_share is not None and rule.outstanding_share < rule.share:
        yield ("ceiling", "outstanding_share"), f"outstanding_share phải từ {rule.share} trở lên"


def _exemption_faults(rules: PackRow) -> Iterator[Said]:
    for nth, line in enumerate(rules.exemptions):
        if line.graded and not line.reviewed:
            yield ("exemptions", nth), f"«{line.id}»: không kiểm điểm thì không xếp loại"
        if line.status and line.under_months:
            yield ("exemptions", nth), f"«{line.id}»: chỉ dùng một trong status, under_months"


def _setting_faults(rules: PackRow) -> Iterator[Said]:
    for value in get_args(MeetingValue):
        if value not in rules.meeting.sources:
            yield ("meeting", "sources"), f"meeting.sources: chưa ghi nguồn của «{value}»"
    for value in get_args(RemedyValue):
        if value not in rules.remedies.sources:
            yield ("remedies", "sources"), f"remedies.sources: chưa ghi nguồn của «{value}»"
    if list(rules.remedies.check_days) != sorted(set(rules.remedies.check_days)):
        yield ("remedies", "check_days"), "check_days phải tăng dần"


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
