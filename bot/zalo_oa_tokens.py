"""The Official Account's pair of tokens: read before every use, renewed ahead of its end by one process at a time."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from aiohttp import ClientConnectorError

from bot.clock import Clock
from bot.turn import available
from handlers.port import Unavailable
from handlers.zalo_calls import ZaloRefused, ZaloSilent
from handlers.zalo_oa.api import Grant, NoToken, ZaloOa
from storage import channel_tokens
from storage.channel_tokens import Held, Pair
from storage.database import Database

log = logging.getLogger(__name__)
AHEAD = timedelta(hours=3)
"""How long before its end a pair is renewed: time to see that it fails, and to grant again."""
LEASE = timedelta(minutes=2)
LEAST_AGE = timedelta(minutes=1)
"""A younger pair that is refused already is not worth another: the fault is elsewhere."""
LOOK_SECONDS = 60.0
SAVING_PAUSES = (1.0, 2.0, 4.0, 8.0)
USED_UP = -14020
NEXT_TRY = timedelta(minutes=1)
"""How long after a failed exchange the pair is left alone."""
CHECK = "check ZALO_OA_APP_ID and ZALO_OA_APP_SECRET, or grant again with: tusoi zalo-oa connect"
GRANT_AGAIN = "zalo_oa_needs_a_grant: grant again with: tusoi zalo-oa connect"


class StoredTokens:
    """Implements `handlers.zalo_oa.api.Tokens`. A trouble is logged once until it is over."""

    def __init__(self, db: Database, clock: Clock, oa: ZaloOa) -> None:
        self._db = db
        self._clock = clock
        self._oa = oa
        self._trouble = ""
        self._rests_until = datetime.min.replace(tzinfo=UTC)

    async def current(self) -> str:
        held = await self._held()
        if held.pair.access_until - AHEAD <= self._clock():
            held = await self._renewed(held)
        if held.pair.access_until <= self._clock():
            raise NoToken
        return held.pair.access_token

    async def refused(self, token: str) -> None:
        """If it is still the one that is kept, its time is over before its end."""
        held = await self._held()
        if held.pair.access_token == token and self._clock() - held.pair.obtained_at >= LEAST_AGE:
            await self._renewed(held)

    async def watch(self, stopping: asyncio.Event) -> None:
        """Renew in time also while nobody is written to."""
        while not stopping.is_set():
            try:
                await self.current()
            except (NoToken, Unavailable) as error:
                log.debug("zalo_oa_without_token", extra={"error": type(error).__name__})
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    await stopping.wait()
            except TimeoutError:
                continue

    async def _held(self) -> Held:
        held = await available(self._db.read(lambda conn: channel_tokens.find(conn, "zalo_oa")))
        if held is None:
            self._tell(GRANT_AGAIN)
            raise NoToken
        return held

    async def _renewed(self, held: Held) -> Held:
        """The next pair if it is ours to fetch; else the one there is now."""
        now = self._clock()
        if held.is_lost(now):
            self._tell(GRANT_AGAIN)
            return held
        if now < self._rests_until:
            return held
        lease_until = now + LEASE
        if await available(self._db.write(lambda conn: channel_tokens.claim(conn, "zalo_oa", held.nth, lease_until))):
            await self._exchange(held)
        return await self._held()

    async def _exchange(self, held: Held) -> None:
        """What cannot be known to have failed counts as done: the claim stays, and only a new grant takes it away."""
        try:
            grant = await self._oa.exchange(held.pair.refresh_token)
        except ClientConnectorError:
            self._tell("zalo_oa_oauth_out_of_reach")
            await self._release(held)
        except ZaloSilent:
            self._tell(GRANT_AGAIN)
            await self._lose(held)
        except ZaloRefused as refused:
            if refused.code == USED_UP:
                self._tell(GRANT_AGAIN)
                await self._lose(held)
            else:
                self._tell(f"zalo_oa_refresh_refused {refused.code}: {CHECK}")
                await self._release(held)
        else:
            await self._save(held, grant)

    async def _save(self, held: Held, grant: Grant) -> None:
        """The old pair is worth nothing any more, so a database that is away for a moment is waited for."""
        pair = pair_of(grant, self._clock())
        for pause in SAVING_PAUSES:
            try:
                await self._replace(held, pair)
            except Unavailable:
                await asyncio.sleep(pause)
            else:
                break
        else:
            await self._replace(held, pair)
        self._trouble = ""
        log.info("zalo_oa_renewed", extra={"until": pair.access_until.isoformat()})

    async def _replace(self, held: Held, pair: Pair) -> None:
        await available(self._db.write(lambda conn: channel_tokens.replace(conn, "zalo_oa", held.nth, pair)))

    async def _release(self, held: Held) -> None:
        self._rests_until = self._clock() + NEXT_TRY
        await available(self._db.write(lambda conn: channel_tokens.release(conn, "zalo_oa", held.nth)))

    async def _lose(self, held: Held) -> None:
        now = self._clock()
        await available(self._db.write(lambda conn: channel_tokens.lose(conn, "zalo_oa", held.nth, now)))

    def _tell(self, trouble: str) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            log.error(trouble)


def pair_of(grant: Grant, now: datetime) -> Pair:
    return Pair(grant.access_token, grant.refresh_token, now, now + grant.access_lasts, now + grant.refresh_lasts)
