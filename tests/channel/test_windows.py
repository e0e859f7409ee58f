"""How long each channel lets the bot write to a person."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from conversations.incoming import ChannelName
from handlers.windows import WINDOWS, opening

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_every_channel_has_a_window() -> None:
    assert set(WINDOWS) == set(get_args(ChannelName))


@pytest.mark.parametrize("channel", ["web", "telegram", "zalo_bot"])
@pytest.mark.parametrize("last", [None, NOW, NOW - timedelta(days=900)])
def test_without_a_limit(channel: ChannelName, last: datetime | None) -> None:
    assert opening(channel, last, NOW) == "free"


@pytest.mark.parametrize(
    ("quiet_for", "found"),
    [
        (-SECOND, "free"),
        (timedelta(0), "free"),
        (timedelta(hours=48), "free"),
        (timedelta(hours=48) + SECOND, "paid"),
        (timedelta(days=7), "paid"),
        (timedelta(days=7) + SECOND, "shut"),
    ],
)
def test_the_official_account(quiet_for: timedelta, found: str) -> None:
    assert opening("zalo_oa", NOW - quiet_for, NOW) == found


def test_whoever_never_wrote_cannot_be_written_to() -> None:
    assert opening("zalo_oa", None, NOW) == "shut"
