"""Gentle hints on an answer: at most one, by word lists and cases the pack holds, passable, never a verdict."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from review.hint_phrases import Phrases, compiled
from review.hint_reading import END, START, Reading, Sentence, read
from review.likeness import is_copy
from review.pack_model import HintCase, Pack

REPEATED = "repeated_last_year"
COPIED = "copied"

GENERAL, FILLER, NUMBERS, NOTHING = "general", "filler", "numbers", "nothing"
"""Signs the program itself looks for; every other one is named by the cases."""


@dataclass(frozen=True, slots=True)
class Hint:
    """`code` as in the contract of `try-hints`; `message` for the writer."""

    code: str
    message: str


def hint_for(
    pack: Pack, question_id: str, text: str, others: Iterable[str] = (), previous: Iterable[str] = ()
) -> Hint | None:
    """The first hint that fits an answer to this question ("duties", "shortcomings.text"), or None.

    `others` and `previous` (last year's) are texts it must not be a copy of. A question the pack does not know gets
    no hint, nor does "Không có" where nothing has to be said.
    """
    question = pack.question(question_id)
    answer = Answer(pack, read(text))
    if question is None or question.kind not in ("text", "date") or not answer.reading.sentences:
        return None
    for code, texts in ((REPEATED, previous), (COPIED, others)):
        rule = pack.hints.get(code)
        if rule and is_copy(
            text,
            texts,
            alike_percent=rule.alike_percent,
            taken_percent=rule.taken_percent,
            least_words=rule.least_words,
        ):
            return Hint(code, rule.message)
    if not question.required and answer.has(NOTHING):
        return None
    fitting = (code for code in question.hints for case in pack.hints[code].cases if answer.fits(case, question_id))
    code = next(fitting, "")
    return Hint(code, pack.hints[code].message) if code else None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer under the word lists of a pack."""

    pack: Pack
    reading: Reading

    def fits(self, case: HintCase, question_id: str) -> bool:
        if question_id in case.not_questions or (case.questions and question_id not in case.questions):
            return False
        if case.any_of and not any(self.has(sign) for sign in case.any_of):
            return False
        if any(self.has(sign) for sign in case.none_of):
            return False
        return not case.specific_percent or not any(self._is_specific(case, part) for part in self._parts(case))

    def has(self, sign: str) -> bool:
        apart, wanted = self._phrases(sign, "apart_from"), self._phrases(sign, "wanted")
        return any(any(True for _ in wanted.found(apart.without(part))) for part in self.reading.sentences)

    def _parts(self, case: HintCase) -> Iterator[Sentence]:
        """What is judged: every sentence, or only the clauses that hold the sign `part_with`."""
        if not case.part_with:
            yield from self.reading.sentences
            return
        wanted = self._phrases(case.part_with, "wanted")
        yield from (part for part in self.reading.clauses if any(True for _ in wanted.found(part)))

    def _is_specific(self, case: HintCase, sentence: Sentence) -> bool:
        """Whether enough of its words are no general ones, or a figure stands among them."""
        rest = sentence
        for sign in case.set_aside:
            rest = self._phrases(sign, "wanted").without(rest)
        spans = list(self._phrases(GENERAL, "wanted").found(rest))
        left = self._phrases(GENERAL, "wanted").without(rest)
        shortest = 1 if self.reading.is_marked else 2
        said_generally = sum(end - start for start, end in spans if end - start >= shortest)
        own = [word for word in self._phrases(FILLER, "wanted").without(left) if word.key and word not in (START, END)]
        if any(word.is_figure for word in own):
            return True
        enough = case.specific_words - (not self.reading.is_marked)  # without marks more words look general
        return len(own) >= enough and len(own) * 100 >= case.specific_percent * (len(own) + said_generally)

    def _phrases(self, sign: str, part: str) -> Phrases:
        lists = self.pack.signs
        phrases = getattr(lists[sign], part) if sign in lists else ()
        numbers = lists[NUMBERS].wanted if NUMBERS in lists else ()
        return compiled(phrases, numbers, self.reading.is_marked)
