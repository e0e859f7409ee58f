"""hints.toml: the word lists under [signs.*], every other table a hint."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from pydantic import TypeAdapter

from review.faults import Fault
from review.pack_files import Source, shaped
from review.pack_model import HintRule, Sign
from review.pack_shapes import HINT, SIGN
from review.toml_lines import KeyPath

SIGNS = "signs"

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Hints:
    rules: Mapping[str, HintRule]
    signs: Mapping[str, Sign]


def read_hints(source: Source, faults: list[Fault]) -> Hints:
    signs = _tables(SIGN, source, (SIGNS,), faults)
    rules = _tables(HINT, source, (), faults)
    faults += _unknown_signs(source, rules)
    return Hints(rules, signs)


def _tables(adapter: TypeAdapter[_T], source: Source, under: KeyPath, faults: list[Fault]) -> dict[str, _T]:
    tables = source.data.get(SIGNS, {}) if under else {code: t for code, t in source.data.items() if code != SIGNS}
    found = {}
    for name, data in tables.items():
        if shape := shaped(adapter, data, partial(_fault_at, source, (*under, name)), faults):
            found[name] = shape
    return found


def _fault_at(source: Source, table: KeyPath, path: KeyPath, reason: str) -> Fault:
    return source.fault((*table, *path), reason)


def _unknown_signs(source: Source, rules: Mapping[str, HintRule]) -> Iterator[Fault]:
    for code, rule in rules.items():
        for nth, case in enumerate(rule.cases):
            for name in case.signs:
                if name not in source.data.get(SIGNS, {}):
                    yield source.fault((code, "cases", nth), f"không có bảng [signs.{name}]")
