"""The Official Account's sender, door and webhook against the strict fake; only the house behind is small."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import ClientConnectorError, web

from conversations import words
from conversations.incoming import Asked, Incoming, Reached, Typed
from conversations.place import HOME
from conversations.screen import Choice, Paper, Screen
from handlers.port import Ending
from handlers.zalo_calls import ZaloRefused, ZaloSilent
from handlers.zalo_oa.api import NoToken, ZaloOa
from handlers.zalo_oa.door import OaDoor
from handlers.zalo_oa.outcomes import HELD, RATE_SILENCE
from handlers.zalo_oa.sender import OaSender, pace
from handlers.zalo_oa.webhook import HEADER, PATH, Form, mount
from tests.channel.house import ManualTime, MemoryTurns
from tests.end_to_end.process import free_port
from tests.fakes.zalo_oa import FakeZaloOa, MovedClock, OaPhone

SCREEN = Screen("**Việc của đồng chí**", (Choice("Viết tiếp", HOME), Choice("Để sau", HOME)))


class OneToken:
    """`handlers.zalo_oa.api.Tokens` with a token somebody fetched."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.given_back: list[str] = []

    async def current(self) -> str:
        return self.token

    async def refused(self, token: str) -> None:
        self.given_back.append(token)


class NoLinks:
    async def link(self, paper: Paper, channel: str, chat: str) -> str:
        return f"https://b.vn/p/{paper.about}"


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


async def fails(sender: OaSender, phone: OaPhone) -> tuple[Exception, Ending]:
    with pytest.raises((ZaloRefused, ZaloSilent, ClientConnectorError, NoToken)) as caught:
        await sender.send(phone.chat, 1, SCREEN, lambda: None)
    return caught.value, sender.judge(caught.value, 0)


async def test_a_screen_arrives_with_its_buttons(sender: OaSender, hoa: OaPhone) -> None:
    begun: list[int] = []
    await sender.send(hoa.chat, 1, SCREEN, lambda: begun.append(1))
    assert hoa.received == ["Việc của đồng chí\n\n1. Viết tiếp\n2. Để sau"]
    assert hoa.buttons == [("Viết tiếp", "1"), ("Để sau", "2")]
    assert begun == [1]


async def test_papers_are_links_and_a_sentence_has_no_buttons(sender: OaSender, hoa: OaPhone) -> None:
    await sender.send(hoa.chat, 1, Screen("Đây", papers=(Paper("self_review", 7, "Bản in"),)), lambda: None)
    await sender.say(hoa.chat, "Xong")
    assert hoa.received == ["Đây\n\n📄 Bản in: https://b.vn/p/7", "Xong"]
    assert hoa.buttons == []


@pytest.mark.parametrize(
    ("code", "name", "wait"),
    [(-216, "token", 5), (-32, "rate", 60), (-210, "too_long", None), (-211, "quota", 600), (-224, "plan", 600)],
)
async def test_refusals(
    api: FakeZaloOa, sender: OaSender, hoa: OaPhone, code: int, name: str, wait: float | None
) -> None:
    api.account.refusals.append(code)
    _, ending = await fails(sender, hoa)
    assert (ending.code, ending.surely_unsent, ending.unreachable, ending.window_shut) == (name, True, False, False)
    assert (ending.retry_after.total_seconds() if ending.retry_after else None) == wait
    assert hoa.received == []


async def test_too_many_requests_silence_the_account_for_a_minute(
    api: FakeZaloOa, sender: OaSender, hoa: OaPhone
) -> None:
    api.account.per_minute = 2
    for _ in range(2):
        await sender.send(hoa.chat, 1, SCREEN, lambda: None)
    assert sender.seconds_shut() == 0
    await fails(sender, hoa)
    assert 0 < sender.seconds_shut() <= RATE_SILENCE.total_seconds()


async def test_a_plan_that_is_too_low_is_said_to_the_operator(
    api: FakeZaloOa, sender: OaSender, hoa: OaPhone, caplog: pytest.LogCaptureFixture
) -> None:
    api.account.plan_has_api = False
    await fails(sender, hoa)
    await fails(sender, hoa)
    said = [record.message for record in caplog.records if "plan" in record.message]
    assert said == ["zalo_oa_plan_too_low: choose a plan with the API at oa.zalo.me"]
    assert sender.seconds_shut() > HELD.total_seconds() - 10


