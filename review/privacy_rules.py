"""The dates the personal data law sets, as data: how many days, how they are counted, and what nobody confirmed yet."""

from collections.abc import Iterator
from dataclasses import field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter
from pydantic.dataclasses import dataclass

from review.faults import Fault, Faults
from review.pack_files import read, shaped
from review.requests import KINDS, RequestKind
from review.working_days import Holidays

FOLDER = Path(__file__).parent / "privacy"
FILE = "requests.toml"
MonthAndDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class PrivacyFaults(Faults):
    """The table of the dates cannot be used."""


@dataclass(frozen=True, slots=True, config={"extra": "forbid"})
class Limit:
    """So many days, working days or calendar days."""

    count: Annotated[int, Field(ge=1, le=60)]
    counted: Literal["working_days", "days"]
    source: str
    verified: bool

    def end(self, day: date, holidays: Holidays) -> date:
        """The last day of the time that begins after `day`; always a working day."""
        if self.counted == "working_days":
            return holidays.after(day, self.count)
        return holidays.working_from(date.fromordinal(day.toordinal() + self.count))


@dataclass(frozen=True, slots=True, config={"extra": "forbid"})
class YearOff:
    days: tuple[date, ...]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True, config={"extra": "forbid"})
class DaysOff:
    fixed: tuple[MonthAndDay, ...]
    source: str
    verified: bool
    years: dict[str, YearOff] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, config={"extra": "forbid"})
class PrivacyRules:
    """`limits` has every kind of request."""

    acknowledge: Limit
    limits: dict[RequestKind, Limit]
    extension: Limit
    holidays: DaysOff

    @property
    def days_off(self) -> Holidays:
        fixed = frozenset((int(one[:2]), int(one[3:])) for one in self.holidays.fixed)
        return Holidays(fixed, {int(year): frozenset(one.days) for year, one in self.holidays.years.items()})

    def due_dates(self, kind: RequestKind, received: date) -> tuple[date, date]:
        """Until when a request of that day is to be taken, and answered."""
        off = self.days_off
        return self.acknowledge.end(received, off), self.limits[kind].end(received, off)

    def extended(self, due: date) -> date:
        return self.extension.end(due, self.days_off)

    def unverified(self) -> Iterator[str]:
        """Where a number stands, and what it is, of everything no office has confirmed."""
        limits = {"acknowledge": self.acknowledge, "extension": self.extension}
        limits |= {f"limits.{kind}": limit for kind, limit in self.limits.items()}
        for name, limit in limits.items():
            if not limit.verified:
                yield f"{name}: {limit.count} {limit.counted} ({limit.source})"
        for year, off in self.holidays.years.items():
            if not off.verified:
                yield f"holidays.years.{year}: {len(off.days)} days ({off.source})"


@cache
def privacy_rules(folder: Path = FOLDER) -> PrivacyRules:
    """Raises PrivacyFaults with everything that is wrong with the table."""
    faults: list[Fault] = []
    source = read(folder, FILE, faults)
    rules = None if faults else shaped(TypeAdapter(PrivacyRules), source.data, source.fault, faults)
    lacking = [kind for kind in KINDS if rules and kind not in rules.limits]
    faults += [source.fault(("limits",), f"thiếu bảng [limits.{kind}]") for kind in lacking]
    if rules is None or faults:
        raise PrivacyFaults(faults)
    return rules
