"""Whole forms through the real turn, several members at once, on SQLite and on PostgreSQL."""

import asyncio

import pytest
from sqlalchemy import Connection, func, select

from bot.house import House
from bot.nursery import Nursery
from bot.turn import TurnRunner
from conversations import words
from conversations.incoming import Asked, Chose, Event, Incoming, Typed
from handlers.port import Reply
from storage import audit, invitations
from storage.database import Database
from storage.people import find_people
from storage.tables import answers, people, responses
from tests.storage.ward import PACK, QUIET, ZONE, Ward

MOST_STEPS = 60


@pytest.fixture
async def house(db: Database, database_url: str) -> House:
    ward = Ward(db, database_url)
    await ward.fill()
    return House(db, lambda: ward.now, ZONE, QUIET, lambda _: PACK)


async def codes_of(house: House) -> dict[str, str]:
    def invite(conn: Connection) -> dict[str, str]:
        reviewed = find_people(conn, people.c.form == "2C")
        issued = invitations.issue(conn, [person.id for person in reviewed], house.clock(), 30)
        return {person.code: code for person, code in issued}

    return await house.db.write(invite)


class Member:
    """Takes first choices and types where ✍️ stands; every event is delivered twice at the same moment."""

    def __init__(self, turns: TurnRunner, name: str) -> None:
        self.turns = turns
        self.name = name
        self.sent = 0

    async def say(self, event: Event) -> Reply:
        self.sent += 1
        incoming = Incoming("web", f"{self.name}-{self.sent}", self.name, event)
        await asyncio.gather(self.turns.take(incoming), self.turns.take(incoming))
        return await self.turns.present("web", self.name)

    async def goes_on(self, reply: Reply) -> Reply:
        if reply.screen.waits_for:
            said = {"text": f"việc {self.sent} của {self.name}", "number": "12", "date": "31/03/2027"}
            return await self.say(Typed(said[reply.screen.waits_for], reply.serial))
        return await self.say(Chose(reply.serial, reply.screen.choices[0].action))

    async def fills_form(self, code: str) -> Reply:
        reply = await self.say(Asked("start", code))
        for _ in range(MOST_STEPS):
            if "Mã biên nhận" in reply.screen.text:
                return reply
            reply = await self.goes_on(reply)
        raise AssertionError(f"{self.name} is stuck at: {reply.screen.text}")


def counts(conn: Connection) -> tuple[int, int]:
    submitted = conn.scalar(select(func.count()).where(responses.c.status == "submitted"))
    foreign = conn.scalar(
        select(func.count())
        .select_from(answers.join(responses))
        .where(answers.c.saved_by != responses.c.subject_person_id)
    )
    return int(submitted or 0), int(foreign or 0)


def everything(conn: Connection) -> dict[str, object]:
    return dict(conn.execute(select(answers.c.key, answers.c.value)).tuples().all())


async def test_everybody_gets_to_the_receipt_at_once(house: House) -> None:
    turns, codes = TurnRunner(house, Nursery()), await codes_of(house)
    receipts = await asyncio.gather(*(Member(turns, name).fills_form(code) for name, code in codes.items()))
    assert len({receipt.screen.text for receipt in receipts}) == len(codes) > 3
    submitted, foreign = await house.db.read(counts)
    assert submitted == len(codes)
    assert foreign == 0
    assert await house.db.read(audit.verify) is None


async def test_an_answer_stands_under_the_question_it_was_typed_for(house: House) -> None:
    turns, codes = TurnRunner(house, Nursery()), await codes_of(house)
    name, code = next(iter(codes.items()))
    await Member(turns, name).fills_form(code)
    stored = await house.db.read(everything)
    typed = [int(str(value).split()[1]) for key, value in stored.items() if str(value).startswith("việc ")]
    assert len(typed) == len(set(typed))


async def test_words_delivered_after_later_events_are_not_filed(house: House) -> None:
    turns, codes = TurnRunner(house, Nursery()), await codes_of(house)
    member = Member(turns, "hoa")
    reply = await member.say(Asked("start", next(iter(codes.values()))))
    while not reply.screen.waits_for:
        reply = await member.goes_on(reply)

    async def writes(text: str, order: int) -> None:
        await turns.take(Incoming("web", text, "hoa", Typed(text), order=order))

    await writes("trả lời câu 1", 50)
    await writes("đến muộn", 49)
    await writes("trả lời câu 2", 51)
    stored = set((await house.db.read(everything)).values())
    assert "trả lời câu 1" in stored
    assert "đến muộn" not in stored


async def test_a_new_row_of_numbers_after_quiet_days_is_taken(house: House, db: Database, database_url: str) -> None:
    ward = Ward(db, database_url)
    house = House(db, lambda: ward.now, ZONE, QUIET, lambda _: PACK)
    turns, codes = TurnRunner(house, Nursery()), await codes_of(house)
    member = Member(turns, "hoa")
    reply = await member.say(Asked("start", next(iter(codes.values()))))
    while not reply.screen.waits_for:
        reply = await member.goes_on(reply)
    await turns.take(Incoming("web", "a", "hoa", Typed("trước"), order=900))
    ward.passes(days=8)
    for order, text in ((3, "12"), (4, "13")):
        await turns.take(Incoming("web", text, "hoa", Typed(text), order=order))
        assert words.NOT_SEEN not in (await turns.present("web", "hoa")).screen.text
    assert 12 in (await house.db.read(everything)).values()
