"""The committee's decision (stage 3): where a peer group stands, and what its ceiling stops.

The ceiling binds the level that approves. What counts for it is what a group will look like when everybody else is
confirmed as the cell proposed: `Entry.expected`. An excellent grade is decided only while that picture is within the
ceiling, and no decision may leave more decided excellent ones than the picture allows; so a group that is decided as
a whole is never above its ceiling. Taking back a decided excellent grade always helps and is never stopped.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from review.ceilings import Ceiling, allowed, ceiling, good_missing, to_lower
from review.pack_model import CeilingRule
from review.people import Person, Unit
from review.responses import Grade

CELLS = "*cells"
"""The one peer group of the cells as collectives: no pack so far tells village cells from school cells."""
EVERYBODY = "*all"
"""The one group where the pack counts within the base organisation as a whole (21-HD/BTCTW)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One subject of a group. A grade of None that is proposed or decided means: not graded."""

    subject_id: int
    unit_id: int
    group: str
    is_proposed: bool = False
    proposed: Grade | None = None
    is_decided: bool = False
    decided: Grade | None = None

    @property
    def expected(self) -> Grade | None:
        """The grade decided, else the one the cell proposed."""
        return self.decided if self.is_decided else self.proposed

    @property
    def is_pending(self) -> bool:
        """Proposed by the cell, not yet decided: what can be confirmed."""
        return self.is_proposed and not self.is_decided


@dataclass(frozen=True, slots=True)
class Standing:
    """A group's figures in people. `excellent` and `good` are expected; `missing` lack the cell's proposal."""

    due: int
    decided: int
    missing: int
    excellent: int
    good: int
    decided_excellent: int
    rule: CeilingRule | None = None
    outstanding: bool = False

    @property
    def ceiling(self) -> Ceiling | None:
        """The denominator the pack names."""
        if self.rule is None:
            return None
        return ceiling(self.rule, self.excellent, self.good, outstanding=self.outstanding)

    @property
    def other_ceiling(self) -> Ceiling | None:
        """The other denominator that circulates: shown beside it, never enforced."""
        if self.rule is None:
            return None
        other = replace(self.rule, base="good" if self.rule.base == "good_or_better" else "good_or_better")
        return ceiling(other, self.excellent, self.good, outstanding=self.outstanding)

    @property
    def over_by(self) -> int:
        return self.ceiling.over_by if self.ceiling else 0

    @property
    def spare(self) -> int:
        """How many more could be excellent beside the people now expected to be "tốt"; 0 without a ceiling."""
        return max(0, self.ceiling.allowed - self.excellent) if self.ceiling else 0

    @property
    def to_lower(self) -> int:
        """The fewest to move from "xuất sắc" to "tốt"."""
        return to_lower(self.rule, self.excellent, self.good, outstanding=self.outstanding) if self.rule else 0

    @property
    def good_missing(self) -> int | None:
        """How many more "tốt" would carry all the excellent ones; None when no number would."""
        return good_missing(self.rule, self.excellent, self.good, outstanding=self.outstanding) if self.rule else 0

    @property
    def outstanding_helps(self) -> bool:
        """Whether the case with grounds (25 %) is still open and would bring the group within its ceiling."""
        if self.rule is None or self.rule.outstanding_share is None or self.outstanding or not self.over_by:
            return False
        return not replace(self, outstanding=True).over_by

    @property
    def decided_too_many(self) -> int:
        """Excellent grades already decided beyond what the whole picture allows."""
        if self.rule is None:
            return 0
        most = allowed(self.rule, self.decided_excellent, self.good, outstanding=self.outstanding)
        return max(0, self.decided_excellent - most)


def group_of(person: Person, rule: CeilingRule | None) -> str:
    """Whom this person is compared with: the own peer group, or everybody who is not counted apart."""
    apart = rule is None or rule.within == "peer_group" or person.peer_group in {*rule.counted_apart, *rule.shares}
    return person.peer_group if apart else EVERYBODY


def standing(entries: Iterable[Entry], rule: CeilingRule | None, *, outstanding: bool = False) -> Standing:
    """`entries` are those of one group."""
    rows = tuple(entries)
    expected = [entry.expected for entry in rows]
    return Standing(
        due=len(rows),
        decided=sum(entry.is_decided for entry in rows),
        missing=sum(not entry.is_proposed and not entry.is_decided for entry in rows),
        excellent=expected.count("excellent"),
        good=expected.count("good"),
        decided_excellent=sum(entry.is_decided and entry.decided == "excellent" for entry in rows),
        rule=rule,
        outstanding=outstanding,
    )


def after(entries: Iterable[Entry], decisions: Mapping[int, Grade | None]) -> tuple[Entry, ...]:
    """The entries once these subjects are decided so."""
    return tuple(
        replace(entry, is_decided=True, decided=decisions[entry.subject_id]) if entry.subject_id in decisions else entry
        for entry in entries
    )


def stop(
    entries: Iterable[Entry],
    decisions: Mapping[int, Grade | None],
    rule: CeilingRule | None,
    *,
    outstanding: bool = False,
) -> Standing | None:
    """The group as these decisions would leave it, when its ceiling forbids them; None when they may be taken."""
    rows = tuple(entries)
    found = standing(after(rows, decisions), rule, outstanding=outstanding)
    if "excellent" in decisions.values() and found.over_by:
        return found
    relieved = (
        all(entry.is_decided and entry.decided == "excellent" for entry in rows if entry.subject_id in decisions)
        and "excellent" not in decisions.values()
    )
    return found if found.decided_too_many and not relieved else None


def is_partial(actor: Person, subject: Person | Unit) -> bool:
    """Nobody decides on the own grade, nor on that of the cell he leads as its secretary."""
    if isinstance(subject, Person):
        return subject.id == actor.id
    return any(unit.id == subject.id for unit in actor.units_as("secretary"))
