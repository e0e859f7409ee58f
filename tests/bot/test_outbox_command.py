"""`tusoi outbox`: what is shown, what is sent again, and what is refused."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, select, update

from review.pack import load
from storage import accounts, audit, cycles, outbox, roster
from storage.database import Database
from storage.tables import audit as audit_table
from storage.tables import outbox as outbox_table
from tests.bot.conftest import Tusoi
from tests.storage.ward import DATES, WARD, Ward

T = TypeVar("T")
SECRET = "Một điều chỉ mình tôi biết"


class Shop:
    """A committee with three chats, filled from outside the command."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.now = datetime.now(UTC) - timedelta(hours=5)

        async def filling() -> None:
            ward = Ward(Database(url), url, now=self.now)
            await ward.db.write(self._fill)
            ward.ids = {code: nth for nth, code in enumerate(("HOA", "NAM", "BINH"), 1)}
            for code in ward.ids:
                await ward.join(code)
            await ward.db.close()

        asyncio.run(filling())

    def _fill(self, conn: Connection) -> None:
        pack = load("hd43-2025")
        roster.save(conn, WARD, self.now)
        cycles.open_cycle(conn, 2026, pack.name, pack.version, DATES, self.now)  # type: ignore[arg-type]

    def does(self, work: Callable[[Connection], T]) -> T:
        async def doing() -> T:
            db = Database(self.url)
            done = await db.write(work)
            await db.close()
            return done

        return asyncio.run(doing())

    def row(self, chat: str, state: str, error: str = "", lane: outbox.Lane = "reply") -> int:
        def putting(conn: Connection) -> int:
            account = accounts.find_or_create(conn, "telegram", chat, self.now).account
            row = outbox.put(conn, account.id, lane, 7, {"text": SECRET}, self.now)
            conn.execute(update(outbox_table).where(outbox_table.c.id == row).values(state=state, error=error or None))
            return row

        return self.does(putting)

    def stored(self, row: int) -> Any:
        return self.does(lambda conn: conn.execute(select(outbox_table).where(outbox_table.c.id == row)).one())

    def retried(self) -> list[tuple[str, str]]:
        made = select(audit_table.c.actor, audit_table.c.object).where(audit_table.c.action == "retry_message")
        return [(row.actor, row.object) for row in self.does(lambda conn: conn.execute(made.order_by("seq")).all())]


@pytest.fixture
def shop(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("DATABASE_URL", database_url)
    return Shop(database_url)


def cells(line: str) -> list[str]:
    return [cell for cell in line.split("  ") if cell]


def test_counts_and_rows_without_a_name_a_text_or_an_address(shop: Shop, tusoi: Tusoi) -> None:
    failed, doubtful = shop.row("HOA", "failed", "400"), shop.row("NAM", "in_doubt", "no_answer", "notice")
    shop.row("BINH", "queued")
    ran = tusoi("outbox")
    assert (ran.status, ran.err) == (0, "")
    lines = [[cell.strip() for cell in cells(line)] for line in ran.out.splitlines()]
    assert lines[:3] == [
        ["channel", "lane", "queued", "sending", "in doubt", "failed", "oldest"],
        ["telegram", "reply", "1", "0", "0", "1", "5h"],
        ["telegram", "notice", "0", "0", "1", "0", "5h"],
    ]
    assert lines[-2:] == [
        [str(failed), "telegram", "reply", "failed", "400", "5h", "0"],
        [str(doubtful), "telegram", "notice", "in doubt", "no_answer", "5h", "0"],
    ]
    assert SECRET not in ran.out
    assert not [word for word in ("HOA", "NAM", "Nguyễn", "Trần") if word in ran.out]


def test_an_empty_outbox(shop: Shop, tusoi: Tusoi) -> None:
    ran = tusoi("outbox")
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "Nothing needs you.")


