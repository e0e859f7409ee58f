"""The pair of tokens: renewed ahead of its end, by one of all, and never tried twice, on SQLite and PostgreSQL."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.zalo_oa_tokens import AHEAD, GRANT_AGAIN, LEASE, NEXT_TRY, StoredTokens, pair_of
from handlers.zalo_oa.api import Grant, NoToken, ZaloOa
from storage import channel_tokens
from storage.channel_tokens import Held
from storage.database import Database
from storage.errors import Unreachable
from tests.fakes.zalo_oa import FakeZaloOa, MovedClock
from tests.fakes.zalo_oa.account import ACCESS_LASTS, REFRESH_LASTS


@dataclass
class Office:
    """The account at Zalo, and a program that was connected to it."""

    api: FakeZaloOa
    clock: MovedClock
    db: Database
    opened: list[ZaloOa] = field(default_factory=list)

    async def program(self, db: Database | None = None, oauth_base: str = "") -> StoredTokens:
        """One of several processes: its own connection, its own memory."""
        account = self.api.account
        oa = ZaloOa(account.app_id, account.app_secret, self.api.base_url, oauth_base or self.api.base_url)
        self.opened.append(await oa.__aenter__())
        return StoredTokens(db or self.db, self.clock, oa)

    async def connects(self) -> None:
        await self.program()
        grant = await self.opened[-1].exchange(self.api.account.granted())
        pair = pair_of(grant, self.clock())
        await self.db.write(lambda conn: channel_tokens.grant(conn, "zalo_oa", pair))
        self.api.account.exchanges.clear()

    async def held(self) -> Held:
        held = await self.db.read(lambda conn: channel_tokens.find(conn, "zalo_oa"))
        assert held
        return held

    def is_taken(self, token: str) -> bool:
        return self.api.account.access.get(token, self.clock()) > self.clock()


@pytest.fixture
async def office(db: Database) -> AsyncIterator[Office]:
    clock = MovedClock()
    async with FakeZaloOa(clock) as api:
        made = Office(api, clock, db)
        await made.connects()
        yield made
        for oa in made.opened:
            await oa.__aexit__(None, None, None)


async def test_a_fresh_pair_is_left_alone(office: Office) -> None:
    tokens = await office.program()
    office.clock.now += ACCESS_LASTS - AHEAD - timedelta(minutes=1)
    assert office.is_taken(await tokens.current())
    assert office.api.account.exchanges == []


async def test_a_pair_is_renewed_ahead_of_its_end_for_a_whole_year(office: Office) -> None:
    tokens = await office.program()
    for _ in range(400):
        office.clock.move(hours=22.5)
        assert office.is_taken(await tokens.current())
    assert len(office.api.account.exchanges) == len(set(office.api.account.exchanges)) == 400


async def test_after_a_long_night_one_pair_is_fetched_by_many_at_once(office: Office, database_url: str) -> None:
    other = Database(database_url)
    programs = [await office.program(), await office.program(other)]
    office.clock.now += ACCESS_LASTS - timedelta(hours=1)
    before = (await office.held()).pair.access_token
    found = await asyncio.gather(*(program.current() for program in programs for _ in range(5)))
    assert len(office.api.account.exchanges) == 1, "one refresher, the others go on with what they have"
    after = (await office.held()).pair.access_token
    assert set(found) <= {before, after}
    assert [await program.current() for program in programs] == [after, after]
    await other.close()


async def test_when_the_access_token_is_over_the_others_wait(office: Office, database_url: str) -> None:
    other = Database(database_url)
    programs = [await office.program(), await office.program(other)]
    office.clock.now += ACCESS_LASTS + timedelta(days=3)
    found = await asyncio.gather(*(program.current() for program in programs for _ in range(3)), return_exceptions=True)
    assert len(office.api.account.exchanges) == 1
    assert {type(one) for one in found} <= {str, NoToken}
    assert office.is_taken(await programs[1].current())
    await other.close()


async def test_a_crash_between_the_exchange_and_the_saving_is_seen_and_not_repeated(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    dying = await office.program()

    async def dies(*_: object) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr(dying, "_save", dies)
    office.clock.now += ACCESS_LASTS - timedelta(hours=1)
    with pytest.raises(asyncio.CancelledError):
        await dying.current()
    assert len(office.api.account.exchanges) == 1
    another = await office.program()
    assert await another.current(), "within the lease the old access token is used on"
    office.clock.now += LEASE + timedelta(seconds=1)
    assert await another.current()
    assert said(caplog) == [GRANT_AGAIN]
    office.clock.now += timedelta(hours=2)
    for _ in range(3):
        with pytest.raises(NoToken):
            await another.current()
    assert len(office.api.account.exchanges) == 1, "nobody tries the refresh token again"
    assert said(caplog) == [GRANT_AGAIN], "once"
    await office.connects()
    assert office.is_taken(await another.current()), "a new grant takes the claim away"


@pytest.mark.parametrize("trouble", ["cut", "502"])
async def test_an_exchange_without_an_answer_counts_as_done(
    office: Office, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = await office.program()
    office.api.oauth_troubles.append(trouble)  # type: ignore[arg-type]
    office.clock.now += ACCESS_LASTS - timedelta(hours=1)
    assert await tokens.current()
    assert (await office.held()).is_lost(office.clock())
    office.clock.now += timedelta(minutes=10)
    assert await tokens.current()
    assert len(office.api.calls) == 2, "the grant, and this exchange"
    assert said(caplog) == [GRANT_AGAIN]


async def test_a_used_refresh_token_needs_a_new_grant(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.api.account.used.update(office.api.account.refresh)
    tokens = await office.program()
    office.clock.now += ACCESS_LASTS
    with pytest.raises(NoToken):
        await tokens.current()
    assert (await office.held()).is_lost(office.clock())
    assert said(caplog) == [GRANT_AGAIN]


async def test_what_never_left_this_machine_is_tried_again(office: Office) -> None:
    cut_off = await office.program(oauth_base="http://127.0.0.1:1")
    office.clock.now += ACCESS_LASTS - timedelta(hours=1)
    assert await cut_off.current()
    assert (await office.held()).lease_until is None
    assert office.is_taken(await (await office.program()).current())


async def test_a_wrong_secret_is_said_and_the_pair_is_left_alone_for_a_while(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = await office.program()
    secret, office.api.account.app_secret = office.api.account.app_secret, "another"
    office.clock.now += ACCESS_LASTS - timedelta(hours=1)
    for _ in range(3):
        assert await tokens.current()
    assert len(office.api.calls) == 2
    assert len(said(caplog)) == 1
    assert "check ZALO_OA_APP_ID and ZALO_OA_APP_SECRET" in said(caplog)[0]
    office.api.account.app_secret = secret
    office.clock.now += NEXT_TRY
    await tokens.current()
    assert (await office.held()).nth == 2


async def test_a_token_refused_before_its_end_is_renewed_once(office: Office) -> None:
    programs = [await office.program(), await office.program()]
    token = await programs[0].current()
    await programs[0].refused(token)
    assert office.api.account.exchanges == [], "a pair this young is not worth another"
    office.clock.now += timedelta(hours=2)
    await asyncio.gather(*(program.refused(token) for program in programs))
    assert len(office.api.account.exchanges) == 1
    assert office.is_taken(await programs[1].current())
    await programs[1].refused(token)
    assert len(office.api.account.exchanges) == 1


async def test_after_three_months_off_only_a_grant_helps(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    tokens = await office.program()
    office.clock.now += REFRESH_LASTS
    with pytest.raises(NoToken):
        await tokens.current()
    assert office.api.account.exchanges == []
    assert said(caplog) == [GRANT_AGAIN]


async def test_a_database_that_is_away_for_a_moment_loses_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = await office.program()
    monkeypatch.setattr("bot.zalo_oa_tokens.SAVING_PAUSES", (0.0, 0.0))
    write, away = office.db.write, iter([False, True, True, False])

    async def flaky(work: Callable[..., object]) -> object:
        if next(away, False):
            raise Unreachable("away")
        return await write(work)

    monkeypatch.setattr(office.db, "write", flaky)
    office.clock.now += ACCESS_LASTS
    assert office.is_taken(await tokens.current())


async def test_a_slow_exchange_does_not_replace_a_newer_grant(office: Office) -> None:
    old = await office.held()
    await office.connects()
    pair = pair_of(Grant("slow", "slow"), office.clock())
    assert not await office.db.write(lambda conn: channel_tokens.replace(conn, "zalo_oa", old.nth, pair))
    assert (await office.held()).pair.access_token != "slow"


async def test_nothing_shows_a_token(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)  # set_up_logs keeps the database drivers quieter still
    tokens = await office.program()
    office.clock.now += ACCESS_LASTS
    await tokens.current()
    held = await office.held()
    shown = f"{held!r} {Grant('secret-a', 'secret-b')!r} {caplog.text}"
    for token in (*office.api.account.refresh, *office.api.account.access, "secret-a", "secret-b"):
        assert token not in shown


async def test_it_watches_until_it_is_told_to_stop(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.zalo_oa_tokens.LOOK_SECONDS", 0.01)
    tokens, stopping = await office.program(), asyncio.Event()
    watching = asyncio.create_task(tokens.watch(stopping))
    office.clock.now += ACCESS_LASTS
    await office.api.bell.until(lambda: office.api.account.exchanges)
    stopping.set()
    await watching


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.levelno >= logging.ERROR]
