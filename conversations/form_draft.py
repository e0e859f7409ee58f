"""The form a screen is about, opened for its writer: the questions that stand, what is answered, what comes next."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from conversations import words
from conversations.cell_met import has_met
from conversations.dialogue import Move
from conversations.facts import Facts
from conversations.form_position import Walk, name_of
from conversations.form_screens import tag_of
from conversations.form_status import (
    KIND_CODES,
    collective_form,
    form_place,
    given_for,
    question_place,
    self_review_form,
)
from conversations.oversight import writes_for
from conversations.place import HOME, Place
from conversations.screen import Choice, Screen
from conversations.typed_in import prints_blank_for, types_for, typist
from review.calendar import Cycle
from review.forms import Asked, Form, Given, is_answer, missing, walk
from review.pack import Pack
from review.people import Person, Unit
from review.responses import Answers, Response, ResponseKind, Value

NO_CYCLE = "Hiện chưa có đợt kiểm điểm nào đang mở. Khi đợt mới mở, tôi sẽ báo đồng chí."
NO_FORM = "Chưa có mẫu kiểm điểm nào dành cho đồng chí. Nếu đồng chí thấy chưa đúng, hãy báo bí thư chi bộ."
TYPING_FOR = "Nhập thay cho **{}**"
TYPED_FOR_ME = "_Đồng chí {} nhập thay theo bản giấy của đồng chí._"
TAKES_OVER = "_Đồng chí {} đang nhập thay theo bản giấy. Đồng chí tự trả lời câu nào thì từ đó bản là của đồng chí._"
OWNERS = "Đồng chí ấy tự viết bản của mình, nên ở đây không nhập thay nữa."
NOT_YOURS = "Màn hình này không dành cho đồng chí. Ta về màn hình chính nhé."

EDITING = "e"  # comes from the preview and goes back to it
OTHER_NUMBER = "n"  # points typed as a number
OFFERED_DATES = "d"  # after words that are no date: dates to choose from
FINDING = "f"  # a name is typed; digits in a mode are the page of a list of names
REWRITING = "r"  # after a hint: no second one


@dataclass(frozen=True, slots=True)
class Draft:
    """A form opened for its writer: the own one, the cell's, or one that is typed in from a member's paper.

    `tag` goes into every button that files an answer.
    """

    kind: ResponseKind
    subject: Person | Unit
    writer: Person
    cycle: Cycle
    pack: Pack
    form: Form
    given: Given
    response: Response | None
    answers: Answers
    tag: str
    walked: Walk

    @property
    def is_open(self) -> bool:
        return self.response is None or self.response.is_open

    @property
    def member(self) -> Person:
        """Whose cell's meeting counts: the subject's; of the cell's own review, its writer's."""
        return self.subject if isinstance(self.subject, Person) else self.writer

    @property
    def for_another(self) -> bool:
        """Whether it is typed in from a member's paper."""
        return self.member.id != self.writer.id

    @property
    def way_out(self) -> Choice:
        """Home; whoever types in for a member goes back to that member."""
        if not self.for_another:
            return Choice(words.BACK_HOME, to=HOME)
        return Choice("Về đồng chí này", to=self._person)

    @property
    def later(self) -> Choice:
        return Choice("Để sau", to=self._person if self.for_another else HOME)

    @property
    def _person(self) -> Place:
        unit = self.member.unit
        return Place.of("cell_person", unit.id if unit else 0, self.member.id)

    @property
    def missing(self) -> Walk:
        return missing(self.form, self.answers, self.given)

    def asked(self, key: str) -> Asked | None:
        return next((asked for asked in self.walked if asked.key == key), None)

    def has(self, asked: Asked) -> bool:
        """Whether the question has an answer that still fits it."""
        return is_answer(asked.question, self.answers.get(asked.key))

    def with_answer(self, key: str, value: Value) -> "Draft":
        answers = {**self.answers, key: value}
        return replace(self, answers=answers, walked=walk(self.form, answers, self.given))

    def question(self, asked: Asked | None, mode: str = "") -> Place:
        """The place of a question; None = nothing is left to ask, so the preview."""
        return question_place(self.kind, self.subject.id, asked.key, mode) if asked else self.place("form_preview")

    def onward(self, asked: Asked | None, mode: str) -> Place:
        """The place of the next question: only editing goes on, rewriting and number entry end with their question."""
        return self.question(asked, EDITING if EDITING in mode else "")

    def place(self, name: str, *more: str | int) -> Place:
        return form_place(name, self.kind, self.subject.id, *more)

    def may_withdraw(self, facts: Facts) -> bool:
        """Until the cell has met; the day of the meeting still counts (an unset date forbids nothing)."""
        return bool(self.response and self.response.status == "submitted") and not has_met(self.member, facts)


