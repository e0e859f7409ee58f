"""One subject as the committee looks at it: points, what the program proposes and why, the remark, what is open."""

from collections.abc import Mapping
from dataclasses import dataclass

from conversations.approval import Group, Subject
from conversations.approval_facts import Dossier
from conversations.facts import Facts
from review.candidates import Candidate, Conditions, conditions, in_neutral_order
from review.forms import Form, is_answer, missing, walk
from review.grade_facts import Facts as Known
from review.grades import Points, Proposal, known_of, points, propose_self_grade
from review.people import Person
from review.responses import Response


@dataclass(frozen=True, slots=True)
class Look:
    """`proposal` is the program's, from points and facts; None where nothing was handed in to go by."""

    points: Points | None = None
    known: Known | None = None
    proposal: Proposal | None = None
    open_points: int = 0


def dossiers_of(facts: Facts, subjects: tuple[Subject, ...]) -> Mapping[int, Dossier]:
    """By subject, of one kind: on a cell it is the report it has handed in."""
    ids = tuple(one.id for one in subjects)
    if subjects and subjects[0].about == "unit":
        reviews = facts.approval.collective_reviews(ids)
        return {one: Dossier(reviews.get(one)) for one in ids}
    return facts.approval.dossiers(ids)


def look_at(facts: Facts, person: Person | None, dossier: Dossier) -> Look:
    """What is known besides the form: what the secretary told, and for the head of a cell the grade of the cell."""
    form, review = _form(facts, dossier.review), dossier.review
    if facts.pack is None or form is None or review is None:
        return Look(known=dossier.known)
    lacking = missing(form, review.answers, dossier.given)
    open_points = len({a.item.id for a in lacking if a.item and a.group and a.group.source == "suggested"})
    told = {**(_unit_grade(facts, person) if person else {}), **dossier.known}
    return Look(
        points(form, review.answers),
        known_of(form, review.answers, dossier.given, told),
        propose_self_grade(facts.pack, form, review.answers, dossier.given, told),
        open_points,
    )


def conditions_of(facts: Facts, dossier: Dossier, look: Look) -> Conditions:
    """Nothing handed in: every condition that holds for all forms is unknown."""
    assert facts.pack
    return conditions(facts.pack, dossier.review.form if dossier.review else "", look.known or {})


def excellent_ones(facts: Facts, group: Group) -> tuple[tuple[Subject, Dossier, Look], ...]:
    """Everything of the group that is proposed as excellent, or is decided so, in the neutral order."""
    assert facts.pack
    wanted = tuple(one for one in group.subjects if "excellent" in (one.entry.proposed, one.entry.decided))
    dossiers = dossiers_of(facts, wanted)
    rows = {one.id: (one, dossiers[one.id], look_at(facts, one.person, dossiers[one.id])) for one in wanted}
    candidates = [Candidate(one.id, total_of(look), look.known or {}) for one, _, look in rows.values()]
    return tuple(rows[one.subject_id] for one in in_neutral_order(facts.pack, candidates))


def remark_word(facts: Facts, remark: Response | None) -> str:
    """The remark of the place where one lives in one word: the first thing it was asked to choose."""
    form = _form(facts, remark)
    if form is None or remark is None:
        return ""
    for asked in walk(form, remark.answers):
        value = remark.answers.get(asked.key)
        if asked.question.kind == "choice" and is_answer(asked.question, value):
            return next(option.label for option in asked.question.options if option.id == value)
    return ""


def total_of(look: Look) -> float | None:
    """The points, where the form has some and all were given."""
    return look.points.total if look.points and look.points.total and not look.points.missing else None


def _form(facts: Facts, response: Response | None) -> Form | None:
    return facts.pack.forms.get(response.form) if facts.pack and response else None


def _unit_grade(facts: Facts, person: Person) -> Known:
    """The head is not graded above the collective: its grade as decided, else as the cell proposes it."""
    if person.unit is None or person.unit not in person.units_as("secretary"):
        return {}
    stages = (facts.grading.decision(stage, "unit", person.unit.id) for stage in ("committee", "cell"))
    grade = next((one.grade for one in stages if one and one.grade), None)
    return {"unit_grade": grade} if grade else {}
