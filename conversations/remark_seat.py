"""One person of a residence contact's sitting, the question asked about him, and what comes after it."""

from dataclasses import dataclass

from conversations.effects import SaveAnswer
from conversations.facts import Facts, RemarkLine
from conversations.form_screens import tag_of
from conversations.place import Place
from conversations.remark_sitting import KIND, RemarkState, Sitting, answers_of, next_question, sitting
from review.forms import Asked, walk
from review.likeness import alike
from review.responses import Answers, Value


@dataclass(frozen=True, slots=True)
class Seat:
    """One person of the sitting. `tag` goes into every button that files an answer about him."""

    now: Sitting
    line: RemarkLine
    state: RemarkState
    nth: int
    walked: tuple[Asked, ...]
    tag: str

    @property
    def subject(self) -> int:
        return self.line.person.id

    @property
    def answers(self) -> Answers:
        return answers_of(self.line)

    def asked(self, key: str) -> Asked | None:
        return next((asked for asked in self.walked if asked.key == key), None)

    def place(self, asked: Asked) -> Place:
        return Place.of("remark", self.subject, asked.key)

    def before(self, asked: Asked) -> Asked | None:
        here = self.walked.index(asked)
        return self.walked[here - 1] if here else None

    def after(self, asked: Asked, value: Value) -> Place:
        """Where to go once the question has this answer: this person's next question, or the next person."""
        following = next_question(self.now.form, {**self.answers, asked.key: value}, asked.key)
        return self.place(following) if following else self.now.following(self.subject)

    def save(self, asked: Asked, value: Value) -> SaveAnswer:
        return SaveAnswer(KIND, self.subject, self.now.form.id, asked.key, value)

    def twin(self, asked: Asked, text: str) -> RemarkLine | None:
        """Somebody else of whom the very same words have been said."""
        others = [line for line in self.now.lines if line.person.id != self.subject]
        said = [str(answers_of(line).get(asked.key) or "") for line in others]
        same = next((group for group in alike([text, *said]) if 0 in group), ())
        return others[same[1] - 1] if same else None


def seat(place: Place, facts: Facts) -> Seat | None:
    """Whom the place is about; None for anybody who is not on this contact's list."""
    now = sitting(facts)
    nth = now.position(place.number()) if now else None
    if now is None or nth is None or facts.cycle is None:
        return None
    line = now.lines[nth]
    tag = tag_of(facts.cycle.id, KIND, line.person.id, now.form.version)
    return Seat(now, line, now.states[nth], nth + 1, walk(now.form, answers_of(line)), tag)
