"""What a member says to the own result: an explanation, or a complaint that somebody without a part in it answers.

The 2026 guide of a corporation (HD 03-HD/TVĐU) gives the right to explain, lets a complaint stop nothing but has the
entry marked, bars whoever has a conflict of interest from handling it, and asks for an answer with its grounds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from review.pack_settings import MeetingRule
from review.people import Person

AppealKind = Literal["explanation", "complaint"]
Outcome = Literal["kept", "changed"]
ANSWER_WORKING_DAYS = 10
"""UNVERIFIED: neither 366-QĐ/TW, HD 43-HD/BTCTW nor HD 03-HD/TVĐU names a time limit."""
REMINDED_BEFORE = (3, 0, -1)
"""Days before an answer is due on which its handler is reminded; -1 is the day after."""
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Appeal:
    """It stops nothing, but the entry is marked until it is answered. An explanation asks for no answer."""

    id: int
    decision_id: int
    person_id: int
    kind: AppealKind
    text: str
    made_at: datetime
    handler_id: int | None = None
    answer_due: date | None = None
    outcome: Outcome | None = None
    answer: str = ""
    answered_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """A complaint that waits for its answer."""
        return self.kind == "complaint" and self.answered_at is None

    def is_late(self, today: date) -> bool:
        return self.is_open and self.answer_due is not None and self.answer_due < today


@dataclass(frozen=True, slots=True)
class Matter:
    """A member's grade and everybody who had a hand in it, by id: who recorded a decision on it, a meeting of the cell
    or its votes on the member, and who leads the cell.
    """

    complainant: Person
    hands: frozenset[int] = frozenset()

    def has_part(self, person: Person) -> bool:
        """The member, everybody of the own cell (they voted on the grade), and those who had a hand in it."""
        own_cell = self.complainant.unit
        same_cell = own_cell is not None and person.unit is not None and person.unit.id == own_cell.id
        return person.id == self.complainant.id or same_cell or person.id in self.hands


def choose_handler(levels: Iterable[Sequence[Person]], matter: Matter) -> Person | None:
    """The first officer without a part in the matter; `levels` are the officers of each unit above, the nearest first.

    None: nobody is free.
    """
    return next((person for level in levels for person in level if not matter.has_part(person)), None)


def working_days_after(day: date, count: int) -> date:
    """The last of so many working days after that day. Monday to Friday; holidays are not known here."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day


def answer_due(made_on: date, rule: MeetingRule | None = None) -> date:
    """Until when a complaint of that day is to be answered: as the pack says, else in the default number of days."""
    if rule:
        return made_on + timedelta(days=rule.complaint_days)
    return working_days_after(made_on, ANSWER_WORKING_DAYS)


def reminder_slot(due: date, today: date) -> str | None:
    """The slot of this day ("T-3", "T", "T+1"), or None on every other day."""
    left = (due - today).days
    if left not in REMINDED_BEFORE:
        return None
    return f"T{-left:+d}" if left else "T"
