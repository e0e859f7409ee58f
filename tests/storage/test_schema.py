"""The schema: models and migrations agree, the stairs go up and down, two starts at once do no harm."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from storage.engines import writing_engine
from storage.errors import NewerSchema
from storage.schema import alembic_config, migrate, revisions
from storage.tables import metadata


async def on(url: str, work: Any, *args: Any) -> Any:
    engine = writing_engine(url)
    async with engine.begin() as conn:
        done = await conn.run_sync(work, *args)
    await engine.dispose()
    return done


def differences(conn: Connection) -> list[Any]:
    options = {"compare_type": True, "compare_server_default": conn.dialect.name == "postgresql"}
    return list(compare_metadata(MigrationContext.configure(conn, opts=options), metadata))


async def test_models_and_migrations_agree(database_url: str) -> None:
    assert await on(database_url, differences) == []


async def test_stairs_up_down_up(empty_url: str) -> None:
    def steps(conn: Connection) -> list[str]:
        walk = ScriptDirectory.from_config(alembic_config(conn)).walk_revisions()
        return [script.revision for script in reversed(list(walk))]

    for revision in await on(empty_url, steps):
        await migrate(empty_url, revision)
        await on(empty_url, lambda conn: command.downgrade(alembic_config(conn), "-1"))
        await migrate(empty_url, revision)
    assert await on(empty_url, differences) == []
    await on(empty_url, lambda conn: command.downgrade(alembic_config(conn), "base"))
    assert await on(empty_url, lambda conn: set(inspect(conn).get_table_names())) <= {"alembic_version"}


async def test_two_programs_may_start_at_once(empty_url: str) -> None:
    await asyncio.gather(*(migrate(empty_url) for _ in range(4)))
    now = await revisions(empty_url)
    assert now.current == now.newest


async def test_a_new_file_that_is_being_written_is_waited_for(tmp_path: Path) -> None:
    """SQLite refuses the switch to WAL at once while another program writes, whatever the busy timeout says."""
    file = tmp_path / "tusoi.db"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    migrating = asyncio.create_task(migrate(f"sqlite+aiosqlite:///{file}"))
    finished, _ = await asyncio.wait({migrating}, timeout=0.5)
    assert not finished
    other.execute("COMMIT")
    other.close()
    await migrating
    assert (await revisions(f"sqlite+aiosqlite:///{file}")).current is not None


async def test_a_new_database_has_no_revision(empty_url: str) -> None:
    await on(empty_url, lambda conn: None)
    assert (await revisions(empty_url)).current is None


async def test_a_newer_schema_is_refused_in_one_line(database_url: str) -> None:
    await on(database_url, lambda conn: conn.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(NewerSchema, match="9999") as refused:
        await migrate(database_url)
    assert "\n" not in str(refused.value)
