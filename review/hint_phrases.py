"""The word lists of hints.toml, and where they are found in a sentence.

In a phrase "#" stands for a number, "@" for a name (a word with a capital inside a sentence), "*" for any word, "^" and
"$" for the beginning and the end of a sentence.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from review.hint_reading import Sentence, Word, key

NUMBER, NAME, ANY = "#", "@", "*"
_SIGNS = (NUMBER, NAME, ANY, "^", "$", "%")
BLANK = Word("")


@dataclass(frozen=True, slots=True)
class Phrases:
    """`by_first` finds the phrases that may begin at a word, the longest first; `numbers` are the number words."""

    by_first: dict[str, list[tuple[str, ...]]]
    numbers: frozenset[str]

    def found(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Where phrases stand, as [start, end): from left to right, the longest first, none inside another."""
        at = 0
        while at < len(sentence):
            length = self._length(sentence, at)
            if length:
                yield at, at + length
            at += length or 1

    def without(self, sentence: Sentence) -> Sentence:
        """The sentence with the phrases blanked out."""
        words = list(sentence)
        for start, end in self.found(sentence):
            words[start:end] = [BLANK] * (end - start)
        return tuple(words)

    def _length(self, sentence: Sentence, at: int) -> int:
        firsts = [sentence[at].key]
        firsts += [NUMBER] if self._fits(NUMBER, sentence[at]) else []
        firsts += [NAME] if sentence[at].is_name else []
        fitting = (
            len(phrase)
            for first in firsts
            for phrase in self.by_first.get(first, ())
            if len(phrase) <= len(sentence) - at
            and all(self._fits(part, word) for part, word in zip(phrase, sentence[at:], strict=False))
        )
        return max(fitting, default=0)

    def _fits(self, part: str, word: Word) -> bool:
        if part == NUMBER:
            return word.is_numeral or word.key in self.numbers
        return word.is_name if part == NAME else part in (ANY, word.key)


@lru_cache(maxsize=256)
def compiled(phrases: Sequence[str], numbers: Sequence[str], is_marked: bool) -> Phrases:
    """Lists are tuples of a pack: made ready once."""
    by_first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in phrases:
        parts = tuple(part if part in _SIGNS else key(part, is_marked) for part in phrase.split())
        by_first[parts[0]].append(parts)
    return Phrases(dict(by_first), frozenset(key(word, is_marked) for word in numbers))
