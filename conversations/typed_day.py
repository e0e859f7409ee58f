"""A day as people type it, where no form asks for it."""

from datetime import date

from conversations.facts import Facts
from review.answers import Refusal, read_answer
from review.forms import Question

_DAY = Question("day", "date", "", "")
PASSED = "Ngày {} đã qua. Đồng chí chọn một ngày từ hôm nay trở đi giúp tôi."


def typed_day(text: str, facts: Facts) -> date | str:
    """The day, today or later; or a kind sentence why it is none. Without a year the next such day is meant."""
    value = read_answer(_DAY, text, facts.today)
    if isinstance(value, Refusal):
        return value.message
    day = date.fromisoformat(str(value))
    return day if day >= facts.today else PASSED.format(f"{day:%d/%m/%Y}")


def packed_day(day: date) -> str:
    """For a place: "20261205"."""
    return f"{day:%Y%m%d}"


def unpacked_day(packed: str) -> date | None:
    try:
        return date.fromisoformat(packed)
    except ValueError:
        return None
