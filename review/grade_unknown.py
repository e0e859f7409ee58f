"""What must still be told about a member before the proposed grade is sure."""

from review.forms import Form, Given
from review.grade_conditions import applying, holds, with_implied
from review.grade_facts import Facts
from review.grades import NOTHING_GIVEN, NOTHING_TOLD, known_of, propose_self_grade
from review.pack_model import FactName, GradeCondition, Pack
from review.responses import Answers


def still_unknown(
    pack: Pack, form: Form, answers: Answers, given: Given = NOTHING_GIVEN, told: Facts = NOTHING_TOLD
) -> tuple[GradeCondition, ...]:
    """The conditions of the proposed grade and those that bar, one by fact; none while points or levels are missing.

    What only some people have (an official's grade, what the pack marks "if_known") is never asked for.
    """
    proposal, known = propose_self_grade(pack, form, answers, given, told), known_of(form, answers, given, told)
    known, barring = with_implied(known), applying(pack.knock_outs, form.id)
    if proposal.grade is None or any(holds(line, known) for line in barring):
        return ()
    asked = [*applying(pack.grades[proposal.grade].rules, form.id), *barring]
    unknown: dict[FactName, GradeCondition] = {}
    for line in asked:
        if line.fact_kind != "grade" and not line.if_known and holds(line, known) is None:
            unknown.setdefault(line.fact, line)
    return tuple(unknown.values())
