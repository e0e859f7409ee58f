"""The self-grade that follows from the points, as the form shows it: a proposal with its reasons, never a verdict."""

from conversations.form_answers import number_text
from conversations.form_draft import Draft
from review.grades import STILL_NEEDED, Proposal, points, propose_self_grade

MOST_REASONS = 6
OWN_CHOICE = "Đồng chí cân nhắc rồi tự chọn."


def proposed_grade(draft: Draft) -> str:
    """The grade to put first; empty while points are missing."""
    return _proposal(draft).grade or ""


def proposal_text(draft: Draft) -> str:
    """ "Tự chấm: **88/100 điểm**. Theo điểm: **Hoàn thành tốt nhiệm vụ**." (or "Theo cấp độ" where a pack has no
    points), then the reasons one a line, the conditions that only a person can judge together on one.
    """
    found = _proposal(draft)
    most = sum(asked.question.max_points for asked in draft.walked if asked.question.kind == "score")
    said = [f"Tự chấm: **{number_text(found.points.total)}/{most} điểm**."] if found.points else []
    if found.grade:
        said.append(f"Theo {'điểm' if found.points else 'cấp độ'}: **{draft.pack.grades[found.grade].label}**.")
    reasons = found.reasons[:MOST_REASONS]
    needed = [reason.removeprefix(STILL_NEEDED) for reason in reasons if reason.startswith(STILL_NEEDED)]
    lines = [" ".join(said), *(f"– {reason}" for reason in reasons if not reason.startswith(STILL_NEEDED))]
    if needed:
        lines.append(f"– {STILL_NEEDED}{'; '.join(_lowered(line) for line in needed)}.")
    return "\n".join([*lines, OWN_CHOICE] if found.needs_human else lines)


def _lowered(line: str) -> str:
    return line[:1].lower() + line[1:]


def _proposal(draft: Draft) -> Proposal:
    """Of a collective only the points are told: its grade hangs on facts of the units and people below it."""
    if draft.kind != "self_review":
        scored = any(asked.question.kind == "score" for asked in draft.walked)
        return Proposal(None, (), needs_human=True, points=points(draft.form, draft.answers) if scored else None)
    return propose_self_grade(draft.pack, draft.form, draft.answers, draft.given)
