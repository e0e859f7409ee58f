"""The sample ward after its meetings: votes, proposals, decisions, a remedy and a complaint, written row by row."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from bot.commands.opening import change
from bot.demo_story import tell_story
from bot.run import open_house
from bot.settings import Settings
from review.people import Person, Unit
from review.responses import GRADES
from storage import cycles
from storage.people import find_people
from storage.tables import appeals, decisions, meeting_votes, meetings, people, remedies, remedy_checks, responses
from storage.year_records import cells_of

MET = date(2026, 11, 20)


def fill(settings: Settings) -> None:
    """On an empty database; everything is dated by the sample's own clock."""
    house = open_house(settings)
    change(settings, lambda conn: tell_story(conn, house))
    change(settings, lambda conn: _grade(conn, house.local_now()))


def _grade(conn: Connection, now: datetime) -> None:
    cycle = cycles.current(conn)
    assert cycle
    for table in (decisions, meeting_votes, meetings):  # the sample's own cell that has met starts anew
        conn.execute(delete(table))
    for cell in cells_of(conn):
        members = find_people(conn, people.c.unit_id == cell.id)
        by = {"recorded_by": members[0].id, "recorded_at": now}
        meeting = _one(conn, meetings, cycle_id=cycle.id, unit_id=cell.id, round=1, held_on=MET, official=len(members),
                       present=len(members) - 1, absences=[{"person_id": members[-1].id, "reason": "ốm"}], secret=True,
                       **by)  # fmt: skip
        for nth, person in enumerate(one for one in members if one.is_reviewed):
            counts = dict.fromkeys(GRADES, 1)
            conn.execute(insert(meeting_votes).values(meeting_id=meeting, person_id=person.id, counts=counts, invalid=0,
                                                      **by))  # fmt: skip
            _decide(conn, cycle.id, person, nth, meeting, now)
    _after(conn, cycle.id, cells_of(conn)[0], now)


def _decide(conn: Connection, cycle_id: int, person: Person, nth: int, meeting: int, now: datetime) -> None:
    sent = conn.scalar(select(responses.c.id).where(responses.c.subject_person_id == person.id))
    grade = GRADES[min(nth % 4, 2)] if sent else None
    for stage in ("cell", "committee"):
        votes = {**dict.fromkeys(GRADES, 1), "invalid": 0} if stage == "cell" else None
        conn.execute(insert(decisions).values(
            cycle_id=cycle_id, stage=stage, person_id=person.id, grade=grade, reason="" if grade else "Đi vắng",
            votes=votes if grade else None, meeting_id=meeting, decided_by=person.id, decided_at=now,
        ))  # fmt: skip


def _after(conn: Connection, cycle_id: int, cell: Unit, now: datetime) -> None:
    person = find_people(conn, people.c.unit_id == cell.id)[0]
    for subject in ({"person_id": person.id}, {"unit_id": cell.id}):
        remedy = _one(conn, remedies, cycle_id=cycle_id, source=f"1:{subject}", shortcoming="Họp muộn", measure="Sớm",
                      owner_id=person.id, due=MET, status="partly", created_at=now, **subject)  # fmt: skip
        conn.execute(
            insert(remedy_checks).values(remedy_id=remedy, at=now, by=person.id, status="partly", note="Đỡ rồi")
        )
    decision = conn.scalar(select(decisions.c.id).where(decisions.c.person_id == person.id).order_by(decisions.c.id))
    conn.execute(insert(appeals).values(decision_id=decision, person_id=person.id, kind="complaint", text="Xin xem lại",
                                        made_at=now))  # fmt: skip


def _one(conn: Connection, table: Any, **values: Any) -> int:
    found: Sequence[int] = conn.execute(insert(table).values(values).returning(table.c.id)).scalars().all()
    return found[0]
