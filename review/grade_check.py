"""Whether the four grades of a pack fit together: by points, or by the levels of the criteria."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from review.levels import Level, reaches
from review.pack_shapes import PackRow
from review.responses import GRADES
from review.toml_lines import KeyPath

Said = tuple[KeyPath, str]


def band_faults(rules: PackRow) -> Iterator[Said]:
    if bool(rules.points) == bool(rules.levels):
        yield ("points",), "cần đúng một trong hai: chấm điểm [points] hoặc xếp theo cấp độ [levels]"
    if tuple(rule.grade for rule in rules.grades) != GRADES:
        yield ("grades",), "cần đủ bốn mức xếp loại, từ cao xuống thấp: " + ", ".join(GRADES)
    yield from _level_faults(rules) if rules.levels else _point_faults(rules)
    if any(rule.rules or rule.levels for rule in rules.grades[-1:]):
        yield ("grades", len(rules.grades) - 1), "mức cuối không được có điều kiện: ai cũng phải xếp được vào một mức"
    for nth, rule in enumerate(rules.grades):
        if not rule.source:
            yield ("grades", nth), "thiếu mục «source»"


def _point_faults(rules: PackRow) -> Iterator[Said]:
    bounds = [rule.min_points for rule in rules.grades]
    if any(upper <= lower for upper, lower in pairwise(bounds)) or bounds[-1:] != [0]:
        yield ("grades",), "min_points phải giảm dần từ mức cao xuống mức thấp, mức cuối là 0"
    for nth, rule in enumerate(rules.grades):
        if rule.levels:
            yield ("grades", nth, "levels"), "gói chấm điểm không dùng «levels»"


def _level_faults(rules: PackRow) -> Iterator[Said]:
    for nth, rule in enumerate(rules.grades):
        if rule.min_points:
            yield ("grades", nth, "min_points"), "gói xếp theo cấp độ không dùng «min_points»"
        for group in rule.levels.keys() - rules.levels.keys():
            yield ("grades", nth, "levels"), f"không có nhóm tiêu chí «{group}» trong [levels]"
    for nth, (upper, lower) in enumerate(pairwise(rules.grades[:-1])):
        if not _is_above(upper.levels, lower.levels):
            yield ("grades", nth, "levels"), "levels phải giảm dần từ mức cao xuống mức thấp"


def _is_above(upper: Mapping[str, Level], lower: Mapping[str, Level]) -> bool:
    """Whoever reaches the upper grade reaches the lower one too, and not the other way round."""
    return upper != lower and all(group in upper and reaches(upper[group], least) for group, least in lower.items())
