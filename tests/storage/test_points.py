"""Points raised by the upper level: what is stored, who is told, what comes back, what is refused."""

import pytest
from sqlalchemy import select

from conversations.effects import Submit
from conversations.points_effects import RaisePoint, TakeBackPoint, WritePoint
from conversations.points_facts import Point
from review.decisions import About
from storage.errors import Refused
from storage.given import give
from storage.tables import audit as audit_table
from storage.tables import given_items, notices
from tests.storage.collective import submit_collective, the_review, unit_id
from tests.storage.filling import answer, complete
from tests.storage.ward import Ward

WORDS = "Làm rõ vì sao hai hồ sơ chậm 15 ngày."


async def notices_of(ward: Ward, kind: str) -> list[int]:
    query = select(notices.c.person_id).where(notices.c.kind == kind).order_by(notices.c.id)
    return await ward.db.read(lambda conn: list(conn.scalars(query)))


async def drafted(ward: Ward, address: str, about: About, subject: int) -> Point:
    found = await ward.sees(address, lambda facts: facts.points.drafted(about, subject))
    assert found
    return found


async def raised(ward: Ward, address: str, about: About, subject: int, text: str = WORDS) -> int:
    await ward.does(address, WritePoint(about, subject, text))
    point = await drafted(ward, address, about, subject)
    await ward.does(address, RaisePoint(point.id))
    return point.id


async def submits_own(ward: Ward, address: str, code: str) -> int:
    await ward.does(address, *complete(ward.ids[code]))
    response = await ward.sees(address, lambda facts: facts.response("self_review", ward.ids[code]))
    assert response
    await ward.does(address, Submit(response.id))
    return response.id


async def test_words_are_kept_for_a_look_back_and_seen_by_nobody_else(ward: Ward) -> None:
    can, hoa = await ward.join("CAN"), await ward.join("HOA")
    await ward.does(can, WritePoint("person", ward.ids["HOA"], "Bản một."))
    await ward.does(can, WritePoint("person", ward.ids["HOA"], WORDS))
    point = await drafted(ward, can, "person", ward.ids["HOA"])
    assert (point.text, point.raised_at, point.raised_by) == (WORDS, None, ward.ids["CAN"])
    assert await ward.sees(hoa, lambda facts: facts.points.drafted("person", ward.ids["HOA"])) is None
    assert (await ward.sees(hoa, lambda facts: facts.given(ward.ids["HOA"]))).suggested == ()
    assert await notices_of(ward, "point_raised") == []


async def test_a_raised_point_must_be_answered_and_its_subject_is_told(ward: Ward) -> None:
    can, hoa, school = await ward.join("CAN"), await ward.join("HOA"), await unit_id(ward, "TH")
    point_id = await raised(ward, can, "person", ward.ids["HOA"])
    given = await ward.sees(hoa, lambda facts: facts.given(ward.ids["HOA"]))
    assert [(item.id, item.text) for item in given.suggested] == [(str(point_id), WORDS)]
    assert await notices_of(ward, "point_raised") == [ward.ids["HOA"]]
    assert await ward.sees(can, lambda facts: facts.points.open_count((school,))) == 1
    await ward.does(hoa, *complete(ward.ids["HOA"]))
    own = await ward.sees(hoa, lambda facts: facts.response("self_review", ward.ids["HOA"]))
    assert own
    with pytest.raises(Refused, match="Còn 2 câu"):
        await ward.does(hoa, Submit(own.id))
    for field in ("cause", "own_part"):
        await ward.does(hoa, answer(ward.ids["HOA"], f"explanations.{point_id}.{field}", "Do tôi."))
    await ward.does(hoa, Submit(own.id))
    [point] = await ward.sees(can, lambda facts: facts.points.points("person", ward.ids["HOA"]))
    assert (point.begun, point.answered, point.is_open) == (True, True, False)
    assert await ward.sees(can, lambda facts: facts.points.open_count((school,))) == 0


async def test_a_submitted_review_comes_back_to_be_completed(ward: Ward) -> None:
    can, hoa = await ward.join("CAN"), await ward.join("HOA")
    response_id = await submits_own(ward, hoa, "HOA")
    await raised(ward, can, "person", ward.ids["HOA"])
    own = await ward.sees(hoa, lambda facts: facts.response_by_id(response_id))
    assert own
    assert (own.status, own.submitted_at, own.receipt) == ("returned", None, "")
    done = await ward.db.read(lambda conn: list(conn.scalars(select(audit_table.c.action))))
    assert {"raise_point", "return"} <= set(done)


