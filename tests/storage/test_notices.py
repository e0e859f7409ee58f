"""Notices: planned once per slot, taken by one turn, told in allowed hours, settled with their message."""

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import Connection, select

from conversations.effects import Notify, Reachable
from review.calendar import QuietHours
from storage import accounts, lacking, notices, outbox
from storage.chats import Chat
from storage.due import due_at
from storage.errors import Refused
from storage.notices import Planned
from storage.tables import notices as notices_table
from storage.tables import outbox as outbox_table
from tests.storage.filling import complete
from tests.storage.ward import NOW, QUIET, ZONE, Ward


def local(hour: int, minute: int = 0, day: int = 1) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("kind", "after_days", "now", "due"),
    [
        ("asked_by_secretary", 0, local(9, 30), local(9, 30)),
        ("asked_by_secretary", 0, local(21), local(7, day=2)),
        ("asked_by_secretary", 0, local(3), local(7)),
        ("asked_by_secretary", 0, local(7), local(7)),
        ("help_wanted", 2, local(23), local(8, day=3)),
        ("snoozed", 1, local(20), local(19, day=2)),
        ("snoozed", 0, local(1), local(19, day=2)),
    ],
)
def test_due_at_is_never_in_quiet_hours(kind: str, after_days: int, now: datetime, due: datetime) -> None:
    assert due_at(kind, after_days, now, QUIET) == due  # type: ignore[arg-type]


def test_an_evening_that_is_quiet_moves_to_the_morning() -> None:
    assert due_at("snoozed", 1, local(12), QuietHours(time(18), time(7))) == local(7, day=3)


async def plan(ward: Ward, *planned: Planned) -> int:
    return await ward.db.write(lambda conn: notices.plan_many(conn, planned, ward.now))


async def rows(ward: Ward) -> list[tuple[str, str, str | None]]:
    query = select(notices_table).order_by(notices_table.c.id)
    return await ward.db.read(lambda conn: [(row.kind, row.state, row.channel) for row in conn.execute(query)])


async def test_a_slot_is_planned_once_inside_and_outside_a_cycle(ward: Ward) -> None:
    for cycle_id in (ward.cycle.id, None):
        one = Planned(ward.ids["HOA"], "digest", "T-3", NOW, cycle_id=cycle_id)
        other = Planned(ward.ids["NAM"], "digest", "T-3", NOW, cycle_id=cycle_id)
        assert await plan(ward, one) == 1
        assert await plan(ward, one, other) == 1
        assert await plan(ward, one, other) == 0
        assert await plan(ward) == 0


async def test_two_planners_at_once_plan_it_once(ward: Ward) -> None:
    same = [Planned(person_id, "digest", "T-3", NOW, cycle_id=ward.cycle.id) for person_id in ward.ids.values()]
    counts = await asyncio.gather(*(plan(ward, *same) for _ in range(4)))
    assert sum(counts) == len(same)


async def test_due_names_the_chat_most_likely_to_be_read(ward: Ward) -> None:
    for channel, address, hours in (("web", "page", 3), ("telegram", "old", 1), ("zalo_bot", "new", 2)):
        await ward.join("HOA", channel, address)  # type: ignore[arg-type]

        def heard(conn: Connection, channel: str = channel, address: str = address, hours: int = hours) -> None:
            row = accounts.find_or_create(conn, channel, address, ward.now)  # type: ignore[arg-type]
            accounts.save_state(conn, row.account.id, row.state, ward.now + timedelta(hours=hours))

        await ward.db.write(heard)
    await plan(ward, Planned(ward.ids["HOA"], "digest", "a", NOW), Planned(ward.ids["NAM"], "digest", "a", NOW))

    async def chats() -> list[str]:
        found = await ward.db.read(lambda conn: notices.due(conn, NOW, 10))
        return [due.chats[0].address for due in found if due.kind == "digest"]

    assert await chats() == ["new"]
    await ward.does("new", Reachable(False), channel="zalo_bot")
    assert await chats() == ["old"]
    await ward.does("old", Reachable(False))
    assert await chats() == ["page"]
    assert await ward.db.read(lambda conn: notices.due(conn, NOW - timedelta(minutes=1), 10)) == []


