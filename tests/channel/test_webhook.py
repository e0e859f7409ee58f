"""The webhook: the secret, 200 only after the commit, and whatever a stranger may post."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiogram import Bot
from aiohttp import web

from conversations.incoming import Chose, Typed
from handlers.patience import Patience
from handlers.telegram import webhook
from handlers.telegram.door import TelegramDoor
from handlers.webhooks import MAX_BODY
from tests.channel.house import MemoryTurns
from tests.fakes.bot_api import FakeBotApi

SECRET = "bi-mat_123"


@pytest.fixture
async def public_url(bot: Bot, door: TelegramDoor, turns: MemoryTurns) -> AsyncIterator[str]:
    app = web.Application()
    webhook.mount(app, door, bot, SECRET)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()
    await door.close()
    await turns.settled()


@pytest.fixture
async def registered(api: FakeBotApi, bot: Bot, public_url: str) -> AsyncIterator[str]:
    await webhook.register(bot, public_url, SECRET, Patience())
    yield public_url
    api.updates.stop()


async def post(url: str, body: bytes, secret: str | None = SECRET) -> int:
    headers = {webhook.SECRET_HEADER: secret} if secret is not None else {}
    async with (
        aiohttp.ClientSession() as session,
        session.post(url + webhook.PATH, data=body, headers=headers) as answer,
    ):
        return answer.status


async def test_a_conversation_over_the_webhook(api: FakeBotApi, turns: MemoryTurns, registered: str) -> None:
    hoa = api.person()
    await hoa.start("MA1")
    await hoa.screen()
    query = await hoa.tap(1)
    assert (await hoa.screen()).edited
    await hoa.answered(query)
    assert turns.events == [Typed("/start MA1"), Chose(1, ">form")]
    assert api.called("setWebhook")[0].fields["url"] == registered + "/telegram/webhook"
    assert api.called("setMyCommands")


async def test_every_update_twice_is_taken_once_and_every_tap_is_answered(
    api: FakeBotApi, turns: MemoryTurns, registered: str
) -> None:
    api.updates.repeats = 2
    hoa = api.person()
    await hoa.start()
    await hoa.screen()
    query = await hoa.tap(1)
    await hoa.screen()
    await api.until(lambda: len(query.answers) == 2)
    assert len(turns.taken) == 2
    assert len(hoa.shown) == 2


async def test_disorder_is_taken_as_it_comes(api: FakeBotApi, turns: MemoryTurns, registered: str) -> None:
    hoa = api.person()
    api.updates.hold()
    ids = [await hoa.send(text) for text in ("một", "hai", "ba")]
    api.updates.release([2, 0, 1])
    await api.until(lambda: len(api.updates.confirmed) == 3)
    assert [incoming.delivery_id for incoming in turns.taken] == [str(ids[place]) for place in (2, 0, 1)]


async def test_what_could_not_be_stored_is_answered_with_503_and_comes_again(
    api: FakeBotApi, turns: MemoryTurns, registered: str
) -> None:
    turns.down = True
    hoa = api.person()
    update_id = await hoa.send("Câu trả lời")
    assert "chưa được lưu" in (await hoa.screen()).text
    await api.until(lambda: (update_id, 503) in api.updates.pushed)
    turns.down = False
    assert "Màn 1" in (await hoa.screen()).text
    await api.until(lambda: api.updates.confirmed == [update_id])


@pytest.mark.parametrize("secret", [None, "", "sai", "bí mật €", SECRET + "x", SECRET[:-1]])
async def test_a_wrong_secret_gets_401_and_nothing_else(
    turns: MemoryTurns, public_url: str, secret: str | None
) -> None:
    body = b'{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":7,"type":"private"},"text":"x"}}'
    assert await post(public_url, body, secret) == 401
    assert turns.taken == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"x"',
        b"12",
        b"{}",
        b"\xff\xfe\x00",
        b'{"update_id":"x"}',
        b'{"update_id":1,"message":{}}',
        b"[" * 100_000,
    ],
)
async def test_what_cannot_be_read_is_not_asked_for_again(turns: MemoryTurns, public_url: str, body: bytes) -> None:
    assert await post(public_url, body) == 200
    assert turns.taken == []


async def test_a_body_larger_than_any_update_is_refused(public_url: str) -> None:
    assert await post(public_url, b" " * (MAX_BODY + 1)) == 413


async def test_registering_survives_trouble_and_tells_a_wrong_address(
    api: FakeBotApi, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    await webhook.register(bot, "http://khong-an-toan.example", SECRET, Patience())
    refused = next(record for record in caplog.records if record.message == "telegram_refused")
    assert "HTTPS" in refused.reason  # type: ignore[attr-defined]
    assert SECRET not in caplog.text
