"""kill -9 at random moments while people write: nothing lost, misfiled or doubled, nobody stuck, no reminder twice.

TUSOI_KILLS and TUSOI_SEED in the environment repeat a run or make it longer.
"""

import asyncio
import os
import re
import secrets
import time
from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from bot.courier import IN_HAND
from review.roster import MemberRow
from storage.tables import answer_history, notices, outbox, people
from tests.end_to_end.committee import local
from tests.end_to_end.house import House
from tests.end_to_end.people import Writer, check_answers

KILLS = int(os.environ.get("TUSOI_KILLS", "300"))
SEED = int(os.environ.get("TUSOI_SEED", "0")) or secrets.randbelow(10**9) + 1
WRITERS = 12
SLEEPERS = 6
MEMBERS = [f"M{number:04}" for number in range(KILLS + WRITERS)]
SILENT = [f"S{number}" for number in range(SLEEPERS)]
KILLS_A_DAY = 8
AHEAD = (7, 3, 1, 0, -1)
_REMINDER = re.compile(r"🔔 (\S+ \S+).*?(\d\d/\d\d \(.*?\)|còn \d+ ngày|hạn hôm nay|quá hạn \d+ ngày)", re.DOTALL)


@pytest.mark.timeout(600)
async def test_nothing_is_lost_misfiled_or_doubled(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    print(f"TUSOI_SEED={SEED}")
    rng, began = Random(SEED), time.monotonic()
    rows = [MemberRow(9, code, f"Đảng viên {code}", "TH", "2C", "chính thức") for code in (*MEMBERS, *SILENT)]
    house.committee.fill_more(rows)
    house.committee.moves_dates(cell_meeting_due=date(2027, 12, 30))
    await house.bot.start()
    for code in (*SILENT, "CHI"):
        await house.joins(code)
    await house.bot.stop()
    codes = house.committee.invite(*MEMBERS)
    over, written = asyncio.Event(), list[Writer]()
    async with asyncio.TaskGroup() as group:
        for nth in range(WRITERS):
            group.create_task(writes(house, Random(SEED + nth), codes, over, written))
        in_start = await kill_again_and_again(house, rng)
        over.set()
        house.bot.env["TELEGRAM_MODE"] = "polling"
        await house.bot.start()
    filed = await everything_is_right(house, written)
    assert await house.bot.stop() == 0
    reminders = Counter(row.state for row in house.committee.rows(select(notices.c.state)))
    line = (
        f"kill -9: {KILLS} kills ({in_start} while starting), {len(written)} forms, {filed} answers, "
        f"{sum(reminders.values())} notices {dict(reminders)}: 0 lost, misfiled or doubled; "
        f"seed {SEED}, {time.monotonic() - began:.0f} s"
    )
    with capsys.disabled():
        print(f"\n{line}")


async def writes(house: House, rng: Random, codes: dict[str, str], over: asyncio.Event, written: list[Writer]) -> None:
    """One phone after the other fills a form until the kills are over; the last one is finished without them."""
    while not over.is_set() and codes:
        code, invitation = codes.popitem()
        writer = Writer(house, code, house.api.person(code), rng)
        house.phones[code] = writer.phone
        written.append(writer)
        await writer.joins(invitation)
        await writer.fills()


async def kill_again_and_again(house: House, rng: Random) -> int:
    """Start, live a moment, be killed. Every few kills a new day dawns on which reminders are due."""
    in_start, day = 0, date(2026, 12, 2)
    for kill in range(KILLS):
        if kill % KILLS_A_DAY == 0:
            day += timedelta(days=1)
            house.committee.moves_dates(self_reviews_due=day + timedelta(days=rng.choice(AHEAD)))
            house.clock.set(local(day, "09:46"))  # by then nobody's own hour is still waited for
        house.bot.env["TELEGRAM_MODE"] = rng.choice(("polling", "webhook"))
        early = rng.random() < 0.15
        await (house.bot.fork() if early else house.bot.start())
        in_start += early
        try:
            async with asyncio.timeout(rng.uniform(0, 0.3) if rng.random() < 0.8 else rng.uniform(0.3, 1)):
                raise AssertionError(f"the bot ended by itself: {await house.bot.ended()}\n{house.bot.log[-3000:]}")
        except TimeoutError:
            await house.bot.kill()
    return in_start


async def everything_is_right(house: House, written: list[Writer]) -> int:
    """Everything owed has arrived; then what is stored and what was seen are compared. The number of answers."""
    house.clock.set(house.clock() + timedelta(minutes=5))  # leases of the last life run out
    waiting = select(func.count()).select_from(outbox).where(outbox.c.state.in_(("queued", "sending")))
    async with asyncio.timeout(60):
        while house.committee.rows(waiting)[0][0]:
            await house.something()
    filed = sum(check_answers(writer) for writer in written)
    assert house.committee.rows(select(answer_history)) == [], "no answer was filed a second time"
    assert house.committee.audit_holds()
    house.check_texts()
    check_reminders(house)
    assert "turn_failed" not in house.bot.log, house.bot.log[-3000:]
    return filed


def check_reminders(house: House) -> None:
    """On the wire: at most one message a slot. In the table: what is in doubt is shown, and no more than was killed."""
    for code, phone in house.phones.items():
        slots = Counter(match.groups() for shown in phone.shown if (match := _REMINDER.match(shown.text)))
        assert all(count == 1 for count in slots.values()), f"{code}: {slots}"
    rows = house.committee.rows(
        select(notices.c.state, func.count()).where(notices.c.kind == "self_review_due").group_by(notices.c.state)
    )
    states = dict(map(tuple, rows))
    assert {"sent", "in_doubt"} & states.keys(), states
    assert states.get("in_doubt", 0) <= KILLS * (IN_HAND + 4), "what one round of the courier has claimed is in doubt"
    assert not {"sending", "failed"} & states.keys(), states
    sent = select(people.c.code, func.count()).select_from(notices.join(people)).where(notices.c.state == "sent")
    for code, count in house.committee.rows(sent.where(people.c.code.in_(SILENT)).group_by(people.c.code)):
        assert sum(shown.text.startswith("🔔") for shown in house.phones[code].shown) >= count
