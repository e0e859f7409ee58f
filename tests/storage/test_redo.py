"""Orders to do something again: what goes back, what is kept, what is refused, what does it; on both databases."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from conversations.effects import SaveAnswer, Submit
from conversations.grading_effects import CloseMeeting, RecordMeeting
from conversations.result_effects import LookedAtVersion, OrderRedo
from conversations.result_facts import RedoFacts
from review.redo import RedoOrder, RedoWhat, Version
from review.responses import Response
from storage import audit, unit_dates
from storage.tables import response_versions
from tests.storage.filling import complete
from tests.storage.test_appeals import audited, decides, graded, result, told
from tests.storage.test_grading import meeting_of, met, proposes, refused, standing, submitted, unit
from tests.storage.ward import Ward

DUE = date(2026, 12, 9)
WHY = "Phần hạn chế còn chung."


def as_port(port: RedoFacts) -> RedoFacts:
    """Checked by mypy: the port is answered whole."""
    return port


def on_person(ward: Ward, what: RedoWhat = "review", code: str = "HOA") -> OrderRedo:
    return OrderRedo("person", ward.ids[code], what, DUE, WHY)


async def held(ward: Ward) -> str:
    """Hoa and Nam handed in, the cell met and closed; nobody is decided on. Hoa's chat."""
    hoa = await submitted(ward, "HOA")
    await submitted(ward, "NAM")
    chi, meeting = await met(ward)
    graded_here = [proposes(ward, code, meeting) for code in ("HOA", "NAM")]
    later = [proposes(ward, code, meeting, None, "Vắng mặt.") for code in ("BINH", "CHI")]
    await ward.does(chi, *graded_here, *later, CloseMeeting(meeting.id))
    await ward.join("CAN")
    return hoa


async def response_of(ward: Ward, code: str) -> Response:
    found = await ward.sees("CAN", lambda facts: facts.response("self_review", ward.ids[code]))
    assert found
    return found


async def versions_of(ward: Ward, code: str) -> tuple[Version, ...]:
    number = (await response_of(ward, code)).id
    return await ward.sees("CAN", lambda facts: as_port(facts.redo).versions(number))


async def order(ward: Ward, number: int = 1) -> RedoOrder:
    found = await ward.sees("CAN", lambda facts: facts.redo.find(number))
    assert found
    return found


async def test_a_review_goes_back_whole_and_is_kept_as_it_was(ward: Ward) -> None:
    hoa = await held(ward)
    before = await response_of(ward, "HOA")
    await ward.does("CAN", on_person(ward))
    after = await response_of(ward, "HOA")
    assert (after.status, after.answers, after.receipt, after.submitted_at) == ("returned", before.answers, "", None)
    [version] = await versions_of(ward, "HOA")
    assert (version.nth, version.answers, version.receipt) == (1, before.answers, before.receipt)
    assert (version.status, version.submitted_at, version.closed_at) == ("accepted", before.submitted_at, ward.now)
    assert (await response_of(ward, "NAM")).status == "accepted", "nobody else's review moved"
    assert await told(ward, "redo") == [(ward.ids["HOA"], "redo.1"), (ward.ids["CHI"], "redo.1")]
    assert await audited(ward, "order_redo") == ["redo:1"]
    assert await audited(ward, "return") == [f"response:{before.id}"]
    await ward.does(hoa, SaveAnswer("self_review", ward.ids["HOA"], "2C", "conduct", "Rõ hơn."), Submit(before.id))
    assert (await order(ward)).done_at == ward.now
    assert [one.answers for one in await versions_of(ward, "HOA")] == [before.answers]
    assert (await response_of(ward, "HOA")).answers["conduct"] == "Rõ hơn."
    assert await ward.db.read(audit.verify) is None


async def test_the_cell_proposes_again_on_the_one_member(ward: Ward) -> None:
    """Its earlier proposal is kept; the meeting of the second round is about her alone."""
    hoa = await held(ward)
    old = await standing(ward, hoa, "HOA")
    await ward.does("CAN", on_person(ward))
    assert await standing(ward, hoa, "HOA") is None
    assert await standing(ward, hoa, "NAM") is not None
    meeting = await meeting_of(ward, "CAN")
    assert (meeting.round, meeting.closed) == (2, False)
    history = await ward.sees(hoa, lambda facts: facts.grading.history("cell", "person", ward.ids["HOA"]))
    assert [replace(one, superseded_at=None) for one in history] == [old]


async def test_a_grading_before_the_committee_decided_is_done_by_the_cell(ward: Ward) -> None:
    hoa = await held(ward)
    await ward.does("CAN", on_person(ward, "grading"))
    assert (await response_of(ward, "HOA")).status == "accepted"
    assert await versions_of(ward, "HOA") == ()
    meeting = await meeting_of(ward, "CAN")
    await ward.does("CHI", proposes(ward, "HOA", meeting))
    assert (await order(ward)).done_at == ward.now
    assert await ward.sees(hoa, lambda facts: facts.redo.open_on("person", ward.ids["HOA"])) == ()


async def test_a_grading_after_the_committee_decided_is_done_by_it(ward: Ward) -> None:
    hoa, decision = await graded(ward)
    ward.passes(hours=1)
    await ward.does("CAN", on_person(ward, "grading"))
    assert (await meeting_of(ward, hoa)).round == 1
    assert await result(ward, hoa) == decision
    await ward.does("CAN", decides(ward, "good"))
    assert (await order(ward)).done_at == ward.now


