"""What watches the program from outside: `/healthz` (it runs), `/readyz` (it can store), `/metrics` (Prometheus)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from aiohttp import web
from sqlalchemy import Connection, func, select

from bot.house import House
from conversations.incoming import ChannelName
from storage import notices as notice_rows
from storage import outbox as outbox_rows
from storage.errors import Unreachable
from storage.outbox_report import Standing, standings
from storage.tables import notices

CHANNELS: tuple[ChannelName, ...] = ("telegram", "zalo_bot", "zalo_oa")


def mount(app: web.Application, house: House) -> None:
    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.Response:
        try:
            await house.db.read(lambda conn: conn.execute(select(1)).scalar_one())
        except Unreachable:
            return web.Response(status=503, text="database\n")
        return web.Response(text="ok\n")

    async def metrics(_: web.Request) -> web.Response:
        now = house.local_now()
        try:
            lines = await house.db.read(lambda conn: _gauges(conn, now))
        except Unreachable:
            return web.Response(status=503, text="database\n")
        return web.Response(text="\n".join(lines) + "\n", content_type="text/plain")

    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)])


def _gauges(conn: Connection, now: datetime) -> list[str]:
    """What has not gone out by channel and lane, what went out this month, what was paid for, how notices ended."""
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    paid = len(notice_rows.paid_since(conn, month))
    ended = conn.execute(select(notices.c.state, func.count()).group_by(notices.c.state)).tuples().all()
    return [
        *_outbox_gauges(standings(conn, now, CHANNELS)),
        "# TYPE tusoi_sent_this_month gauge",
        *(
            f'tusoi_sent_this_month{{channel="{channel}"}} {outbox_rows.sent_since(conn, channel, month)}'
            for channel in CHANNELS
        ),
        "# TYPE tusoi_paid_this_month gauge",
        f"tusoi_paid_this_month {paid}",
        "# TYPE tusoi_notices gauge",
        *(f'tusoi_notices{{state="{state}"}} {count}' for state, count in ended),
    ]


def _outbox_gauges(lanes: Sequence[Standing]) -> Iterator[str]:
    for name in ("queued", "sending", "in_doubt", "failed", "unreadable"):
        yield f"# TYPE tusoi_outbox_{name} gauge"
        for lane in lanes:
            yield f'tusoi_outbox_{name}{{channel="{lane.channel}",lane="{lane.lane}"}} {getattr(lane, name)}'
    yield "# TYPE tusoi_outbox_oldest_seconds gauge"
    for lane in lanes:
        age = int(lane.oldest.total_seconds())
        yield f'tusoi_outbox_oldest_seconds{{channel="{lane.channel}",lane="{lane.lane}"}} {age}'
