"""Last year's answers under other rules: what a pack would make of a review that was held under another one."""

from dataclasses import dataclass, replace

from review.forms import Asked, Form, Given, is_answer, walk
from review.grades import Proposal, propose_grade, propose_self_grade
from review.pack_model import Pack
from review.people import Person
from review.responses import Answers, Response

OLD_CRITERIA = "Điểm chấm theo tiêu chí của gói cũ, chỉ lấy tổng."
NO_MEASURE = "Một gói chấm điểm, một gói xếp theo cấp độ: không quy đổi được, cần xem lại từng tiêu chí."
NO_FORM = "Gói này không có mẫu cho đồng chí."


@dataclass(frozen=True, slots=True)
class Replayed:
    """One review under both packs. `lost` counts the answers the other form has no place for, `open` what it would
    still ask. A proposal without a grade says why in its reasons.
    """

    person: Person
    form: str
    then: Proposal
    now: Proposal
    lost: int = 0
    open: int = 0

    @property
    def differs(self) -> bool:
        return self.then.grade != self.now.grade


def replay(person: Person, response: Response, given: Given, then: Pack, now: Pack) -> Replayed:
    """Compare what the two packs propose for one response of the first."""
    old_form, new_form = then.forms[response.form], now.own_form(person)
    before = propose_self_grade(then, old_form, response.answers, given)
    if new_form is None:
        return Replayed(person, "", before, Proposal(None, (NO_FORM,), needs_human=True))
    kept = carried_answers(old_form, new_form, response.answers, given)
    asked = walk(new_form, kept, given)
    left = sum(one.question.required and not is_answer(one.question, kept.get(one.key)) for one in asked)
    after = _proposed(before, now, new_form, kept, given)
    return Replayed(person, new_form.id, before, after, len(response.answers) - len(kept), left)


def carried_answers(old: Form, new: Form, answers: Answers, given: Given) -> Answers:
    """The answers that mean the same in the other form: same key, and for points the same criterion and maximum."""
    before = {one.key: one for one in walk(old, answers, given)}
    kept = dict(answers)
    while True:
        standing = {one.key: one for one in walk(new, kept, given)}
        fitting = {key: value for key, value in kept.items() if _fits(before.get(key), standing.get(key), value)}
        if len(fitting) == len(kept):
            return fitting
        kept = fitting


def _fits(before: Asked | None, now: Asked | None, value: object) -> bool:
    if before is None or now is None or before.question.kind != now.question.kind:
        return False
    if now.question.kind == "score" and _criterion(before) != _criterion(now):
        return False
    return is_answer(now.question, value)  # type: ignore[arg-type]


def _criterion(asked: Asked) -> tuple[str, int]:
    return asked.question.title, asked.question.max_points


def _proposed(before: Proposal, now: Pack, form: Form, kept: Answers, given: Given) -> Proposal:
    """From the answers where they suffice; from the old total where only the criteria differ."""
    after = propose_self_grade(now, form, kept, given)
    if after.grade or before.grade is None:
        return after
    if before.points is None or now.levels:
        return Proposal(None, (NO_MEASURE,), needs_human=True)
    by_total = propose_grade(now, form.id, before.points.total, {})
    return replace(by_total, reasons=(OLD_CRITERIA, *by_total.reasons), needs_human=True)
