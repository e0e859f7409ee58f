"""How a cell's members graded themselves, by peer group, with the arithmetic of the ceiling. Never a verdict."""

from collections.abc import Iterable

from conversations.facts import Facts, PersonProgress
from conversations.grade_words import short_grade
from conversations.peer_group_words import BASE, group_in_cell
from review.ceilings import ceiling
from review.committee import group_of
from review.pack import CeilingRule, Pack
from review.responses import GRADES, Grade

MOST_GROUPS = 5
NO_VERDICT = "_Để chi bộ bàn, chưa phải kết luận._"


def grades_line(people: Iterable[PersonProgress], facts: Facts) -> str:
    """ "Tự nhận: Xuất sắc 4 · Tốt 11 · Hoàn thành 2"; empty while nobody has submitted a grade."""
    counts = counted(people)
    said = [f"{short_grade(grade, facts)} {counts[grade]}" for grade in GRADES if counts[grade]]
    return f"Tự nhận: {' · '.join(said)}" if said else ""


def counted(people: Iterable[PersonProgress]) -> dict[Grade, int]:
    grades = [row.self_grade for row in people]
    return {grade: grades.count(grade) for grade in GRADES}


def ceiling_lines(people: Iterable[PersonProgress], facts: Facts) -> list[str]:
    """One line for each peer group in which somebody claims "xuất sắc", and that nothing is concluded by it.

    "Nhóm «đảng viên không giữ chức vụ»: 11 tốt → được tối đa 2 xuất sắc; đang tự nhận 4."
    """
    pack = facts.pack
    rule = pack.ceiling if pack else None
    if pack is None or rule is None:
        return []
    groups: dict[str, list[PersonProgress]] = {}
    for row in people:
        if row.self_grade:
            groups.setdefault(group_of(row.person, rule), []).append(row)
    lines = [_ceiling_line(code, rows, rule, pack) for code, rows in sorted(groups.items()) if _claims(rows)]
    if not lines:
        return []
    more = len(lines) - MOST_GROUPS
    return [*lines[:MOST_GROUPS], *([f"Và {more} nhóm khác."] if more > 0 else []), NO_VERDICT]


def _ceiling_line(code: str, rows: list[PersonProgress], rule: CeilingRule, pack: Pack) -> str:
    counts, group = counted(rows), group_in_cell(code, pack)
    if code in rule.counted_apart and code not in rule.shares:
        return f"{group}: xét riêng, không chung tỷ lệ; đang tự nhận {counts['excellent']} xuất sắc."
    limit = ceiling(rule, counts["excellent"], counts["good"], peer_group=code)
    return (
        f"{group}: {limit.denominator} {BASE[rule.base]} → được tối đa {limit.allowed} xuất sắc; "
        f"đang tự nhận {counts['excellent']}."
    )


def _claims(rows: list[PersonProgress]) -> bool:
    return any(row.self_grade == "excellent" for row in rows)
