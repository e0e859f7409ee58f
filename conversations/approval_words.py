"""The ceiling in people's words: what the numbers are, how far off, what can be done."""

from conversations import words
from conversations.approval import Group
from conversations.facts import Facts
from conversations.grade_words import short_grade
from conversations.peer_group_words import BASE
from review.committee import Standing
from review.responses import Grade


def ceiling_line(standing: Standing, *, is_tried: bool = False) -> str:
    """ "12 tốt → được tối đa 2 xuất sắc; đang đề nghị 3: **vượt 1**." `is_tried`: nothing of it has been recorded."""
    limit = standing.ceiling
    if limit is None or standing.rule is None:
        return "Nhóm này xét riêng, không tính vào tỷ lệ xuất sắc."
    if standing.over_by:
        state = f"**vượt {standing.over_by}**"
    else:
        state = f"**còn dư {standing.spare}**" if standing.spare else "**vừa đủ**"
    now = "đã quyết" if standing.decided == standing.due and not is_tried else "đang đề nghị"
    return (
        f"{limit.denominator} {BASE[standing.rule.base]} → được tối đa {limit.allowed} xuất sắc; "
        f"{now} {standing.excellent}: {state}."
    )


def arithmetic(standing: Standing) -> str:
    """How the limit came about, and what the other way of counting would give; empty where there is no ceiling."""
    limit, other = standing.ceiling, standing.other_ceiling
    if limit is None or other is None:
        return ""
    return f"_{limit.rule}. Để đối chiếu: {other.rule}._"


def what_helps(standing: Standing) -> str:
    """ "Chuyển 1 đồng chí xuống tốt là vừa, hoặc thêm 3 tốt nữa thì được 3." Empty when nothing is over."""
    if not standing.over_by:
        return ""
    ways = [f"Chuyển {standing.to_lower} đề nghị từ xuất sắc xuống tốt là vừa"]
    if standing.good_missing:
        ways.append(f"thêm {standing.good_missing} tốt nữa thì được {standing.excellent}")
    if standing.outstanding_helps and standing.rule:
        ways.append(f"nơi có kết quả nổi trội thì ghi căn cứ để được tới {standing.rule.outstanding_share}%")
    return ", hoặc ".join(ways) + "."


def over_ceiling(group: Group, standing: Standing) -> str:
    """Why a decision was stopped: the group as it would be, and what to do."""
    name = words.cut(group.name, 60)
    if standing.over_by:
        figures = f"{ceiling_line(standing, is_tried=True)} {what_helps(standing)}"
        return f"**Chưa ghi được**: nhóm «{name}» vượt tỷ lệ. {figures}"
    return (
        f"**Chưa ghi được**: nhóm «{name}» đã quyết {standing.decided_excellent} xuất sắc, mà thế này thì chỉ còn "
        f"{standing.good} tốt. Đồng chí chuyển {standing.decided_too_many} xuất sắc xuống tốt trước đã."
    )


def grade_word(grade: Grade | None, facts: Facts) -> str:
    """ "Xuất sắc", as the pack shortens it; "không xếp loại" for None."""
    if grade is None:
        return "Không xếp loại"
    return short_grade(grade, facts)


def points_word(points: float) -> str:
    """ "92,5 điểm" """
    return f"{points:g} điểm".replace(".", ",")
