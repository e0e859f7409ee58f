"""What watches the program from outside: `/healthz` (it runs), `/readyz` (it can store), `/metrics` (Prometheus)."""

from datetime import datetime

from aiohttp import web
from sqlalchemy import Connection, func, select

from bot.house import House
from conversations.incoming import ChannelName
from storage import notices as notice_rows
from storage import outbox as outbox_rows
from storage.errors import Unreachable
from storage.tables import notices, outbox

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
    """Messages waiting, sent this month by channel, paid for this month, and notices by how they ended."""
    pending = select(outbox.c.lane, func.count()).where(outbox.c.state.in_(outbox_rows.WAITING)).group_by(outbox.c.lane)
    waiting: dict[str, int] = dict(conn.execute(pending).tuples().all())
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    paid = len(notice_rows.paid_since(conn, month))
    ended = conn.execute(select(notices.c.state, func.count()).group_by(notices.c.state)).tuples().all()
    return [
        "# TYPE tusoi_outbox_waiting gauge",
        *(f'tusoi_outbox_waiting{{lane="{lane}"}} {waiting.get(lane, 0)}' for lane in ("reply", "notice")),
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
