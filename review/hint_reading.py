"""An answer as words that the word lists of a pack can be found in, however it was typed."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

FEW_MARKS = 0.2
"""A text with a smaller share of marked words was typed without diacritics; the lists are then read without them."""

_WORD = re.compile(r"\d[\d.,/:-]*\d|\w+|%")
_LIST_NUMBER = re.compile(r"(^|[\n.;:])\s*\d{1,2}[.)](?=\s)")
_SENTENCE_END = re.compile(r"[.;:!?](?=\s|$)|\n")
_CLAUSE_END = re.compile(r"[.;:!?,](?=\s|$)|\n")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_MARKS = re.compile("[\u0300-\u036f]")
_FINAL_Y = re.compile(r"(?<=\b[hklmst])y([\u0300\u0301\u0303\u0309\u0323]?)\b")
_YEAR = re.compile(r"(19|20)\d\d([-/](19|20)?\d\d)?")
_ROMAN = re.compile(r"[IVX]{1,5}")


@dataclass(frozen=True, slots=True)
class Word:
    """`key` is what the lists are searched for. A figure is a number in digits, other than a year."""

    key: str
    is_figure: bool = False
    is_numeral: bool = False
    is_name: bool = False


Sentence = tuple[Word, ...]
START, END = Word("^"), Word("$")


@dataclass(frozen=True, slots=True)
class Reading:
    """`sentences` and the finer `clauses`, each between a START and an END."""

    is_marked: bool
    sentences: tuple[Sentence, ...]
    clauses: tuple[Sentence, ...]


def read(text: str) -> Reading:
    text = _LIST_NUMBER.sub(r"\1", unicodedata.normalize("NFC", text))
    words = [word for word in _WORD.findall(text) if word.isalpha()]
    is_marked = sum(bare(word) != word.lower() for word in words) >= FEW_MARKS * len(words)
    return Reading(is_marked, *(tuple(_parts(text, ends, is_marked)) for ends in (_SENTENCE_END, _CLAUSE_END)))


def _parts(text: str, ends: re.Pattern[str], is_marked: bool) -> Iterator[Sentence]:
    for part in ends.split(text):
        if found := _WORD.findall(part):
            shouted = part.isupper()
            inner = (_word(word, is_marked, nth > 0 and not shouted) for nth, word in enumerate(found))
            yield (START, *inner, END)


def _word(word: str, is_marked: bool, may_be_name: bool) -> Word:
    return Word(
        key(word, is_marked),
        is_figure=word[0].isdigit() and not _YEAR.fullmatch(word),
        is_numeral=word[0].isdigit() or bool(_ROMAN.fullmatch(word)),
        is_name=may_be_name and word[0].isupper(),
    )


@lru_cache(maxsize=20_000)
def key(word: str, is_marked: bool) -> str:
    """One spelling for "hòa" and "hoà", "lý" and "lí"; without any mark for a text that has none."""
    if not is_marked:
        return _FINAL_Y.sub("i", bare(word))
    decomposed = _FINAL_Y.sub(r"i\1", unicodedata.normalize("NFD", word.lower()))
    return _TONES.sub("", decomposed) + "".join(_TONES.findall(decomposed))


def bare(text: str) -> str:
    """Lower case, no diacritics, "đ" as "d"."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text.lower())).replace("đ", "d")
