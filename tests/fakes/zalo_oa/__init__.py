"""A strict fake of the Zalo Official Account: tokens that end, windows that shut, 100 requests a minute, signatures."""

from tests.fakes.zalo_oa.account import Account, MovedClock, OaPhone, RefusedError
from tests.fakes.zalo_oa.server import FakeZaloOa

__all__ = ["Account", "FakeZaloOa", "MovedClock", "OaPhone", "RefusedError"]
