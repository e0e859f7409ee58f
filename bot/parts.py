"""What the parts of one process share, and how a part is kept until the stop."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass

from bot.house import House
from bot.nursery import Nursery
from bot.paper_links import SignedPaperLinks
from bot.papers import HousePapers
from bot.settings import Settings
from bot.turn import TurnRunner


@dataclass(slots=True)
class Parts:
    """Whoever breaks sets `stopping`, and so does SIGTERM."""

    settings: Settings
    house: House
    turns: TurnRunner
    papers: HousePapers
    links: SignedPaperLinks
    nursery: Nursery
    stopping: asyncio.Event


def keep(stack: AsyncExitStack, parts: Parts, task: "asyncio.Task[None]") -> None:
    """Wait for a part at the stop; a part that breaks stops the program, so that whoever runs it starts it again."""

    def ended(done: "asyncio.Task[None]") -> None:
        if not done.cancelled() and done.exception():
            parts.stopping.set()

    async def finish() -> None:
        await task

    task.add_done_callback(ended)
    stack.push_async_callback(finish)
