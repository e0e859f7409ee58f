"""The real door and the real aiogram Bot against the fake server; only the house behind is small."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot

from handlers.port import Made
from handlers.telegram.door import TelegramDoor
from handlers.telegram.limiter import FloodGate
from handlers.telegram.pace import WITH_REPLIES, Pace
from handlers.telegram.polling import Poller
from handlers.telegram.replies import make_bot
from tests.channel.house import DrawerPapers, MemoryTurns
from tests.fakes.bot_api import FakeBotApi


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as server:
        yield server


@pytest.fixture
def turns() -> MemoryTurns:
    return MemoryTurns()


@pytest.fixture
def papers() -> DrawerPapers:
    return DrawerPapers(
        {
            "self_review": Made("ban-kiem-diem.docx", b"PK docx", "application/vnd.openxmlformats"),
            "progress_chart": Made("tien-do.png", b"\x89PNG", "image/png"),
        }
    )


@pytest.fixture
def gate() -> FloodGate:
    return FloodGate()


@pytest.fixture
async def bot(api: FakeBotApi) -> AsyncIterator[Bot]:
    made = make_bot(api.token, api.base_url)
    yield made
    await made.session.close()


@pytest.fixture
def door(bot: Bot, turns: MemoryTurns, papers: DrawerPapers, gate: FloodGate) -> TelegramDoor:
    return TelegramDoor(bot, turns, papers, gate, Pace(WITH_REPLIES))


@pytest.fixture
async def polling(bot: Bot, door: TelegramDoor, turns: MemoryTurns) -> AsyncIterator[Poller]:
    """The poller, running."""
    poller = Poller(bot, door, first_pause=0.02)
    running = asyncio.create_task(poller.run())
    yield poller
    poller.stop()
    await running
    await turns.settled()
