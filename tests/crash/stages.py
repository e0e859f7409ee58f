"""Where stories are played: a SQLite file and a PostgreSQL database, both with snapshots that are quickly put back."""

import asyncio
import shutil
import sqlite3
import tempfile
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import asyncpg

from storage.database import Database
from storage.schema import migrate
from storage.tables import metadata
from tests.databases import Postgres

TABLES = [table.name for table in metadata.sorted_tables]
NUMBERED = [
    table.name for table in metadata.sorted_tables if table.c.get("id") is not None and table.name != "audit_head"
]


class Stage(Protocol):
    name: str
    db: Database
    empty: Any

    async def open(self) -> None:
        """Afterwards `empty` is the snapshot of a migrated database without anybody in it."""
        ...

    async def keep(self) -> Any:
        """A snapshot of what is committed."""
        ...

    async def put_back(self, snapshot: Any) -> None:
        """Nobody is connected. Afterwards `db` is as it was then."""
        ...

    async def close(self) -> None: ...


class SqliteStage:
    name = "sqlite"

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="crash"))
        self._file = self._folder / "tusoi.db"
        self._url = f"sqlite+aiosqlite:///{self._file}"
        self._numbers = count()
        self.db = Database(self._url)

    async def open(self) -> None:
        await migrate(self._url)
        self.empty = await self.keep()

    async def keep(self) -> Path:
        kept = self._folder / f"kept{next(self._numbers)}.db"
        source, target = sqlite3.connect(self._file), sqlite3.connect(kept)
        source.backup(target)
        source.close()
        target.close()
        return kept

    async def put_back(self, snapshot: Path) -> None:
        for left in self._folder.glob("tusoi.db*"):
            left.unlink()
        shutil.copy(snapshot, self._file)

    async def close(self) -> None:
        shutil.rmtree(self._folder)


class PostgresStage:
    """Snapshots are schemas of the same database; putting one back moves a few hundred rows."""

    name = "postgresql"

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self._numbers = count()
        self._connection: Any = None
        self._restored = 0
        self.db = Database(server.migrated_url)

    async def open(self) -> None:
        self._connection = await asyncpg.connect(self._server.server.get_uri())
        self.empty = await self.keep()

    async def keep(self) -> str:
        name = f"kept{next(self._numbers)}"
        copies = ";".join(f"CREATE TABLE {name}.{table} AS TABLE public.{table}" for table in TABLES)
        await self._connection.execute(f"CREATE SCHEMA {name}; {copies}")
        return name

    async def put_back(self, snapshot: str) -> None:
        copies = ";".join(
            f"DELETE FROM public.{table}; INSERT INTO public.{table} SELECT * FROM {snapshot}.{table}"
            for table in TABLES
        )
        numbers = ";".join(
            f"SELECT setval(pg_get_serial_sequence('public.{table}', 'id'),"
            f" 1 + coalesce((SELECT max(id) FROM public.{table}), 0), false)"
            for table in NUMBERED
        )
        await self._connection.execute(
            f"BEGIN; SET LOCAL session_replication_role = replica; {copies}; {numbers}; COMMIT"
        )
        self._restored += 1
        if self._restored % 100 == 0:
            await self._connection.execute("VACUUM")

    async def close(self) -> None:
        for schema in await self._connection.fetch("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'kept%'"):
            await self._connection.execute(f"DROP SCHEMA {schema['nspname']} CASCADE")
        await self._connection.close()
        await asyncio.to_thread(self._server.empty)
