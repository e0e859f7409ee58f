"""After the decision: every shortcoming has a measure, an owner and a date, and is looked after through the year.

The plan comes straight after the review: measures, owner, dates, a periodic check; a date passed without the work done
is asked about once more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from review.decisions import About
from review.forms import Form, Given, walk
from review.pairing import paired
from review.responses import Answers

RemedyStatus = Literal["open", "partly", "done", "not_done"]
CheckStatus = Literal["open", "partly", "done", "not_done", "redated"]

AROUND_THE_DATE = (7, 0, -7)
"""Days before a remedy's own date on which its owner is asked; -7 is a week after it."""


@dataclass(frozen=True, slots=True)
class RemedyCheck:
    """How far a remedy was on a day, by its owner's word. "redated" = it got a new date, `note` says why."""

    at: datetime
    by: int
    status: CheckStatus
    note: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    """`source` names the shortcoming it mends ("response_id:key"). What is not done goes to next year's form."""

    id: int
    about: About
    subject_id: int
    source: str
    shortcoming: str
    measure: str
    owner_id: int | None
    due: date | None
    status: RemedyStatus = "open"
    checks: tuple[RemedyCheck, ...] = ()

    @property
    def is_done(self) -> bool:
        return self.status == "done"

    @property
    def is_planned(self) -> bool:
        """Whether it has what a plan needs: a measure and a date."""
        return bool(self.measure) and self.due is not None

    @property
    def may_move(self) -> bool:
        """A partly done one may get a new date once."""
        return self.status == "partly" and all(check.status != "redated" for check in self.checks)

    def is_overdue(self, today: date) -> bool:
        return not self.is_done and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """`key` names it in its response: "shortcomings.1", "fixed.7"."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Measure:
    """`shortcoming`: which one it mends, in the writer's words; may be empty."""

    text: str
    due: date | None = None
    shortcoming: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done about one shortcoming; an empty measure or a missing date is asked of the owner."""

    shortcoming: Shortcoming
    measure: str = ""
    due: date | None = None


def plans(form: Form, answers: Answers, given: Given) -> tuple[Plan, ...]:
    """One for each shortcoming of a filled form: those of section II, and what section III says is not mended yet."""
    own_first = sorted(_shortcomings(form, answers, given), key=lambda one: one.key.startswith("fixed."))
    found = tuple(own_first)
    matched = match(found, _measures(form, answers, given))
    return tuple(
        Plan(
            one,
            "; ".join(measure.text for measure in mending),
            max((measure.due for measure in mending if measure.due), default=None),
        )
        for one, mending in zip(found, matched, strict=True)
    )


def match(shortcomings: Sequence[Shortcoming], measures: Iterable[Measure]) -> tuple[tuple[Measure, ...], ...]:
    """The measures of each shortcoming: by its words, the rest in their order where none is found yet."""
    every = tuple(measures)
    pairs = paired([measure.shortcoming for measure in every], [one.text for one in shortcomings])
    mends = tuple(zip(every, pairs, strict=True))
    return tuple(tuple(measure for measure, of in mends if of == nth) for nth in range(len(shortcomings)))


def dates_asked_about(today: date) -> tuple[date, ...]:
    """The remedies' own dates that are asked about today: in a week, today, a week ago."""
    return tuple(today + timedelta(days=days) for days in AROUND_THE_DATE)


def decision_days_asked_about(check_days: Iterable[int], today: date) -> tuple[date, ...]:
    """The days of decisions whose remedies are looked at today; `check_days` after them, as the pack has it."""
    return tuple(today - timedelta(days=days) for days in check_days)


def by_urgency(remedies: Iterable[Remedy]) -> tuple[Remedy, ...]:
    """What lacks something first, then by date; what is done last."""
    return tuple(sorted(remedies, key=lambda one: (one.is_done, one.is_planned, one.due or date.max, one.id)))


def _shortcomings(form: Form, answers: Answers, given: Given) -> Iterator[Shortcoming]:
    for asked in walk(form, answers, given):
        group = asked.group.id if asked.group else ""
        value = answers.get(asked.key)
        if group == "shortcomings" and asked.question.id == "text" and value:
            yield Shortcoming(asked.key.removesuffix(".text"), str(value))
        elif group == "fixed" and asked.question.id == "status" and asked.item and value not in (None, "done"):
            yield Shortcoming(asked.key.removesuffix(".status"), asked.item.text)


def _measures(form: Form, answers: Answers, given: Given) -> list[Measure]:
    rows: dict[int, dict[str, str]] = {}
    for asked in walk(form, answers, given):
        if asked.group and asked.group.id == "measures" and answers.get(asked.key):
            rows.setdefault(asked.nth, {})[asked.question.id] = str(answers[asked.key])
    return [_measure(row) for row in rows.values() if row.get("measure")]


def _measure(row: Mapping[str, str]) -> Measure:
    try:
        due = date.fromisoformat(row.get("due", ""))
    except ValueError:
        due = None
    return Measure(row["measure"], due, row.get("shortcoming", ""))
