"""Two thousand reminders at the rate Telegram permits, while people are answered; and a courier that dies and dies."""

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection, func, select

from bot.courier import IN_HAND
from handlers.telegram.pace import PERMITTED
from storage.database import Database
from storage.tables import notices, outbox
from tests.end_to_end.committee import DUE, local
from tests.end_to_end.crowd import fill, owe_reminders, phones
from tests.end_to_end.house import House
from tests.end_to_end.process import ROOT, Bot, SharedClock, environment, free_port, settings_of
from tests.fakes.bot_api import FakeBotApi, Limits, Person

MANY, SOME = 2000, 500
KILLS = 20
ENOUGH, FEW, PATIENCE = 0.9, 0.01, 2.0
"""Of the permitted rate, of messages refused with 429 (each silences everybody for a second), seconds to a reply."""
CROWDED = 1.0
"""Programs that want to run, for each processor, from which on the figures are only printed."""
MORNING = local(DUE - timedelta(days=3), "08:30")


async def tusoi_outbox(env: dict[str, str]) -> list[str]:
    """The cells of the line on Telegram's notices: queued, sending, in doubt, failed, oldest."""
    command = [sys.executable, "-m", "bot", "outbox"]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=environment() | env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return next(line.split() for line in out.decode().splitlines() if line.startswith("telegram  notice"))[2:]


def hurried(api: FakeBotApi, rng: Random) -> Limits:
    """From now on Telegram's limits hold, and an answer takes as long as it does over the sea."""
    api.limits, api.latency = Limits(time.monotonic), lambda: rng.uniform(0.05, 0.15)
    return api.limits


@pytest.mark.timeout(400)
async def test_at_the_permitted_rate_while_people_are_answered(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    crowd = phones(house.api, MANY)
    house.committee.does(lambda conn: fill(conn, crowd, house.clock()))
    await house.bot.start()
    hoa = await house.joins("HOA")
    house.committee.submits("HOA")
    assert await house.bot.stop() == 0
    limits = hurried(house.api, Random(1))
    house.clock.set(MORNING)
    house.committee.does(lambda conn: owe_reminders(conn, crowd, house.clock()))
    await house.bot.start()
    await house.api.until(lambda: limits.sent, seconds=30)
    waits = await taps_meanwhile(house, hoa, limits, crowd)
    rate = (len(limits.sent) - 1) / (limits.sent[-1] - limits.sent[0])
    assert {len(phone.chat.events) for phone in crowd} == {1}
    too_many = [call for call in house.api.calls if call.status == 429]
    assert await house.bot.stop() == 0
    assert await tusoi_outbox(house.bot.env) == ["0", "0", "0", "0", "-"]
    with capsys.disabled():
        print(
            f"\nfan-out: {len(limits.sent)} messages at {rate:.2f}/s = {rate / PERMITTED:.1%} of what is permitted, "
            f"{len(too_many)} times 429; {len(waits)} taps answered meanwhile in at most {max(waits) * 1000:.0f} ms"
        )
    assert len(too_many) <= FEW * len(limits.sent)
    if os.getloadavg()[0] <= CROWDED * (os.cpu_count() or 1):  # else others' work is measured, not ours
        assert rate >= ENOUGH * PERMITTED, f"{rate:.1f} a second"
        assert max(waits) < PATIENCE, f"{max(waits):.2f} s"


async def taps_meanwhile(house: House, hoa: Person, limits: Limits, crowd: list[Person]) -> list[float]:
    """One person goes to and fro, about as fast as people do, until everybody was written to; the seconds of each."""
    waits: list[float] = []
    shown = await house.asks(hoa, "/trogiup")

    def all_is_said() -> bool:
        return all(phone.chat.events for phone in crowd)

    while not all_is_said():
        began = time.monotonic()
        shown = await house.taps(hoa, 1, of=shown)
        waits.append(time.monotonic() - began)
        enough = len(limits.sent) + PERMITTED // 2
        await house.api.until(lambda enough=enough: len(limits.sent) >= enough or all_is_said(), seconds=30)
    return waits


class Post:
    """A courier and a worker in processes of their own, on one PostgreSQL."""

    def __init__(self, api: FakeBotApi, folder: Path, socket: Path, url: str) -> None:
        self.api = api
        self.clock = SharedClock(folder / "clock", MORNING)
        self.env = settings_of(url, free_port(), api.base_url, api.token)
        self.db = Database(url)
        self.courier = Bot(socket, folder, self.env, self.clock, only="courier")
        self.worker = Bot(socket, folder, self.env, self.clock, only="worker")

    async def counts(self) -> Counter[str]:
        def counting(conn: Connection) -> Counter[str]:
            rows = conn.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
            return Counter(dict(rows.tuples().all()))

        return await self.db.read(counting)

    async def until(self, reached: Callable[[Counter[str]], bool]) -> Counter[str]:
        """The states of the outbox once they are so; a database rings no bell."""
        async with asyncio.timeout(60):
            while not reached(counts := await self.counts()):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        return counts


@pytest.fixture
async def post(tmp_path: Path, launched: Path, postgres_url: str) -> AsyncIterator[Post]:
    async with FakeBotApi() as api:
        opened = Post(api, tmp_path, launched, postgres_url)
        yield opened
        for bot in (opened.courier, opened.worker):
            if bot.pid:
                await bot.kill()
        await opened.db.close()


@pytest.mark.timeout(400)
async def test_a_courier_that_dies_again_and_again_says_nothing_twice(
    post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = Random(2)
    crowd = phones(post.api, SOME)
    await post.db.write(lambda conn: fill(conn, crowd, post.clock()))
    hurried(post.api, rng)
    await post.worker.start()
    await post.until(lambda counts: counts.total() >= 50)
    in_the_air = [await live_and_die(post, rng, nth) for nth in range(KILLS)]
    await post.until(lambda counts: counts.total() == SOME)
    post.clock.set(post.clock() + timedelta(minutes=5))  # the leases of all lives run out
    await post.courier.start()
    left = await post.until(lambda counts: not counts["queued"] + counts["sending"])
    arrived = Counter(len(phone.chat.events) for phone in crowd)
    assert arrived.keys() <= {0, 1}, "each slot at most once"
    assert left.keys() <= {"sent", "in_doubt"}
    assert left.total() == SOME
    assert arrived[0] <= left["in_doubt"] <= sum(in_the_air) + KILLS * (IN_HAND + 2)
    assert not [call for call in post.api.calls if call.status == 429]
    assert (await tusoi_outbox(post.env))[:4] == ["0", "0", str(left["in_doubt"]), "0"]
    states = await post.db.read(lambda conn: set(conn.scalars(select(notices.c.state))))
    assert states <= {"sent", "in_doubt"}
    with capsys.disabled():
        print(
            f"\nkilled {KILLS} times: {arrived[1]} of {SOME} arrived once, none twice; {left['in_doubt']} in doubt "
            f"({left['in_doubt'] / KILLS:.1f} a kill), {arrived[0]} of them never arrived; "
            f"in the air at the kills {sum(in_the_air) / KILLS:.1f}"
        )


async def live_and_die(post: Post, rng: Random, nth: int) -> int:
    """A courier lives until a few letters have gone out; how many were in the air when it was killed."""
    await post.courier.start()
    goal = len(post.api.calls) + rng.randrange(1, 30)
    await post.api.until(lambda: len(post.api.calls) >= goal)
    in_the_air = post.api.in_the_air
    await post.courier.kill()
    if nth % 5 == 4:
        await post.worker.kill()
        await post.worker.start()
    return in_the_air
