"""Who may raise a point (gợi ý kiểm điểm) with whom, and what is known of those raised."""

from dataclasses import dataclass

from conversations.facts import Facts
from conversations.place import Place
from review.decisions import About
from review.people import Person, Unit
from review.permissions import may
from review.responses import Response

CODES: dict[str, About] = {"p": "person", "u": "unit"}


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom points are raised with: a member or a cell, and the form in which they are answered."""

    about: About
    who: Person | Unit
    review: Response | None

    @property
    def is_cell(self) -> bool:
        return self.about == "unit"

    def place(self, name: str, *more: str | int) -> Place:
        return Place.of(name, "u" if self.is_cell else "p", self.who.id, *more)

    def back(self) -> Place:
        """The screen from which points are raised."""
        if isinstance(self.who, Unit):
            return Place.of("cell_review", self.who.id)
        return Place.of("cell_person", self.who.unit.id if self.who.unit else 0, self.who.id)


def subject_of(place: Place, facts: Facts) -> Subject | None:
    """The subject the place names, for somebody who may raise a point with it; None for everybody else."""
    about, me = CODES.get(place.word()), facts.me
    if about is None or me is None or facts.cycle is None:
        return None
    who = facts.unit(place.number(1)) if about == "unit" else facts.person(place.number(1))
    if who is None or (isinstance(who, Unit) and who.kind != "cell"):
        return None
    return Subject(about, who, _review(about, who.id, facts)) if may_raise(about, who, facts) else None


def may_raise(about: About, who: Person | Unit, facts: Facts) -> bool:
    """Also when it is too late to raise another: those raised may still be looked at."""
    return facts.me is not None and may(facts.me, "raise_point", who, below=facts.units_below)


def too_late(subject: Subject, facts: Facts) -> bool:
    """Once the cell has met nobody can be asked to answer before the meeting."""
    met = facts.cycle is not None and facts.cycle.cell_has_met(facts.today)
    return met or (subject.review is not None and subject.review.status == "accepted")


def open_about(about: About, subject_id: int, facts: Facts) -> int:
    return sum(point.is_open for point in facts.points.points(about, subject_id))


def _review(about: About, subject_id: int, facts: Facts) -> Response | None:
    return facts.response("collective_review" if about == "unit" else "self_review", subject_id)
