"""Stages that are open."""

from collections.abc import AsyncIterator

import pytest

from tests.crash.stages import PostgresStage, SqliteStage, Stage
from tests.databases import Postgres


@pytest.fixture(params=["sqlite", "postgresql"])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """Where to play; both databases."""
    if request.param == "sqlite":
        playing: Stage = SqliteStage()
    else:
        server: Postgres = request.getfixturevalue("postgres")
        playing = PostgresStage(server)
    await playing.open()
    yield playing
    await playing.close()


@pytest.fixture
async def file_stage() -> AsyncIterator[Stage]:
    playing = SqliteStage()
    await playing.open()
    yield playing
    await playing.close()
