"""Column types that keep the house's habits: UTC in, aware UTC out; text in one Unicode form (NFC)."""

import json
import unicodedata
from datetime import UTC, datetime, tzinfo
from typing import Any, TypeVar

from sqlalchemy import DateTime, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

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
        return None if value is None else json.dumps(nfc(value), ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)
