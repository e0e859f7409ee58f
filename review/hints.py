"""Gentle hints on an answer: at most one, by phrases the pack lists, passable, never a verdict."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from review.pack_model import HintRule, Pack

REPEATED = "repeated_last_year"
COPIED = "copied"
MIN_COPIED_WORDS = 6
"""Shorter answers ("Không có.") are alike by nature."""

_NOT_WORDS = re.compile(r"[^\w]+")


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
    no hint.
    """
    question = pack.question(question_id)
    said = folded(text)
    if question is None or question.kind != "text" or not said:
        return None
    for code, texts in ((REPEATED, previous), (COPIED, others)):
        alike_rule = pack.hints.get(code)
        if alike_rule and _is_copied(said, texts, alike_rule.alike_percent):
            return Hint(code, alike_rule.message)
    for code in question.hints:
        rule = pack.hints[code]
        if _fits(rule, said):
            return Hint(code, rule.message)
    return None


def alike(texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Which texts are the same word for word: groups of two or more indices. Blank texts are like nothing."""
    groups: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        if said := folded(text):
            groups.setdefault(said, []).append(index)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def folded(text: str) -> str:
    """Words without case, diacritics and punctuation, one space apart."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return _NOT_WORDS.sub(" ", bare.replace("đ", "d")).strip()


def _is_copied(said: str, others: Iterable[str], percent: int) -> bool:
    if len(said.split()) < MIN_COPIED_WORDS:
        return False
    return any(fuzz.ratio(said, folded(other), score_cutoff=percent) >= percent for other in others)


def _fits(rule: HintRule, said: str) -> bool:
    if rule.unless_digit and any(c.isdigit() for c in said):
        return False
    if rule.under_words and len(said.split()) >= rule.under_words:
        return False
    if any(_has(said, phrase) for phrase in rule.unless):
        return False
    return not rule.phrases or any(_has(said, phrase) for phrase in rule.phrases)


def _has(said: str, phrase: str) -> bool:
    return f" {folded(phrase)} " in f" {said} "