async def test_a_whole_cell_reviews_again(ward: Ward) -> None:
    hoa = await held(ward)
    before = {code: await response_of(ward, code) for code in ("HOA", "NAM")}
    unit_id = await unit(ward, "TH")
    await ward.does("CAN", OrderRedo("unit", unit_id, "review", DUE, WHY))
    for code, old in before.items():
        assert (await response_of(ward, code)).status == "returned"
        assert [one.answers for one in await versions_of(ward, code)] == [old.answers]
        assert await standing(ward, hoa, code) is None
    assert {person for person, _ in await told(ward, "redo")} == {ward.ids[code] for code in ("HOA", "NAM", "CHI")}
    dates = await ward.db.read(lambda conn: unit_dates.of_cycle(conn, ward.cycle).dates_for(unit_id))
    assert (dates["self_reviews_due"], dates["cell_meeting_due"]) == (DUE, DUE)
    open_orders = await ward.sees(hoa, lambda facts: facts.redo.open_in((unit_id,)))
    assert [(one.about, one.subject_id, one.what) for one in open_orders] == [("unit", unit_id, "review")]


async def test_a_cell_that_grades_again_keeps_its_reviews(ward: Ward) -> None:
    await held(ward)
    unit_id = await unit(ward, "TH")
    await ward.does("CAN", OrderRedo("unit", unit_id, "grading", DUE, WHY))
    assert (await response_of(ward, "HOA")).status == "accepted"
    meeting = await meeting_of(ward, "CAN")
    assert (meeting.round, meeting.closed) == (2, False)
    dates = await ward.db.read(lambda conn: unit_dates.of_cycle(conn, ward.cycle).dates_for(unit_id))
    assert (dates["self_reviews_due"], dates["cell_meeting_due"]) == (date(2026, 12, 10), date(2026, 12, 10))
    await ward.does("CHI", RecordMeeting(unit_id, ward.now.date(), 3, 3))
    again = [proposes(ward, code, meeting) for code in ("HOA", "NAM")]
    later = [proposes(ward, code, meeting, None, "Vắng mặt.") for code in ("BINH", "CHI")]
    await ward.does("CHI", *again, *later, CloseMeeting(meeting.id))
    assert (await order(ward)).done_at == ward.now


async def test_what_cannot_be_ordered_is_refused_kindly(ward: Ward) -> None:
    hoa = await held(ward)
    unit_id = await unit(ward, "TH")
    for due, said in ((ward.now.date() - timedelta(days=1), "đã qua"), (date(2027, 12, 1), "xa quá")):
        assert said in await refused(ward, "CAN", replace(on_person(ward), due=due))
    assert "chưa thấy chữ nào" in await refused(ward, "CAN", replace(on_person(ward), reason=" "))
    assert "chưa nộp" in await refused(ward, "CAN", on_person(ward, "review", "BINH"))
    assert "chưa chốt" in await refused(ward, "CAN", OrderRedo("unit", await unit(ward, "K5"), "review", DUE, WHY))
    for address in (hoa, "CHI", await ward.join("TAM")):
        assert "không thuộc phần" in await refused(ward, address, on_person(ward))
        assert "không thuộc phần" in await refused(ward, address, OrderRedo("unit", unit_id, "grading", DUE, WHY))
    assert "không thuộc phần" in await refused(
        ward, "CAN", OrderRedo("unit", await unit(ward, "P"), "review", DUE, WHY)
    )
    await ward.does("CAN", on_person(ward))
    assert "chưa làm xong" in await refused(ward, "CAN", on_person(ward))
    await ward.join("CAN", "web", "can-web", consent=False)
    assert await audited(ward, "order_redo") == ["redo:1"]


async def test_an_earlier_version_is_read_by_those_who_may_and_the_look_is_audited(ward: Ward) -> None:
    hoa = await held(ward)
    await ward.does("CAN", on_person(ward))
    await ward.does("CAN", LookedAtVersion(1))
    await ward.does("CHI", LookedAtVersion(1))
    await ward.does(hoa, LookedAtVersion(1))
    assert await audited(ward, "look_at_version") == ["version:1"] * 3
    for address in ("NAM", await ward.join("TAM")):
        assert "không thuộc phần" in await refused(ward, address, LookedAtVersion(1))
    assert "không thuộc phần" in await refused(ward, "CAN", LookedAtVersion(9))


async def test_every_submission_that_went_back_is_a_version(ward: Ward) -> None:
    hoa = await held(ward)
    number = (await response_of(ward, "HOA")).id
    for text in ("Lần hai.", "Lần ba."):
        await ward.does("CAN", on_person(ward))
        answers = complete(ward.ids["HOA"], conduct=text)
        await ward.does(hoa, *answers, Submit(number))
    assert [(one.nth, one.answers["conduct"]) for one in await versions_of(ward, "HOA")] == [
        (1, "Đủ."),
        (2, "Lần hai."),
    ]
    rows = await ward.db.read(lambda conn: conn.execute(select(response_versions)).all())
    assert [row.redo_id for row in rows] == [1, 2]
