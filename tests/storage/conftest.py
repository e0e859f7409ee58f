"""Fixtures of the storage tests."""

import asyncio
from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.storage.ward import Ward


@pytest.fixture
async def ward(db: Database, database_url: str) -> Ward:
    filled = Ward(db, database_url)
    await filled.fill()
    return filled


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    """The loop of a module whose property tests are not async themselves."""
    with asyncio.Runner() as running:
        yield running