def open_draft(place: Place, facts: Facts) -> Draft | str:
    """The form that the place names, if it is this person's to write; or a kind sentence why there is none."""
    if facts.cycle is None or facts.cycle.closed or facts.pack is None:
        return NO_CYCLE
    me, kind = facts.me, next((kind for kind, code in KIND_CODES.items() if code == place.word(0)), None)
    subject = _subject(kind, place.number(1), facts)
    if me is None or kind is None or subject is None:
        return OWNERS if kind == "self_review" and _began_by_owner(place.number(1), facts) else NOT_YOURS
    response = facts.response(kind, subject.id)
    form = _form_of(subject, response, facts)
    if form is None:
        return NO_FORM
    tag = tag_of(facts.cycle.id, kind, subject.id, form.version)
    answers = response.answers if response else {}
    given = given_for(facts, kind, subject.id)
    walked = walk(form, answers, given)
    return Draft(kind, subject, me, facts.cycle, facts.pack, form, given, response, answers, tag, walked)


def _began_by_owner(person_id: int, facts: Facts) -> bool:
    """Whether this leader could have typed in for the member, had the member not written."""
    person, response = facts.person(person_id), facts.response("self_review", person_id)
    return person is not None and response is not None and response.is_owners and prints_blank_for(facts, person)


def _form_of(subject: Person | Unit, response: Response | None, facts: Facts) -> Form | None:
    if isinstance(subject, Unit):
        return collective_form(facts, response)
    return self_review_form(facts, subject, response)


def _subject(kind: ResponseKind | None, subject_id: int, facts: Facts) -> Person | Unit | None:
    """Oneself, the cell one leads, or a member of it who handed in on paper; None for everything else."""
    if kind == "collective_review":
        cell = facts.unit(subject_id)
        return cell if cell and writes_for(facts, cell) else None
    if kind != "self_review" or facts.me is None or facts.me.id == subject_id:
        return facts.me if kind == "self_review" else None
    person = facts.person(subject_id)
    return person if person and types_for(facts, person) else None


def _heading(draft: Draft, facts: Facts) -> str:
    """Over every screen of a form in another's hand: for whom it is typed in, or by whom."""
    if draft.for_another:
        return TYPING_FOR.format(words.cut(draft.member.name, 80))
    name = typist(draft.response, facts)
    return (TAKES_OVER if draft.is_open else TYPED_FOR_ME).format(name) if name else ""


def shown(show: Callable[[Draft, Place, Facts], Screen]) -> Callable[[Place, Facts], Screen]:
    """Open the draft for a screen, under its heading; where there is none, say why and lead home."""

    def with_draft(place: Place, facts: Facts) -> Screen:
        draft = open_draft(place, facts)
        if isinstance(draft, str):
            return Screen(draft, (Choice(words.BACK_HOME, to=HOME),))
        screen, heading = show(draft, place, facts), _heading(draft, facts)
        return replace(screen, text=f"{heading}\n\n{screen.text}") if heading else screen

    return with_draft


def moved(move: Callable[[Draft, Place, str, Facts], Move]) -> Callable[[Place, str, Facts], Move]:
    """Open the draft for an act or typed words. The step takes them only from a screen that a draft has shown."""

    def with_draft(place: Place, given: str, facts: Facts) -> Move:
        draft = open_draft(place, facts)
        assert isinstance(draft, Draft)
        return move(draft, place, given, facts)

    return with_draft


def next_asked(now: Draft, key: str, mode: str = "", before: Draft | None = None) -> Asked | None:
    """The question after `key`: the next one without an answer, or one that `before` made stand anew; None = preview.

    When editing from the preview only what the edit itself laid open is asked, within the same section.
    """
    walked = now.walked
    keys = [asked.key for asked in walked]
    at = keys.index(key) if key in keys else -1
    fresh = _asked_anew(now, key, before) if before else set()
    if EDITING in mode:
        later = [asked for asked in walked[at + 1 :] if asked.section == walked[at].section]
        return next((a for a in later if a.key in fresh or (a.question.required and not now.has(a))), None)
    after = (asked for asked in walked[at + 1 :] if asked.key in fresh or not now.has(asked))
    return next(after, None) or next(iter(now.missing), None)


def _asked_anew(now: Draft, key: str, before: Draft) -> set[str]:
    if now.answers.get(key) == before.answers.get(key):
        return set()
    return {asked.key for asked in now.walked} - {asked.key for asked in before.walked} | {f"{key}.reason"}


def onward_label(start: str, asked: Asked | None, walked: Walk) -> str:
    """ "Giữ nguyên, sang câu 12", or to the preview when nothing is left."""
    if asked is None:
        return f"{start}, xem lại cả bản"
    return f"{start}, đi tiếp" if asked.follow_up else f"{start}, sang {name_of(asked, walked)}"


def onward_choice(draft: Draft) -> Choice:
    """The way forward through a form as a whole: the first missing question, else the preview."""
    lacking = draft.missing
    if not lacking:
        return Choice("Xem lại trước khi nộp", to=draft.place("form_preview"))
    return Choice(f"Viết tiếp {name_of(lacking[0], draft.walked)}", to=draft.question(lacking[0]))
