"""A residence contact's sitting: everybody living in the area, how far each remark is, who comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from conversations.facts import Facts, RemarkLine
from conversations.place import Place
from review.forms import Asked, Form, is_blank, missing, walk
from review.permissions import may
from review.responses import Answers, ResponseKind

RemarkState = Literal["empty", "writing", "ready", "sent"]
KIND: ResponseKind = "residence_remark"


@dataclass(frozen=True, slots=True)
class Sitting:
    """`states` goes with `lines`. "ready" is complete but not sent. An area's contacts share one remark."""

    lines: tuple[RemarkLine, ...]
    states: tuple[RemarkState, ...]
    form: Form

    @property
    def done(self) -> int:
        """How many people are complete, sent or not: the 3 of "3/17 người"."""
        return sum(state in ("ready", "sent") for state in self.states)

    @property
    def ready(self) -> tuple[RemarkLine, ...]:
        return tuple(line for line, state in zip(self.lines, self.states, strict=True) if state == "ready")

    @property
    def unfinished(self) -> tuple[RemarkLine, ...]:
        return tuple(line for line, state in zip(self.lines, self.states, strict=True) if state in ("empty", "writing"))

    def position(self, subject_id: int) -> int | None:
        """Where somebody stands in the list, from 0; None for anybody who is not on it."""
        return next((n for n, line in enumerate(self.lines) if line.person.id == subject_id), None)

    def following(self, subject_id: int) -> Place:
        """Where to go when this person is finished: the next unfinished one after him, round the list, or sending."""
        at = self.position(subject_id)
        order = self.unfinished if at is None else tuple(self._round_from(at + 1))
        left = [line for line in order if line.person.id != subject_id]
        return question_place(left[0], self.form) if left else Place("remarks_send")

    def _round_from(self, start: int) -> Iterator[RemarkLine]:
        unfinished = {line.person.id for line in self.unfinished}
        for line in self.lines[start:] + self.lines[:start]:
            if line.person.id in unfinished:
                yield line


def sitting(facts: Facts) -> Sitting | None:
    """None when no remark is asked of this person: no open review, no such form, nobody to remark on."""
    me = facts.me
    if me is None or facts.cycle is None or facts.cycle.closed or facts.pack is None or KIND not in facts.pack.forms:
        return None
    form = facts.pack.forms[KIND]
    lines = tuple(line for line in facts.remark_lines() if may(me, "list_residents", line.person))
    return Sitting(lines, tuple(_state(line, form) for line in lines), form) if lines else None


def answers_of(line: RemarkLine) -> Answers:
    return line.response.answers if line.response else {}


def question_place(line: RemarkLine, form: Form) -> Place:
    """The first question about this person that still lacks its answer, or the first of all."""
    answers = answers_of(line)
    lacking = missing(form, answers) or walk(form, answers)
    return Place.of("remark", line.person.id, lacking[0].key)


def next_question(form: Form, answers: Answers, key: str) -> Asked | None:
    """The next question after `key` without an answer; None when this person is finished."""
    walked = walk(form, answers)
    at = [asked.key for asked in walked].index(key)
    return next((asked for asked in walked[at + 1 :] if is_blank(answers.get(asked.key))), None)


def _state(line: RemarkLine, form: Form) -> RemarkState:
    if line.response is None or not line.response.answers:
        return "empty"
    if not line.response.is_open:
        return "sent"
    return "writing" if missing(form, line.response.answers) else "ready"
