"""How many may be graded excellent in one peer group: a control at the level that approves, a warning in the cell."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from review.pack_model import CeilingRule

_BASE_WORDS = {"good": "xếp «tốt»", "good_or_better": "xếp «tốt» trở lên"}
_ROUNDING_WORDS = {"floor": "làm tròn xuống", "half_up": "từ 0,5 làm tròn lên"}


@dataclass(frozen=True, slots=True)
class Ceiling:
    """People: `allowed` excellent ones, counted from `denominator`; `share` of 1; `rule` is the arithmetic in words."""

    allowed: int
    denominator: int
    share: float
    over_by: int
    rule: str


def ceiling(rule: CeilingRule, excellent: int, good: int, *, outstanding: bool = False) -> Ceiling:
    """`good` counts those graded "tốt" without the excellent ones; `outstanding` is the case with grounds (25 %).

    Raises ValueError for negative counts.
    """
    if excellent < 0 or good < 0:
        raise ValueError("số người không được âm")
    percent = rule.outstanding_share if outstanding else rule.share
    denominator = good if rule.base == "good" else good + excellent
    exact = Fraction(denominator * percent, 100)
    allowed = floor(exact) if rule.rounding == "floor" else floor(exact + Fraction(1, 2))
    said = f"{float(exact):g}".replace(".", ",")
    share = f"{percent}% của {denominator} người {_BASE_WORDS[rule.base]} là {said}"
    words = f"{share}, {_ROUNDING_WORDS[rule.rounding]}: {allowed}"
    return Ceiling(allowed, denominator, percent / 100, max(0, excellent - allowed), words)
