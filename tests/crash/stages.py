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

COLUMNS = [(table.name, ", ".join(f'"{c.name}"' for c in table.columns)) for table in metadata.sorted_tables]
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
    """All snapshots lie in one schema of the same database; putting one back moves a few hundred rows."""

    name = "postgresql"

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self._numbers = count()
        self._connection: Any = None
        self.db = Database(server.migrated_url)

    async def open(self) -> None:
        self._connection = await asyncpg.connect(self._server.server.get_uri())
        copies = (
            f"CREATE UNLOGGED TABLE kept.{t} AS SELECT 0 AS of_picture, {c} FROM {t} WITH NO DATA" for t, c in COLUMNS
        )
        await self._execute("CREATE SCHEMA kept", *copies)
        self.empty = await self.keep()

    async def keep(self) -> int:
        nth = next(self._numbers)
        await self._execute(*(f"INSERT INTO kept.{t} SELECT {nth}, {c} FROM {t}" for t, c in COLUMNS))
        return nth

    async def put_back(self, snapshot: int) -> None:
        deleted = (f"DELETE FROM {t}" for t, _ in COLUMNS)
        rows = (f"INSERT INTO {t} ({c}) SELECT {c} FROM kept.{t} WHERE of_picture = {snapshot}" for t, c in COLUMNS)
        numbers = (
            f"SELECT setval(pg_get_serial_sequence('{t}', 'id'), 1 + coalesce((SELECT max(id) FROM {t}), 0), false)"
            for t in NUMBERED
        )
        await self._execute(
            "BEGIN", "SET LOCAL session_replication_role = replica", *deleted, *rows, *numbers, "COMMIT"
        )
        if next(self._numbers) % 100 == 0:
            await self._execute("VACUUM")

    async def close(self) -> None:
        await self._execute("DROP SCHEMA kept CASCADE")
        await self._connection.close()
        await asyncio.to_thread(self._server.empty)

    async def _execute(self, *statements: str) -> None:
        await self._connection.execute(";".join(statements))
