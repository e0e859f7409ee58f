"""The dates of one yearly review (cycle), how far away they are, and in which hours people may be reminded."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Literal, get_args

from review.faults import Fault, Faults
from review.toml_lines import key_lines, syntax_fault

DateName = Literal[
    "open",
    "residence_remarks_due",
    "collective_review_due",
    "self_reviews_due",
    "cell_meeting_due",
    "cell_report_due",
    "committee_decision_due",
    "remedy_plan_due",
]
DATE_NAMES: tuple[DateName, ...] = get_args(DateName)

_HOURS = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII)

REMINDER_OFFSETS = (7, 3, 1, 0, -1)
"""Days before the due date on which a reminder goes out; -1 is the day after it."""
REMINDER_SLOTS = ("T-7", "T-3", "T-1", "T", "T+1")
"""The same days by name."""
REMINDER_HOURS = (time(8), time(10))
"""Local time, the first included, the second not."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """The review of one year under one rule pack. Dates are local calendar days; a due day counts to its end."""

    id: int
    year: int
    pack: str
    dates: Mapping[DateName, date] = field(default_factory=dict)
    closed: bool = False

    def days_left(self, name: DateName, today: date) -> int | None:
        """Days until the date: 0 on the day itself, negative when it has passed, None when no date is set."""
        due = self.dates.get(name)
        return None if due is None else (due - today).days

    def cell_has_met(self, today: date) -> bool:
        """Whether the day set for the cell's review meeting has passed; without a date it has not met yet."""
        left = self.days_left("cell_meeting_due", today)
        return left is not None and left < 0


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local time, start included, end not; over midnight when start > end; equal means never quiet."""

    start: time
    end: time

    @classmethod
    def read(cls, text: str) -> "QuietHours":
        """From "21:00-07:00". Raises ValueError when it is not two times of day."""
        found = _HOURS.fullmatch(text.replace(" ", ""))
        if not found:
            raise ValueError(f"giờ yên tĩnh phải ghi như 21:00-07:00, không phải «{text}»")
        return cls(time.fromisoformat(found[1]), time.fromisoformat(found[2]))

    def covers(self, local: datetime) -> bool:
        moment = local.time()
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end

    def first_allowed(self, local: datetime) -> datetime:
        """That very moment, or the end of the quiet hours it falls into."""
        if not self.covers(local):
            return local
        end = local.replace(hour=self.end.hour, minute=self.end.minute, second=0, microsecond=0)
        return end if end > local else end + timedelta(days=1)


def slot_on(due: date, today: date) -> str | None:
    """The reminder slot of this day ("T-7", "T-3", "T-1", "T", "T+1"), or None on every other day."""
    left = (due - today).days
    if left not in REMINDER_OFFSETS:
        return None
    return f"T{-left:+d}" if left else "T"


def start_of_day(local: datetime) -> datetime:
    return datetime.combine(local.date(), time(), local.tzinfo)


def in_reminder_hours(local: datetime) -> bool:
    start, end = REMINDER_HOURS
    return start <= local.time() < end


class CalendarFaults(Faults):
    """A calendar file that cannot be used."""


def read_calendar(text: str, file: str = "calendar.toml") -> Mapping[DateName, date]:
    """The dates of an office's calendar file, in the order of the review.

    Raises CalendarFaults with everything that is wrong with it.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CalendarFaults([Fault(file, *syntax_fault(error, text))]) from error
    lines = dict(key_lines(text))
    found = [*_table_faults(data)]
    table = data.get("dates")
    given: Mapping[str, Any] = table if isinstance(table, dict) else {}
    found += [(("dates", name), reason) for name, value in given.items() if (reason := _date_fault(name, value))]
    dates = {name: given[name] for name in DATE_NAMES if name in given and not _date_fault(name, given[name])}
    found += _order_faults(dates)
    if found:
        faults = [Fault(file, lines.get(path, 0), reason) for path, reason in found]
        raise CalendarFaults(sorted(faults, key=lambda fault: fault.line))
    return dates


def _table_faults(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    for name in data.keys() - {"dates"}:
        yield (name,), f"không có mục nào tên «{name}», chỉ có [dates]"
    if not isinstance(data.get("dates"), dict) or not data["dates"]:
        yield ("dates",), "thiếu bảng [dates] với ít nhất một ngày"


def _date_fault(name: str, value: object) -> str:
    if name not in DATE_NAMES:
        return f"không có ngày nào tên «{name}»; các tên dùng được: {', '.join(DATE_NAMES)}"
    if isinstance(value, datetime):
        return f"«{name}» chỉ ghi ngày, không ghi giờ, ví dụ 2026-12-10"
    if not isinstance(value, date):
        return f"«{name}» phải là một ngày không có dấu nháy, ví dụ 2026-12-10"
    return ""


def _order_faults(dates: Mapping[DateName, date]) -> Iterator[tuple[tuple[str, ...], str]]:
    for (sooner, limit), (later, day) in pairwise(dates.items()):
        if day < limit:
            yield ("dates", later), f"«{later}» ({day:%d/%m/%Y}) đứng trước «{sooner}» ({limit:%d/%m/%Y})"
