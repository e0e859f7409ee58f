"""The door: an event becomes turns, and the last turn's screen goes back into the chat."""

import asyncio
import logging

from handlers.faults import describe
from handlers.port import Turns
from handlers.unrepeated import take_or_tell
from handlers.zalo_oa.sender import OaSender
from handlers.zalo_oa.wire import read_event

log = logging.getLogger(__name__)
PATIENCE = 1.5
"""Seconds. Zalo wants its answer within two and repeats nothing it was slow to get."""


class OaDoor:
    """Commits before it returns, but never keeps Zalo waiting: what takes longer is finished all the same.

    Its writer then reads that it was saved, or that it was not and has to be sent again.
    """

    def __init__(self, turns: Turns, sender: OaSender, patience: float = PATIENCE) -> None:
        self._turns = turns
        self._sender = sender
        self._patience = patience
        self._in_hand: set[asyncio.Task[None]] = set()

    async def handle(self, raw: object) -> None:
        """Return when the event has been dealt with, or the patience is over; nothing it may hold raises."""
        task = asyncio.create_task(self._deal_with(raw))
        self._in_hand.add(task)
        task.add_done_callback(self._in_hand.discard)
        _, unfinished = await asyncio.wait({task}, timeout=self._patience)
        if unfinished:
            log.warning("zalo_oa_answered_before_the_commit")

    async def finish(self) -> None:
        """Until everything that was answered early is dealt with."""
        await asyncio.gather(*self._in_hand)

    async def _deal_with(self, raw: object) -> None:
        try:
            for incoming in read_event(raw):
                await take_or_tell(self._turns, self._sender, incoming)
        except Exception as error:  # noqa: BLE001 - one poisonous event must not stop the others
            log.error("zalo_oa_event_failed", extra={"error": describe(error)})
