"""How many may be graded excellent in one peer group: a control at the level that approves, a warning in the cell.

The text counts 20 % of those graded "tốt", so every person moved from "xuất sắc" to "tốt" also widens the line he is
measured by: of n people who are good or better at most n/6 can be excellent. Some summary tables count 20 % of
"tốt trở lên" instead. Both are shown, the one the pack names is kept (366-QĐ/TW as local guides of 2026 quote it).
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from review.pack_model import CeilingRule

NO_OUTSTANDING = "quy định này không có tỷ lệ riêng cho nơi có kết quả nổi trội"
_WITHIN_WORDS = {"peer_group": "", "base_organisation": " trong cả tổ chức cơ sở đảng"}
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


def of_group(rule: CeilingRule, peer_group: str) -> CeilingRule | None:
    """The rule as it holds for one peer group: with its own share, or None for one that is counted apart."""
    if peer_group in rule.shares:
        return replace(rule, share=rule.shares[peer_group])
    return None if peer_group in rule.counted_apart else rule


def ceiling(
    rule: CeilingRule, excellent: int, good: int, *, outstanding: bool = False, peer_group: str = ""
) -> Ceiling:
    """`good` counts those graded "tốt" without the excellent ones; `outstanding` is the case with grounds (25 %).

    A `peer_group` may have a share of its own; one that is `rule.counted_apart` has no ceiling to ask for here.
    Raises ValueError for negative counts, or for the outstanding case where the regulation has none.
    """
    rule = of_group(rule, peer_group) or rule
    exact = _exact(rule, excellent, good, outstanding)
    count, percent = allowed(rule, excellent, good, outstanding=outstanding), _percent(rule, outstanding)
    denominator = _denominator(rule, excellent, good)
    said = f"{float(exact):g}".replace(".", ",")
    share = f"{percent}% của {denominator} người {_BASE_WORDS[rule.base]}{_WITHIN_WORDS[rule.within]} là {said}"
    words = f"{share}, {_ROUNDING_WORDS[rule.rounding]}: {count}"
    return Ceiling(count, denominator, percent / 100, max(0, excellent - count), words)


def allowed(rule: CeilingRule, excellent: int, good: int, *, outstanding: bool = False) -> int:
    """How many people may be excellent beside `good` people graded "tốt". Raises ValueError for negative counts."""
    exact = _exact(rule, excellent, good, outstanding)
    return floor(exact) if rule.rounding == "floor" else floor(exact + Fraction(1, 2))


def over_by(rule: CeilingRule, excellent: int, good: int, *, outstanding: bool = False) -> int:
    """How many too many, as the figures stand now. Raises ValueError for negative counts."""
    return max(0, excellent - allowed(rule, excellent, good, outstanding=outstanding))


def most_of(rule: CeilingRule, people: int, *, outstanding: bool = False) -> int:
    """The most that can be excellent when `people` are good or better and all others of them are "tốt".

    Raises ValueError for a negative count.
    """
    if people < 0:
        raise ValueError("số người không được âm")
    legal = (e for e in range(people, -1, -1) if not over_by(rule, e, people - e, outstanding=outstanding))
    return next(legal)


def to_lower(rule: CeilingRule, excellent: int, good: int, *, outstanding: bool = False) -> int:
    """The fewest people to move from "xuất sắc" to "tốt". Never more than `over_by`: each widens the line.

    Raises ValueError for negative counts.
    """
    if not over_by(rule, excellent, good, outstanding=outstanding):
        return 0
    return excellent - min(excellent, most_of(rule, excellent + good, outstanding=outstanding))


def good_needed_for(rule: CeilingRule, excellent: int, *, outstanding: bool = False) -> int | None:
    """The fewest people graded "tốt" beside whom `excellent` are allowed; None where the share is 0.

    Raises ValueError for a negative count.
    """
    if not over_by(rule, excellent, 0, outstanding=outstanding):
        return 0
    percent = _percent(rule, outstanding)
    if percent == 0:
        return None
    least = Fraction(excellent) - (Fraction(1, 2) if rule.rounding == "half_up" else 0)
    denominator = -floor(-least * 100 / percent)
    return denominator if rule.base == "good" else max(0, denominator - excellent)


def good_missing(rule: CeilingRule, excellent: int, good: int, *, outstanding: bool = False) -> int | None:
    """How many more graded "tốt" would carry all the excellent ones; None when no number would.

    Raises ValueError for a negative count.
    """
    needed = good_needed_for(rule, excellent, outstanding=outstanding)
    return None if needed is None else max(0, needed - good)


def _exact(rule: CeilingRule, excellent: int, good: int, outstanding: bool) -> Fraction:
    if excellent < 0 or good < 0:
        raise ValueError("số người không được âm")
    return Fraction(_denominator(rule, excellent, good) * _percent(rule, outstanding), 100)


def _denominator(rule: CeilingRule, excellent: int, good: int) -> int:
    return good if rule.base == "good" else good + excellent


def _percent(rule: CeilingRule, outstanding: bool) -> int:
    percent = rule.outstanding_share if outstanding else rule.share
    if percent is None:
        raise ValueError(NO_OUTSTANDING)
    return percent
