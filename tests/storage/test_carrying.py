"""From one year to the next: what was named, promised and planned opens the new review; and the roster's own sheet."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, insert, select

from conversations.effects import Submit
from review.calendar import Cycle
from review.forms import Item
from review.roster import Roster
from review.roster_promises import PromiseRow
from storage import cycles, roster
from storage.carrying import carry_over
from storage.given import give, given_to, given_to_unit
from storage.tables import audit, given_items, remedies
from tests.conversations.small_pack import SMALL_PACK
from tests.storage.collective import FAULT, submit_collective
from tests.storage.filling import answer, complete
from tests.storage.ward import WARD, Ward

NEXT_YEAR = 2027


async def next_review(ward: Ward) -> tuple[Cycle, int]:
    def opening(conn: Connection) -> tuple[Cycle, int]:
        if cycles.current(conn):
            cycles.close(conn, ward.cycle.id, ward.now)
        cycle = cycles.open_cycle(conn, NEXT_YEAR, SMALL_PACK.name, "1", {}, ward.now)
        return cycle, carry_over(conn, cycle, lambda _: SMALL_PACK, ward.now)

    return await ward.db.write(opening)


async def carried(ward: Ward, cycle: Cycle, code: str) -> list[str]:
    given = await ward.db.read(lambda conn: given_to(conn, cycle.id, ward.ids[code]))
    return [item.text for item in given.carried]


async def submits(ward: Ward, address: str, code: str, **given: str) -> int:
    await ward.does(address, *complete(ward.ids[code], **given))
    response = await ward.sees(address, lambda facts: facts.response("self_review", ward.ids[code]))
    assert response
    await ward.does(address, Submit(response.id))
    return response.id


PROMISED = {
    "shortcomings__1__text": "Chưa gặp hết các hộ.",
    "measures__1__measure": "Gặp nốt 3 hộ.",
    "measures__1__due": "2027-02-28",
}


async def test_what_was_submitted_is_asked_first_next_year(ward: Ward) -> None:
    hoa, nam = await ward.join("HOA"), await ward.join("NAM")
    response_id = await submits(ward, hoa, "HOA", **PROMISED)
    await ward.does(nam, *complete(ward.ids["NAM"]))
    cycle, count = await next_review(ward)
    assert await carried(ward, cycle, "HOA") == ["Chưa gặp hết các hộ. Đã hứa: gặp nốt 3 hộ, xong trước 28/02/2027."]
    assert await carried(ward, cycle, "NAM") == [], "a draft promises nothing"
    assert count == 1
    query = select(given_items.c.origin).where(given_items.c.cycle_id == cycle.id)
    assert await ward.db.read(lambda conn: conn.scalar(query)) == f"response:{response_id}:shortcomings.1"
    done = select(audit.c.detail).where(audit.c.action == "carry_over")
    assert await ward.db.read(lambda conn: conn.scalar(done)) == {"items": 1}


async def test_the_collectives_promises_too(ward: Ward) -> None:
    chi = await ward.join("CHI")
    response = await submit_collective(ward, chi, "HOA")
    cycle, _ = await next_review(ward)
    given = await ward.db.read(lambda conn: given_to_unit(conn, cycle.id, response.subject_id, None))
    assert [item.text for item in given.carried] == [
        f"{FAULT} Đã hứa: chốt lịch họp trong tháng 1, xong trước 31/01/2027."
    ]


async def test_a_plan_made_after_the_decision_goes_before_the_form_and_other_plans_are_carried(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    response_id = await submits(ward, hoa, "HOA", **PROMISED)

    def plan(source: str, shortcoming: str, measure: str, status: str) -> dict[str, object]:
        return {
            "cycle_id": ward.cycle.id,
            "person_id": ward.ids["HOA"],
            "source": source,
            "shortcoming": shortcoming,
            "measure": measure,
            "status": status,
            "created_at": ward.now,
        }

    plans = [
        plan(f"{response_id}:shortcomings.1", "Chưa gặp hết các hộ.", "Mỗi tuần gặp một hộ", "done"),
        plan("committee:1", "Nộp báo cáo chậm.", "Nộp trước ngày 25", "not_done"),
        plan("committee:2", "Việc đã xong.", "Xong", "done"),
    ]
    await ward.db.write(lambda conn: conn.execute(insert(remedies), plans))
    cycle, _ = await next_review(ward)
    assert await carried(ward, cycle, "HOA") == [
        "Chưa gặp hết các hộ. Đã hứa: mỗi tuần gặp một hộ, xong trước 28/02/2027.",
        "Nộp báo cáo chậm. Đã hứa: nộp trước ngày 25.",
    ]


@pytest.mark.parametrize(("status", "again"), [("not", True), ("partly", True), ("done", False)])
@pytest.mark.parametrize("planned", [True, False])
async def test_a_promise_not_kept_comes_again(ward: Ward, status: str, again: bool, planned: bool) -> None:
    hoa = await ward.join("HOA")
    await ward.db.write(lambda conn: give(conn, ward.cycle.id, ward.ids["HOA"], "carried", ["Chưa lập tủ sách."]))
    [item] = (await ward.sees(hoa, lambda facts: facts.given(ward.ids["HOA"]))).carried
    await ward.does(hoa, answer(ward.ids["HOA"], f"fixed.{item.id}.status", status))
    response_id = await submits(ward, hoa, "HOA", **PROMISED)
    if planned:
        row = {
            "cycle_id": ward.cycle.id,
            "person_id": ward.ids["HOA"],
            "source": f"{response_id}:fixed.{item.id}",
            "shortcoming": item.text,
            "measure": "Xin sách",
            "status": "open" if again else "done",
            "created_at": ward.now,
        }
        await ward.db.write(lambda conn: conn.execute(insert(remedies).values(row)))
    cycle, _ = await next_review(ward)
    expected = "Chưa lập tủ sách. Đã hứa: xin sách." if planned else "Chưa lập tủ sách."
    assert (expected in await carried(ward, cycle, "HOA")) is again


async def test_measures_that_mend_nothing_named_and_forms_no_pack_has(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    await submits(ward, hoa, "HOA", measures__1__more="yes", measures__2__measure="Học tin học.", **PROMISED)
    no_forms = replace(SMALL_PACK, forms={})

    def opening(conn: Connection) -> list[int]:
        cycles.close(conn, ward.cycle.id, ward.now)
        cycle = cycles.open_cycle(conn, NEXT_YEAR, "small", "1", {}, ward.now)
        return [carry_over(conn, cycle, {"small": pack}.__getitem__, ward.now) for pack in (no_forms, SMALL_PACK)]

    assert await ward.db.write(opening) == [0, 2]
    current = await ward.db.read(cycles.current)
    assert current
    assert await carried(ward, current, "HOA") == [
        "Chưa gặp hết các hộ. Đã hứa: gặp nốt 3 hộ, xong trước 28/02/2027.",
        "Học tin học, xong trước 28/02/2027.",
    ]


def sheet(*rows: tuple[str, str, str]) -> Roster:
    lines = (PromiseRow(nth, code, fault, measure) for nth, (code, fault, measure) in enumerate(rows, 2))
    return replace(WARD, promises=tuple(lines))


async def imports(ward: Ward, listed: Roster) -> None:
    await ward.db.write(lambda conn: roster.save(conn, listed, ward.now))


async def test_the_sheet_waits_for_the_next_review_and_goes_before_what_is_remembered(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    await submits(ward, hoa, "HOA", **PROMISED)
    await ward.db.write(lambda conn: cycles.close(conn, ward.cycle.id, ward.now))
    await imports(ward, sheet(("HOA", "Viết nhầm.", ""), ("K5", "Họp chậm.", "Chốt lịch")))
    await imports(ward, sheet(("HOA", "Chưa gặp hết các hộ", "Gặp 5 hộ"), ("K5", "Họp chậm.", "Chốt lịch")))
    cycle, count = await next_review(ward)
    assert await carried(ward, cycle, "HOA") == ["Chưa gặp hết các hộ. Đã hứa: gặp 5 hộ."]
    assert count == 2
    waiting = select(given_items.c.id).where(given_items.c.cycle_id.is_(None))
    assert await ward.db.read(lambda conn: conn.execute(waiting).all()) == []


async def test_with_a_review_open_the_sheet_is_asked_at_once_and_may_be_mended(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    await imports(ward, sheet(("HOA", "Vắng họp.", "Dự đủ"), ("HOA", "Chậm báo cáo.", ""), ("NAM", "Một.", "")))
    given = await ward.sees(hoa, lambda facts: facts.given(ward.ids["HOA"]))
    assert [item.text for item in given.carried] == ["Vắng họp. Đã hứa: dự đủ.", "Chậm báo cáo."]
    await ward.does(hoa, answer(ward.ids["HOA"], f"fixed.{given.carried[1].id}.status", "done"))
    await imports(ward, sheet(("HOA", "Vắng họp.", "Dự đủ 12 buổi")))
    again = await ward.sees(hoa, lambda facts: facts.given(ward.ids["HOA"]))
    assert [item.text for item in again.carried] == ["Chậm báo cáo.", "Vắng họp. Đã hứa: dự đủ 12 buổi."]
    await imports(ward, sheet(("HOA", "Vắng họp.", "Dự đủ 12 buổi")))
    assert await ward.sees(hoa, lambda facts: facts.given(ward.ids["HOA"])) == again
    nam = await ward.sees(hoa, lambda facts: facts.given(ward.ids["NAM"]))
    assert [item.text for item in nam.carried] == ["Một."], "whom the sheet no longer names keeps theirs"
    assert isinstance(nam.carried[0], Item)


async def test_who_submitted_nothing_is_asked_again(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    for code in ("HOA", "NAM"):
        await ward.db.write(lambda conn, who=ward.ids[code]: give(conn, ward.cycle.id, who, "carried", ["Vắng họp."]))
    [item] = (await ward.sees(hoa, lambda facts: facts.given(ward.ids["HOA"]))).carried
    await ward.does(hoa, answer(ward.ids["HOA"], f"fixed.{item.id}.status", "done"))
    await submits(ward, hoa, "HOA", **PROMISED)
    cycle, _ = await next_review(ward)
    assert await carried(ward, cycle, "NAM") == ["Vắng họp."]
    assert "Vắng họp." not in await carried(ward, cycle, "HOA")
