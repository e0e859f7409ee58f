"""The collective review: who writes it, and how its faults reach those who answer for them."""

from datetime import date

import pytest

from bot.planner import plan_day
from conversations.effects import Looked, Submit, Withdraw
from review.forms import Item
from storage import cycles
from storage.errors import Refused
from tests.storage.collective import FAULT, collective, submit_collective, the_review, unit_id, write_collective
from tests.storage.filling import answer, complete
from tests.storage.test_points import notices_of
from tests.storage.ward import PACK, Ward


async def part(ward: Ward, address: str, code: str) -> tuple[Item, ...]:
    return await ward.sees(address, lambda facts: facts.given(ward.ids[code]).collective)


async def submits_own(ward: Ward, address: str, code: str) -> None:
    await ward.does(address, *complete(ward.ids[code]))
    response = await ward.sees(address, lambda facts: facts.response("self_review", ward.ids[code]))
    assert response
    await ward.does(address, Submit(response.id))


async def test_only_the_cells_leaders_write_it(ward: Ward) -> None:
    hoa, chi, tam = await ward.join("HOA"), await ward.join("CHI"), await ward.join("TAM")
    cell = await unit_id(ward, "TH")
    for address in (hoa, tam):
        with pytest.raises(Refused):
            await ward.does(address, collective(cell, "results", "Đủ."))
    await ward.does(chi, collective(cell, "results", "Đủ."))
    response = await the_review(ward, chi, cell)
    assert (response.subject_id, response.respondent_id, response.status) == (cell, ward.ids["CHI"], "draft")


async def test_a_fault_without_owner_cannot_be_submitted(ward: Ward) -> None:
    chi = await ward.join("CHI")
    cell = await write_collective(ward, chi)
    with pytest.raises(Refused, match="Còn 1 câu"):
        await ward.does(chi, Submit((await the_review(ward, chi, cell)).id))


async def test_a_cell_names_its_own_people_leaders_first(ward: Ward) -> None:
    chi = await ward.join("CHI")
    cell = await unit_id(ward, "TH")
    given = await ward.sees(chi, lambda facts: facts.points.given_unit(cell))
    assert [option.label for option in given.people] == [
        "Phạm Thị Chi", "Lê Văn Bình", "Nguyễn Thị Hoa", "Trần Văn Nam",
    ]  # fmt: skip
    await ward.does(chi, collective(cell, "shortcomings.1.owners", [str(ward.ids["TAM"])]))
    given = await ward.sees(chi, lambda facts: facts.points.given_unit(cell))
    assert "Võ Thị Tâm" in [option.label for option in given.people], "whoever is named stays nameable"


async def test_each_named_person_is_asked_about_the_fault(ward: Ward) -> None:
    chi, hoa = await ward.join("CHI"), await ward.join("HOA")
    response = await submit_collective(ward, chi, "HOA", "NAM")
    assert [item.text for item in await part(ward, hoa, "HOA")] == [FAULT]
    assert await part(ward, hoa, "BINH") == ()
    await ward.does(hoa, *complete(ward.ids["HOA"]))
    own = await ward.sees(hoa, lambda facts: facts.response("self_review", ward.ids["HOA"]))
    assert own
    with pytest.raises(Refused, match="Còn 1 câu"):
        await ward.does(hoa, Submit(own.id))
    left = await ward.sees(chi, lambda facts: facts.points.without_part(response.subject_id))
    assert [person.code for person in left] == ["HOA", "NAM"]


async def test_items_follow_the_review_through_withdrawal_and_mending(ward: Ward) -> None:
    chi, hoa, nam = await ward.join("CHI"), await ward.join("HOA"), await ward.join("NAM")
    response = await submit_collective(ward, chi, "HOA", "NAM")
    [of_hoa], [of_nam] = await part(ward, hoa, "HOA"), await part(ward, nam, "NAM")
    await ward.does(nam, answer(ward.ids["NAM"], f"collective_part.{of_nam.id}.own_part", "Tôi không nhắc."))
    await ward.does(chi, Withdraw(response.id))
    assert await part(ward, hoa, "HOA") == ()
    assert await part(ward, nam, "NAM") == (Item(of_nam.id, FAULT, withdrawn=True),), "an answer keeps its item, marked"
    await ward.does(chi, Submit(response.id))
    assert await part(ward, hoa, "HOA") == (of_hoa,), "nothing is doubled"
    assert await part(ward, nam, "NAM") == (of_nam,)
    await ward.does(chi, Withdraw(response.id))
    await submit_collective(ward, chi, "NAM", text="Chi bộ họp chậm ba tháng.")
    assert await part(ward, hoa, "HOA") == ()
    [old, new] = await part(ward, nam, "NAM")
    assert (old.text, old.withdrawn, new.text, new.withdrawn) == (FAULT, True, "Chi bộ họp chậm ba tháng.", False)


