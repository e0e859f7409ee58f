"""Those the cells propose as excellent, side by side: in a neutral order, with the conditions met and missing.

Not by rank or office (local guides of 2026): more points first; then more tasks above requirement, then more of the
earlier faults fixed, where the pack asks for them; then as given, which is by name. An unknown figure stands last.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from review.grade_conditions import applying, holds
from review.grade_facts import Fact
from review.pack_model import FactName, GradeCondition, Pack

HARDER: Mapping[FactName, str] = {
    "tasks_above": "phần việc vượt yêu cầu",
    "shortcomings_fixed": "hạn chế cũ đã khắc phục",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """`points` of 100 as the person scored, None while some are missing; `known` facts by name."""

    subject_id: int
    points: float | None = None
    known: Mapping[FactName, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of "xuất sắc" for one person's form: how each stands."""

    met: tuple[GradeCondition, ...]
    missing: tuple[GradeCondition, ...]
    unknown: tuple[GradeCondition, ...]


def harder_facts(pack: Pack) -> tuple[FactName, ...]:
    """The facts that break a tie: those of `HARDER` that the pack's top grade asks for."""
    top = pack.grades.get("excellent")
    named = {line.fact for line in top.rules} if top else set()
    return tuple(fact for fact in HARDER if fact in named)


def in_neutral_order(pack: Pack, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Those who are level stay in the order given."""
    facts = harder_facts(pack)

    def key(one: Candidate) -> tuple[float, ...]:
        return tuple(-_figure(figure) for figure in (one.points, *(one.known.get(fact) for fact in facts)))

    return tuple(sorted(candidates, key=key))


def conditions(pack: Pack, form_name: str, known: Mapping[FactName, Fact]) -> Conditions:
    """Of the top grade. Points are a condition of their own and not listed; a silent `if_known` line is none."""
    top = pack.grades.get("excellent")
    lines = [(line, holds(line, known)) for line in applying(top.rules if top else (), form_name)]
    return Conditions(
        tuple(line for line, how in lines if how),
        tuple(line for line, how in lines if how is False),
        tuple(line for line, how in lines if how is None and not line.if_known),
    )


def _figure(value: Fact | None) -> float:
    return float(value) if isinstance(value, int | float) else -1.0
