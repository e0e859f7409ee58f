"""The database as the program holds it: `write` for a transaction that changes something, `read` for a report."""

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engines import is_sqlite, reading_engine, told, writing_engine
from storage.errors import Unreachable
from storage.sealed import located
from storage.sealing import NO_KEYS, KeyRing

T = TypeVar("T")
Work = Callable[[Connection], T]

MOST_PER_COMMIT = 64
TRIES = 3
_LOST_A_RACE = ("40001", "40P01")  # PostgreSQL: serialization failure, deadlock


class Database:
    """Belongs to the event loop it is first used in. Every function given to it is sync and does all or nothing.

    SQLite has one writer at a time: those who wait for it share its next commit, each inside a savepoint of its
    own, so that one refused turn takes nobody else's with it. PostgreSQL commits each by itself.
    """

    def __init__(self, url: str, ring: KeyRing = NO_KEYS) -> None:
        self._writers = writing_engine(url, ring=ring)
        self._readers = reading_engine(url, ring=ring)
        self._grouped = is_sqlite(url)
        self._waiting: deque[_Waiting] = deque()
        self._draining: asyncio.Task[None] | None = None

    async def write(self, work: Work[T]) -> T:
        """Run `work` in a transaction; return once it is durable. What it raises undoes it and is raised here.

        On PostgreSQL `work` is run again when it lost a race, so it must not touch anything but its connection.
        """
        work = partial(located, work=work)
        if not self._grouped:
            return await self._alone(work)
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(work, done))
        if self._draining is None or self._draining.done():
            self._draining = asyncio.create_task(self._drain())
        return await told(done)

    async def read(self, work: Work[T]) -> T:
        """Run `work` on one consistent picture of the data; it cannot change anything."""
        return await told(_run(self._readers, partial(located, work=work)))

    async def close(self) -> None:
        """Finish what is being written, then let go of every connection."""
        if self._draining is not None:
            await self._draining
        await self._writers.dispose()
        await self._readers.dispose()

    async def _alone(self, work: Work[T]) -> T:
        for _ in range(TRIES):
            try:
                return await told(_run(self._writers, work))
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in _LOST_A_RACE:
                    raise
        raise Unreachable("The database is too busy: this change lost against others several times.")

    async def _drain(self) -> None:
        while self._waiting:
            taken = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_PER_COMMIT))]
            batch = [waiting for waiting in taken if not waiting.done.cancelled()]
            try:
                outcomes = await _run(self._writers, partial(_each, batch=batch))
            except Exception as error:  # noqa: BLE001 - it goes to everybody whose work was not committed
                outcomes = [_Outcome(error=error)] * len(batch)
            for waiting, outcome in zip(batch, outcomes, strict=True):
                waiting.settle(outcome)


class _Outcome(NamedTuple):
    value: Any = None
    error: BaseException | None = None


class _Waiting(NamedTuple):
    work: Work[Any]
    done: asyncio.Future[Any]

    def settle(self, outcome: _Outcome) -> None:
        if self.done.done():
            return
        if outcome.error is not None:
            self.done.set_exception(outcome.error)
        else:
            self.done.set_result(outcome.value)


def _each(conn: Connection, batch: list[_Waiting]) -> list[_Outcome]:
    outcomes = []
    for waiting in batch:
        try:
            with conn.begin_nested():
                outcomes.append(_Outcome(waiting.work(conn)))
        except Exception as error:  # noqa: BLE001 - it goes to whoever asked for this work
            outcomes.append(_Outcome(error=error))
    return outcomes


async def _run(engine: AsyncEngine, work: Work[T]) -> T:
    async with engine.begin() as conn:
        return await conn.run_sync(work)
