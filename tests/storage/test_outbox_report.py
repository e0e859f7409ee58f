"""What has not gone out: counted by lane, and listed row by row where somebody has to act."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from storage import accounts, notices, outbox
from storage.notices import Planned
from storage.outbox_report import Standing, Stuck, standings, stuck
from storage.tables import notices as notices_table
from storage.tables import outbox as outbox_table
from tests.storage.ward import Ward

CLAIMED = timedelta(minutes=2)


async def put(ward: Ward, chat: str, state: str, error: str | None = None, lane: outbox.Lane = "reply") -> int:
    """A row as it stands after some time."""

    def putting(conn: Connection) -> int:
        account = accounts.find_or_create(conn, "telegram", chat, ward.now).account
        row = outbox.put(conn, account.id, lane, 1, {"text": "x"}, ward.now)
        conn.execute(update(outbox_table).where(outbox_table.c.id == row).values(state=state, error=error))
        return row

    return await ward.db.write(putting)


async def listed(ward: Ward, **more: Any) -> list[Stuck]:
    return await ward.db.read(lambda conn: stuck(conn, ward.now, **more))


async def counted(ward: Ward) -> dict[str, Standing]:
    lanes = await ward.db.read(lambda conn: standings(conn, ward.now, ("telegram", "zalo_bot")))
    assert [(lane.channel, lane.lane) for lane in lanes] == [
        ("telegram", "reply"),
        ("telegram", "notice"),
        ("zalo_bot", "reply"),
        ("zalo_bot", "notice"),
    ]
    assert lanes[2:] == [Standing("zalo_bot", "reply"), Standing("zalo_bot", "notice")]
    return {lane.lane: lane for lane in lanes[:2]}


async def test_counts_by_lane_with_the_oldest(ward: Ward) -> None:
    for nth, (state, error) in enumerate(
        [("queued", None), ("queued", "5xx"), ("sending", None), ("failed", "400"), ("failed", "unreadable")]
    ):
        await put(ward, f"r{nth}", state, error)
        ward.passes(minutes=1)
    await put(ward, "n1", "in_doubt", "no_answer", "notice")
    await put(ward, "n2", "sent", None, "notice")
    ward.passes(minutes=5)
    lanes = await counted(ward)
    assert lanes["reply"] == Standing("telegram", "reply", 2, 1, 0, 2, 1, timedelta(minutes=10))
    assert lanes["notice"] == Standing("telegram", "notice", in_doubt=1, oldest=timedelta(minutes=5))


async def test_what_a_later_screen_replaced_or_another_person_inherited_needs_nobody(ward: Ward) -> None:
    first = await put(ward, "hoa", "failed", "400")
    other = await put(ward, "nam", "in_doubt", "no_answer", "notice")
    await put(ward, "binh", "failed", outbox.DISCARDED)
    ward.passes(hours=3)
    assert await listed(ward) == [
        Stuck(first, 1, "telegram", "reply", "failed", "400", timedelta(hours=3), 0),
        Stuck(other, 2, "telegram", "notice", "in_doubt", "no_answer", timedelta(hours=3), 0),
    ]
    assert [row.id for row in await listed(ward, ids=[other, 999])] == [other]
    assert [row.id for row in await listed(ward, limit=1)] == [first]
    newer = await put(ward, "hoa", "failed", "400")
    await put(ward, "nam", "sent", None, "notice")
    assert [row.id for row in await listed(ward)] == [newer], "only what was said last in a chat can be missed"
    assert (await counted(ward))["notice"] == Standing("telegram", "notice")


@pytest.mark.parametrize("end", ["failed", "in_doubt"])
async def test_a_retried_notice_goes_out_once_more_and_is_settled(ward: Ward, end: str) -> None:
    await ward.join("HOA")

    def queued(conn: Connection) -> int:
        notices.plan_many(conn, [Planned(ward.ids["HOA"], "digest", "a", ward.now)], ward.now)
        [due] = notices.due(conn, ward.now, 1)
        notices.take(conn, due.id)
        account = accounts.find_or_create(conn, "telegram", "HOA", ward.now).account
        row = outbox.put(conn, account.id, "notice", 3, {"text": "cũ"}, ward.now, notice_id=due.id)
        [_] = outbox.claim(conn, "telegram", "notice", ward.now, 1, CLAIMED)
        mark = outbox.mark_failed if end == "failed" else outbox.mark_in_doubt
        mark(conn, row, "code", ward.now)
        return row

    async def notice_state() -> str:
        return await ward.db.read(lambda conn: conn.execute(select(notices_table.c.state)).scalar_one())

    row = await ward.db.write(queued)
    assert await notice_state() == end
    await ward.db.write(lambda conn: outbox.retry(conn, row, 4, {"text": "mới"}, ward.now))
    assert await notice_state() == "sending"
    assert await listed(ward) == []

    def sent(conn: Connection) -> outbox.Claimed:
        [claimed] = outbox.claim(conn, "telegram", "notice", ward.now, 1, CLAIMED)
        outbox.mark_sent(conn, claimed.id, ward.now)
        outbox.retry(conn, claimed.id, 5, {"text": "muộn"}, ward.now)
        return claimed

    claimed = await ward.db.write(sent)
    assert (claimed.serial, claimed.payload, claimed.tries) == (4, {"text": "mới"}, 1)
    assert await notice_state() == "sent"
    assert await ward.db.write(lambda conn: outbox.claim(conn, "telegram", "notice", ward.now, 1, CLAIMED)) == []