async def test_a_point_about_a_cell_goes_to_its_secretary(ward: Ward) -> None:
    can, chi = await ward.join("CAN"), await ward.join("CHI")
    response = await submit_collective(ward, chi, "HOA")
    await raised(ward, can, "unit", response.subject_id)
    given = await ward.sees(chi, lambda facts: facts.points.given_unit(response.subject_id))
    assert [item.text for item in given.suggested] == [WORDS]
    assert (await the_review(ward, chi, response.subject_id)).status == "returned"
    assert await notices_of(ward, "point_raised") == [ward.ids["CHI"]]


async def test_taking_back_until_something_was_written_about_it(ward: Ward) -> None:
    can, hoa = await ward.join("CAN"), await ward.join("HOA")
    first, second = (
        await raised(ward, can, "person", ward.ids["HOA"]),
        await raised(ward, can, "person", ward.ids["HOA"], "Việc hai."),
    )
    await ward.does(hoa, answer(ward.ids["HOA"], f"explanations.{second}.cause", "Do tôi."))
    await ward.does(can, TakeBackPoint(first))
    with pytest.raises(Refused, match="đã được trả lời"):
        await ward.does(can, TakeBackPoint(second))
    with pytest.raises(Refused):
        await ward.does(can, TakeBackPoint(first))
    given = await ward.sees(hoa, lambda facts: facts.given(ward.ids["HOA"]))
    assert [item.text for item in given.suggested] == ["Việc hai."]
    [gone, _] = await ward.sees(can, lambda facts: facts.points.points("person", ward.ids["HOA"]))
    assert gone.withdrawn_at, "it is kept"


@pytest.mark.parametrize("code", ["HOA", "CHI", "NAM", "MAT"])
async def test_only_officers_above_raise_points(ward: Ward, code: str) -> None:
    address = await ward.join(code)
    with pytest.raises(Refused):
        await ward.does(address, WritePoint("person", ward.ids["BINH"], WORDS))
    assert await ward.db.read(lambda conn: conn.execute(select(given_items)).all()) == []


async def test_what_is_out_of_scope_or_unknown_is_refused(ward: Ward) -> None:
    can, committee = await ward.join("CAN"), await unit_id(ward, "P")
    for wrong in (
        WritePoint("person", ward.ids["MIEN"], WORDS),
        WritePoint("person", ward.ids["CAN"], WORDS),
        WritePoint("person", 9999, WORDS),
        WritePoint("unit", committee, WORDS),
        WritePoint("unit", 9999, WORDS),
        RaisePoint(9999),
        TakeBackPoint(9999),
    ):
        with pytest.raises(Refused):
            await ward.does(can, wrong)


async def test_nothing_is_raised_twice_nor_by_another_nor_after_the_meeting(ward: Ward) -> None:
    can, chi = await ward.join("CAN"), await ward.join("CHI")
    point_id = await raised(ward, can, "person", ward.ids["HOA"])
    with pytest.raises(Refused):
        await ward.does(can, RaisePoint(point_id))
    await ward.does(can, WritePoint("person", ward.ids["HOA"], "Việc hai."))
    point = await drafted(ward, can, "person", ward.ids["HOA"])
    with pytest.raises(Refused):
        await ward.does(chi, RaisePoint(point.id))
    with pytest.raises(Refused):
        await ward.does(can, TakeBackPoint(point.id))
    ward.passes(days=20)
    with pytest.raises(Refused, match="Chi bộ đã họp"):
        await ward.does(can, RaisePoint(point.id))


async def test_what_returns_is_told_of_submitted_reviews(ward: Ward) -> None:
    chi, hoa, school = await ward.join("CHI"), await ward.join("HOA"), await unit_id(ward, "TH")
    texts = ["Vắng ba buổi họp chi bộ. Đã hứa: dự đủ.", "Chưa gặp hết các hộ."]
    await ward.db.write(lambda conn: give(conn, ward.cycle.id, ward.ids["HOA"], "carried", texts))
    given = await ward.sees(hoa, lambda facts: facts.given(ward.ids["HOA"]))
    first, second = (item.id for item in given.carried)
    for key, value in ((f"fixed.{first}.status", "done"), (f"fixed.{second}.status", "not")):
        await ward.does(hoa, answer(ward.ids["HOA"], key, value))
    await ward.does(hoa, *complete(ward.ids["HOA"], shortcomings__1__text="Còn vắng hai buổi họp chi bộ."))
    assert await ward.sees(chi, lambda facts: facts.points.returning(school)) == ()
    own = await ward.sees(hoa, lambda facts: facts.response("self_review", ward.ids["HOA"]))
    assert own
    await ward.does(hoa, Submit(own.id))
    found = await ward.sees(chi, lambda facts: facts.points.returning(school))
    assert [(one.person and one.person.code, one.what.why) for one in found] == [("HOA", "not"), ("HOA", "alike")]