def test_a_retry_sends_the_present_screen(shop: Shop, tusoi: Tusoi) -> None:
    row = shop.row("HOA", "failed", "unreadable")
    ran = tusoi("outbox", "--retry", row)
    assert (ran.status, ran.out, ran.err) == (0, f"{row}: queued again\n", "")
    again = shop.stored(row)
    assert (again.state, again.tries, again.error) == ("queued", 0, None)
    assert again.payload["text"]
    assert again.payload["text"] != SECRET
    assert shop.retried() == [("operator", f"outbox:{row}")]
    assert shop.does(audit.verify) is None
    assert tusoi("outbox", "--retry", row).status == 1, "it is on its way"


def test_what_may_have_arrived_needs_a_second_word(shop: Shop, tusoi: Tusoi) -> None:
    failed, doubtful = shop.row("HOA", "failed", "400"), shop.row("NAM", "in_doubt", "no_answer", "notice")
    ran = tusoi("outbox", "--retry", failed, doubtful)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        f"{doubtful}: it may have arrived; `tusoi outbox --retry {doubtful} --even-in-doubt` sends it again, "
        "perhaps a second time\n"
    )
    assert shop.stored(failed).state == "failed", "all or none"
    ran = tusoi("outbox", "--retry", failed, doubtful, "--even-in-doubt")
    assert ran.out.splitlines() == [
        f"{failed}: queued again",
        f"{doubtful}: queued again; the person may get it twice",
    ]
    assert {shop.stored(row).state for row in (failed, doubtful)} == {"queued"}


def test_all_that_failed_but_not_to_whom_nobody_can_write(shop: Shop, tusoi: Tusoi) -> None:
    first, second = shop.row("HOA", "failed", "400"), shop.row("NAM", "failed", "403", "notice")
    doubtful = shop.row("BINH", "in_doubt", "no_answer", "notice")

    def gone(conn: Connection) -> None:
        nam = accounts.find_or_create(conn, "telegram", "NAM", shop.now).account
        accounts.set_reachable(conn, nam.id, False, shop.now)

    shop.does(gone)
    ran = tusoi("outbox", "--retry-failed")
    assert (ran.status, ran.out) == (0, "1 queued again, 1 left: their people cannot be written to\n")
    assert [shop.stored(row).state for row in (first, second, doubtful)] == ["queued", "failed", "in_doubt"]


def test_a_notice_keeps_to_the_quiet_hours(shop: Shop, tusoi: Tusoi, monkeypatch: pytest.MonkeyPatch) -> None:
    local = datetime.now(UTC) + timedelta(hours=7)
    monkeypatch.setenv("QUIET_HOURS", f"{local - timedelta(hours=1):%H:%M}-{local + timedelta(hours=2):%H:%M}")
    notice, reply = shop.row("HOA", "failed", "400", "notice"), shop.row("NAM", "failed", "400")
    assert tusoi("outbox", "--retry-failed").out == "2 queued again\n"
    assert shop.stored(notice).due_at > datetime.now(UTC) + timedelta(hours=1)
    assert shop.stored(reply).due_at <= datetime.now(UTC)


def test_nothing_to_retry(shop: Shop, tusoi: Tusoi) -> None:
    assert (tusoi("outbox", "--retry-failed").out) == "0 queued again\n"
    ran = tusoi("outbox", "--retry", 5, 4)
    assert ran.status == 1
    assert [line.split(":")[0] for line in ran.err.splitlines()] == ["4", "5"]


@pytest.mark.parametrize(
    "argv",
    [
        ("--retry",),
        ("5",),
        ("--retry", "x"),
        ("--retry-failed", "5"),
        ("--even-in-doubt",),
        ("--retry-failed", "--even-in-doubt"),
        ("--retry", "--retry-failed", "5"),
    ],
)
def test_wrong_usage(tusoi: Tusoi, argv: tuple[str, ...]) -> None:
    ran = tusoi("outbox", *argv)
    assert (ran.status, ran.out) == (2, "")
    assert "Traceback" not in ran.err
