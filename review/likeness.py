"""Texts that are alike: word for word, or copied with a few changes."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from review.hint_reading import bare

TRIPLES_FROM_WORDS = 20
"""Shorter texts have too few runs of three words to tell a copied part from a common turn of speech."""

_NOT_WORDS = re.compile(r"[^\w]+")


@lru_cache(maxsize=512)
def folded(text: str) -> str:
    """Words without case, diacritics and punctuation, one space apart."""
    return _NOT_WORDS.sub(" ", bare(text)).strip()


def alike(texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Which texts are the same word for word: groups of two or more indices. Blank texts are like nothing."""
    groups: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        if said := folded(text):
            groups.setdefault(said, []).append(index)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def is_copy(text: str, others: Iterable[str], *, alike_percent: int, taken_percent: int, least_words: int) -> bool:
    """Whether the text is one of the others again.

    From `least_words` words on the very same words are a copy; from twice as many on also nearly the same letters
    (`alike_percent`), and for long texts when `taken_percent` of its runs of three words stand in the other one.
    """
    said = folded(text)
    words = said.split()
    if len(words) < least_words:
        return False
    known = [folded(other) for other in others]
    if said in known:
        return True
    if len(words) < 2 * least_words - 2:
        return False
    if any(fuzz.ratio(said, other, score_cutoff=alike_percent) for other in known):
        return True
    mine = _triples(words)
    return len(words) >= TRIPLES_FROM_WORDS and any(
        len(mine & _triples(other.split())) * 100 >= taken_percent * len(mine) for other in known
    )


def _triples(words: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(words, words[1:], words[2:], strict=False))
