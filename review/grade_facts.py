"""What is known of a person or a body besides points and levels, and how it is written on the command line."""

from collections.abc import Mapping
from typing import cast

from review.levels import LEVELS, Level
from review.pack_model import FACT_KINDS, FactName
from review.responses import GRADES

Fact = float | bool | str
"""A percentage (0-100), yes or no, or a grade."""
Facts = Mapping[FactName, Fact]

_YES_NO = {"yes": True, "có": True, "true": True, "no": False, "không": False, "false": False}


class BadFact(ValueError):
    """A score or fact that cannot be used, with the reason in words."""


def parse_fact(text: str) -> tuple[FactName, Fact]:
    """From "tasks_done=100", "disciplined=no", "unit_grade=good". Raises BadFact."""
    name, equals, value = (part.strip() for part in text.partition("="))
    if name not in FACT_KINDS:
        raise BadFact(f"không có dữ kiện «{name}»; các dữ kiện dùng được: {', '.join(FACT_KINDS)}")
    if not equals:
        raise BadFact(f"«{name}» chưa có giá trị; ghi như {name}=…")
    fact_name = cast(FactName, name)
    match FACT_KINDS[fact_name]:
        case "yes_no":
            if value.lower() not in _YES_NO:
                raise BadFact(f"«{name}» chỉ nhận yes hoặc no")
            return fact_name, _YES_NO[value.lower()]
        case "grade":
            if value not in GRADES:
                raise BadFact(f"«{name}» chỉ nhận: {', '.join(GRADES)}")
            return fact_name, value
        case _:
            return fact_name, _percent(name, value)


def parse_level(text: str) -> tuple[str, Level]:
    """From "duties_level=excellent": the level of one criterion. Raises BadFact."""
    name, _, value = (part.strip() for part in text.partition("="))
    if value not in LEVELS:
        raise BadFact(f"«{name}» chỉ nhận: {', '.join(LEVELS)}")
    return name, value


def _percent(name: str, value: str) -> float:
    try:
        percent = float(value.removesuffix("%").replace(",", "."))
    except ValueError:
        raise BadFact(f"«{name}» phải là số phần trăm từ 0 đến 100") from None
    if not 0 <= percent <= 100:
        raise BadFact(f"«{name}» phải là số phần trăm từ 0 đến 100")
    return percent
