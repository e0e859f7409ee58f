"""A small house behind the door: turns in memory, papers from a dictionary, time that moves when everybody sleeps."""

import asyncio
import heapq
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from conversations.incoming import ChannelName, Incoming, Reached
from conversations.place import Place
from conversations.screen import Choice, Paper, Screen
from handlers.port import Deliver, Made, Menu, Reply, Unavailable
from tests.fakes.bot_api.bell import Bell

T = TypeVar("T")
MENU = (Choice("Viết tiếp", to=Place("form")), Choice("Quay lại", act="back"))


def told(incoming: Incoming, serial: int) -> Screen:
    """A screen that says what came in."""
    return Screen(f"**Màn {serial}**\n{type(incoming.event).__name__}", MENU)


@dataclass
class MemoryTurns:
    """`handlers.port.Turns` that remembers deliveries and keeps each chat's order, as the real one promises."""

    draw: Callable[[Incoming, int], Screen] = told
    menus: dict[str, Menu] = field(default_factory=dict)
    down: bool = False
    faulty: set[str] = field(default_factory=set)
    taken: list[Incoming] = field(default_factory=list)
    undelivered: list[tuple[Reply, Exception]] = field(default_factory=list)
    serials: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    hook: Callable[[Incoming], Awaitable[None]] | None = None
    bell: Bell = field(default_factory=Bell)
    _locks: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    _work: set[asyncio.Task[None]] = field(default_factory=set)

    async def take(self, incoming: Incoming, deliver: Deliver | None = None) -> None:
        if self.hook:
            await self.hook(incoming)
        if self.down:
            raise Unavailable
        if incoming.delivery_id in self.faulty:
            raise ValueError("the answer itself")
        if incoming.delivery_id in {known.delivery_id for known in self.taken}:
            return
        self.taken.append(incoming)
        self.bell.ring()
        if deliver and not isinstance(incoming.event, Reached):
            self.serials[incoming.chat] += 1
            serial = self.serials[incoming.chat]
            menu = self.menus.get(incoming.chat, "everybody")
            reply = Reply(len(self.taken), incoming.chat, serial, self.draw(incoming, serial), menu)
            task = asyncio.create_task(self._deliver(reply, deliver))
            self._work.add(task)
            task.add_done_callback(self._work.discard)

    async def _deliver(self, reply: Reply, deliver: Deliver) -> None:
        async with self._locks[reply.chat]:
            try:
                await deliver(reply)
            except Exception as error:  # noqa: BLE001 - what the real turn does too
                self.undelivered.append((reply, error))
                self.bell.ring()

    async def until(self, found: Callable[[], object]) -> None:
        await self.bell.until(found, 10, lambda: f"taken: {self.taken}, undelivered: {self.undelivered}")

    async def settled(self) -> None:
        while self._work:
            await asyncio.wait(set(self._work))

    async def present(self, channel: ChannelName, chat: str) -> Reply:
        raise AssertionError("a channel is pushed to and never asks")

    async def wait_for_change(self, channel: ChannelName, chat: str, serial: int, seconds: float) -> bool:
        raise AssertionError("a channel is pushed to and never asks")

    @property
    def events(self) -> list[Any]:
        return [incoming.event for incoming in self.taken]


@dataclass
class DrawerPapers:
    """`handlers.port.Papers` over a drawer of finished papers by kind."""

    drawer: dict[str, Made] = field(default_factory=dict)

    async def make(self, paper: Paper, channel: ChannelName, chat: str) -> Made | None:
        return self.drawer.get(paper.kind)


class ManualTime:
    """A clock that jumps to the next sleeper once nothing else can go on."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self._count += 1
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, self._count, future))
        await future

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        task = asyncio.create_task(work)
        while not task.done():
            for _ in range(20):
                await asyncio.sleep(0)
            if not task.done() and self._sleepers:
                self.now, _, future = heapq.heappop(self._sleepers)
                future.set_result(None)
        return task.result()
