"""A peer group and what its ceiling is counted from, in words."""

from conversations import words
from review.committee import EVERYBODY
from review.pack import Pack

NO_GROUP = "Chưa ghi nhóm tương đồng"
BASE = {"good": "tốt", "good_or_better": "tốt trở lên"}


def group_in_cell(code: str, pack: Pack) -> str:
    """ "Nhóm «đảng viên không giữ chức vụ»", as the cell sees it. `code`: see `review.committee.group_of`."""
    if code == EVERYBODY:
        return "Cả chi bộ"
    name = pack.peer_groups.get(code, code)
    return f"Nhóm «{words.cut(name, 60)}»" if name else NO_GROUP
