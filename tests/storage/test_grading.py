"""Meetings, votes, decisions: what is stored, what stands, what is kept, what is refused."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, select

from bot.planner import plan_day
from conversations.effects import Effect, Submit, Withdraw
from conversations.grading_effects import CloseMeeting, RecordDecision, RecordMeeting, RecordVotes, TellFact
from conversations.grading_facts import GradingFacts
from review.decisions import Decision
from review.meetings import Absence, Meeting, Votes
from review.responses import Grade
from storage import audit
from storage.apply_grading import next_round
from storage.errors import Refused
from storage.export import export_year
from storage.facts import StoredFacts
from storage.lacking import meeting_recorders
from storage.tables import audit as chain
from storage.tables import decisions, notices, units
from tests.conversations.small_pack import SMALL_PACK
from tests.storage.filling import complete
from tests.storage.ward import PACK, ZONE, Ward

TODAY = date(2026, 12, 1)
ALL_GOOD = Votes({"excellent": 0, "good": 3, "completed": 0, "not_completed": 0})
LATER = "Vắng mặt, để cuộc họp gần nhất."


def as_port(grading: GradingFacts) -> GradingFacts:
    """Checked by mypy: the port is answered whole."""
    return grading


async def unit(ward: Ward, code: str) -> int:
    return int(await ward.db.read(lambda conn: conn.scalar(select(units.c.id).where(units.c.code == code))))


async def meeting_of(ward: Ward, address: str, code: str = "TH") -> Meeting:
    unit_id = await unit(ward, code)
    found = await ward.sees(address, lambda facts: as_port(facts.grading).meeting(unit_id))
    assert found
    return found


async def submitted(ward: Ward, code: str) -> str:
    """Joined under the own code; the self-review is in."""
    address = await ward.join(code)
    await ward.does(address, *complete(ward.ids[code]))
    response = await ward.sees(address, lambda facts: facts.response("self_review", ward.ids[code]))
    assert response
    await ward.does(address, Submit(response.id))
    return address


async def met(ward: Ward) -> tuple[str, Meeting]:
    """Chi, the secretary, began the meeting of her cell: Hoa, Nam, Chi count; Bình is on probation."""
    chi = await ward.join("CHI")
    await ward.does(chi, RecordMeeting(await unit(ward, "TH"), TODAY, 3, 3))
    return chi, await meeting_of(ward, chi)


async def refused(ward: Ward, address: str, *effects: Effect) -> str:
    with pytest.raises(Refused) as no:
        await ward.does(address, *effects)
    return no.value.sentence


def proposes(ward: Ward, code: str, meeting: Meeting, grade: Grade | None = "good", reason: str = "") -> RecordDecision:
    votes = ALL_GOOD if grade else None
    return RecordDecision("cell", "person", ward.ids[code], grade, reason, votes=votes, meeting_id=meeting.id)


async def standing(ward: Ward, address: str, code: str) -> Decision | None:
    return await ward.sees(address, lambda facts: facts.grading.decision("cell", "person", ward.ids[code]))


async def test_a_meeting_is_begun_corrected_and_read_back(ward: Ward) -> None:
    chi, meeting = await met(ward)
    assert (meeting.round, meeting.official, meeting.present, meeting.closed) == (1, 3, 3, False)
    absences = (Absence(ward.ids["NAM"], "Ốm"),)
    await ward.does(chi, RecordMeeting(meeting.unit_id, date(2026, 11, 30), 3, 2, absences, secret=False))
    again = await meeting_of(ward, chi)
    assert (again.id, again.held_on, again.present) == (meeting.id, date(2026, 11, 30), 2)
    assert (again.absences, again.absent, again.secret) == (absences, {ward.ids["NAM"]}, False)


async def test_a_bad_meeting_is_refused_with_what_to_do(ward: Ward) -> None:
    chi, meeting = await met(ward)
    assert "chưa đến" in await refused(ward, chi, RecordMeeting(meeting.unit_id, date(2026, 12, 2), 3, 3))
    assert "từ 1 đến 3" in await refused(ward, chi, RecordMeeting(meeting.unit_id, TODAY, 3, 4))
    await ward.does(chi, RecordVotes(meeting.id, ward.ids["HOA"], {"good": 3}))
    assert "nhiều hơn 2" in await refused(ward, chi, RecordMeeting(meeting.unit_id, TODAY, 3, 2))


async def test_only_the_secretary_of_the_own_cell_records(ward: Ward) -> None:
    _, meeting = await met(ward)
    tam, can, hoa = await ward.join("TAM"), await ward.join("CAN"), await ward.join("HOA")
    for address in (tam, can, hoa):
        for effect in (
            RecordMeeting(meeting.unit_id, TODAY, 3, 3),
            RecordVotes(meeting.id, ward.ids["HOA"], {"good": 3}),
            proposes(ward, "HOA", meeting),
            CloseMeeting(meeting.id),
            TellFact(ward.ids["HOA"], "tasks_done", 100),
        ):
            assert "không thuộc phần" in await refused(ward, address, effect)
    assert "mã mời" in await refused(ward, "ai", CloseMeeting(meeting.id))


async def test_votes_replace_what_was_recorded_and_must_add_up(ward: Ward) -> None:
    chi, meeting = await met(ward)
    await ward.does(chi, RecordVotes(meeting.id, ward.ids["HOA"], {"excellent": 1, "good": 2}))
    await ward.does(chi, RecordVotes(meeting.id, ward.ids["HOA"], {"excellent": 0, "good": 2}, 1))
    votes = await ward.sees(chi, lambda facts: facts.grading.votes(meeting.id))
    assert votes == {ward.ids["HOA"]: Votes({"excellent": 0, "good": 2}, 1)}
    assert "nhiều hơn 3" in await refused(ward, chi, RecordVotes(meeting.id, ward.ids["HOA"], {"good": 4}))
    assert "không thuộc phần" in await refused(ward, chi, RecordVotes(meeting.id, ward.ids["TAM"], {"good": 3}))
    assert "không thuộc diện" in await refused(ward, chi, RecordVotes(meeting.id, ward.ids["MIEN"], {"good": 3}))
    assert "chưa họp" in await refused(ward, chi, RecordVotes(999, ward.ids["HOA"], {"good": 3}))


async def test_a_proposal_needs_a_meeting_a_review_and_where_it_departs_a_reason(ward: Ward) -> None:
    chi, meeting = await met(ward)
    assert "chưa họp" in await refused(ward, chi, replace(proposes(ward, "HOA", meeting), meeting_id=None))
    assert "chưa nộp" in await refused(ward, chi, proposes(ward, "HOA", meeting))
    await submitted(ward, "HOA")
    assert "lý do" in await refused(ward, chi, replace(proposes(ward, "HOA", meeting), grade="excellent"))
    assert "lý do" in await refused(ward, chi, replace(proposes(ward, "HOA", meeting), proposed="excellent"))
    assert "lý do" in await refused(ward, chi, proposes(ward, "HOA", meeting, None))
    await ward.does(chi, proposes(ward, "HOA", meeting))
    decision = await standing(ward, chi, "HOA")
    assert decision
    assert (decision.grade, decision.decided_by, decision.decided_at) == ("good", ward.ids["CHI"], ward.now)
    assert (decision.votes, decision.meeting_id, decision.about) == (ALL_GOOD, meeting.id, "person")


async def test_a_new_decision_supersedes_and_keeps_the_old(ward: Ward) -> None:
    chi, meeting = await met(ward)
    await submitted(ward, "HOA")
    await ward.does(chi, proposes(ward, "HOA", meeting))
    await ward.does(chi, proposes(ward, "HOA", meeting))
    await ward.does(chi, proposes(ward, "HOA", meeting, None, LATER))
    decision = await standing(ward, chi, "HOA")
    assert decision
    assert (decision.grade, decision.reason) == (None, LATER)
    history = await ward.sees(chi, lambda facts: facts.grading.history("cell", "person", ward.ids["HOA"]))
    assert [(one.grade, one.superseded_at is None) for one in history] == [("good", False), (None, True)]


async def test_other_totals_take_back_the_proposal(ward: Ward) -> None:
    chi, meeting = await met(ward)
    await submitted(ward, "HOA")
    votes = RecordVotes(meeting.id, ward.ids["HOA"], ALL_GOOD.counts)
    await ward.does(chi, votes, proposes(ward, "HOA", meeting), votes)
    assert await standing(ward, chi, "HOA")
    await ward.does(chi, replace(votes, counts={"excellent": 3, "good": 0}))
    assert await standing(ward, chi, "HOA") is None


async def test_numbers_that_give_another_majority_take_back_the_proposal(ward: Ward) -> None:
    chi, meeting = await met(ward)
    await submitted(ward, "HOA")
    votes = RecordVotes(meeting.id, ward.ids["HOA"], ALL_GOOD.counts)
    await ward.does(chi, votes, proposes(ward, "HOA", meeting))
    await ward.does(chi, RecordMeeting(meeting.unit_id, TODAY, 5, 3))
    assert await standing(ward, chi, "HOA")
    await ward.does(chi, RecordMeeting(meeting.unit_id, TODAY, 6, 3))
    assert await standing(ward, chi, "HOA") is None


async def test_after_the_meeting_nothing_is_taken_back(ward: Ward) -> None:
    """Before the day set for it: this cell has met."""
    chi, meeting = await met(ward)
    hoa = await submitted(ward, "HOA")
    await submitted(ward, "NAM")
    later = (proposes(ward, code, meeting, None, LATER) for code in ("NAM", "BINH", "CHI"))
    await ward.does(chi, proposes(ward, "HOA", meeting), *later, CloseMeeting(meeting.id))
    for address, code in ((hoa, "HOA"), ("NAM", "NAM")):
        response = await ward.sees(address, lambda facts, code=code: facts.response("self_review", ward.ids[code]))
        assert response
        assert "đã họp" in await refused(ward, address, Withdraw(response.id))
    assert "không thuộc phần" in await refused(ward, await ward.join("BINH"), Withdraw(response.id))


async def test_who_is_reminded_of_the_meeting(ward: Ward) -> None:
    await ward.join("TAM")

    async def reminded() -> list[int]:
        return [who for who, _ in await ward.db.read(lambda conn: meeting_recorders(conn, ward.cycle.id))]

    chi, meeting = await met(ward)
    assert await reminded() == sorted([ward.ids["CHI"], ward.ids["TAM"]])
    codes = ("HOA", "NAM", "BINH", "CHI")
    await ward.does(chi, *(proposes(ward, code, meeting, None, LATER) for code in codes), CloseMeeting(meeting.id))
    assert await reminded() == [ward.ids["TAM"]]
    again = partial(next_round, cycle_id=ward.cycle.id, unit_id=meeting.unit_id, by=ward.ids["CAN"], now=ward.now)
    await ward.db.write(again)
    assert ward.ids["CHI"] in await reminded()


async def test_the_committee_decides_and_one_query_tells_a_whole_committee(ward: Ward) -> None:
    chi, meeting = await met(ward)
    await submitted(ward, "HOA")
    await ward.does(chi, proposes(ward, "HOA", meeting))
    await ward.does(chi, *(proposes(ward, code, meeting, None, LATER) for code in ("NAM", "BINH", "CHI")))
    can = await ward.join("CAN")
    decided = RecordDecision("committee", "person", ward.ids["HOA"], "good", proposed="good")
    assert "không thuộc phần" in await refused(ward, chi, decided)
    assert "chưa chốt" in await refused(ward, can, decided)
    th, k5 = await unit(ward, "TH"), await unit(ward, "K5")
    await ward.does(chi, CloseMeeting(meeting.id), RecordDecision("cell", "unit", th, "excellent"))
    assert "lý do" in await refused(ward, can, replace(decided, grade="completed"))
    await ward.does(can, decided, RecordDecision("committee", "unit", th, "excellent"))

    def look(facts: StoredFacts) -> tuple[set[int], set[int], set[int], Decision | None]:
        of = facts.grading.decisions
        return (
            set(of("cell", "person", (th, k5))),
            set(of("committee", "person", (th, k5))),
            set(of("committee", "unit", (th, k5))),
            facts.grading.decision("committee", "unit", k5),
        )

    hoa, nam = ward.ids["HOA"], ward.ids["NAM"]
    assert await ward.sees(can, look) == ({hoa, nam, ward.ids["BINH"], ward.ids["CHI"]}, {hoa}, {th}, None)


async def test_closing_needs_a_result_for_everybody_and_accepts_the_reviews(ward: Ward) -> None:
    chi, meeting = await met(ward)
    await submitted(ward, "HOA")
    await ward.does(chi, proposes(ward, "HOA", meeting))
    assert "Còn 3 đồng chí" in await refused(ward, chi, CloseMeeting(meeting.id))
    await ward.does(chi, *(proposes(ward, code, meeting, None, LATER) for code in ("NAM", "BINH", "CHI")))
    await ward.does(chi, CloseMeeting(meeting.id))
    assert (await meeting_of(ward, chi)).closed
    review = await ward.sees(chi, lambda facts: facts.response("self_review", ward.ids["HOA"]))
    assert review
    assert review.status == "accepted"
    for effect in (RecordMeeting(meeting.unit_id, TODAY, 3, 3), proposes(ward, "NAM", meeting, None, LATER)):
        assert "đã chốt" in await refused(ward, chi, effect)


async def test_an_order_from_above_opens_another_round(ward: Ward) -> None:
    chi, meeting = await met(ward)
    await submitted(ward, "HOA")
    codes = ("HOA", "NAM", "BINH", "CHI")
    await ward.does(chi, *(proposes(ward, code, meeting, None, LATER) for code in codes))
    again = partial(next_round, cycle_id=ward.cycle.id, unit_id=meeting.unit_id, by=ward.ids["CAN"], now=ward.now)
    await ward.db.write(lambda conn: again(conn, person_ids=[ward.ids["HOA"]]))
    assert (await meeting_of(ward, chi)).round == 1
    assert await standing(ward, chi, "HOA") is None
    assert await standing(ward, chi, "NAM")
    await ward.does(chi, proposes(ward, "HOA", meeting), CloseMeeting(meeting.id))
    await ward.db.write(again)
    second = await meeting_of(ward, chi)
    assert (second.round, second.closed, second.present) == (2, False, 3)
    assert await standing(ward, chi, "NAM") is None
    kept = await ward.db.read(lambda conn: len(conn.execute(select(decisions)).all()))
    assert kept == 5
    await ward.db.write(lambda conn: again(conn, unit_id=0))


async def test_what_the_secretary_knows_is_kept_by_fact(ward: Ward) -> None:
    chi, _ = await met(ward)
    hoa = ward.ids["HOA"]
    await ward.does(chi, TellFact(hoa, "tasks_done", 90), TellFact(hoa, "disciplined", False))
    await ward.does(chi, TellFact(hoa, "tasks_done", 100))
    known = await ward.sees(chi, lambda facts: facts.grading.known(hoa))
    assert known == {"tasks_done": 100, "disciplined": False}


async def test_a_decision_on_oneself_is_marked_and_the_chain_holds(ward: Ward) -> None:
    chi, meeting = await met(ward)
    await ward.does(chi, proposes(ward, "CHI", meeting, None, LATER), proposes(ward, "NAM", meeting, None, LATER))

    def look(conn: Connection) -> tuple[object, list[bool]]:
        rows = conn.execute(select(chain.c.detail).where(chain.c.action == "decide").order_by(chain.c.seq))
        return audit.verify(conn), ["own" in row.detail for row in rows]

    assert await ward.db.read(look) == (None, [True, False])


async def test_the_export_tells_what_stands_by_code(ward: Ward) -> None:
    chi, meeting = await met(ward)
    await submitted(ward, "HOA")
    await ward.does(chi, proposes(ward, "HOA", meeting, None, LATER), proposes(ward, "HOA", meeting))
    await ward.does(chi, RecordDecision("cell", "unit", meeting.unit_id, "excellent"))
    await ward.does(await ward.join("CAN"), RecordDecision("committee", "unit", meeting.unit_id, "excellent"))
    year = await ward.db.read(lambda conn: export_year(conn, 2026, ward.now, lambda _: SMALL_PACK))
    own, cell, of_itself, committee = year["decisions"]
    at = "2026-12-01T02:30:00+00:00"
    assert (own["subject"], own["stage"]) == ("HOA", "self")
    assert cell == {
        "subject": "HOA",
        "stage": "cell",
        "grade": "good",
        "votes": {"excellent": 0, "good": 3, "completed": 0, "not_completed": 0, "invalid": 0},
        "decided_at": at,
        "by": "CHI",
    }
    assert (of_itself["subject"], of_itself["stage"], of_itself["by"]) == ("TH", "cell", "CHI")
    expected = {
        "subject": "TH",
        "stage": "committee",
        "grade": "excellent",
        "votes": None,
        "decided_at": at,
        "by": "CAN",
    }
    assert committee == expected


@pytest.mark.parametrize(("days", "kinds"), [(3, 1), (1, 0), (0, 1), (-1, 1), (-2, 0)])
async def test_the_meeting_is_called_to_mind_three_times(ward: Ward, days: int, kinds: int) -> None:
    await ward.join("CHI")
    morning = datetime(2026, 12, 15, 8, 30, tzinfo=ZONE) - timedelta(days=days)
    await ward.db.write(lambda conn: plan_day(conn, morning, lambda _: PACK))
    planned = select(notices.c.person_id).where(notices.c.kind == "meeting_due")
    assert await ward.db.read(lambda conn: list(conn.scalars(planned))) == [ward.ids["CHI"]] * kinds
