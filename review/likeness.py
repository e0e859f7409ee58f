"""Texts that are alike: word for word, or copied with a few changes."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

TRIPLES_FROM_WORDS = 20
"""Shorter texts have too few runs of three words to tell a copied part from a common turn of speech."""

FEW_SHARED = 0.8
"""Words come back more often than runs of three, so a copy shares about as many of them, not exactly as many."""

_PARTING = re.compile("[–—…“”‘’«»]")
_WORD_BYTES = bytes(byte if chr(byte).isalnum() else 32 for byte in range(128)).ljust(256, b" ")


def folded(text: str) -> str:
    """Words without case, diacritics and punctuation, one space apart. Letters of other scripts are left out."""
    parted = _PARTING.sub(" ", text.lower()).replace("đ", "d")
    plain = unicodedata.normalize("NFD", parted).encode("ascii", "ignore")
    return b" ".join(plain.translate(_WORD_BYTES).split()).decode()


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
    return len(words) >= TRIPLES_FROM_WORDS and any(_is_taken(words, other.split(), taken_percent) for other in known)


def _is_taken(words: Sequence[str], other: Sequence[str], percent: int) -> bool:
    """The single words are looked at first: most texts differ in them already, and that is quick to see."""
    own = set(words)
    if len(own.intersection(other)) * 100 < FEW_SHARED * percent * len(own):
        return False
    mine = set(_triples(words))
    return len(mine.intersection(_triples(other))) * 100 >= percent * len(mine)


def _triples(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(words, words[1:], words[2:], strict=False)
