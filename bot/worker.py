"""The worker: once in a while it plans the day's reminders and lets what has fallen due be said."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.choosing import Way, choose
from bot.house import House
from bot.planner import PLANS, plan_day
from bot.purse import Purse
from bot.turn import TurnRunner, available
from conversations.effects import NoticeKind
from handlers.faults import describe
from handlers.port import Unavailable
from handlers.windows import opening
from review.calendar import in_reminder_hours, start_of_day
from review.own_hour import own_time
from review.pack import Pack
from storage import inbox, notices
from storage.chats import Chat
from storage.notices import Due

log = logging.getLogger(__name__)

PAGE = 500
MOST_A_DAY = 2
"""Unsolicited messages to one person on one day."""
MOST_ALIKE_A_DAY = 1
"""The same where they carry no content: a second one would say nothing that the first has not said."""
STILL_WRITING = timedelta(minutes=10)
"""Whoever did something this recently is not interrupted; the notice waits for a later tick."""
REPEATS_COME_WITHIN = timedelta(days=60)
"""Telegram repeats for a day; a phone may re-send a draft kept for a month."""
BY_CALENDAR: frozenset[NoticeKind] = frozenset(
    {"opening", "complaint_due", "request_due", "remedy_plan", "remedy_check", *(kind for kind, *_ in PLANS)}
)
"""Only between 08:00 and 10:00; what missed its hours is not caught up at another time of the day."""


@dataclass(slots=True)
class TickReport:
    planned: int = 0
    said: int = 0
    skipped: int = 0


@dataclass(slots=True)
class _Round:
    """One tick: its instant, how many messages each person has had today, what paid ones may still cost."""

    now: datetime
    report: TickReport
    told: dict[int, int] = field(default_factory=dict)
    purse: Purse = field(default_factory=lambda: Purse(()))


class Worker:
    """`own_hours`: reminders wait for the time of day at which each person usually answers."""

    def __init__(self, house: House, turns: TurnRunner, *, own_hours: bool = False) -> None:
        self._house = house
        self._turns = turns
        self._own_hours = own_hours

    async def tick(self, stopping: asyncio.Event | None = None) -> TickReport:
        """Everything due at this instant. A second tick for the same instant finds nothing left to say.

        Once `stopping` is set, what has not been looked at is left for the next start.
        """
        local_now = self._house.local_now()
        begin = partial(_begin, local_now=local_now, pack_of=self._house.pack_of)
        report = TickReport(planned=await available(self._house.db.write(begin)))
        this = _Round(local_now, report)
        await available(self._house.db.read(partial(_look_back, this=this)))
        last: Due | None = None
        while page := await available(self._house.db.read(partial(notices.due, now=local_now, limit=PAGE, after=last))):
            for due in page:
                if stopping and stopping.is_set():
                    return report
                await self._see_to(due, this)
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

    async def _see_to(self, due: Due, this: _Round) -> None:
        way = choose(due.chats, this.now, may_pay=this.purse.allows(due))
        if self._is_void(due, way, this):
            await available(self._house.db.write(lambda conn: notices.settle(conn, due.id, "skipped")))
            this.report.skipped += 1
            return
        if way and not self._must_wait(due, way.chat, this):
            await self._say(due, way, this)

    async def _say(self, due: Due, way: Way, this: _Round) -> None:
        this.told[due.person_id] = this.told.get(due.person_id, 0) + 1
        if way.paid:
            this.purse.spend(due)
        await self._turns.nudge(way.chat.channel, way.chat.address, due.id, paid=way.paid)
        this.report.said += 1

    def _is_void(self, due: Due, way: Way | None, this: _Round) -> bool:
        """What came early and was not said is not lost: it is planned again for a later day."""
        missed = self._heard_enough(due, way.chat if way else None, this) or not self._is_on_time(due, this)
        return due.kind in BY_CALENDAR and not due.early and missed

    def _must_wait(self, due: Due, chat: Chat, this: _Round) -> bool:
        quiet_for = this.now - chat.last_inbound_at if chat.last_inbound_at else STILL_WRITING
        writing = timedelta(0) <= quiet_for < STILL_WRITING  # negative: the instant given lies in the past
        too_late = due.early and not self._is_on_time(due, this)
        resting = writing or self._house.quiet.covers(this.now)
        return resting or self._heard_enough(due, chat, this) or too_late or self._own_hour_comes(due, chat, this.now)

    def _heard_enough(self, due: Due, chat: Chat | None, this: _Round) -> bool:
        alike = chat is not None and self._house.veils(chat.channel)
        return this.told.get(due.person_id, 0) >= (MOST_ALIKE_A_DAY if alike else MOST_A_DAY)

    def _is_on_time(self, due: Due, this: _Round) -> bool:
        return due.due_at.astimezone(self._house.zone).date() == this.now.date() and in_reminder_hours(this.now)

    def _own_hour_comes(self, due: Due, chat: Chat, now: datetime) -> bool:
        """Whether this person's own hour is still ahead, and the chat will be as open then as it is now."""
        if not self._own_hours or due.kind not in BY_CALENDAR:
            return False
        at = datetime.combine(now.date(), own_time(chat.usual_minute), now.tzinfo)
        how_open = partial(opening, chat.channel, chat.last_inbound_at)
        return now < at and how_open(at) == how_open(now)


def _begin(conn: Connection, local_now: datetime, pack_of: Callable[[str], Pack]) -> int:
    inbox.forget_before(conn, local_now - REPEATS_COME_WITHIN)
    return plan_day(conn, local_now, pack_of)


def _look_back(conn: Connection, this: _Round) -> None:
    today = start_of_day(this.now)
    this.told = notices.sent_per_person(conn, today, today + timedelta(days=1))
    this.purse = Purse(notices.paid_since(conn, today.replace(day=1)))
