"""Labelled answers for the hints, their variants as people type them, and the halves they are split into."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from review.hints import hint_for
from review.pack_model import Pack

FOLDER = Path(__file__).parent / "corpus"
Half = Literal["tuning", "held_back"]


@dataclass(frozen=True, slots=True)
class Labelled:
    """An answer and the code of the hint it should get, None = leave it alone. `seed` is the text as it was written."""

    question: str
    text: str
    code: str | None
    tags: tuple[str, ...]
    seed: str
    previous: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def half(self) -> Half:
        """By a digest of the seed, so that an answer and its variants are in the same half."""
        return "tuning" if sha256(self.seed.encode()).digest()[0] % 2 == 0 else "held_back"


def read(name: str) -> Iterator[Labelled]:
    """The answers of a file; of every third one also a variant without diacritics, of every third one in NFD."""
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        row = json.loads(line)
        alike = {"previous": tuple(row.get("previous", ())), "others": tuple(row.get("others", ()))}
        one = Labelled(row["question"], row["text"], row["code"], tuple(row["tags"]), seed=row["text"], **alike)
        yield one
        turn = sha256(one.seed.encode()).digest()[1] % 3
        if turn == 0:
            yield replace(one, text=unmarked(one.text), tags=(*one.tags, "unmarked"))
        elif turn == 1:
            yield replace(one, text=unicodedata.normalize("NFD", one.text), tags=(*one.tags, "nfd"))


def unmarked(text: str) -> str:
    """As typed on a phone without Vietnamese keys."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in bare if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class Figures:
    """How well the hints did on a set of answers. Shares are of 1."""

    pairs: tuple[tuple[Labelled, str | None], ...]

    @property
    def left_alone(self) -> float:
        """Of the answers that are concrete."""
        return _share([got is None for one, got in self.pairs if one.code is None])

    @property
    def hinted(self) -> float:
        """Of the answers that should get a hint: any at all."""
        return _share([got is not None for one, got in self.pairs if one.code])

    @property
    def balanced(self) -> float:
        return (self.left_alone + self.hinted) / 2

    @property
    def right_code(self) -> float:
        """Of the answers that should get a hint and got one."""
        return _share([got == one.code for one, got in self.pairs if one.code and got])

    def table(self) -> str:
        """One line per code, and the totals."""
        wanted = Counter(one.code for one, _ in self.pairs)
        given = Counter(got for _, got in self.pairs)
        right = Counter(got for one, got in self.pairs if one.code == got)
        lines = [f"{'code':20} {'answers':>7} {'precision':>9} {'recall':>6}"]
        for code in sorted(wanted | given, key=str):
            precision, recall = right[code] / max(given[code], 1), right[code] / max(wanted[code], 1)
            lines.append(f"{code or '(none)':20} {wanted[code]:7} {precision:9.3f} {recall:6.3f}")
        lines.append(
            f"balanced accuracy {self.balanced:.3f} · concrete left alone {self.left_alone:.3f} · "
            f"vague given a hint {self.hinted:.3f} · right code {self.right_code:.3f} · {len(self.pairs)} answers"
        )
        return "\n".join(lines)


def measure(pack: Pack, answers: Sequence[Labelled]) -> Figures:
    return Figures(tuple((one, _code(pack, one)) for one in answers))


def _code(pack: Pack, one: Labelled) -> str | None:
    hint = hint_for(pack, one.question, one.text, others=one.others, previous=one.previous)
    return hint.code if hint else None


def _share(truths: Sequence[bool]) -> float:
    return sum(truths) / len(truths) if truths else 1.0
