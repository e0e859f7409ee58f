"""The worker: once in a while it plans the day's reminders and lets what has fallen due be said."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.house import House
from bot.planner import plan_day
from bot.turn import TurnRunner, available
from conversations.effects import NoticeKind
from handlers.faults import describe
from handlers.port import Unavailable
from review.calendar import in_reminder_hours
from review.pack import Pack
from storage import inbox, notices
from storage.notices import Due, NoticeState

log = logging.getLogger(__name__)

PAGE = 500
MOST_A_DAY = 2
"""Unsolicited messages to one person on one day."""
STILL_WRITING = timedelta(minutes=10)
"""Whoever did something this recently is not interrupted; the notice waits for a later tick."""
REPEATS_COME_WITHIN = timedelta(days=60)
"""Telegram repeats for a day; a phone may re-send a draft kept for a month."""
BY_CALENDAR: frozenset[NoticeKind] = frozenset(
    {"opening", "self_review_due", "remarks_due", "digest", "complaint_due", "remedy_plan", "remedy_check"}
)
"""Only between 08:00 and 10:00; what missed its hours is not caught up at another time of the day."""


@dataclass(slots=True)
class TickReport:
    planned: int = 0
    said: int = 0
    skipped: int = 0


class Worker:
    def __init__(self, house: House, turns: TurnRunner) -> None:
        self._house = house
        self._turns = turns

    async def tick(self, stopping: asyncio.Event | None = None) -> TickReport:
        """Everything due at this instant. A second tick for the same instant finds nothing left to say.

        Once `stopping` is set, what has not been looked at is left for the next start.
        """
        local_now = self._house.local_now()
        report = TickReport(
            planned=await available(self._house.db.write(lambda conn: _begin(conn, local_now, self._house.pack_of)))
        )
        today = datetime.combine(local_now.date(), time(), local_now.tzinfo)
        told = await available(
            self._house.db.read(lambda conn: notices.sent_per_person(conn, today, today + timedelta(days=1)))
        )
        last: Due | None = None
        while page := await available(self._house.db.read(partial(notices.due, now=local_now, limit=PAGE, after=last))):
            for due in page:
                if stopping and stopping.is_set():
                    return report
                await self._see_to(due, local_now, told, report)
            last = page[-1]
        return report

    async def tick_quietly(self, stopping: asyncio.Event) -> None:
        """For the ticker: what could not be done now is done by the next tick."""
        try:
            report = await self.tick(stopping)
        except Unavailable:
            return
        except Exception as error:  # noqa: BLE001 - a broken round is logged; people go on answering meanwhile
            log.error("tick_failed", extra={"error": describe(error)})
            return
        if report.said or report.skipped:
            log.info("tick", extra={"said": report.said, "skipped": report.skipped})

    async def _see_to(self, due: Due, local_now: datetime, told: dict[int, int], report: TickReport) -> None:
        if self._is_void(due, local_now, told):
            await self._settle(due, "skipped")
            report.skipped += 1
        elif not self._must_wait(due, local_now, told):
            told[due.person_id] = told.get(due.person_id, 0) + 1
            await self._turns.nudge(due.channel, due.address, due.id)
            report.said += 1

    def _is_void(self, due: Due, local_now: datetime, told: dict[int, int]) -> bool:
        missed = due.due_at.astimezone(self._house.zone).date() != local_now.date() or not in_reminder_hours(local_now)
        return due.kind in BY_CALENDAR and (missed or told.get(due.person_id, 0) >= MOST_A_DAY)

    def _must_wait(self, due: Due, local_now: datetime, told: dict[int, int]) -> bool:
        quiet_for = local_now - due.last_inbound_at if due.last_inbound_at else STILL_WRITING
        writing = timedelta(0) <= quiet_for < STILL_WRITING  # negative: the instant given lies in the past
        return writing or self._house.quiet.covers(local_now) or told.get(due.person_id, 0) >= MOST_A_DAY

    async def _settle(self, due: Due, state: NoticeState) -> None:
        await available(self._house.db.write(lambda conn: notices.settle(conn, due.id, state)))


def _begin(conn: Connection, local_now: datetime, pack_of: Callable[[str], Pack]) -> int:
    inbox.forget_before(conn, local_now - REPEATS_COME_WITHIN)
    return plan_day(conn, local_now, pack_of)