async def test_a_notice_is_taken_by_one_turn(ward: Ward) -> None:
    await plan(ward, Planned(ward.ids["HOA"], "digest", "a", NOW))
    notice_id = await ward.db.read(lambda conn: conn.execute(select(notices_table.c.id)).scalar_one())
    taken = await asyncio.gather(*(ward.db.write(lambda conn: notices.take(conn, notice_id)) for _ in range(8)))
    assert taken.count(True) == 1
    assert await rows(ward) == [("digest", "sending", None)]


async def queue(ward: Ward, code: str) -> int:
    """A notice that has been taken and put into the outbox."""

    def queuing(conn: Connection) -> int:
        notices.plan_many(conn, [Planned(ward.ids[code], "digest", "a", NOW)], ward.now)
        [due] = notices.due(conn, NOW, 1)
        notices.take(conn, due.id)
        account = accounts.find_or_create(conn, "telegram", due.chats[0].address, ward.now).account
        return outbox.put(conn, account.id, "notice", 3, {"text": "Còn 9 ngày"}, ward.now, notice_id=due.id)

    return await ward.db.write(queuing)


async def claim(ward: Ward, lane: outbox.Lane, limit: int = 100) -> list[outbox.Claimed]:
    lease = timedelta(minutes=2)
    return await ward.db.write(lambda conn: outbox.claim(conn, "telegram", lane, ward.now, limit, lease))


async def test_a_sent_notice_is_settled_and_its_text_gone(ward: Ward) -> None:
    await ward.join("HOA")
    outbox_id = await queue(ward, "HOA")
    [claimed] = await claim(ward, "notice")
    assert (claimed.id, claimed.address, claimed.payload, claimed.tries) == (
        outbox_id,
        "HOA",
        {"text": "Còn 9 ngày"},
        1,
    )
    await ward.db.write(lambda conn: outbox.mark_sent(conn, outbox_id, ward.now))
    assert await rows(ward) == [("digest", "sent", "telegram")]
    sent = await ward.db.read(lambda conn: notices.sent_per_person(conn, NOW, NOW + timedelta(days=1)))
    assert sent == {ward.ids["HOA"]: 1}
    assert await claim(ward, "notice") == []


async def test_a_notice_whose_sender_died_is_in_doubt_for_ever(ward: Ward) -> None:
    await ward.join("HOA")
    outbox_id = await queue(ward, "HOA")
    await claim(ward, "notice")
    ward.passes(minutes=3)
    assert await claim(ward, "notice") == []
    assert await rows(ward) == [("digest", "in_doubt", None)]
    await ward.db.write(lambda conn: outbox.mark_failed(conn, outbox_id, "late", ward.now))
    await ward.db.write(lambda conn: outbox.mark_failed(conn, outbox_id, "late", ward.now, ward.now))
    assert await claim(ward, "notice") == []
    assert await rows(ward) == [("digest", "in_doubt", None)]


@pytest.mark.parametrize("end", ["failed", "in_doubt"])
async def test_a_notice_that_did_not_go_out_is_never_tried_again(ward: Ward, end: str) -> None:
    await ward.join("HOA")
    outbox_id = await queue(ward, "HOA")
    await claim(ward, "notice")
    mark = outbox.mark_failed if end == "failed" else outbox.mark_in_doubt
    await ward.db.write(lambda conn: mark(conn, outbox_id, "403", ward.now))
    assert await rows(ward) == [("digest", end, "telegram")]
    ward.passes(days=1)
    assert await claim(ward, "notice") == []


async def reply(ward: Ward, address: str, serial: int, lease: timedelta | None = None) -> int:
    def putting(conn: Connection) -> int:
        account = accounts.find_or_create(conn, "telegram", address, ward.now).account
        return outbox.put(conn, account.id, "reply", serial, {"text": str(serial)}, ward.now, lease=lease)

    return await ward.db.write(putting)


