"""Stages that are open."""

from collections.abc import AsyncIterator

import pytest

from tests.crash.stages import PostgresStage, SqliteStage, Stage


@pytest.fixture(params=["sqlite", "postgresql"])
def closed_stage(request: pytest.FixtureRequest) -> Stage:
    """Its server is started outside of any event loop."""
    return SqliteStage() if request.param == "sqlite" else PostgresStage(request.getfixturevalue("postgres"))


@pytest.fixture
async def stage(closed_stage: Stage) -> AsyncIterator[Stage]:
    """Where to play; both databases."""
    await closed_stage.open()
    yield closed_stage
    await closed_stage.close()


@pytest.fixture
async def file_stage() -> AsyncIterator[Stage]:
    playing = SqliteStage()
    await playing.open()
    yield playing
    await playing.close()
