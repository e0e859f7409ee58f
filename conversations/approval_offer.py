"""How stage 3 is offered on the dashboard: one line, and one choice."""

from conversations.approval import Sitting, seats, sitting
from conversations.facts import Facts
from conversations.place import Place
from conversations.screen import Choice
from review.people import Unit


def approval_choices(cell: Unit | None, facts: Facts) -> list[Choice]:
    """What the dashboard offers: the officer goes on to decide, whoever leads a cell sees who was left out."""
    if seats(facts):
        return [Choice("Duyệt xếp loại", to=Place("approval"))]
    if cell and facts.grading.meeting(cell.id):
        return [Choice("Chưa kiểm điểm, xếp loại", to=Place.of("left_out", cell.id, 1))]
    return []


def approval_line(facts: Facts) -> str:
    """ "Đã quyết 12/38 · vượt tỷ lệ 1 nhóm"; empty for anybody but an officer, and before a cell has proposed."""
    now = sitting(facts)
    return count_line(now) if now and (now.decided or any(group.pending for group in now.groups)) else ""


def count_line(now: Sitting) -> str:
    over = f" · **vượt tỷ lệ {now.over} nhóm**" if now.over else ""
    return f"Đã quyết {now.decided}/{now.due}{over}"
