"""Column types that keep the house's habits: UTC in, aware UTC out; text in one Unicode form (NFC), sealed at rest.

The keys belong to the engine: its dialect carries the ring (`storage.engines`), so that queries know nothing of them.
"""

import json
import unicodedata
from datetime import UTC, datetime, tzinfo
from typing import Any, TypeVar

from sqlalchemy import DateTime, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeDecorator

from storage.errors import Unopened
from storage.sealing import NO_KEYS, KeyRing

Moment = TypeVar("Moment", datetime, datetime | None)


def local(moment: Moment, zone: tzinfo | None) -> Moment:
    """As people read it: in the committee's time zone; without one as stored."""
    return moment.astimezone(zone) if moment and zone else moment


def nfc(value: Any) -> Any:
    """Text in Unicode NFC, also inside lists and objects; anything else as it is."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {nfc(key): nfc(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [nfc(item) for item in value]
    return value


class Instant(TypeDecorator[datetime]):
    """A moment. A naive one is refused: nobody can know what it meant."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text people wrote or read, NFC."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return None if value is None else str(nfc(value))


class Data(TypeDecorator[Any]):
    """JSON as text, its strings NFC; None is NULL. (A SQLite column of type JSON would make 2.0 out to be 2.)"""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        return None if value is None else _json(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class Prose(str):
    """Words somebody typed, on their way into a column that keeps choices and numbers too."""

    __slots__ = ()


class _Unsearchable(TypeDecorator.Comparator[Any]):
    """Sealed text has no order and no likeness: a query may only ask whether there is anything."""

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        asks_for_nothing = bool(other) and isinstance(other[0], str) and not other[0]
        if op in (operators.is_, operators.is_not) or asks_for_nothing:
            return super().operate(op, *other, **kwargs)
        raise TypeError("a query cannot compare or sort sealed text; do it in Python")


class SealedWords(Words):
    """Free text a person typed, or that quotes it."""

    cache_ok = True
    comparator_factory = _Unsearchable

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else ring_of(dialect).seal(str(nfc(value)))

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else ring_of(dialect).open(value)


class SealedData(Data):
    """JSON with free text somewhere in it, sealed whole."""

    cache_ok = True
    comparator_factory = _Unsearchable

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else ring_of(dialect).seal(_json(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(ring_of(dialect).open(value))


class AnswerValue(Data):
    """JSON of which only `Prose` is sealed: choices, numbers and dates stay readable for statistics."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if isinstance(value, Prose):
            return ring_of(dialect).seal(_json(value))
        return super().process_bind_param(value, dialect)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(ring_of(dialect).open(value))


class AsStored(TypeDecorator[str]):
    """To read sealed JSON that may be anything: its text, None where no key opens it."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        try:
            return None if value is None else ring_of(dialect).open(value)
        except Unopened:
            return None


def ring_of(dialect: Dialect) -> KeyRing:
    """The keys of the engine this dialect belongs to."""
    ring = getattr(dialect, "key_ring", NO_KEYS)
    assert isinstance(ring, KeyRing)
    return ring


def _json(value: Any) -> str:
    return json.dumps(nfc(value), ensure_ascii=False, separators=(",", ":"))
