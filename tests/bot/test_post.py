"""Rows that cannot be used stop nobody: the outbox's, and notices that always raise."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, text, update

from bot.house import House
from bot.nursery import Nursery
from bot.post import OutboxPost
from bot.turn import TurnRunner
from bot.worker import Worker
from conversations.screen import Screen
from conversations.stored_screen import to_json
from storage import accounts, notices, outbox
from storage.database import Database
from storage.notices import Planned
from storage.outbox_report import standings
from storage.tables import notices as notices_table
from storage.tables import outbox as outbox_table
from tests.storage.ward import PACK, QUIET, ZONE, Ward

GOOD = to_json(Screen("Còn 3 ngày"))
POISON = [
    None,
    "{cut short",
    "[]",
    '"words"',
    "{}",
    '{"v": 9, "body": "of a newer version"}',
    '{"text": 5, "choices": [], "waits_for": null, "papers": [], "keeps": false, "note": ""}',
    '{"text": "x", "choices": [["a"]], "waits_for": null, "papers": [], "keeps": false, "note": ""}',
    '{"text": "x", "choices": [["a", ""]], "waits_for": null, "papers": [], "keeps": false, "note": ""}',
    '{"text": "x", "choices": [], "waits_for": "mind", "papers": [], "keeps": false, "note": ""}',
    '{"text": "x", "choices": [], "waits_for": null, "papers": [[]], "keeps": false, "note": ""}',
    '{"text": "x", "choices": [], "waits_for": null, "papers": [[1, 2, 3]], "keeps": false, "note": ""}',
]


@pytest.fixture
def house(ward: Ward) -> House:
    return House(ward.db, lambda: ward.now, ZONE, QUIET, lambda _: PACK)


@pytest.fixture
async def ward(db: Database, database_url: str) -> Ward:
    filled = Ward(db, database_url)
    await filled.fill()
    return filled


async def test_rows_nobody_can_read_are_set_aside_and_the_lane_goes_on(ward: Ward, house: House) -> None:
    def filling(conn: Connection) -> list[int]:
        ids = []
        for nth, payload in enumerate([*POISON, to_json(Screen("Chào"))]):
            account = accounts.find_or_create(conn, "telegram", f"chat{nth}", ward.now).account
            ids.append(outbox.put(conn, account.id, "notice" if nth % 2 else "reply", 1, GOOD, ward.now))
            if nth < len(POISON):
                raw = text("UPDATE outbox SET payload = :payload WHERE id = :id")
                conn.execute(raw, {"payload": payload, "id": ids[-1]})
        return ids

    *poison, good = await ward.db.write(filling)
    letters = await OutboxPost(house, TurnRunner(house, Nursery()), "telegram").claim(3)
    assert [letter.outbox_id for letter in letters] == [good]
    rows = select(outbox_table.c.id).where(outbox_table.c.state == "failed", outbox_table.c.error == outbox.UNREADABLE)
    assert sorted(await ward.db.read(lambda conn: conn.scalars(rows).all())) == poison
    lanes = await ward.db.read(lambda conn: standings(conn, ward.now, ("telegram",)))
    assert sum(lane.unreadable for lane in lanes) == len(POISON)


async def test_a_notice_that_always_raises_is_failed_and_the_others_are_said(ward: Ward, house: House) -> None:
    for code in ("HOA", "NAM", "BINH"):
        await ward.join(code)
    due = [Planned(ward.ids[code], "asked_by_secretary", "a", ward.now, cycle_id=1) for code in ("HOA", "NAM", "BINH")]
    await ward.db.write(lambda conn: notices.plan_many(conn, due, ward.now))

    def poisoning(conn: Connection) -> None:
        hoa = notices_table.c.person_id == ward.ids["HOA"]
        conn.execute(text("UPDATE notices SET params = '{cut short' WHERE person_id = :id"), {"id": ward.ids["HOA"]})
        conn.execute(update(notices_table).where(hoa).values(due_at=ward.now - timedelta(minutes=1)))

    await ward.db.write(poisoning)
    report = await Worker(house, TurnRunner(house, Nursery())).tick()
    states = select(notices_table.c.person_id, notices_table.c.state)
    found = dict(await ward.db.read(lambda conn: conn.execute(states).tuples().all()))
    assert report.said == 3
    assert found == {ward.ids["HOA"]: "failed", ward.ids["NAM"]: "sending", ward.ids["BINH"]: "sending"}
