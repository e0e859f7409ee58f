"""How far a form is, a person's own or the cell's: what home, reminders and the filler itself say about it."""

from dataclasses import dataclass
from datetime import datetime

from conversations.facts import Facts
from conversations.form_position import name_of
from conversations.place import Place
from review.forms import Form, Given, is_answer, missing, walk
from review.people import Person, Unit
from review.responses import Response, ResponseKind

KIND_CODES: dict[ResponseKind, str] = {"self_review": "s", "residence_remark": "r", "collective_review": "c"}


@dataclass(frozen=True, slots=True)
class FormStatus:
    """`answered` of `total` main questions; optional ones count too, so all required ones may be done below `total`.

    `next_number` and `next_name` ("câu 8", "tiêu chí 6") are None and "" when nothing required is missing;
    `next_place` then is the preview, and once submitted the receipt. `form_id` is the form's name in the pack ("2C").
    """

    answered: int
    total: int
    next_number: int | None
    next_name: str
    saved_at: datetime | None
    response: Response | None
    next_place: Place
    form_id: str

    @property
    def is_open(self) -> bool:
        """Whether it is still to be written or handed in."""
        return self.response is None or self.response.is_open


def form_status(facts: Facts, person: Person) -> FormStatus | None:
    """None when nothing is asked: no open review, no form for this person, or a member who owes none."""
    response = facts.response("self_review", person.id)
    form = self_review_form(facts, person, response)
    if form is None:
        return None
    return _status(facts, "self_review", person.id, form, response)


def collective_status(facts: Facts, unit: Unit) -> FormStatus | None:
    """How far the cell's collective review is; None when no review is open or its pack has no such form."""
    response = facts.response("collective_review", unit.id)
    form = collective_form(facts, response)
    return _status(facts, "collective_review", unit.id, form, response) if form else None


def _status(facts: Facts, kind: ResponseKind, subject_id: int, form: Form, response: Response | None) -> FormStatus:
    answers = response.answers if response else {}
    given = given_for(facts, kind, subject_id)
    walked = walk(form, answers, given)
    lacking = missing(form, answers, given)
    main = [asked for asked in walked if not asked.follow_up]
    return FormStatus(
        answered=sum(is_answer(asked.question, answers.get(asked.key)) for asked in main),
        total=len(main),
        next_number=lacking[0].number if lacking else None,
        next_name=name_of(lacking[0], walked) if lacking else "",
        saved_at=response.saved_at if response else None,
        response=response,
        next_place=_next_place(kind, subject_id, response, lacking[0].key if lacking else ""),
        form_id=form.id,
    )


def self_review_form(facts: Facts, person: Person, response: Response | None) -> Form | None:
    """The form of the response once there is one: a later change of the roster does not swap it under the writer."""
    if facts.cycle is None or facts.pack is None or not (response or person.is_reviewed):
        return None
    return facts.pack.forms.get(response.form) if response else facts.pack.own_form(person)


def collective_form(facts: Facts, response: Response | None) -> Form | None:
    """The pack's form of a collective review (Mẫu 01); that of the response once there is one."""
    if facts.cycle is None or facts.pack is None:
        return None
    return facts.pack.forms.get(response.form) if response else facts.pack.form_of("collective_review")


def given_for(facts: Facts, kind: ResponseKind, subject_id: int) -> Given:
    """What the form about this subject starts from."""
    return facts.points.given_unit(subject_id) if kind == "collective_review" else facts.given(subject_id)


def question_place(kind: ResponseKind, subject_id: int, key: str, mode: str = "") -> Place:
    """The screen of one question. It names the key, so that whatever is typed there is filed there."""
    return Place.of("form", KIND_CODES[kind], subject_id, key, *((mode,) if mode else ()))


def form_place(name: str, kind: ResponseKind, subject_id: int, *more: str | int) -> Place:
    """Another screen of the same form: form_preview, form_sections, form_receipt, …"""
    return Place.of(name, KIND_CODES[kind], subject_id, *more)


def _next_place(kind: ResponseKind, subject_id: int, response: Response | None, key: str) -> Place:
    if response and not response.is_open:
        return form_place("form_receipt", kind, subject_id)
    if key:
        return question_place(kind, subject_id, key)
    return form_place("form_preview", kind, subject_id)
