"""The enumeration can fail: with a promise of the program broken on purpose, it says which."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Connection

from storage import inbox, outbox
from storage.outbox import Claimed
from tests.crash.enumeration import Enumeration
from tests.crash.program import Program
from tests.crash.stages import Stage
from tests.crash.stories import REMINDERS, WRITING, Story
from tests.crash.world import Delivery

pytestmark = pytest.mark.timeout(300)


async def kinds(stage: Stage, story: Story, boundary: str, breaks: Callable[[], None] = lambda: None) -> set[str]:
    """What is found when it dies wherever this boundary is crossed."""
    enumeration = Enumeration()
    await enumeration.rehearse(stage, [story])
    breaks()
    outcomes = [await enumeration.plays(point) for point in enumeration.before(boundary)]
    return {found.kind for outcome in outcomes for found in outcome.found}


async def test_sees_a_delivery_that_is_taken_twice(file_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(*_: Any) -> bool:
        return True

    assert await kinds(file_stage, WRITING, "confirm") == set()
    found = await kinds(file_stage, WRITING, "confirm", lambda: monkeypatch.setattr(inbox, "remember", forgetful))
    assert "misfiled" in found


async def test_sees_what_is_confirmed_before_it_is_stored(file_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hasty(self: Program, delivery: Delivery) -> None:
        self.world.confirmed(delivery)
        self.world.returned(delivery)
        await self.turns.take(delivery.incoming, self.deliver(delivery.incoming))

    found = await kinds(file_stage, WRITING, "commit", lambda: monkeypatch.setattr(Program, "receives", hasty))
    assert "lost" in found


async def test_sees_a_reminder_that_is_sent_before_it_is_marked(
    file_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = outbox.claim

    def unmarked(conn: Connection, channel: Any, lane: Any, now: datetime, *rest: Any) -> list[Claimed]:
        with conn.begin_nested() as savepoint:
            rows = claim(conn, channel, lane, now, *rest)
            if lane == "notice":
                savepoint.rollback()
        return rows

    assert await kinds(file_stage, REMINDERS, "sent") == set()
    found = await kinds(file_stage, REMINDERS, "sent", lambda: monkeypatch.setattr(outbox, "claim", unmarked))
    assert "reminded twice" in found
