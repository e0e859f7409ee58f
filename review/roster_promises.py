"""Sheet `Kỳ trước` of the roster: for a first year, what was named and promised before. It may be absent."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from review.people import UnitKind
from review.promises import Promise

PROMISES = "Kỳ trước"
MAX_WORDS = 2000
YEARS_AROUND = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend. `row` 0 means the whole sheet, `column` "" the whole row, `sheet` "" the whole file."""

    sheet: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        places = (self.sheet, f"dòng {self.row}" if self.row else "", f"cột «{self.column}»" if self.column else "")
        where = ", ".join(place for place in places if place)
        return f"{where}: {self.reason}" if where else self.reason


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A line of sheet `Kỳ trước`. `subject` is the code of a member, or of a cell for what the collective promised."""

    row: int
    subject: str
    shortcoming: str
    measure: str = ""
    due: date | None = None

    @property
    def text(self) -> str:
        """As the member is asked about it."""
        return Promise(1, self.shortcoming, self.measure, self.due).text


def promise_faults(
    rows: Sequence[PromiseRow], people: Collection[str], kinds: Mapping[str, UnitKind | None], today: date
) -> Iterator[Fault]:
    """`people` are the codes of everybody there would be after the import, `kinds` those of the units."""
    first_rows: dict[tuple[str, str], int] = {}
    for row in rows:
        at = partial(Fault, PROMISES, row.row)
        if not row.subject:
            yield at("Người", "chưa ghi mã đảng viên (hoặc mã chi bộ).")
        elif row.subject not in people and kinds.get(row.subject) != "cell":
            yield at("Người", f"không có đảng viên hay chi bộ nào mang mã «{row.subject}».")
        if not row.shortcoming:
            yield at("Hạn chế", "chưa ghi hạn chế của kỳ trước.")
        elif first_rows.setdefault((row.subject, row.shortcoming), row.row) != row.row:
            yield at("Hạn chế", f"đã ghi ở dòng {first_rows[row.subject, row.shortcoming]}; mỗi hạn chế một dòng.")
        yield from _lengths(at, row)
        if row.due and abs(row.due.year - today.year) > YEARS_AROUND:
            yield at("Thời hạn", f"{row.due:%d/%m/%Y} không thể là thời hạn của kỳ trước.")


def _lengths(at: Callable[[str, str], Fault], row: PromiseRow) -> Iterator[Fault]:
    for column, words in (("Hạn chế", row.shortcoming), ("Biện pháp", row.measure)):
        if len(words) > MAX_WORDS:
            yield at(column, f"dài quá {MAX_WORDS} ký tự.")
