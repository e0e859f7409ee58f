"""The turn: the way every event goes, from a door to a committed screen and its delivery."""

import logging
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection

from bot.changes import Changes
from bot.drawing import drawn, payload
from bot.house import House
from bot.locks import KeyedLocks
from bot.nursery import Nursery
from bot.said_by_reply import settle_said_by_reply
from bot.shown import FirstShown
from conversations import curtain, words
from conversations.incoming import ChannelName, Incoming, Nudged, Reached, Typed
from conversations.step import Decision, decide, show
from conversations.typed import clean, command_of
from handlers.faults import describe
from handlers.port import Deliver, Menu, Reply, Unavailable
from review.own_hour import usual_minute
from storage import accounts, inbox, notices, outbox
from storage.accounts import AccountRow
from storage.apply import Context, apply
from storage.database import Work
from storage.errors import Refused, Unreachable
from storage.facts import StoredFacts

log = logging.getLogger(__name__)
T = TypeVar("T")

ORDER_HOLDS = timedelta(days=6)
DELIVERY_LEASE = timedelta(seconds=60)
"""How long the door that took the turn has to deliver its reply before the courier does."""


class TurnRunner:
    """Runs one turn at a time per account and keeps the account until its reply is out.

    So an answer typed after a question was seen is always filed under that question, and two quick taps
    never overtake each other.
    """

    def __init__(self, house: House, nursery: Nursery) -> None:
        self._house = house
        self._nursery = nursery
        self._locks = KeyedLocks()
        self._changes = Changes()
        self._shown = FirstShown()

    async def take(self, incoming: Incoming, deliver: Deliver | None = None) -> None:
        """See `handlers.port.Turns.take`."""
        key = (incoming.channel, incoming.chat)
        await self._locks.acquire(key)
        delivering = False
        try:
            reply = await self._committed(incoming, through_outbox=deliver is not None)
            if reply and deliver:
                self._nursery.start(self._delivered(key, reply, deliver))
                delivering = True
        finally:
            if not delivering:
                self._locks.release(key)
        self._changes.tell(key)

    async def nudge(self, channel: ChannelName, chat: str, notice_id: int, *, paid: bool = False) -> None:
        """Let a planned notice become its person's present screen, or be skipped when it is no longer needed.

        On a channel that is written to, the screen waits in the outbox for the courier; a web page just shows it.
        """
        incoming = Incoming(channel, delivery_of(notice_id), chat, Nudged(notice_id, paid))
        async with self.holding(channel, chat):
            await self._committed(incoming, through_outbox=channel != "web")
        self._changes.tell((channel, chat))

    @asynccontextmanager
    async def holding(self, channel: ChannelName, chat: str) -> AsyncIterator[None]:
        """Keep the account between two turns, so that what is sent meanwhile is not overtaken by a reply."""
        await self._locks.acquire((channel, chat))
        try:
            yield
        finally:
            self._locks.release((channel, chat))

    async def present(self, channel: ChannelName, chat: str) -> Reply:
        """See `handlers.port.Turns.present`."""

        def look(conn: Connection) -> Reply:
            row = accounts.find(conn, channel, chat)
            if row is None:
                raise LookupError(f"no account for this {channel} chat")
            return Reply(0, chat, row.state.serial, show(row.state, self._house.facts(conn, row.account)))

        return await self._read(look)

    async def wait_for_change(self, channel: ChannelName, chat: str, serial: int, seconds: float) -> bool:
        """See `handlers.port.Turns.wait_for_change`."""
        key = (channel, chat)
        watched = self._changes.watch(key)
        if await self._serial(channel, chat) == serial:
            await self._changes.wait(key, watched, seconds)
        else:
            self._changes.forget(key, watched)
        return await self._serial(channel, chat) != serial

    async def _serial(self, channel: ChannelName, chat: str) -> int | None:
        row = await self._read(lambda conn: accounts.find(conn, channel, chat))
        return row.state.serial if row else None

    async def _delivered(self, key: tuple[ChannelName, str], reply: Reply, deliver: Deliver) -> None:
        """Hand the reply over; what did not go out stays in the outbox for the courier."""
        try:
            number = await deliver(reply)
        except Exception as error:  # noqa: BLE001 - whatever the channel raised, the courier tries again
            log.warning("reply_left_to_courier", extra={"outbox": reply.outbox_id, "error": type(error).__name__})
            now = self._house.clock()
            code = type(error).__name__
            await self._write(lambda conn: outbox.mark_failed(conn, reply.outbox_id, code, now, retry_at=now))
        else:
            self._shown.note(key, reply.serial, number)
            await self._write(lambda conn: outbox.mark_sent(conn, reply.outbox_id, self._house.clock()))
        finally:
            self._locks.release(key)

    async def _committed(self, incoming: Incoming, *, through_outbox: bool) -> Reply | None:
        """The turn in one transaction. A refusal or a fault of ours is said in a transaction of its own."""
        try:
            return await self._write(partial(self._run, incoming=incoming, through_outbox=through_outbox))
        except Unavailable:
            raise
        except Refused as refused:
            said = refused.sentence
        except Exception as error:  # noqa: BLE001 - it must not come back for ever with the repeated update
            log.error("turn_failed", extra={"channel": incoming.channel, "error": describe(error)})
            said = words.FAULT
        if isinstance(incoming.event, Nudged):
            notice_id = incoming.event.notice_id
            await self._write(lambda conn: notices.settle(conn, notice_id, "failed"))
            return None
        return await self._write(partial(self._say, incoming=incoming, said=said, through_outbox=through_outbox))

    def _run(self, conn: Connection, incoming: Incoming, through_outbox: bool) -> Reply | None:
        row = self._opened(conn, incoming)
        nudged = incoming.event if isinstance(incoming.event, Nudged) else None
        if row is None or (nudged and not notices.take(conn, nudged.notice_id, paid=nudged.paid)):
            return None
        facts = self._house.facts(conn, row.account)
        decision = self._decided(conn, row, incoming, facts)
        for effect in decision.effects:
            apply(conn, effect, Context(facts, self._house.quiet))
        if nudged:
            self._settle_notice(conn, incoming, nudged.notice_id, decision)
        elif not self._house.veils(incoming.channel):
            settle_said_by_reply(conn, decision, incoming.channel, facts)
        return self._closed(conn, row, decision, incoming, facts, through_outbox)

    def _say(self, conn: Connection, incoming: Incoming, said: str, through_outbox: bool) -> Reply | None:
        row = self._opened(conn, incoming)
        if row is None:
            return None
        facts = self._house.facts(conn, row.account)
        note = curtain.FAULT if self._house.veils(incoming.channel) else said
        return self._closed(conn, row, Decision(row.state.noted(note)), incoming, facts, through_outbox)

    def _opened(self, conn: Connection, incoming: Incoming) -> AccountRow | None:
        """The account, held by this turn; None when this very delivery was handled before."""
        now = self._house.clock()
        if not inbox.remember(conn, incoming.channel, incoming.delivery_id, now):
            return None
        return accounts.find_or_create(conn, incoming.channel, incoming.chat, now)

    def _settle_notice(self, conn: Connection, incoming: Incoming, notice_id: int, decision: Decision) -> None:
        if not decision.speaks:
            notices.settle(conn, notice_id, "skipped")
        elif incoming.channel == "web":
            notices.settle(conn, notice_id, "sent", self._house.clock(), "web")

    def _closed(
        self,
        conn: Connection,
        row: AccountRow,
        decision: Decision,
        incoming: Incoming,
        facts: StoredFacts,
        through_outbox: bool,
    ) -> Reply | None:
        """Keep the state, draw the screen from what is stored now, and owe it to the person."""
        now = self._house.clock()
        nudged = incoming.event if isinstance(incoming.event, Nudged) else None
        if nudged or isinstance(incoming.event, Reached):
            accounts.save_state(conn, row.account.id, decision.state)
        else:
            order = max(self._answered_up_to(row), incoming.order)
            habit = usual_minute(row.usual_minute, facts.now)
            accounts.save_state(conn, row.account.id, decision.state, now, order, habit)
        if not decision.speaks:
            return None
        screen, serial = drawn(conn, decision.state, facts, self._house), decision.state.serial
        if not through_outbox:
            return Reply(0, incoming.chat, serial, screen)
        if serial == row.state.serial:
            screen = replace(screen, papers=())  # the same screen again: its papers have been handed over
        kept = payload(screen, incoming.channel, self._house)
        if nudged:
            outbox.put(conn, row.account.id, "notice", serial, kept, now, notice_id=nudged.notice_id)
            return None
        outbox_id = outbox.put(conn, row.account.id, "reply", serial, kept, now, lease=DELIVERY_LEASE)
        return Reply(
            outbox_id,
            incoming.chat,
            serial,
            screen,
            menu="everybody" if self._house.veils(incoming.channel) else _menu(facts),
        )

    def _decided(self, conn: Connection, row: AccountRow, incoming: Incoming, facts: StoredFacts) -> Decision:
        event, serial = incoming.event, row.state.serial
        if self._house.veils(incoming.channel):
            return curtain.decide(row.state, event, facts)
        if isinstance(event, Typed) and event.serial is None and not command_of(clean(event.text)):
            late = 0 < incoming.order < self._answered_up_to(row)  # repeated after what followed it
            early = self._shown.is_early((incoming.channel, incoming.chat), serial, incoming.number)
            if late or early or outbox.is_waiting(conn, row.account.id, serial):
                # The words were typed before the present screen was seen: they answer no question of ours.
                return Decision(row.state.noted(words.NOT_SEEN))
        return decide(row.state, event, facts)

    def _answered_up_to(self, row: AccountRow) -> int:
        """The last event of the channel's own row that this account was answered for.

        After a week without any update Telegram begins a new row of numbers, so it holds for less.
        """
        since = row.last_inbound_at
        return row.last_order if since and self._house.clock() - since < ORDER_HOLDS else 0

    async def _write(self, work: Work[T]) -> T:
        return await available(self._house.db.write(work))

    async def _read(self, work: Work[T]) -> T:
        return await available(self._house.db.read(work))


def _menu(facts: StoredFacts) -> Menu:
    if facts.me and facts.me.units_as("secretary", "deputy"):
        return "leader"
    return "officer" if facts.me and facts.me.units_as("officer") else "everybody"


def delivery_of(notice_id: int) -> str:
    """A notice is let be said once, like any delivery."""
    return f"notice:{notice_id}"


async def available(asked: Awaitable[T]) -> T:
    """Doors know one word for a database that does not answer."""
    try:
        return await asked
    except Unreachable as error:
        log.warning("storage_unavailable")
        raise Unavailable from error
