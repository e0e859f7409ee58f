"""The program as people start it: `python -m bot run` and `python -m bot tick --at`, with nothing warmed up."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from tests.end_to_end.committee import DUE, local
from tests.end_to_end.house import House
from tests.end_to_end.process import ROOT, environment

SECONDS = 60


async def command(house: House, *words: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=house.bot.folder,
        env={**environment(), "PYTHONPATH": str(ROOT), **house.bot.env},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@asynccontextmanager
async def running(house: House) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await command(house, "run")
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_run_until_sigterm(house: House) -> None:
    async with running(house) as process:
        await house.api.until(lambda: house.api.called("getUpdates"), seconds=SECONDS)
        hoa = await house.joins("HOA")
        assert "câu 1/" in (await house.taps(hoa, 1, of=hoa.newest)).text
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(SECONDS):
            said, log = await process.communicate()
    assert process.returncode == 0, log.decode()[-2000:]
    assert said == b""
    assert "level=error" not in log.decode()


async def test_tick_at_an_instant_says_it_once(house: House) -> None:
    await house.bot.start()
    hoa = await house.joins("HOA")
    assert await house.bot.stop() == 0
    hoa.skip()
    instant = local(DUE - timedelta(days=3), "08:30").isoformat()
    for told in (1, 0):
        process = await command(house, "tick", "--at", instant)
        async with asyncio.timeout(SECONDS):
            said, log = await process.communicate()
        assert process.returncode == 0, log.decode()[-2000:]
        assert f"said {told}," in said.decode()
    assert "hạn 10/12 (còn 3 ngày)" in (await hoa.screen()).text
    assert sum("còn 3 ngày" in shown.text for shown in hoa.shown) == 1
