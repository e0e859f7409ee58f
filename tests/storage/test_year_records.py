"""What the papers of one cell are made from: read whole, of this review only, drafts left out, on both databases."""

from datetime import date

from sqlalchemy import Connection, insert, select

from conversations.grading_effects import RecordDecision, RecordMeeting, RecordVotes, TellFact
from review.decisions import Stage
from review.meetings import Absence
from review.people import Unit
from storage.people import find_units
from storage.tables import appeals, decisions, remedies, remedy_checks, units
from storage.year_records import CellRecords, cell_records, cells_of, standing
from tests.storage.collective import FAULT, submit_collective, write_collective
from tests.storage.filling import complete, remark
from tests.storage.ward import ZONE, Ward

DAY = date(2026, 12, 1)


async def cell(ward: Ward, code: str = "TH") -> Unit:
    [found] = await ward.db.read(lambda conn: find_units(conn, units.c.code == code))
    return found


async def records(ward: Ward, code: str = "TH") -> CellRecords:
    unit = await cell(ward, code)
    return await ward.db.read(lambda conn: cell_records(conn, ward.cycle, unit, ZONE))


async def test_a_cell_that_has_not_begun_is_its_people(ward: Ward) -> None:
    found = await records(ward)
    assert {person.code for person in found.members} == {"HOA", "NAM", "BINH", "CHI", "MIEN"}
    assert (found.secretary, found.meeting, found.remedies) == ("Phạm Thị Chi", None, ())
    assert [found.reviews, found.remarks, found.votes, found.proposed, found.decided] == [{}] * 5
    assert [person.code for person in (await records(ward, "K5")).residents] == ["CHI", "HOA", "NAM"]
    assert [one.code for one in await ward.db.read(cells_of)] == ["K5", "TH"]


async def test_what_was_sent_is_in_and_a_draft_is_not(ward: Ward) -> None:
    hoa, nam, mat = await ward.join("HOA"), await ward.join("NAM"), await ward.join("MAT")
    await ward.does(hoa, *complete(ward.ids["HOA"]))
    sent = await ward.sees(hoa, lambda facts: facts.response("self_review", ward.ids["HOA"]))
    assert sent
    await ward.submits(hoa, sent.id)
    await ward.does(nam, complete(ward.ids["NAM"])[0])
    await ward.does(mat, remark(ward.ids["HOA"], "meetings", "often"))
    found = await records(ward)
    assert set(found.reviews) == {ward.ids["HOA"]}
    assert found.reviews[ward.ids["HOA"]].submitted_at == ward.now
    assert str(found.reviews[ward.ids["HOA"]].submitted_at).endswith("+07:00"), "as people read it"
    assert found.remarks == {}
    assert (await records(ward, "K5")).reviews == {}


async def test_the_cells_own_review_is_in_once_it_is_handed_in(ward: Ward) -> None:
    chi = await ward.join("CHI")
    await write_collective(ward, chi, "HOA")
    assert (await records(ward)).collective is None, "a draft belongs to its writer"
    await submit_collective(ward, chi, "HOA")
    kept = (await records(ward)).collective
    assert kept
    assert (kept.writer, kept.response.answers["shortcomings.1.text"]) == ("Phạm Thị Chi", FAULT)
    assert str(kept.response.submitted_at).endswith("+07:00")
    assert str(ward.ids["HOA"]) in {person.id for person in kept.given.people}
    assert (await records(ward, "K5")).collective is None


async def test_the_meeting_with_its_votes_and_what_stands(ward: Ward) -> None:
    chi, unit = await ward.join("CHI"), await cell(ward)
    nam = ward.ids["NAM"]
    await ward.does(chi, RecordMeeting(unit.id, DAY, 3, 2, (Absence(ward.ids["HOA"], "ốm"),)))
    meeting = (await records(ward)).meeting
    assert meeting
    counts = {"excellent": 0, "good": 2, "completed": 0, "not_completed": 0}
    await ward.does(chi, RecordVotes(meeting.id, nam, counts))  # type: ignore[arg-type]
    await ward.does(chi, TellFact(nam, "official_grade", "good"))
    await ward.does(chi, RecordDecision("cell", "person", nam, None, "Chưa kiểm điểm.", meeting_id=meeting.id))
    found = await records(ward)
    assert (meeting.official, meeting.present, meeting.absences[0].reason) == (3, 2, "ốm")
    assert found.votes[nam].counts["good"] == 2
    assert found.known[nam] == {"official_grade": "good"}
    assert (found.proposed[nam].grade, found.proposed[nam].reason) == (None, "Chưa kiểm điểm.")
    assert found.decided == {}


async def test_remedies_complaints_and_only_this_review(ward: Ward) -> None:
    unit, hoa, nam = await cell(ward), ward.ids["HOA"], ward.ids["NAM"]

    def fill(conn: Connection) -> None:
        for stage, person in (("cell", hoa), ("committee", hoa), ("committee", nam)):
            conn.execute(insert(decisions).values(cycle_id=ward.cycle.id, stage=stage, person_id=person, grade="good",
                                                  decided_by=hoa, decided_at=ward.now))  # fmt: skip
        row = select(decisions.c.id).where(decisions.c.person_id == hoa, decisions.c.stage == "committee")
        for person, answered in ((hoa, None), (nam, ward.now)):
            conn.execute(insert(appeals).values(decision_id=conn.scalar(row), person_id=person, kind="complaint",
                                                text="Xem lại", made_at=ward.now, answered_at=answered))  # fmt: skip
        for nth, subject in enumerate(({"person_id": hoa}, {"unit_id": unit.id})):
            conn.execute(insert(remedies).values(cycle_id=ward.cycle.id, source=f"1:{nth}", shortcoming="Họp muộn",
                                                 owner_id=ward.ids["CAN"], status="partly", created_at=ward.now,
                                                 **subject))  # fmt: skip
        mended = conn.scalar(select(remedies.c.id).order_by(remedies.c.id))
        conn.execute(insert(remedy_checks).values(remedy_id=mended, at=ward.now, by=hoa, status="partly", note="Đỡ"))

    await ward.db.write(fill)
    found = await records(ward)
    assert found.complaining == {hoa}
    assert [(one.about, one.subject_id, len(one.checks)) for one in found.remedies] == [
        ("person", hoa, 1), ("unit", unit.id, 0),
    ]  # fmt: skip
    assert str(found.remedies[0].checks[0].at).endswith("+07:00")
    assert found.names[ward.ids["CAN"]] == "Đỗ Cán", "an owner from outside the cell has a name too"
    assert set(found.decided) == {hoa, nam}
    stage: Stage = "cell"
    assert set(await ward.db.read(lambda conn: standing(conn, ward.cycle, stage, (unit.id,)))) == {hoa}
    assert (await records(ward, "K5")).remedies == ()
