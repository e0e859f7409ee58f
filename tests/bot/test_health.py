"""`/metrics` tells by channel and lane what has not gone out."""

from datetime import timedelta

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Connection, update

from bot import health
from bot.house import House
from storage import accounts, outbox
from storage.database import Database
from storage.tables import outbox as outbox_table
from tests.storage.ward import PACK, QUIET, ZONE, Ward


async def test_the_outbox_by_channel_and_lane(db: Database, database_url: str) -> None:
    ward = Ward(db, database_url)
    rows = [("reply", "queued", None), ("reply", "sending", None), ("notice", "in_doubt", "no_answer")]
    rows += [("notice", "failed", "400"), ("notice", "failed", outbox.UNREADABLE)]

    def filling(conn: Connection) -> None:
        for nth, (lane, state, error) in enumerate(rows):
            account = accounts.find_or_create(conn, "zalo_bot", f"chat{nth}", ward.now).account
            row = outbox.put(conn, account.id, lane, 1, {"text": "x"}, ward.now)  # type: ignore[arg-type]
            conn.execute(update(outbox_table).where(outbox_table.c.id == row).values(state=state, error=error))

    await db.write(filling)
    ward.passes(minutes=3)
    app = web.Application()
    health.mount(app, House(db, lambda: ward.now, ZONE, QUIET, lambda _: PACK))
    async with TestClient(TestServer(app)) as client:
        text = await (await client.get("/metrics")).text()
    figures = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))

    def of(name: str, lane: str, channel: str = "zalo_bot") -> int:
        return int(figures[f'tusoi_outbox_{name}{{channel="{channel}",lane="{lane}"}}'])

    names = ("queued", "sending", "in_doubt", "failed", "unreadable", "oldest_seconds")
    assert [of(name, "reply") for name in names] == [1, 1, 0, 0, 0, 180]
    assert [of(name, "notice") for name in names] == [0, 0, 1, 2, 1, timedelta(minutes=3).seconds]
    assert [of(name, "notice", "telegram") for name in names] == [0] * 6
