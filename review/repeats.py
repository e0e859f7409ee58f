"""A fault that returns: this year's shortcoming is like one of last year's, or what was promised is not done."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from review.forms import Form, Given, assemble
from review.likeness import folded
from review.pack_model import Pack
from review.promises import shortcoming_in
from review.responses import Answers

RULE = "returns"
"""The entry of hints.toml that holds the threshold and the words for the writer."""
DEFAULT_PERCENT = 75
FEWEST_WORDS = 3  # "Đi họp muộn": shorter texts are alike by nature

Why = Literal["alike", "partly", "not"]


@dataclass(frozen=True, slots=True)
class Return:
    """`text` as it stands in this year's form; `before`: last year's words when they differ."""

    why: Why
    text: str
    before: str = ""


def returning(form: Form, answers: Answers, given: Given, percent: int) -> tuple[Return, ...]:
    """What returns in this response: first promises not kept, then shortcomings that were named last year too."""
    done = assemble(form, answers, given).answers
    kept = [_status(row) for row in _rows(done.get("fixed"))]
    undone = tuple(one for one in kept if one)
    named = (str(row.get("text", "")) for row in _rows(done.get("shortcomings")))
    earlier = [shortcoming_in(item.text) for item in given.carried]
    told = {one.text for one in undone}
    alike = [
        Return("alike", text, before) for text in named if (before := like_one(text, earlier, percent)) is not None
    ]
    return undone + tuple(one for one in alike if not any(text.startswith(one.before) for text in told))


def like_one(text: str, earlier: Iterable[str], percent: int) -> str | None:
    """The nearest of last year's shortcomings that is at least `percent` alike, word order forgiven."""
    said = folded(text)
    if len(said.split()) < FEWEST_WORDS:
        return None
    scored = [(fuzz.token_set_ratio(said, folded(one)), one) for one in earlier if len(folded(one).split()) > 1]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= percent else None


def percent_of(pack: Pack) -> int:
    """How alike two shortcomings must be to be called the same; the pack may say."""
    rule = pack.hints.get(RULE)
    return rule.alike_percent if rule and rule.alike_percent else DEFAULT_PERCENT


def _status(row: dict[str, object]) -> Return | None:
    why: Why | None = next((known for known in ("partly", "not") if known == row.get("status")), None)
    return Return(why, str(row["item"])) if why else None


def _rows(group: object) -> list[dict[str, object]]:
    return [row for row in group if isinstance(row, dict)] if isinstance(group, list) else []
