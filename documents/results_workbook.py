"""The results of a year as a workbook, from the same data as the JSON export ("tusoi-export/1")."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from documents.workbook import Column, Tables, Value

Record = Mapping[str, Any]

# sheet, part of the export, (title, field, width in characters) of every column
_SHEETS: tuple[tuple[str, str, tuple[tuple[str, str, int], ...]], ...] = (
    ("Tổ chức", "units", (("Mã", "code", 14), ("Tên", "name", 44), ("Loại", "kind", 14), ("Cấp trên", "parent", 14))),
    (
        "Đảng viên",
        "people",
        (
            ("Mã", "code", 12), ("Họ và tên", "name", 28), ("Chi bộ", "unit", 14), ("Mẫu", "form", 8),
            ("Nhóm tương đồng", "peer_group", 26), ("Nơi cư trú", "residence", 14), ("Trạng thái", "status", 16),
        ),
    ),
    (
        "Bài nộp",
        "responses",
        (
            ("Loại", "kind", 24), ("Mẫu", "form", 18), ("Về", "subject", 12), ("Người viết", "respondent", 12),
            ("Tình trạng", "status", 14), ("Nộp lúc", "submitted_at", 26), ("Tự nhận mức", "self_grade", 28),
        ),
    ),
    (
        "Quyết định",
        "decisions",
        (
            ("Về", "subject", 12), ("Cấp", "stage", 14), ("Mức xếp loại", "grade", 28), ("Phiếu", "votes", 24),
            ("Ngày", "decided_at", 26), ("Người ghi", "by", 14),
        ),
    ),
    (
        "Khắc phục",
        "remedies",
        (
            ("Về", "subject", 12), ("Hạn chế", "shortcoming", 50), ("Biện pháp", "measure", 50),
            ("Người làm", "owner", 14), ("Hạn", "due", 14), ("Tình trạng", "status", 14),
        ),
    ),
    (
        "Nhắc việc",
        "reminders",
        (
            ("Người", "person", 12), ("Loại", "kind", 20), ("Đến hạn", "due_at", 26), ("Gửi lúc", "sent_at", 26),
            ("Kênh", "channel", 12), ("Tình trạng", "state", 14),
        ),
    ),
)  # fmt: skip

_WORDS = {
    "committee": "Đảng bộ", "cell": "Chi bộ", "official": "chính thức", "probationary": "dự bị",
    "exempt": "miễn sinh hoạt", "suspended": "đình chỉ", "self_review": "Bản kiểm điểm cá nhân",
    "residence_remark": "Nhận xét nơi cư trú", "collective_review": "Kiểm điểm tập thể", "draft": "bản nháp",
    "submitted": "đã nộp", "returned": "trả lại", "accepted": "đã nhận", "excellent": "Hoàn thành xuất sắc nhiệm vụ",
    "good": "Hoàn thành tốt nhiệm vụ", "completed": "Hoàn thành nhiệm vụ",
    "not_completed": "Không hoàn thành nhiệm vụ",
}  # fmt: skip
_CODED = frozenset({"kind", "status", "self_grade", "grade"})

_ANSWER_COLUMNS = (
    Column("Loại", 24), Column("Về", 12), Column("Người viết", 12), Column("Câu", 18), Column("Mục", 8),
    Column("Phần", 16), Column("Trả lời", 90),
)  # fmt: skip
_SCORE_COLUMNS = (Column("Về", 12), Column("Mẫu", 10), Column("Tiêu chí", 14), Column("Điểm", 10))


def results_workbook(export: Record) -> bytes:
    """One sheet for every part of the export; answers one a row, repeated groups one field a row."""
    tables = Tables()
    heading = f"Kết quả kiểm điểm năm {export['year']}"
    for name, part, columns in _SHEETS:
        fields = [field for _, field, _ in columns]
        records: Sequence[Record] = export.get(part, ())
        rows = ([_cell(field, record.get(field)) for field in fields] for record in records)
        tables.sheet(name, [Column(title, width) for title, _, width in columns], rows, title=heading)
        if part == "responses":
            tables.sheet("Câu trả lời", _ANSWER_COLUMNS, _answers(records), title=heading)
            tables.sheet("Điểm", _SCORE_COLUMNS, _scores(records), title=heading)
    return tables.content()


def _cell(field: str, value: Any) -> Value:
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, Mapping):
        return "; ".join(f"{_WORDS.get(key, key)}: {item}" for key, item in value.items())
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return _WORDS.get(value, value) if field in _CODED else str(value)


def _answers(responses: Sequence[Record]) -> Iterator[list[Value]]:
    for response in responses:
        about: list[Value] = [_cell("kind", response["kind"]), str(response["subject"]), str(response["respondent"])]
        for question, answer in response.get("answers", {}).items():
            yield from ([*about, question, *line] for line in _lines(answer))


def _lines(answer: Any) -> Iterator[list[Value]]:
    """(number of the item, field, value); a plain answer has neither number nor field."""
    if not isinstance(answer, list) or not all(isinstance(item, Mapping) for item in answer):
        yield [None, "", _cell("", answer)]
        return
    for nth, item in enumerate(answer, 1):
        yield from ([nth, field, _cell("", value)] for field, value in item.items())


def _scores(responses: Sequence[Record]) -> Iterator[list[Value]]:
    for response in responses:
        for criterion, points in (response.get("scores") or {}).items():
            yield [str(response["subject"]), str(response["form"]), criterion, points]
