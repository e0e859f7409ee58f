"""The account's webhook: signatures, repeats, and an answer in time whatever the storage does."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest

from conversations import words
from conversations.incoming import Asked, Incoming, Reached, Typed
from handlers.zalo_oa.sender import OaSender
from handlers.zalo_oa.webhook import HEADER, Form
from tests.channel.zalo_oa.account import Served
from tests.fakes.zalo_oa import FakeZaloOa, OaPhone


@pytest.fixture
async def served(api: FakeZaloOa, sender: OaSender) -> AsyncIterator[Served]:
    made = await Served(api, sender).opens()
    yield made
    await made.closes()


async def test_a_message_is_answered(api: FakeZaloOa, served: Served, hoa: OaPhone) -> None:
    assert "Viết tiếp" in await hoa.asks("Xin chào")
    await hoa.press(2)
    assert served.turns.events == [Typed("Xin chào"), Typed("2")]
    assert {status for status, _ in api.pushed} == {200}


async def test_a_follower_is_greeted_and_a_leaver_is_not(served: Served, hoa: OaPhone) -> None:
    await hoa.follow()
    await hoa.answer()
    await hoa.unfollow()
    assert served.turns.events == [Reached(can_be_reached=True), Asked("start"), Reached(can_be_reached=False)]
    assert len(hoa.received) == 1


async def test_the_same_delivery_twice_is_one(api: FakeZaloOa, served: Served, hoa: OaPhone) -> None:
    api.repeats = 2
    await hoa.say("Một")
    assert served.turns.events == [Typed("Một")]


@pytest.mark.parametrize("form", ["sha256", "hmac"])
async def test_only_what_zalo_signed_is_taken(api: FakeZaloOa, sender: OaSender, hoa: OaPhone, form: Form) -> None:
    served = await Served(api, sender).opens(form)
    await hoa.say("Một")
    event = {"event_name": "user_send_text", "sender": {"id": hoa.chat}, "message": {"msg_id": "x", "text": "Hai"}}
    stranger = hashlib.sha256(b"guessed").hexdigest()
    for signed in ("", "mac=", stranger, f"mac={stranger}", "ế", "\udcff"):
        assert await api.put(event, signed=signed) == 401
    assert served.turns.events == [Typed("Một")]
    await served.closes()


async def test_a_signature_of_another_body_or_moment_is_worth_nothing(api: FakeZaloOa, served: Served) -> None:
    event = {"event_name": "user_send_text", "timestamp": "1790000000000"}
    later = event | {"timestamp": "1790000000001"}
    assert await api.put(event, signed=api.signature(b'{"event_name": "x"}', event)) == 401
    assert await api.put(later, signed=api.signature(b"{}", event)) == 401
    assert await api.put(event) == 200


async def test_switched_off_anybody_is_heard(api: FakeZaloOa, sender: OaSender, hoa: OaPhone) -> None:
    served = await Served(api, sender).opens("off")
    event = {"event_name": "user_send_text", "sender": {"id": hoa.chat}, "message": {"msg_id": "x", "text": "Hai"}}
    assert await api.put(event, signed="") == 200
    assert served.turns.events == [Typed("Hai")]
    await served.closes()


async def test_what_is_no_event_is_answered_all_the_same(api: FakeZaloOa, served: Served) -> None:
    assert await api.put({"nonsense": [1, 2]}) == 200
    body = b"not json"
    signature = hashlib.sha256(f"{api.account.app_id}not json{api.account.secret}".encode()).hexdigest()
    async with (
        aiohttp.ClientSession() as session,
        session.post(api.webhook, data=body, headers={HEADER: signature}) as answer,
    ):
        assert answer.status == 200
    assert served.turns.taken == []


async def test_what_cannot_be_stored_is_said_to_be_lost(served: Served, hoa: OaPhone) -> None:
    served.turns.down = True
    assert await hoa.asks("Một") == words.BUSY.replace("**", "")


async def test_zalo_never_waits_long_and_the_turn_goes_on(api: FakeZaloOa, sender: OaSender, hoa: OaPhone) -> None:
    served = await Served(api, sender, patience=0.05).opens()
    committing = asyncio.Event()

    async def slow(_: Incoming) -> None:
        await committing.wait()

    served.turns.hook = slow
    began = time.monotonic()
    await hoa.say("Một")
    assert api.pushed[0][0] == 200
    assert time.monotonic() - began < 1.5
    assert served.turns.events == []
    committing.set()
    await hoa.answer("Viết tiếp")
    assert served.turns.events == [Typed("Một")]
    await served.closes()


async def test_a_poisonous_event_stops_nobody(served: Served, hoa: OaPhone) -> None:
    served.turns.faulty.add("m00001")
    await hoa.say("Một")
    await hoa.say("Hai")
    assert served.turns.events[-1] == Typed("Hai")
