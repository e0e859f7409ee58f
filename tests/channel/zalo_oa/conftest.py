"""A strict fake of the account, a token somebody fetched, a sender, and Hoa, who has just written."""

from collections.abc import AsyncIterator

import pytest

from handlers.zalo_oa.api import ZaloOa
from handlers.zalo_oa.sender import OaSender, pace
from tests.channel.zalo_oa.account import NoLinks, OneToken
from tests.fakes.zalo_oa import FakeZaloOa, MovedClock, OaPhone


@pytest.fixture
async def api() -> AsyncIterator[FakeZaloOa]:
    async with FakeZaloOa(MovedClock()) as server:
        yield server


@pytest.fixture
async def oa(api: FakeZaloOa) -> AsyncIterator[ZaloOa]:
    async with ZaloOa(api.account.app_id, api.account.app_secret, api.base_url, api.base_url) as opened:
        yield opened


@pytest.fixture
async def tokens(api: FakeZaloOa, oa: ZaloOa) -> OneToken:
    return OneToken((await oa.exchange(api.account.granted())).access_token)


@pytest.fixture
def sender(oa: ZaloOa, tokens: OneToken) -> OaSender:
    return OaSender(oa, tokens, NoLinks(), pace(6000))  # type: ignore[arg-type]


@pytest.fixture
def hoa(api: FakeZaloOa) -> OaPhone:
    phone = api.phone()
    phone.last_interaction = api.clock()
    return phone
