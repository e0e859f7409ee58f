"""What a year with `DATA_KEY` leaves in the files of its database."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, select

from storage.columns import SealedWords
from storage.sealed import as_stored, sealed_columns
from storage.sealing import KeyRing, sealed_with
from storage.tables import answers, people, units

KEY = "Q" * 42 + "A"
SHORTEST = 12
"""Shorter words may stand elsewhere by themselves."""
SCREENS = ("accounts.state", "outbox.payload")
"""What the program says itself is in them too."""


def no_word_is_readable(file: Path) -> None:
    """Of all that is sealed, opened here, nothing can be found in the bytes of the files."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as conn:
        words = set(_sealed_words(conn)) - set(_names(conn))
        answered = select(answers.c.response_id).where(answers.c.key == "self_grade", answers.c.value != "")
        assert conn.execute(answered).all(), "choices are there for statistics"
    engine.dispose()
    raw = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    assert len(words) > 20
    assert not [word for word in words if word.encode() in raw]


def _sealed_words(conn: Connection) -> Iterator[str]:
    ring = KeyRing.read(KEY)
    for table, names in sealed_columns().items():
        raw = as_stored(table)
        for name in (name for name in names if f"{table.name}.{name}" not in SCREENS):
            for stored in conn.scalars(select(raw.c[name])):
                if stored and sealed_with(stored):
                    text = ring.open(stored)
                    yield from _texts(text if isinstance(table.c[name].type, SealedWords) else json.loads(text))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
    elif isinstance(value, str) and len(value) >= SHORTEST:
        yield value


def _names(conn: Connection) -> Iterator[str]:
    """The roster is not sealed."""
    yield from conn.scalars(select(people.c.name).union(select(units.c.name)))
