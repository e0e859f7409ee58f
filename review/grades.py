"""A grade proposed from points or levels and facts, with its reasons. A person decides, always.

366-QĐ/TW, Art. 11, goes by points; 132-QĐ/TW and 124-QĐ/TW went by the level of each criterion.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from review.forms import Form, Given, Question, is_answer, walk
from review.grade_bands import Band, by_levels, by_points
from review.grade_conditions import applying, cited, holds, number_words, with_implied
from review.grade_facts import BadFact, Facts
from review.levels import Level, level_questions, levels_of
from review.pack_model import Pack
from review.responses import Answers, Grade

NOTHING_GIVEN = Given()
NOTHING_TOLD: Facts = {}
STILL_NEEDED = "Mức này còn cần: "
"""Begins a reason that only a person can judge."""
GRADED = ("self_review", "collective_review")


@dataclass(frozen=True, slots=True)
class Points:
    """Points the writer gave, of 30, 70 and 100. `missing` counts the criteria without points yet."""

    common: float
    tasks: float
    total: float
    missing: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """`needs_human`: something is unknown or unverified, or points (levels) and conditions lead to different grades.

    `grade` is None only while points or levels are missing; `points` is set when a form with points was read.
    """

    grade: Grade | None
    reasons: tuple[str, ...]
    needs_human: bool
    points: Points | None = None


def points(form: Form, answers: Answers) -> Points:
    """The sum by group of criteria, to a hundredth of a point."""
    given: dict[str, float] = {}
    missing = 0
    for asked in walk(form, answers):
        if asked.question.kind != "score":
            continue
        if is_answer(asked.question, answers.get(asked.key)):
            group = asked.question.points_group
            given[group] = given.get(group, 0.0) + float(str(answers[asked.key]))
        else:
            missing += 1
    common, tasks = round(given.get("common", 0), 2), round(given.get("tasks", 0), 2)
    return Points(common, tasks, round(sum(given.values()), 2), missing)


def propose_self_grade(
    pack: Pack, form: Form, answers: Answers, given: Given = NOTHING_GIVEN, told: Facts = NOTHING_TOLD
) -> Proposal:
    """What the writer's own points or levels lead to, and what the grade still asks for besides.

    `told`: facts somebody else knows (the secretary); they go before what the form tells.
    """
    known = known_of(form, answers, given, told)
    if pack.levels:
        chosen = levels_of(form, answers, given)
        if lacking := sum(level is None for level in chosen.values()):
            return Proposal(None, (f"Còn {lacking} tiêu chí chưa chọn cấp độ.",), needs_human=True)
        return _propose(pack, form, 0, known, {key: level for key, level in chosen.items() if level})
    found = points(form, answers)
    if found.missing:
        return Proposal(None, (f"Còn {found.missing} tiêu chí chưa chấm điểm.",), needs_human=True, points=found)
    return replace(_propose(pack, form, found.total, known, {}), points=found)


def propose_grade(
    pack: Pack, form_name: str, score: float, facts: Facts, levels: Mapping[str, Level] | None = None
) -> Proposal:
    """Walk down from the top: the first grade whose points (or levels, by question id) and conditions all hold.

    Which grade applies when points suffice and a condition is missing is not stated in 366-QĐ/TW, so a human decides.
    Where a pack goes by levels the score decides nothing. Raises BadFact when the pack has no such self-review or
    collective review, or the score is not between 0 and 100.
    """
    form = pack.forms.get(form_name)
    if form is None or form.kind not in GRADED:
        raise BadFact(f"gói quy tắc này không có mẫu kiểm điểm «{form_name}»")
    if not 0 <= score <= 100:
        raise BadFact("điểm phải từ 0 đến 100")
    proposal = _propose(pack, form, score, facts, levels or {})
    if not pack.levels:
        return proposal
    said = f"Gói quy tắc này xếp loại theo cấp độ từng tiêu chí; {number_words(score)} điểm không quyết định."
    return replace(proposal, reasons=(said, *proposal.reasons))


def _propose(pack: Pack, form: Form, score: float, facts: Facts, levels: Mapping[str, Level]) -> Proposal:
    known = with_implied(facts)
    if out := [line for line in applying(pack.knock_outs, form.id) if holds(line, known)]:
        reasons = tuple(f"Thuộc trường hợp không hoàn thành nhiệm vụ: {cited(line, known)}" for line in out)
        return Proposal("not_completed", reasons, needs_human=any(line.unverified for line in out))
    if not pack.levels:
        return _walk_down(by_points(pack, score), form, known)
    if lacking := [question for question in _always_asked(form) if question.id not in levels]:
        names = "; ".join(f"{question.id} ({question.short or question.title})" for question in lacking)
        return Proposal(None, (f"Chưa có cấp độ của {len(lacking)} tiêu chí: {names}.",), needs_human=True)
    return _walk_down(by_levels(pack, form, levels), form, known)


def _walk_down(bands: Sequence[Band], form: Form, known: Facts) -> Proposal:
    failed = [[line for line in applying(band.rule.rules, form.id) if holds(line, known) is False] for band in bands]
    at = next(nth for nth, band in enumerate(bands) if not band.short and not failed[nth])
    chosen, above = bands[at].rule, [*zip(bands, failed, strict=True)][:at]
    said = [
        f"Chưa đạt «{band.rule.label}»: {reason}"
        for band, lines in above
        for reason in (*band.short, *(cited(line, known) for line in lines))
    ]
    unknown = [
        f"{STILL_NEEDED}{line.text}"
        for line in applying(chosen.rules, form.id)
        if holds(line, known) is None and not line.if_known
    ]
    is_sure = all(band.is_sure for band in bands[: at + 1])
    needs_human = not is_sure or bool(unknown) or any(lines for _, lines in above)
    return Proposal(chosen.grade, (bands[at].reached, *said, *unknown), needs_human)


def _always_asked(form: Form) -> list[Question]:
    """The criteria by level that stand whatever else is answered or given."""
    return [question for question in level_questions(form) if not question.when and not question.only_with]


def _known(form: Form, answers: Answers, given: Given) -> Facts:
    """What the form itself tells: how many of the items carried over from last year are done."""
    status = [answers.get(a.key) for a in walk(form, answers, given) if a.group and a.group.source == "carried"
              and a.question.id == "status"]  # fmt: skip
    if not status or any(one is None for one in status):
        return {}
    return {"shortcomings_fixed": 100 * status.count("done") / len(status)}


def known_of(form: Form, answers: Answers, given: Given = NOTHING_GIVEN, told: Facts = NOTHING_TOLD) -> Facts:
    """Everything known of one filled form and by others; what was `told` goes first."""
    return {**_known(form, answers, given), **told}
