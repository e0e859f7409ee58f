"""A smoke run through the real door against a Telegram server we did not write: npm telegram-test-api behind a shim."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from conversations.incoming import Chose, Incoming, Typed
from conversations.screen import Paper, Screen
from handlers.telegram.door import TelegramDoor
from handlers.telegram.limiter import FloodGate
from handlers.telegram.pace import WITH_REPLIES, Pace
from handlers.telegram.polling import Poller
from handlers.telegram.replies import make_bot
from tests.channel.house import MENU, DrawerPapers, MemoryTurns
from tests.fakes.bot_api.schema import install

HERE = Path(__file__).parent / "peer"
TOKEN = "666:peer"
HOA = {"id": 7, "is_bot": False, "first_name": "Hoa"}
CHAT = {"id": 7, "type": "private", "first_name": "Hoa"}


class Peer:
    """The phone's side of the package."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self._session = session
        self._seen = 0

    async def post(self, path: str, **content: Any) -> None:
        body = {"botToken": TOKEN, "date": 1_790_000_000, "from": HOA, "chat": CHAT} | content
        async with self._session.post(f"{self.url}/{path}", json=body) as answer:
            assert (await answer.json())["ok"]

    async def event(self) -> dict[str, Any]:
        """What the bot did next."""
        async with self._session.get(f"{self.url}/shim/events", params={"after": self._seen}) as answer:
            events = (await answer.json())["result"]
        assert events, "the bot did nothing"
        self._seen += 1
        return dict(events[0])


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    process = await asyncio.create_subprocess_exec("node", HERE / "peer.js", install(), stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    port = int(await process.stdout.readline())
    async with aiohttp.ClientSession() as session:
        yield Peer(f"http://127.0.0.1:{port}", session)
    process.kill()
    await process.wait()


def screens(incoming: Incoming, serial: int) -> Screen:
    papers = (Paper("self_review", 1, "Bản kiểm điểm"), Paper("progress_chart", 1, "Tiến độ")) if serial == 3 else ()
    return Screen(f"**Màn {serial}** <{serial}>", MENU, papers=papers)


async def test_start_link_keyboard_tap_edit_and_papers(peer: Peer, turns: MemoryTurns, papers: DrawerPapers) -> None:
    turns.draw = screens
    bot = make_bot(TOKEN, peer.url)
    door = TelegramDoor(bot, turns, papers, FloodGate(), Pace(WITH_REPLIES))
    poller = Poller(bot, door)
    running = asyncio.create_task(poller.run())

    await peer.post("sendCommand", text="/start K7-4F2Q", entities=[{"type": "bot_command", "offset": 0, "length": 6}])
    first = await peer.event()
    assert turns.events == [Typed("/start K7-4F2Q")]
    assert (first["kind"], first["text"]) == ("sent", "<b>Màn 1</b> &lt;1&gt;")
    ((forward, _back),) = first["reply_markup"]["inline_keyboard"]
    assert forward["text"] == "1 Viết tiếp"

    tapped = {"message_id": first["message_id"], "date": 1_790_000_000, "chat": CHAT, "text": "x"}
    await peer.post("sendCallback", message=tapped, data=forward["callback_data"])
    edit = await peer.event()
    assert turns.events[-1] == Chose(1, ">form")
    assert (edit["kind"], int(edit["message_id"])) == ("edited", first["message_id"])

    await peer.post("sendMessage", text="Câu trả lời")
    kinds = [await peer.event() for _ in range(3)]
    assert [(event["kind"], event.get("filename")) for event in kinds] == [
        ("sent", None),
        ("document", "ban-kiem-diem.docx"),
        ("photo", "tien-do.png"),
    ]
    poller.stop()
    await running
    await turns.settled()
    assert turns.undelivered == []
    await bot.session.close()
