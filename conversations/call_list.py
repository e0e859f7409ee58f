"""The call list: who still lacks something and is reached by no message, so that somebody has to go there."""

from dataclasses import dataclass
from datetime import date

from conversations.facts import Facts, PersonProgress
from conversations.reminding import is_out_of_reach, late
from conversations.unit_dates import nearest_day
from review.people import Person, Unit

NOT_JOINED = "Chưa vào lần nào"
BLOCKED = "Đã chặn tin nhắn"
SILENT = "Lâu chưa nhắn lại"
LACKING = {"drafting": "Bản kiểm điểm đang viết dở"}
NOT_BEGUN = "Bản kiểm điểm chưa viết"


@dataclass(frozen=True, slots=True)
class Call:
    """What the person lacks, until when, and why no message arrives. Never how much of a draft is written."""

    person: Person
    lacking: str
    until: date | None
    why: str


def calls(facts: Facts, cells: tuple[Unit, ...]) -> tuple[Call, ...]:
    """By place of residence, so that one walk finds neighbours; then by name."""
    rows = [row for row in late(facts, cells) if is_out_of_reach(row)]
    return tuple(_call(row, facts) for row in sorted(rows, key=lambda row: (_residence(row.person), row.person.name)))


def _call(row: PersonProgress, facts: Facts) -> Call:
    until = nearest_day("self_reviews_due", (row.person.unit,), facts)
    return Call(row.person, LACKING.get(row.progress, NOT_BEGUN), until, _why(row))


def _why(row: PersonProgress) -> str:
    if row.progress == "not_joined":
        return NOT_JOINED
    return BLOCKED if row.unreachable else SILENT


def _residence(person: Person) -> str:
    return person.residence.name if person.residence else ""
