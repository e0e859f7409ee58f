"""Two JSON values compared: every place where they part is named, and no other."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from documents.dossier_numbers import differences
from review.year_summary import summarise
from tests.review.test_year_summary import EXPORT, RULES

RIGHT = summarise(EXPORT, RULES)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every number, word or null."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        yield path
        return
    for key, item in inner:
        yield from leaves(item, (*path, key))


def test_nothing_parts_equal_data() -> None:
    assert list(differences(RIGHT, deepcopy(RIGHT))) == []


@given(st.sampled_from(list(leaves(RIGHT))), st.sampled_from([-7, 0.123, "x", True, [], {"a": 1}]))
def test_any_single_change_is_named_where_it_is(path: tuple[Any, ...], wrong: Any) -> None:
    spoilt = deepcopy(RIGHT)
    inside: Any = spoilt
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = wrong
    [fault] = differences(RIGHT, spoilt)
    assert str(path[-1]) in fault.partition(" is ")[0]


def test_a_line_left_out_and_a_line_added_are_named() -> None:
    assert list(differences({"a": [1, 2]}, {"a": [1]})) == ["a[1] is null, the answers and decisions give 2"]
    assert list(differences([{"code": "K1"}], [])) == ['[K1] is null, the answers and decisions give {"code": "K1"}']
    assert list(differences({}, {"b": "x" * 99})) == [f'b is "{"x" * 58}…, the answers and decisions give null']
    assert list(differences(1, True)) == [" is true, the answers and decisions give 1"]
