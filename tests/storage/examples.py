"""A ward that is filled once for all examples of a property: what an example stores is undone at its end."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from storage.database import Database
from storage.schema import migrate
from tests.storage.ward import Ward


class _ExampleOver(Exception):
    """Undoes what an example stored."""


@contextmanager
def ward_of_examples(runner: asyncio.Runner, prepare: Callable[[Ward], Awaitable[None]]) -> Iterator[Ward]:
    async def build(url: str) -> Ward:
        await migrate(url)
        ward = Ward(Database(url), url)
        await ward.fill()
        await prepare(ward)
        return ward

    with tempfile.TemporaryDirectory() as folder:
        ward = runner.run(build(f"sqlite+aiosqlite:///{Path(folder) / 'tusoi.db'}"))
        yield ward
        runner.run(ward.db.close())


def run_example(runner: asyncio.Runner, ward: Ward, example: Callable[[Connection], None]) -> None:
    def all_and_undo(conn: Connection) -> None:
        example(conn)
        raise _ExampleOver

    with pytest.raises(_ExampleOver):
        runner.run(ward.db.write(all_and_undo))