async def test_a_message_is_overtaken_by_a_later_reply_to_the_same_chat(ward: Ward) -> None:
    await ward.join("HOA")
    notice = await queue(ward, "HOA")
    older, other = await reply(ward, "HOA", 4), await reply(ward, "nam", 1)
    newer = await reply(ward, "HOA", 5)
    for outbox_id, is_overtaken in ((notice, True), (older, True), (newer, False), (other, False)):
        assert await ward.db.read(lambda conn, row=outbox_id: outbox.is_overtaken(conn, row)) is is_overtaken


async def test_a_new_courier_owes_at_once_what_an_earlier_life_was_sending(ward: Ward) -> None:
    outbox_id = await reply(ward, "hoa", 1, lease=timedelta(minutes=1))
    later = ward.now + timedelta(minutes=10)
    await ward.db.write(lambda conn: outbox.mark_failed(conn, outbox_id, "5xx", ward.now, later))
    assert await claim(ward, "reply") == []
    await ward.db.write(lambda conn: outbox.take_over_replies(conn, ward.now))
    assert [claimed.id for claimed in await claim(ward, "reply")] == [outbox_id]


async def test_a_reply_is_sent_again_until_it_arrived(ward: Ward) -> None:
    outbox_id = await reply(ward, "chat", 1, lease=timedelta(minutes=1))
    assert await claim(ward, "reply") == []
    ward.passes(minutes=2)
    [claimed] = await claim(ward, "reply")
    assert (claimed.id, claimed.tries) == (outbox_id, 2)
    retry = ward.now + timedelta(minutes=5)
    await ward.db.write(lambda conn: outbox.mark_failed(conn, outbox_id, "5xx", ward.now, retry))
    assert await claim(ward, "reply") == []
    ward.passes(minutes=5)
    assert [row.tries for row in await claim(ward, "reply")] == [3]
    await ward.db.write(lambda conn: outbox.mark_sent(conn, outbox_id, ward.now))
    ward.passes(days=1)
    assert await claim(ward, "reply") == []


async def test_whether_a_screen_is_still_on_its_way(ward: Ward) -> None:
    first = await reply(ward, "chat", 1)
    account = await ward.sees("chat", lambda facts: facts.account)

    async def waiting(serial: int) -> bool:
        return await ward.db.read(lambda conn: outbox.is_waiting(conn, account.id, serial))

    assert (await waiting(1), await waiting(2)) == (True, False)
    await ward.db.write(lambda conn: outbox.mark_sent(conn, first, ward.now))
    assert not await waiting(1)


async def test_no_row_goes_to_two_couriers_and_none_is_left(ward: Ward) -> None:
    expected = {await reply(ward, f"chat{n}", n) for n in range(40)}
    taken: list[int] = []

    async def courier() -> None:
        while batch := await claim(ward, "reply", limit=3):
            taken.extend(row.id for row in batch)

    await asyncio.gather(*(courier() for _ in range(4)))
    assert len(taken) == len(set(taken))
    assert set(taken) == expected


async def test_claims_are_by_channel_lane_and_age(ward: Ward) -> None:
    second = await reply(ward, "hoa", 2)
    ward.passes(seconds=-1)
    first = await reply(ward, "nam", 1)
    ward.passes(seconds=5)
    assert await claim(ward, "notice") == []
    assert await ward.db.write(
        lambda conn: outbox.claim(conn, "web", "reply", ward.now, 9, timedelta(minutes=1))
    ) == []  # fmt: skip
    assert [row.id for row in await claim(ward, "reply")] == [first, second]


async def test_what_people_may_ask_to_be_told(ward: Ward) -> None:
    hoa, chi = await ward.join("HOA"), await ward.join("CHI")
    ids = ward.ids
    await ward.does(hoa, Notify(ids["HOA"], "snoozed", "1", after_days=1))
    await ward.does(hoa, Notify(ids["CHI"], "help_wanted", "1", {"person_id": str(ids["HOA"])}))
    await ward.does(chi, Notify(ids["NAM"], "asked_by_secretary", "1"), Notify(ids["NAM"], "asked_by_secretary", "1"))
    assert [kind for kind, _, _ in await rows(ward)] == ["snoozed", "help_wanted", "asked_by_secretary"]
    for address, effect in (
        (hoa, Notify(ids["NAM"], "snoozed", "2")),
        (hoa, Notify(ids["NAM"], "help_wanted", "2")),
        (hoa, Notify(ids["NAM"], "asked_by_secretary", "2")),
        (chi, Notify(ids["TAM"], "asked_by_secretary", "2")),
        (chi, Notify(ids["NAM"], "digest", "2")),
        (chi, Notify(0, "asked_by_secretary", "2")),
    ):
        with pytest.raises(Refused):
            await ward.does(address, effect)


