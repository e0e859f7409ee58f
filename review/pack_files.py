"""Reading the TOML files of a pack, and finding the line a fault stands on."""

import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from review.faults import Fault, Faults
from review.toml_lines import KeyPath, key_lines, syntax_fault

_T = TypeVar("_T")

_REASONS = {
    "missing": "thiếu mục «{key}»",
    "extra_forbidden": "không có mục nào tên «{key}»",
    "unexpected_keyword_argument": "không có mục nào tên «{key}»",
    "string_type": "«{key}» phải là chữ, đặt trong dấu nháy",
    "string_too_short": "«{key}» đang để trống",
    "string_too_long": "«{key}» dài quá {max_length} chữ cái",
    "string_pattern_mismatch": "«{key}» đang để trống",
    "int_type": "«{key}» phải là số nguyên, không đặt trong dấu nháy",
    "int_from_float": "«{key}» phải là số nguyên",
    "bool_type": "«{key}» phải là true hoặc false",
    "tuple_type": "«{key}» phải là danh sách [ ... ]",
    "dict_type": "«{key}» phải là một bảng",
    "dataclass_type": "«{key}» phải là một bảng",
    "model_type": "«{key}» phải là một bảng",
    "too_short": "«{key}» cần ít nhất một dòng",
    "literal_error": "«{key}» chỉ nhận: {expected}",
    "greater_than": "«{key}» phải lớn hơn {gt}",
    "greater_than_equal": "«{key}» phải từ {ge} trở lên",
    "less_than_equal": "«{key}» không được quá {le}",
}


class PackFaults(Faults):
    """A rule pack that cannot be used."""


@dataclass(slots=True)
class Source:
    """One TOML file. Its text is kept for naming the line of a fault.

    On top of a `base`, the same file of the pack it extends, `data` is both together and `own` what this one says.
    """

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    own: dict[str, Any] = field(default_factory=dict)
    base: "Source | None" = None

    def line(self, path: KeyPath) -> int:
        """The line of this key, or of the nearest thing around it; 0 when the file says nothing of it."""
        lines = dict(key_lines(self.text))
        while path and path not in lines:
            path = path[:-1]
        return lines.get(path, 0)

    def fault(self, path: KeyPath, reason: str) -> Fault:
        """In this file, or in the one below that says it."""
        if self.base and _says(self.base.data, path) and not _says(self.own, path):
            return self.base.fault(path, reason)
        return Fault(self.name, self.line(path), reason)


def _says(data: Any, path: KeyPath) -> bool:
    for key in path:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def read(folder: Path, name: str, faults: list[Fault], *, shown: str = "", may_lack: bool = False) -> Source:
    """A file of the pack, called `shown` in faults. What cannot be read becomes a fault and an empty source."""
    called = shown or name
    try:
        text = (folder / name).read_text("utf-8")
        data = tomllib.loads(text)
        return Source(called, data, text, data)
    except FileNotFoundError:
        if not may_lack:
            faults.append(Fault(called, 0, "không có tệp này trong gói"))
    except (OSError, UnicodeDecodeError):
        faults.append(Fault(called, 0, "không đọc được tệp; cần là tệp văn bản mã UTF-8"))
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(called, *syntax_fault(error, text)))
    return Source(called)


def shaped(
    adapter: TypeAdapter[_T], data: object, fault_at: Callable[[KeyPath, str], Fault], faults: list[Fault]
) -> _T | None:
    """The data in its shape; None when something does not fit, which then is among `faults`."""
    try:
        return adapter.validate_json(json.dumps(data, default=_no_date), strict=True)
    except ValidationError as error:
        faults.extend(fault_at(detail["loc"], _reason(detail)) for detail in error.errors())
        return None


def _no_date(value: object) -> list[str]:
    """A pack has no native TOML dates; as a list one fits nowhere and is named as a fault."""
    return [str(value)]


def _reason(detail: ErrorDetails) -> str:
    words = _REASONS.get(detail["type"], "«{key}» không hợp lệ: " + detail["msg"].replace("{", "(").replace("}", ")"))
    return words.format(
        key=next((part for part in reversed(detail["loc"]) if isinstance(part, str)), "mục"), **detail.get("ctx", {})
    )
