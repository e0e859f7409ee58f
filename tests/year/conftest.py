"""The office of a year: a folder, a database, commands."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.bot.conftest import Tusoi, folder, tusoi
from tests.year.office import Office
from tests.year.sealed import KEY

__all__ = ["folder", "tusoi"]

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """To be asked for before the office: its text is sealed."""
    monkeypatch.setenv("DATA_KEY", KEY)


@pytest.fixture
def office(folder: Path, tusoi: Tusoi, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    url = f"sqlite+aiosqlite:///{folder}/year.db"
    monkeypatch.setenv("DATABASE_URL", url)
    lived = Office(url, tusoi, datetime(2026, 11, 20, 9, tzinfo=HANOI))
    yield lived
    lived.close()