async def test_the_secretary_hears_once_of_somebody_out_of_reach(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    other = await ward.join("HOA", "zalo_bot", "zalo")
    await ward.does(hoa, Reachable(False))
    assert [kind for kind, _, _ in await rows(ward)] == ["device_joined"]
    await ward.does(other, Reachable(False), channel="zalo_bot")
    await ward.does(hoa, Reachable(True), Reachable(False), Reachable(False))
    said = select(notices_table).where(notices_table.c.kind != "device_joined")
    [row] = await ward.db.read(lambda conn: conn.execute(said).all())
    assert (row.kind, row.person_id) == ("unreachable", ward.ids["CHI"])
    await ward.does("nobody yet", Reachable(False))


async def test_whom_reminders_may_concern(ward: Ward) -> None:
    def people(conn: Connection) -> tuple[list[int], list[int], list[int]]:
        return (
            [person for person, _ in lacking.without_self_review(conn, ward.cycle.id)],
            [person for person, _ in lacking.cell_secretaries(conn)],
            [person for person, _ in lacking.remark_givers(conn)],
        )

    assert await ward.db.read(people) == ([], [], [])
    hoa = await ward.join("HOA")
    for code in ("CHI", "TAM", "MAT", "MIEN"):
        await ward.join(code)
    ids = ward.ids
    expected = sorted([ids["HOA"], ids["CHI"], ids["TAM"]]), sorted([ids["CHI"], ids["TAM"]]), [ids["MAT"]]
    assert await ward.db.read(people) == expected
    await ward.does(hoa, *complete(ids["HOA"]))
    response = await ward.sees(hoa, lambda facts: facts.response("self_review", ids["HOA"]))
    assert response
    await ward.submits(hoa, response.id)
    assert ids["HOA"] not in (await ward.db.read(people))[0]


async def test_moments_are_utc_in_the_rows(ward: Ward) -> None:
    await plan(ward, Planned(ward.ids["HOA"], "digest", "a", NOW))
    row = await ward.db.read(lambda conn: conn.execute(select(notices_table)).one())
    assert row.due_at == NOW
    assert row.due_at.tzinfo == UTC
    assert await ward.db.read(lambda conn: conn.execute(select(outbox_table)).all()) == []


async def test_a_shut_window_puts_the_notice_back_until_the_person_writes(ward: Ward) -> None:
    await ward.join("HOA", "zalo_oa", "oa")
    await plan(ward, Planned(ward.ids["HOA"], "digest", "T-3", NOW))
    (due,) = await ward.db.read(lambda conn: notices.due(conn, NOW, 9))

    def said(conn: Connection) -> int:
        account = accounts.find_or_create(conn, "zalo_oa", "oa", NOW)
        accounts.save_state(conn, account.account.id, account.state, NOW)
        notices.take(conn, due.id)
        outbox.put(conn, account.account.id, "notice", 3, {"text": "🔔"}, NOW, notice_id=due.id)
        (row,) = outbox.claim(conn, "zalo_oa", "notice", NOW, 9, timedelta(minutes=2))
        return row.id

    outbox_id = await ward.db.write(said)
    assert await ward.db.write(lambda conn: outbox.mark_window_shut(conn, outbox_id, NOW)) == due.id
    assert await ward.db.write(lambda conn: notices.put_back(conn, due.id))
    assert not await ward.db.write(lambda conn: notices.put_back(conn, due.id)), "only once"
    (again,) = await ward.db.read(lambda conn: notices.due(conn, NOW, 9))
    assert (again.id, again.chats) == (due.id, (Chat("zalo_oa", "oa", None),))
    kept = select(outbox_table.c.state, outbox_table.c.error, outbox_table.c.payload)
    assert await ward.db.read(lambda conn: conn.execute(kept).all()) == [("failed", "window_shut", None)]
