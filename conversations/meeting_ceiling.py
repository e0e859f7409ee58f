"""What the cell proposes by grade, and by peer group under the ceiling: a warning to the cell, never a verdict."""

from conversations.cell_meeting import CellMeeting
from conversations.facts import Facts
from conversations.grade_words import short_grade
from conversations.peer_group_words import BASE, group_in_cell
from conversations.self_grades import MOST_GROUPS
from review.ceilings import ceiling, good_missing, of_group
from review.committee import group_of
from review.pack import CeilingRule
from review.responses import GRADES, Grade

WARNING = "_Để chi bộ cân nhắc; cấp ủy cấp trên quyết định._"


def proposed_line(now: CellMeeting, facts: Facts) -> str:
    """ "Chi bộ đề nghị: Xuất sắc 3 · Tốt 12"; empty while nothing is proposed."""
    counts = _counted(list(_grades(now).values()))
    said = [f"{short_grade(grade, facts)} {counts[grade]}" for grade in GRADES if counts[grade]]
    return f"Chi bộ đề nghị: {' · '.join(said)}" if said else ""


def proposed_lines(now: CellMeeting, facts: Facts) -> list[str]:
    """One line for each peer group with more "xuất sắc" than its ceiling:

    "Nhóm «…»: 12 tốt → được 2 xuất sắc; đang đề nghị 3; thêm 3 tốt nữa thì được 3."
    """
    rule = now.pack.ceiling
    if rule is None:
        return []
    groups: dict[str, list[Grade]] = {}
    for person in now.done:
        if (grade := _grades(now).get(person.id)) and of_group(rule, person.peer_group):
            groups.setdefault(group_of(person, rule), []).append(grade)
    lines = [line for code, grades in sorted(groups.items()) if (line := _line(code, grades, rule, now))]
    return [*lines[:MOST_GROUPS], WARNING] if lines else []


def _line(code: str, grades: list[Grade], whole: CeilingRule, now: CellMeeting) -> str:
    """`code` as `review.committee.group_of` gives it; groups counted apart do not come here."""
    counts, rule = _counted(grades), of_group(whole, code) or whole
    excellent, good = counts["excellent"], counts["good"]
    limit = ceiling(rule, excellent, good)
    if not limit.over_by:
        return ""
    more = good_missing(rule, excellent, good)
    way = f"; thêm {more} tốt nữa thì được {excellent}" if more else ""
    return (
        f"{group_in_cell(code, now.pack)}: {limit.denominator} {BASE[rule.base]} → được {limit.allowed} xuất sắc; "
        f"đang đề nghị {excellent}{way}."
    )


def _grades(now: CellMeeting) -> dict[int, Grade]:
    due = {person.id for person in now.due}
    return {one.subject_id: one.grade for one in now.decisions.values() if one.grade and one.subject_id in due}


def _counted(grades: list[Grade]) -> dict[Grade, int]:
    return {grade: grades.count(grade) for grade in GRADES}
