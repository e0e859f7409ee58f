"""Sending to the account: what arrives, what a refusal means, who may be written to, how fast."""

from dataclasses import dataclass, field

import pytest
from aiohttp import ClientConnectorError

from conversations.screen import Paper, Screen
from handlers.port import Ending, Unwatched
from handlers.zalo_calls import ZaloRefused, ZaloSilent
from handlers.zalo_oa.api import NoToken, ZaloOa
from handlers.zalo_oa.outcomes import HELD, RATE_SILENCE
from handlers.zalo_oa.sender import OaSender, pace
from tests.channel.house import ManualTime
from tests.channel.zalo_oa.account import SCREEN, NoLinks, OneToken
from tests.fakes.zalo_oa import FakeZaloOa, MovedClock, OaPhone


@dataclass
class Watched:
    """A way that remembers what it was told."""

    told: list[str] = field(default_factory=list)

    def left(self) -> None:
        self.told.append("left")

    def arrived(self) -> None:
        self.told.append("arrived")


async def fails(sender: OaSender, phone: OaPhone) -> tuple[Exception, Ending]:
    with pytest.raises((ZaloRefused, ZaloSilent, ClientConnectorError, NoToken)) as caught:
        await sender.send(phone.chat, 1, SCREEN, Unwatched())
    return caught.value, sender.judge(caught.value, 0)


async def test_a_screen_arrives_with_its_buttons(sender: OaSender, hoa: OaPhone) -> None:
    watched = Watched()
    await sender.send(hoa.chat, 1, SCREEN, watched)
    assert hoa.received == ["Việc của đồng chí\n\n1. Viết tiếp\n2. Để sau"]
    assert hoa.buttons == [("Viết tiếp", "1"), ("Để sau", "2")]
    assert watched.told == ["left", "arrived"]


async def test_papers_are_links_and_a_sentence_has_no_buttons(sender: OaSender, hoa: OaPhone) -> None:
    await sender.send(hoa.chat, 1, Screen("Đây", papers=(Paper("self_review", 7, "Bản in"),)), Unwatched())
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
        await sender.send(hoa.chat, 1, SCREEN, Unwatched())
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
        await sender.send(hoa.chat, 1, SCREEN, Unwatched())
        assert api.account.paid == paid
    clock.move(hours=24)
    _, ending = await fails(sender, hoa)
    assert ending == Ending("window_shut", surely_unsent=True, retry_after=None, window_shut=True)
    hoa.last_interaction = None
    assert (await fails(sender, hoa))[1].window_shut


async def test_whoever_left_cannot_be_written_to(sender: OaSender, hoa: OaPhone) -> None:
    hoa.has_left = True
    assert (await fails(sender, hoa))[1].unreachable


async def test_where_buttons_are_refused_the_numbers_are_left(api: FakeZaloOa, sender: OaSender, hoa: OaPhone) -> None:
    api.account.refusals.append(-201)
    await sender.send(hoa.chat, 1, SCREEN, Unwatched())
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
