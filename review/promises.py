"""What a review promises for the next one: each shortcoming with its measure and date, as one thing to ask about.

HD 43 family, section III: the result of mending what earlier reviews named.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from review.pairing import paired

_PROMISED = " Đã hứa: "
_ENDS = " .;,:…"
_BY_DAY = re.compile(r"trước (?:ngày )?\d{1,2}/\d{1,2}")


@dataclass(frozen=True, slots=True)
class Promise:
    """`nth` counts the shortcomings of the review from 1; 0 = a measure that mends none of them."""

    nth: int
    shortcoming: str
    measure: str = ""
    due: date | None = None

    @property
    def text(self) -> str:
        """ "Chưa gặp hết các hộ. Đã hứa: gặp nốt 3 hộ, xong trước 28/02/2027." """
        fault, promise = _sentence(self.shortcoming), _promise(self.measure, self.due)
        if not fault:
            return _sentence(promise)
        return f"{fault}{_PROMISED}{_lowered(promise)}." if promise else fault


def promises(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Promise]:
    """From the assembled groups `shortcomings` and `measures`: one for each shortcoming, then the measures left over.

    A measure belongs to the shortcoming it names ("shortcoming"), else to the next that none names.
    """
    faults = [str(row.get("text", "")) for row in rows.get("shortcomings", ())]
    measures = list(rows.get("measures", ()))
    owner = paired([str(row.get("shortcoming") or "") for row in measures], faults)
    for nth, fault in enumerate(faults, 1):
        mine = [row for row, of in zip(measures, owner, strict=True) if of == nth - 1]
        first = mine[0] if mine else {}
        said = "; ".join(str(row.get("measure", "")).strip(_ENDS) for row in mine)
        yield Promise(nth, fault, said, _day(first.get("due")))
    for row, of in zip(measures, owner, strict=True):
        if of is None:
            yield Promise(0, "", str(row.get("measure", "")), _day(row.get("due")))


def shortcoming_in(text: str) -> str:
    """The shortcoming an item was made of."""
    return text.partition(_PROMISED)[0]


def is_promise(text: str) -> bool:
    """Whether the item itself is what was to be done by a day, not a shortcoming."""
    return _PROMISED not in text and bool(_BY_DAY.search(text))


def _promise(measure: str, due: date | None) -> str:
    said = " ".join(measure.split()).strip(_ENDS)
    if not said or due is None or any(day in said for day in _ways_to_write(due)):
        return said
    return f"{said}, xong trước {due:%d/%m/%Y}"


def _ways_to_write(due: date) -> Iterable[str]:
    return f"{due:%d/%m}", f"{due.day}/{due.month}"


def _sentence(text: str) -> str:
    said = " ".join(text.split()).strip(_ENDS)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _lowered(text: str) -> str:
    """Not the first letter of a name in capitals ("UBND")."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None
