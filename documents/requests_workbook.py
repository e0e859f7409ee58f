"""The register of requests about personal data as a workbook, from the same data as "tusoi-requests/1"."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from conversations.data_words import KIND
from documents.workbook import Column, Tables, Value

COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("Số", "number", 12), ("Người", "person", 12), ("Loại", "kind", 20), ("Nội dung", "text", 50),
    ("Nhận lúc", "received_at", 18), ("Phải nhận xử lý trước", "acknowledge_due", 14),
    ("Phải trả lời trước", "due", 14), ("Nhận xử lý lúc", "acknowledged_at", 18), ("Người xử lý", "handled_by", 14),
    ("Gia hạn đến", "extended_until", 14), ("Lý do gia hạn", "extension_reason", 40), ("Kết luận", "outcome", 12),
    ("Trả lời", "answer", 50), ("Trả lời lúc", "answered_at", 18), ("Đúng hạn", "in_time", 10),
    ("Đã xóa hẳn lúc", "wiped_at", 18),
)  # fmt: skip
_OUTCOMES = {"done": "đã làm", "refused": "từ chối"}


def requests_workbook(register: Mapping[str, Any]) -> bytes:
    tables = Tables()
    rows = ([_cell(name, one[name]) for _, name, _ in COLUMNS] for one in register["requests"])
    columns = [Column(title, width) for title, _, width in COLUMNS]
    tables.sheet("Yêu cầu", columns, rows, title="Sổ yêu cầu về dữ liệu cá nhân", frozen=2)
    return tables.content()


def _cell(name: str, value: Any) -> Value:
    if name == "kind":
        return KIND[value]
    if name == "outcome":
        return _OUTCOMES.get(value, "")
    if name == "in_time":
        return {True: "đúng", False: "quá hạn", None: ""}[value]
    if isinstance(value, str) and name.endswith("_at"):
        return datetime.fromisoformat(value)
    return (
        date.fromisoformat(value)
        if value and name in ("due", "acknowledge_due", "extended_until")
        else str(value or "")
    )
