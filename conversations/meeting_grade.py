"""What the program proposes for a member at the meeting, from the submitted form and what the secretary told."""

from dataclasses import dataclass

from conversations.facts import Facts
from review.forms import Form
from review.grade_facts import Facts as Known
from review.grade_unknown import still_unknown
from review.grades import NOTHING_TOLD, STILL_NEEDED, Proposal, propose_self_grade
from review.pack_model import FactName, GradeCondition, Pack
from review.people import Person
from review.responses import GRADES, Response

MOST_REASONS = 6


@dataclass(frozen=True, slots=True)
class Assessed:
    """`lacking`: conditions nobody has told about yet."""

    form: Form
    proposal: Proposal
    lacking: tuple[GradeCondition, ...]


def assessed(person: Person, facts: Facts, told: Known = NOTHING_TOLD) -> Assessed | None:
    """None while the self-review is not submitted: who has not finished it is not graded (HD 21).

    `told`: what is about to be stored.
    """
    response, pack = facts.response("self_review", person.id), facts.pack
    form = _form(response, pack)
    if response is None or response.is_open or pack is None or form is None:
        return None
    about = (pack, form, response.answers, facts.given(person.id), {**facts.grading.known(person.id), **told})
    return Assessed(form, propose_self_grade(*about), still_unknown(*about))


def reason_lines(proposal: Proposal) -> list[str]:
    """One a line; what only a person can judge is asked for apart."""
    said = [reason for reason in proposal.reasons if not reason.startswith(STILL_NEEDED)]
    return [f"– {reason}" for reason in said[:MOST_REASONS]]


def conditions(pack: Pack, form: Form) -> tuple[GradeCondition, ...]:
    """Every condition of this form, one by fact, as the highest grade that has it puts it."""
    rules = [line for grade in GRADES if grade in pack.grades for line in pack.grades[grade].rules]
    lines = [line for line in (*rules, *pack.knock_outs) if not line.forms or form.id in line.forms]
    found: dict[FactName, GradeCondition] = {}
    for line in lines:
        found.setdefault(line.fact, line)
    return tuple(found.values())


def _form(response: Response | None, pack: Pack | None) -> Form | None:
    return pack.forms.get(response.form) if response and pack else None
