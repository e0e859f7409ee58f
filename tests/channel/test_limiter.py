"""Pacing, on a clock that jumps: no burst at the start, one chat never holds up another, 429 stops everybody."""

import asyncio
import itertools
from typing import Any

import pytest
from telegram.error import RetryAfter

from handlers.telegram.limiter import PATIENCE, Flooded, FloodGate, Limiter
from handlers.telegram.pace import PERMITTED, WITH_REPLIES, Pace
from tests.channel.house import ManualTime


class Line:
    """A limiter with a wire behind it that writes down when each request went through."""

    def __init__(self) -> None:
        self.time = ManualTime()
        self.gate = FloodGate(self.time.clock, self.time.sleep)
        self.pace = Pace(WITH_REPLIES, self.time.clock)
        self.limiter = Limiter(self.gate, self.pace, self.time.clock, self.time.sleep)
        self.sent: list[tuple[float, int]] = []
        self.refusals: list[Exception] = []

    async def send(self, chat: int) -> Any:
        async def callback(*_: Any, **__: Any) -> bool:
            if self.refusals:
                raise self.refusals.pop()
            self.sent.append((self.time.now, chat))
            return True

        return await self.limiter.process_request(callback, (), {}, "sendMessage", {"chat_id": str(chat)}, None)

    def run(self, *chats: int) -> Any:
        async def everything() -> list[Any]:
            return await asyncio.gather(*map(self.send, chats), return_exceptions=True)

        return self.time.run(everything())


@pytest.fixture
def line() -> Line:
    return Line()


async def test_evenly_from_the_first_and_never_more_than_permitted(line: Line) -> None:
    await line.run(*range(1, 201))
    times = [at for at, _ in line.sent]
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert min(gaps) == pytest.approx(1 / WITH_REPLIES)
    assert max(gaps) == pytest.approx(1 / WITH_REPLIES)
    assert fullest_second(times) <= PERMITTED
    assert 199 / (times[-1] - times[0]) >= 0.95 * PERMITTED


async def test_a_reply_waits_for_nobody_and_bulk_gives_it_its_place(line: Line) -> None:
    replies: list[float] = []

    async def replying() -> None:
        for _ in range(12):
            await line.time.sleep(0.5)
            line.pace.take()
            replies.append(line.time.now)

    async def both() -> None:
        await asyncio.gather(replying(), *map(line.send, range(1, 181)))

    await line.time.run(both())
    assert replies == pytest.approx([0.5 * nth for nth in range(1, 13)])
    assert fullest_second(sorted([*replies, *(at for at, _ in line.sent)])) <= PERMITTED
    assert line.sent[-1][0] == pytest.approx((180 + 12 - 1) / WITH_REPLIES, abs=0.1)


async def test_what_was_late_is_made_up_for_but_not_in_a_burst() -> None:
    time = ManualTime()
    pace = Pace(WITH_REPLIES, time.clock)
    sent: list[float] = []
    for nth in range(300):
        wait = pace.seconds_to_wait()
        while wait > 0:
            time.now += wait + (0.002 if nth % 60 else 0.04)
            wait = pace.seconds_to_wait()
        pace.take()
        sent.append(time.now)
    assert fullest_second(sent) <= PERMITTED
    assert 299 / (sent[-1] - sent[0]) >= 0.95 * PERMITTED


def fullest_second(times: list[float]) -> int:
    return max(sum(start <= at < start + 1 for at in times) for start in times)


async def test_one_a_second_to_a_chat_and_it_holds_up_no_other(line: Line) -> None:
    await line.run(7, 7, 7, *range(100, 120))
    assert [at for at, chat in line.sent if chat == 7] == pytest.approx([0, 1, 2], abs=0.05)
    assert max(at for at, chat in line.sent if chat != 7) < 1


async def test_20_a_minute_to_a_group(line: Line) -> None:
    await line.run(*[-100] * 21)
    assert line.sent[-1][0] == pytest.approx(60)


async def test_429_stops_all_for_as_long_as_it_says(line: Line) -> None:
    line.refusals = [RetryAfter(5)]
    results = await line.run(1, 2, 3)
    assert sum(isinstance(result, RetryAfter) for result in results) == 1
    assert len(line.sent) == 2
    assert min(at for at, _ in line.sent) == pytest.approx(5)


async def test_after_a_long_429_nothing_waits_with_a_letter_in_hand(line: Line) -> None:
    line.gate.shut(PATIENCE + 50)
    (result,) = await line.run(1)
    assert isinstance(result, Flooded)
    assert result.seconds == pytest.approx(PATIENCE + 50)
    assert line.sent == []


async def test_a_shorter_429_never_opens_the_gate_earlier(line: Line) -> None:
    line.gate.shut(8)
    line.gate.shut(1)
    await line.run(1)
    assert line.sent == [(pytest.approx(8), 1)]


async def test_requests_to_no_chat_pass_at_once(line: Line) -> None:
    line.gate.shut(1000)

    async def callback(*_: Any, **__: Any) -> bool:
        return True

    assert await line.limiter.process_request(callback, (), {}, "getMe", {}, None) is True


async def test_chats_of_long_ago_are_forgotten(line: Line) -> None:
    for chat in range(1, 5101):
        line.limiter._next_to_chat[chat] = -1.0
    await line.run(9)
    assert list(line.limiter._next_to_chat) == [9]
