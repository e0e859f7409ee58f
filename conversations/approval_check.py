"""Why a decision of the committee cannot be taken, in the sentence the officer reads. Storage asks it once more."""

from collections import defaultdict
from collections.abc import Mapping

from conversations import words
from conversations.approval import Group, Subject, committee_over, is_mine, others, seats, table
from conversations.approval_words import over_ceiling
from conversations.facts import Facts
from review.decisions import About
from review.people import Unit
from review.responses import Grade

Taken = tuple[Grade | None, str]
"""A grade (None: not graded) and its reason."""
NOT_YOURS = "Việc này không thuộc phần của đồng chí nên tôi không làm được."
NO_PROPOSAL = "Chi bộ chưa chốt đề nghị cho {} nên cấp ủy chưa quyết được. Đồng chí nhắc bí thư chi bộ ghi kết quả họp."
REASON_NEEDED = "Mức này khác đề nghị của chi bộ nên cần ghi lý do. Đồng chí viết một câu giúp tôi."


def objection(facts: Facts, about: About, taken: Mapping[int, Taken]) -> str:
    """Empty when all these decisions may be taken together."""
    on_table = table(facts)
    by_group: defaultdict[str, dict[int, Grade | None]] = defaultdict(dict)
    groups: dict[str, Group] = {}
    for subject_id, (grade, reason) in taken.items():
        found = on_table.get((about, subject_id))
        if found is None:
            return _nothing_there(facts, about, subject_id)
        group, subject = found
        if said := _about_one(facts, group, subject, grade, reason):
            return said
        code = f"{group.committee.id}.{group.code}"
        groups[code], by_group[code][subject_id] = group, grade
    stops = ((groups[code], groups[code].stopped(grades)) for code, grades in by_group.items())
    return next((over_ceiling(group, standing) for group, standing in stops if standing), "")


def conflict(facts: Facts, group: Group, subject: Subject) -> str:
    """Why this person may not decide on the subject, and who does; empty when there is no conflict."""
    if not is_mine(facts, subject):
        return ""
    why = "mức xếp loại của chính mình" if subject.person else "mức của chi bộ do mình làm bí thư"
    rest = others(facts, group.committee)
    if rest:
        names = " hoặc ".join(words.cut(one.name, 60) for one in rest[:2])
        return f"Đồng chí không tự quyết {why}. Việc này do đồng chí **{names}** quyết."
    upper = _upper(facts, group.committee)
    return (
        f"Đồng chí không tự quyết {why}, mà {words.cut(group.committee.name, 80)} chưa có cán bộ nào khác. "
        f"Đồng chí đề nghị {upper} cử người quyết mục này."
    )


def _nothing_there(facts: Facts, about: About, subject_id: int) -> str:
    """A cell of this committee that has not said anything of itself yet is told apart from what is another's."""
    cell = facts.unit(subject_id) if about == "unit" else None
    is_below = cell is not None and cell.kind == "cell" and committee_over(facts, cell) in seats(facts)
    return NO_PROPOSAL.format(words.cut(cell.name, 60)) if cell and is_below else NOT_YOURS


def _about_one(facts: Facts, group: Group, subject: Subject, grade: Grade | None, reason: str) -> str:
    if said := conflict(facts, group, subject):
        return said
    if not subject.entry.is_proposed:
        return NO_PROPOSAL.format(words.cut(subject.name, 60))
    follows = grade == subject.entry.proposed
    return "" if follows or reason.strip() else REASON_NEEDED


def _upper(facts: Facts, committee: Unit) -> str:
    above = facts.unit(committee.parent_id) if committee.parent_id else None
    return words.cut(above.name, 80) if above else "cấp ủy cấp trên trực tiếp"
