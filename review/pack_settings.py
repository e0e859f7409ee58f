"""The smaller tables of pack.toml, and what a value of any of them may be."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from review.people import FormName
from review.responses import Grade

STRICT = ConfigDict(extra="forbid", strict=True)
Words = Annotated[str, Field(min_length=1, max_length=400, pattern=r"\S")]
Name = Annotated[str, Field(min_length=1, max_length=60, pattern=r"\S")]
"""Short enough for a button."""
Percent = Annotated[int, Field(ge=0, le=100)]
Days = Annotated[int, Field(gt=0, le=366)]
MeetingValue = Literal["secret_ballot", "more_than", "complaint_days"]
RemedyValue = Literal["check_days", "compulsory_for"]


@dataclass(frozen=True, slots=True, config=STRICT)
class MeetingRule:
    """How the cell votes and complaints are answered.

    A grade is proposed with more than `more_than` percent of all official members, present or not (294-QĐ/TW §9.3.2).
    `complaint_days`: calendar days in which a complaint about a grade is to be answered. `sources` has one by value.
    """

    secret_ballot: bool
    more_than: Percent
    complaint_days: Days
    sources: dict[MeetingValue, Words]
    unverified: tuple[MeetingValue, ...] = ()


@dataclass(frozen=True, slots=True, config=STRICT)
class RemedyRule:
    """When remedies are looked at, in days after the decision, and with which grades a plan is compulsory."""

    check_days: Annotated[tuple[Days, ...], Field(min_length=1)]
    compulsory_for: tuple[Grade, ...]
    sources: dict[RemedyValue, Words]
    unverified: tuple[RemedyValue, ...] = ()


@dataclass(frozen=True, slots=True, config=STRICT)
class Document:
    """A regulation the pack follows. `tag` says how it was read: V(erified), S(ummary), L(ocal), I(nferred)."""

    code: Words
    title: Words
    issued: Words
    tag: Literal["V", "S", "L", "I"]


@dataclass(frozen=True, slots=True, config=STRICT)
class LevelGroup:
    """Criteria judged Xuất sắc, Tốt, Trung bình or Kém together (132-QĐ/TW, 124-QĐ/TW)."""

    label: Words
    source: Words
    unverified: bool = False


@dataclass(frozen=True, slots=True, config=STRICT)
class PeerGroup:
    """People compared with each other for the ceiling (nhóm tương đồng). `forms`: who may belong to it."""

    label: Name
    source: Words
    forms: Annotated[tuple[FormName, ...], Field(min_length=1)] = ("2A", "2B", "2C")
    unverified: bool = False


@dataclass(frozen=True, slots=True, config=STRICT)
class TypicalDate:
    """A usual day of the review of one year; `next_year` = in the January after it. Every office sets its own."""

    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]
    source: Words
    next_year: bool = False
    unverified: bool = False