async def test_an_unanswered_item_takes_the_new_words(ward: Ward) -> None:
    chi, hoa = await ward.join("CHI"), await ward.join("HOA")
    response = await submit_collective(ward, chi, "HOA")
    [first] = await part(ward, hoa, "HOA")
    await ward.does(chi, Withdraw(response.id))
    await submit_collective(ward, chi, "HOA", text="Sửa lại.")
    assert await part(ward, hoa, "HOA") == (Item(first.id, "Sửa lại."),)


async def test_who_has_submitted_is_told_once_and_stays_submitted(ward: Ward) -> None:
    chi, hoa, nam = await ward.join("CHI"), await ward.join("HOA"), await ward.join("NAM")
    await submits_own(ward, hoa, "HOA")
    response = await submit_collective(ward, chi, "HOA", "NAM")
    own = await ward.sees(hoa, lambda facts: facts.response("self_review", ward.ids["HOA"]))
    assert own
    assert own.status == "submitted"
    assert await notices_of(ward, "collective_part") == [ward.ids["HOA"]]
    await ward.does(chi, Withdraw(response.id), Submit(response.id))
    assert await notices_of(ward, "collective_part") == [ward.ids["HOA"]]
    await ward.does(hoa, Withdraw(own.id))
    with pytest.raises(Refused, match="Còn 1 câu"):
        await ward.does(hoa, Submit(own.id))
    assert nam


async def test_after_the_meeting_nobody_is_told(ward: Ward) -> None:
    chi, hoa = await ward.join("CHI"), await ward.join("HOA")
    await submits_own(ward, hoa, "HOA")
    ward.passes(days=20)
    await submit_collective(ward, chi, "HOA")
    assert await notices_of(ward, "collective_part") == []


async def test_officers_read_it_once_it_is_in(ward: Ward) -> None:
    chi, can, hoa = await ward.join("CHI"), await ward.join("CAN"), await ward.join("HOA")
    cell = await write_collective(ward, chi, "HOA")
    response = await the_review(ward, chi, cell)
    with pytest.raises(Refused):
        await ward.does(can, Looked(response.id))
    await ward.does(chi, Submit(response.id))
    await ward.does(can, Looked(response.id))
    with pytest.raises(Refused):
        await ward.does(hoa, Looked(response.id))


async def test_reminders_go_to_the_leaders_of_cells_that_lack_it(ward: Ward) -> None:
    due = {"collective_review_due": date(2026, 12, 8)}
    await ward.db.write(lambda conn: cycles.set_dates(conn, ward.cycle.id, due, ward.now))  # type: ignore[arg-type]
    chi, tam = await ward.join("CHI"), await ward.join("TAM")
    await ward.join("HOA")
    await submit_collective(ward, chi, "HOA")
    morning = ward.now.replace(day=5, hour=8, minute=5)
    planned = [await ward.db.write(lambda conn: plan_day(conn, morning, lambda _: PACK)) for _ in range(2)]
    assert planned == [1, 0]
    assert await notices_of(ward, "collective_due") == [ward.ids["TAM"]]
    assert tam
    await ward.does(chi, Withdraw((await the_review(ward, chi, await unit_id(ward, "TH"))).id))
    next_slot = ward.now.replace(day=7, hour=8)
    await ward.db.write(lambda conn: plan_day(conn, next_slot, lambda _: PACK))
    assert sorted(await notices_of(ward, "collective_due")) == sorted([ward.ids["TAM"]] * 2 + [ward.ids["CHI"]])
