"""How each database is spoken to: SQLite in WAL with BEGIN IMMEDIATE for writers, PostgreSQL through asyncpg."""

import asyncio
import os
import sqlite3
from collections.abc import Awaitable
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import Connection, event, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.errors import FolderNotWritable, Unreachable
from storage.sealing import NO_KEYS, KeyRing

T = TypeVar("T")

BUSY_MILLISECONDS = 5000
WAL_TRIES, WAL_PAUSE = 100, 0.05
"""How often, and after how many seconds, the switch of a new file to WAL is tried again."""
POSTGRES_CONNECTIONS = 10
SQLITE_READERS = 4
_NOT_LET_IN = ("28", "3D")  # PostgreSQL: wrong user or password, no such database


def is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def writing_engine(url: str, *, ring: KeyRing = NO_KEYS, foreign_keys: bool = True) -> AsyncEngine:
    """For changes. SQLite: every transaction takes the write lock when it begins, so a read stays true until the
    commit. Foreign keys are only ever off while tables are being rebuilt by a migration.
    """
    if not is_sqlite(url):
        return _keyed(
            create_async_engine(
                url, pool_size=POSTGRES_CONNECTIONS, max_overflow=0, pool_pre_ping=True, hide_parameters=True
            ),
            ring,
        )
    make_folder(url)
    pragmas = ("synchronous=FULL", f"foreign_keys={'ON' if foreign_keys else 'OFF'}")
    engine = _sqlite(url, pragmas, begin="BEGIN IMMEDIATE", connections=1)
    event.listen(engine.sync_engine, "connect", lambda connection, _record: connection.run_async(_into_wal))
    return _keyed(engine, ring)


def reading_engine(url: str, *, ring: KeyRing = NO_KEYS) -> AsyncEngine:
    """For reports: one unchanging picture per transaction, and no writer ever waits for it."""
    if is_sqlite(url):
        return _keyed(_sqlite(url, ("query_only=ON",), begin="BEGIN", connections=SQLITE_READERS), ring)
    engine = create_async_engine(
        url,
        pool_size=SQLITE_READERS,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
        execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
    )
    return _keyed(engine, ring)


def _keyed(engine: AsyncEngine, ring: KeyRing) -> AsyncEngine:
    """Column types find the keys on the dialect, which is this engine's alone (`storage.columns.ring_of`)."""
    vars(engine.dialect)["key_ring"] = ring
    return engine


def make_folder(url: str) -> None:
    """Create the folder of the SQLite file; say plainly when it cannot be written to."""
    file = Path(make_url(url).database or "")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderNotWritable(f"Cannot create the folder {file.parent}: {error.strerror}.") from error
    place = file if file.exists() else file.parent
    if not (os.access(place, os.W_OK) and os.access(file.parent, os.W_OK)):
        raise FolderNotWritable(f"Cannot write to {place}: give the user who runs tusoi the right to write there.")


def _sqlite(url: str, pragmas: tuple[str, ...], *, begin: str, connections: int) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=connections, max_overflow=0, hide_parameters=True)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


async def _into_wal(connection: aiosqlite.Connection) -> None:
    """While another program switches the same new file, SQLite refuses at once, whatever its busy timeout."""
    for tries_left in reversed(range(WAL_TRIES)):
        try:
            await connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or not tries_left:
                raise
            await asyncio.sleep(WAL_PAUSE)
        else:
            return


async def told(running: Awaitable[T]) -> T:
    """Say "cannot be reached" in one way for every driver."""
    try:
        return await running
    except (OSError, PoolTimeout, InterfaceError, OperationalError) as error:
        raise Unreachable(f"The database does not answer: {_first_line(error)}") from error
    except DBAPIError as error:
        if str(getattr(error.orig, "sqlstate", "")).startswith(_NOT_LET_IN):
            raise Unreachable(f"The database does not let us in: {_first_line(error)}") from error
        if not error.connection_invalidated:
            raise
        raise Unreachable(f"The database hung up: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return (str(cause).splitlines() or [type(cause).__name__])[0]
