"""How many may be graded excellent in one peer group: a control at the level that approves, a warning in the cell."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from review.pack_model import CeilingRule

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


NO_OUTSTANDING = "quy định này không có tỷ lệ riêng cho nơi có kết quả nổi trội"


def ceiling(
    rule: CeilingRule, excellent: int, good: int, *, outstanding: bool = False, peer_group: str = ""
) -> Ceiling:
    """`good` counts those graded "tốt" without the excellent ones; `outstanding` is the case with grounds (25 %).

    A `peer_group` may have a share of its own; one that is `rule.counted_apart` has no ceiling to ask for here.
    Raises ValueError for negative counts, or for the outstanding case where the regulation has none.
    """
    if excellent < 0 or good < 0:
        raise ValueError("số người không được âm")
    percent = rule.outstanding_share if outstanding else rule.shares.get(peer_group, rule.share)
    if percent is None:
        raise ValueError(NO_OUTSTANDING)
    denominator = good if rule.base == "good" else good + excellent
    exact = Fraction(denominator * percent, 100)
    allowed = floor(exact) if rule.rounding == "floor" else floor(exact + Fraction(1, 2))
    said = f"{float(exact):g}".replace(".", ",")
    share = f"{percent}% của {denominator} người {_BASE_WORDS[rule.base]}{_WITHIN_WORDS[rule.within]} là {said}"
    words = f"{share}, {_ROUNDING_WORDS[rule.rounding]}: {allowed}"
    return Ceiling(allowed, denominator, percent / 100, max(0, excellent - allowed), words)
