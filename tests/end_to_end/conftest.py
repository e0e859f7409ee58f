"""A house for each test: a filled database, a fake Bot API, a bot that is not started yet."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.house import START, House, open_house
from tests.end_to_end.process import launcher


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These tests start whole bots: they take turns in one worker."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("end_to_end"))


@pytest.fixture(scope="session")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with launcher(tmp_path_factory.mktemp("launcher")) as path:
        yield path


@pytest.fixture
async def house(tmp_path: Path, launched: Path, migrated_file: Path) -> AsyncIterator[House]:
    """On polling; the bot is not started yet."""
    shutil.copy(migrated_file, tmp_path / "tusoi.db")
    async with open_house(tmp_path, launched, "polling", START) as opened:
        opened.committee.fill()
        yield opened


@pytest.fixture(params=["polling", "webhook"])
async def either_house(
    request: pytest.FixtureRequest, tmp_path: Path, launched: Path, migrated_file: Path
) -> AsyncIterator[House]:
    """The test runs twice: on polling and on a webhook."""
    shutil.copy(migrated_file, tmp_path / "tusoi.db")
    async with open_house(tmp_path, launched, request.param, START) as opened:
        opened.committee.fill()
        yield opened
