"""Fixtures of the storage tests."""

import pytest

from storage.database import Database
from tests.storage.ward import Ward


@pytest.fixture
async def ward(db: Database, database_url: str) -> Ward:
    filled = Ward(db, database_url)
    await filled.fill()
    return filled