async def test_a_token_that_is_refused_is_given_back(
    api: FakeZaloOa, sender: OaSender, hoa: OaPhone, tokens: OneToken
) -> None:
    api.account.access.clear()
    _, ending = await fails(sender, hoa)
    assert ending.retry_after
    assert tokens.given_back == [tokens.token]


async def test_the_window_of_a_person(api: FakeZaloOa, sender: OaSender, hoa: OaPhone) -> None:
    clock = api.clock
    assert isinstance(clock, MovedClock)
    for hours, paid in ((47, 0), (2, 1), (100, 2)):
        clock.move(hours=hours)
        api.account.access = dict.fromkeys(api.account.access, clock.now.replace(year=2030))
        await sender.send(hoa.chat, 1, SCREEN, lambda: None)
        assert api.account.paid == paid
    clock.move(hours=24)
    _, ending = await fails(sender, hoa)
    assert ending == Ending("window_shut", surely_unsent=True, retry_after=None, window_shut=True)
    hoa.last_interaction = None
    assert (await fails(sender, hoa))[1].window_shut


async def test_whoever_left_cannot_be_written_to(sender: OaSender, hoa: OaPhone) -> None:
    hoa.follows = False
    assert (await fails(sender, hoa))[1].unreachable


async def test_where_buttons_are_refused_the_numbers_are_left(api: FakeZaloOa, sender: OaSender, hoa: OaPhone) -> None:
    api.account.refusals.append(-201)
    await sender.send(hoa.chat, 1, SCREEN, lambda: None)
    assert hoa.received == ["Việc của đồng chí\n\n1. Viết tiếp\n2. Để sau"]
    assert hoa.buttons == []
    api.account.refusals.extend([-201, -201])
    assert (await fails(sender, hoa))[1] == Ending("-201", surely_unsent=True, retry_after=None)


@pytest.mark.parametrize("trouble", ["502", "cut"])
async def test_without_an_answer_nobody_knows(api: FakeZaloOa, sender: OaSender, hoa: OaPhone, trouble: str) -> None:
    api.troubles.append(trouble)  # type: ignore[arg-type]
    error, ending = await fails(sender, hoa)
    assert isinstance(error, ZaloSilent)
    assert not ending.surely_unsent
    assert len(hoa.received) == (trouble == "cut")


async def test_out_of_reach_is_surely_unsent(hoa: OaPhone) -> None:
    async with ZaloOa("41", "secret", "http://127.0.0.1:1", "http://127.0.0.1:1") as nowhere:
        sender = OaSender(nowhere, OneToken("t"), NoLinks(), pace(6000))  # type: ignore[arg-type]
        error, ending = await fails(sender, hoa)
    assert isinstance(error, ClientConnectorError)
    assert ending.surely_unsent
    assert ending.retry_after


@pytest.mark.parametrize("per_minute", [10, 100, 2000])
async def test_never_more_than_so_many_in_any_minute(per_minute: int) -> None:
    hands = ManualTime()
    made = pace(per_minute, hands.clock, hands.sleep)
    sent: list[float] = []

    async def sending() -> None:
        for number in range(per_minute * 3):
            if number == per_minute * 2:
                await hands.sleep(90)
            await made.enter()
            sent.append(hands.now)

    await hands.run(sending())
    assert sent[1] == sent[0], "people who write together are answered together"
    for at in sent:
        assert sum(at <= other < at + 60 for other in sent) <= per_minute
    assert sent[per_minute * 2 - 1] < 150, "the whole rate is used"


class Served:
    """The webhook in an application of its own."""

    def __init__(self, api: FakeZaloOa, sender: OaSender, patience: float = 1.5) -> None:
        self.api = api
        self.turns = MemoryTurns(draw=lambda _incoming, _serial: SCREEN)
        self.door = OaDoor(self.turns, sender, patience)
        self.runner: web.AppRunner | None = None

    async def opens(self, form: Form = "sha256") -> "Served":
        app, account, port = web.Application(), self.api.account, free_port()
        mount(app, self.door, account.app_id, account.secret, form)
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", port).start()
        self.api.webhook, self.api.form = f"http://127.0.0.1:{port}{PATH}", form
        return self

    async def closes(self) -> None:
        assert self.runner
        await self.runner.cleanup()
        await self.door.finish()
        await self.turns.settled()


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
