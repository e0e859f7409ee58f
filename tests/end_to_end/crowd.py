"""Many members at once, who have joined on Telegram and agreed; put straight into the tables."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from conversations.place import HOME, Place
from conversations.screen import Choice, Screen
from conversations.stored_screen import to_json
from review.roster import MemberRow, Roster
from storage import cycles, roster
from storage.tables import accounts, consents, notices, outbox, people
from tests.end_to_end.committee import DATES, DUE, PACK, PEOPLE, ROLES, UNITS
from tests.fakes.bot_api import FakeBotApi, Person


def phones(api: FakeBotApi, count: int) -> list[Person]:
    """Chats the bot may write to, in the order of `codes`."""
    return [api.person(code, started=True) for code in codes(count)]


def codes(count: int) -> list[str]:
    return [f"D{number:04}" for number in range(count)]


def fill(conn: Connection, crowd: Sequence[Person], now: datetime) -> None:
    """A committee whose review is open, with one member to each of these phones."""
    names = codes(len(crowd))
    members = [MemberRow(9, code, f"Đảng viên {code}", "TH", "2C", "chính thức") for code in names]
    roster.save(conn, Roster(UNITS, (*PEOPLE, *members), ROLES), now)
    if cycles.current(conn) is None:
        cycles.open_cycle(conn, 2026, PACK.name, PACK.version, DATES, now)
    ids = dict(conn.execute(select(people.c.code, people.c.id)).tuples().all())
    chats = [
        {"channel": "telegram", "address": str(phone.chat.id), "person_id": ids[code], "created_at": now}
        for code, phone in zip(names, crowd, strict=True)
    ]
    conn.execute(insert(accounts), chats)
    of_crowd = accounts.c.address.in_([chat["address"] for chat in chats])
    agreed = [
        {"person_id": row.person_id, "account_id": row.id, "given": True, "text_version": "2026-11", "at": now}
        for row in conn.execute(select(accounts.c.id, accounts.c.person_id).where(of_crowd))
    ]
    conn.execute(insert(consents), agreed)


def owe_reminders(conn: Connection, crowd: Sequence[Person], now: datetime) -> None:
    """Everybody's reminder of three days before, as the worker leaves it to the courier."""
    cycle = cycles.current(conn)
    assert cycle
    chats = {phone.chat.id for phone in crowd}
    held = conn.execute(select(accounts.c.id, accounts.c.person_id, accounts.c.address).order_by(accounts.c.id)).all()
    owed = [row for row in held if int(row.address) in chats]
    reminder = {"cycle_id": cycle.id, "kind": "self_review_due", "slot": f"{DUE} T-3", "params": {}, "state": "sending"}
    told = [reminder | {"person_id": row.person_id, "created_at": now, "due_at": now} for row in owed]
    conn.execute(insert(notices), told)
    ids = dict(conn.execute(select(notices.c.person_id, notices.c.id)).tuples().all())
    conn.execute(insert(outbox), [_letter(row.id, ids[row.person_id], now) for row in owed])


def _letter(account_id: int, notice_id: int, now: datetime) -> dict[str, object]:
    choices = (Choice("Viết tiếp", to=Place.of("notice", notice_id)), Choice("Về màn hình chính", to=HOME))
    screen = to_json(Screen("🔔 Sắp đến hạn. Còn **15 câu**, khoảng 10 phút.", choices))
    row = {"account_id": account_id, "notice_id": notice_id, "lane": "notice", "serial": 1, "payload": screen}
    return row | {"state": "queued", "due_at": now, "created_at": now, "tries": 0}
