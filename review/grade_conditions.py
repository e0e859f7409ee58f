"""Whether one condition of a grade holds, and the condition in words."""

from review.grade_facts import Facts
from review.pack_model import GradeCondition


def with_implied(facts: Facts) -> Facts:
    """Late and on time are two sides of the same tasks."""
    known = dict(facts)
    on_time, late = facts.get("tasks_on_time"), facts.get("tasks_late")
    if late is None and on_time is not None:
        known["tasks_late"] = 100 - float(on_time)
    if on_time is None and late is not None:
        known["tasks_on_time"] = 100 - float(late)
    return known


def applying(lines: tuple[GradeCondition, ...], form_name: str) -> list[GradeCondition]:
    return [line for line in lines if not line.forms or form_name in line.forms]


def holds(line: GradeCondition, facts: Facts) -> bool | None:
    """None when the fact is not known."""
    fact = facts.get(line.fact)
    if fact is None:
        return None
    if line.grades:
        return fact in line.grades
    if line.yes is not None:
        return fact is line.yes
    percent = float(fact)
    if line.at_least is not None:
        return percent >= line.at_least
    return percent <= line.at_most if line.at_most is not None else percent < (line.below or 0)


def cited(line: GradeCondition, facts: Facts) -> str:
    fact = facts.get(line.fact)
    now = f" (hiện {number_words(fact)}%)" if isinstance(fact, int | float) and not isinstance(fact, bool) else ""
    doubt = ", chưa đối chiếu được với văn bản gốc" if line.unverified else ""
    return f"{line.text}{now} [{line.source}{doubt}]"


def number_words(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
