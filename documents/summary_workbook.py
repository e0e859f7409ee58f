"""The summary a secretary downloads: everybody of the cells in scope, and the totals by cell and by peer group."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from conversations.facts import Progress
from documents.workbook import Column, Tables, Value
from review.pack import Pack
from review.people import Person
from review.responses import GRADES, Grade

STATES: dict[Progress, str] = {
    "submitted": "Đã nộp",
    "drafting": "Đang viết",
    "not_started": "Chưa bắt đầu",
    "not_joined": "Chưa vào",
}
NO_CELL, NO_GROUP = "Chưa rõ chi bộ", "Chưa xếp nhóm"


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One member who owes a self-review. Points and grade of a draft are its writer's own and not written out.

    `points` by points group of the pack; `remark_in` None = no residence remark is asked for; `mark` stands behind the
    state (" (nhập thay)").
    """

    person: Person
    progress: Progress
    submitted_at: datetime | None = None
    points: Mapping[str, float] | None = None
    self_grade: Grade | None = None
    remark_in: bool | None = None
    mark: str = ""


def summary_workbook(title: str, pack: Pack, rows: Sequence[SummaryRow]) -> bytes:
    """Three sheets: people, by cell, by peer group. Moments as they come: in the committee's time zone."""
    tables = Tables()
    tables.sheet("Danh sách", _people_columns(pack), _people(pack, rows), title=title, frozen=2)
    totals = [Column("Phải nộp"), *(Column(label) for label in STATES.values())]
    totals += [Column(pack.grades[grade].label, 16) for grade in GRADES if grade in pack.grades]
    totals += [Column("Nhận xét nơi cư trú đã về", 16), Column("Nhận xét phải có", 16)]
    by_cell = _totals(pack, rows, lambda row: row.person.unit.name if row.person.unit else NO_CELL)
    tables.sheet("Theo chi bộ", [Column("Chi bộ", 40), *totals], by_cell, title=title, frozen=1)
    by_group = _totals(pack, rows, lambda row: _group(pack, row.person))
    tables.sheet("Theo nhóm tương đồng", [Column("Nhóm tương đồng", 40), *totals], by_group, title=title, frozen=1)
    return tables.content()


def _people_columns(pack: Pack) -> list[Column]:
    points = [Column(f"{group.label} (tối đa {group.max_points})", 16) for group in pack.points.values()]
    if points:
        points.append(Column("Tổng điểm", 10))
    return [
        Column("TT", 6), Column("Họ và tên", 26), Column("Chi bộ", 28), Column("Chức vụ", 30), Column("Mẫu", 7),
        Column("Nhóm tương đồng", 26), Column("Tình trạng", 14), Column("Nộp lúc", 18), *points,
        Column("Tự nhận mức xếp loại", 28), Column("Nhận xét nơi cư trú", 14),
    ]  # fmt: skip


def _people(pack: Pack, rows: Sequence[SummaryRow]) -> Iterator[list[Value]]:
    for nth, row in enumerate(rows, 1):
        person, sent, form = row.person, row.progress == "submitted", pack.own_form(row.person)
        points = _points(pack, row if sent else None)
        posts = "; ".join(post for post in (person.party_post, person.state_post, person.union_post) if post)
        grade = pack.grades[row.self_grade].label if sent and row.self_grade else ""
        yield [
            nth, person.name, person.unit.name if person.unit else NO_CELL, posts, form.id if form else "",
            _group(pack, person), STATES[row.progress] + row.mark, row.submitted_at if sent else None,
            *points, grade,
            {True: "Đã có", False: "Chưa có", None: "Không xin"}[row.remark_in],
        ]  # fmt: skip


def _points(pack: Pack, row: SummaryRow | None) -> list[Value]:
    """By group of criteria and in all; a pack that goes by levels has no such columns."""
    if not pack.points:
        return []
    given = (row.points if row else None) or {}
    return [*(given.get(group) for group in pack.points), round(sum(given.values()), 2) if given else None]


def _group(pack: Pack, person: Person) -> str:
    return pack.peer_groups.get(person.peer_group, person.peer_group) or NO_GROUP


def _totals(pack: Pack, rows: Sequence[SummaryRow], key: Callable[[SummaryRow], str]) -> Iterator[list[Value]]:
    """One line a cell or group, in the order they first appear, and the sum of all below."""
    by_name: dict[str, list[SummaryRow]] = {}
    for row in rows:
        by_name.setdefault(key(row), []).append(row)
    for name, members in by_name.items():
        yield [name, *_counts(pack, members)]
    if len(by_name) > 1:
        yield ["Tổng cộng", *_counts(pack, rows)]


def _counts(pack: Pack, rows: Sequence[SummaryRow]) -> list[int]:
    states = Counter(row.progress for row in rows)
    grades = Counter(row.self_grade for row in rows if row.progress == "submitted")
    asked = [row for row in rows if row.remark_in is not None]
    return [
        len(rows),
        *(states[state] for state in STATES),
        *(grades[grade] for grade in GRADES if grade in pack.grades),
        sum(row.remark_in is True for row in asked),
        len(asked),
    ]
