"""A strict fake of the Zalo Bot Platform over HTTP: one update a poll, no offset, 2,000 characters, no buttons."""

from tests.fakes.zalo_bot.server import FakeZaloBot, ZaloPhone

__all__ = ["FakeZaloBot", "ZaloPhone"]
