"""Work that goes on after its cause has returned: one owner, so that a stop can wait for it and no error is lost."""

import asyncio
import logging
from collections.abc import Coroutine

from handlers.faults import describe

log = logging.getLogger(__name__)


class Nursery:
    """Starts detached work and remembers it; `finish` waits for all of it (SIGTERM finishes what is in hand)."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def finish(self) -> None:
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("detached_work_failed", extra={"error": describe(error)})
