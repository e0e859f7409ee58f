"""Turning typed text into the stored value of an answer, or into a kind sentence why it cannot be one."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from review.forms import Question
from review.responses import Value

_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,9})(?:[.,](\d{1,2}))?\s*(?:điểm|đ)?", re.IGNORECASE)
_DAY_FIRST = re.compile(
    r"(?:ngày\s*)?(?P<day>\d{1,2})\s*(?:[/.\-\s]|tháng)\s*(?P<month>\d{1,2})"
    r"(?:\s*(?:[/.\-\s]|năm)\s*(?P<year>\d{4}|\d{2}))?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
YEARS = range(1900, 2101)
_UNSTORABLE = dict.fromkeys((0, *range(0xD800, 0xE000)))
"""NUL and lone surrogates: no keyboard makes them and no database keeps them."""

NO_WORDS = "Tôi chưa thấy chữ nào trong tin vừa gửi. Đồng chí viết lại giúp tôi nhé."
NO_NUMBER = "Câu này cần một con số. Đồng chí gửi lại bằng chữ số, ví dụ 12 hoặc 12,5."
NO_DATE = "Tôi chưa đọc được ngày này. Đồng chí ghi ngày/tháng/năm, ví dụ 31/03/2027."
NO_OPTION = "Đồng chí chọn một trong các câu trả lời có sẵn giúp tôi nhé."


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the text is no answer to this question; nothing is stored."""

    message: str


def read_answer(question: Question, text: str, today: date) -> Value | Refusal:
    """The value to store: free text as typed (NFC, trimmed outside), a number, an ISO date, points, or option ids.

    A date without a year is the next such day, today included.
    """
    typed = unicodedata.normalize("NFC", text.translate(_UNSTORABLE)).strip()
    match question.kind:
        case "text":
            return typed if is_visible(typed) else Refusal(NO_WORDS)
        case "number":
            return _number(typed)
        case "score":
            return _score(typed, question.max_points)
        case "date":
            return _date(typed, today)
        case _:
            return _options(question, typed)


def is_visible(text: str) -> bool:
    """Whether there is anything to read: a letter, a digit, a sign; not only spaces and invisible characters."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)


def _number(typed: str) -> Value | Refusal:
    """12 · 12,5 · 12.5 · 1.500 (a thousand and a half thousand) · 8 điểm."""
    found = _NUMBER.fullmatch(typed)
    if not found:
        return Refusal(NO_NUMBER)
    whole = int(found[1].replace(".", ""))
    return float(f"{whole}.{found[2]}") if found[2] and int(found[2]) else whole


def _score(typed: str, most: int) -> Value | Refusal:
    value = _number(typed.removesuffix(f"/{most}"))
    if isinstance(value, int | float) and value > most:
        return Refusal(f"Tiêu chí này nhiều nhất {most} điểm. Đồng chí gửi một số từ 0 đến {most}.")
    return value


def _date(typed: str, today: date) -> Value | Refusal:
    found = _YEAR_FIRST.fullmatch(typed) or _DAY_FIRST.fullmatch(typed)
    if not found:
        return Refusal(NO_DATE)
    day, month, year = int(found["day"]), int(found["month"]), found["year"]
    if year:
        value = _day_in(int(year) + (2000 if len(year) == 2 else 0), month, day)
    else:
        coming = (_day_in(one, month, day) for one in range(today.year, today.year + 9))
        value = next((one for one in coming if one and one >= today), None)
    return value.isoformat() if value and value.year in YEARS else Refusal(NO_DATE)


def _day_in(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _options(question: Question, typed: str) -> Value | Refusal:
    """By label, whatever the case; several of kind "many" or "people" apart by commas or semicolons."""
    ids = {option.label.casefold(): option.id for option in question.options}
    parts = re.split(r"\s*[,;]\s*", typed) if question.kind in ("many", "people") else [typed]
    chosen = [ids.get(part.casefold()) for part in parts]
    known = [one for one in dict.fromkeys(chosen) if one is not None]
    if None in chosen:
        return Refusal(NO_OPTION)
    return known if question.kind in ("many", "people") else known[0]
