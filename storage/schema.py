"""The schema: brought to this program's revision at start, refused when it is from a newer one."""

from pathlib import Path
from typing import NamedTuple

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engines import reading_engine, told, writing_engine
from storage.errors import NewerSchema, StorageError
from storage.sealed import check_keys
from storage.sealing import NO_KEYS, KeyRing

_ONE_MIGRATION_AT_A_TIME = 7_301_966  # any number: the key of PostgreSQL's advisory lock


class Revisions(NamedTuple):
    """`current` is None for an empty database."""

    current: str | None
    newest: str


async def migrate(url: str, revision: str = "head", *, ring: KeyRing = NO_KEYS) -> None:
    """Bring the database up to `revision`, all or nothing; two programs that start at once wait for each other.

    Raises KeyMissing when the text in it was sealed with a key that is not on the ring.
    """
    engine = writing_engine(url, foreign_keys=False)
    try:
        await told(_migrate(engine, revision, ring))
    finally:
        await engine.dispose()


async def revisions(url: str) -> Revisions:
    """Where the database stands and where this program would bring it."""
    engine = reading_engine(url)
    try:
        return await told(_revisions(engine))
    finally:
        await engine.dispose()


def alembic_config(conn: Connection) -> Config:
    """What Alembic's commands need to work on this very connection."""
    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    return config


async def _migrate(engine: AsyncEngine, revision: str, ring: KeyRing) -> None:
    async with engine.begin() as conn:
        await conn.run_sync(upgrade, revision)
        if revision == "head":
            await conn.run_sync(check_keys, ring)


async def _revisions(engine: AsyncEngine) -> Revisions:
    async with engine.connect() as conn:
        return await conn.run_sync(_read_revisions)


def upgrade(conn: Connection, revision: str) -> None:
    """Up to `revision` within the connection's own transaction."""
    if conn.dialect.name == "postgresql":
        conn.execute(select(func.pg_advisory_xact_lock(_ONE_MIGRATION_AT_A_TIME)))
    config = alembic_config(conn)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    for asked in (current_revision(conn), revision):
        if asked not in {None, "head", *known}:
            raise NewerSchema(f"Revision {asked} is not known to this release: install the newer one that wrote it.")
    command.upgrade(config, revision)
    if conn.dialect.name == "sqlite" and (broken := conn.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise StorageError(f"The migration was undone: a row of {broken[0]} would refer to nothing.")


def current_revision(conn: Connection) -> str | None:
    """None for a database without tables."""
    return MigrationContext.configure(conn).get_current_revision()


def _read_revisions(conn: Connection) -> Revisions:
    newest = ScriptDirectory.from_config(alembic_config(conn)).get_current_head()
    assert newest is not None
    return Revisions(current_revision(conn), newest)
