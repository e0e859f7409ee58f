"""Answers, submitting, withdrawing, remarks: what is stored, what is kept, what is refused."""

import asyncio

import pytest
from sqlalchemy import Connection, select

from conversations.effects import AnswerRemark, Effect, Looked, SetConsent, Submit, Withdraw
from review.responses import Response, receipt_number
from storage import audit
from storage.errors import Refused
from storage.tables import answer_history, answers, notices
from storage.tables import audit as audit_table
from tests.storage.filling import answer, complete, remark
from tests.storage.ward import Ward


async def response_of(ward: Ward, address: str, code: str, kind: str = "self_review") -> Response | None:
    return await ward.sees(address, lambda facts: facts.response(kind, ward.ids[code]))  # type: ignore[arg-type]


async def existing(ward: Ward, address: str, code: str, kind: str = "self_review") -> Response:
    found = await response_of(ward, address, code, kind)
    assert found is not None
    return found


async def refused(ward: Ward, address: str, effect: Effect) -> str:
    with pytest.raises(Refused) as no:
        await ward.does(address, effect)
    return no.value.sentence


async def history(ward: Ward) -> list[tuple[str, object]]:
    query = select(answer_history.c.key, answer_history.c.value).order_by(answer_history.c.id)
    return await ward.db.read(lambda conn: [(row.key, row.value) for row in conn.execute(query)])


async def audited(ward: Ward, action: str) -> int:
    query = select(audit_table.c.seq).where(audit_table.c.action == action)
    return await ward.db.read(lambda conn: len(conn.execute(query).all()))


async def test_a_response_is_born_with_its_first_answer(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    assert await response_of(ward, hoa, "HOA") is None
    await ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Gương mẫu."))
    response = await existing(ward, hoa, "HOA")
    assert response.answers == {"conduct": "Gương mẫu."}
    assert (response.status, response.form, response.respondent_id) == ("draft", "2C", ward.ids["HOA"])
    assert response.saved_at == ward.now


async def test_nothing_is_born_from_taking_nothing_away(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    await ward.does(hoa, answer(ward.ids["HOA"], "conduct", None))
    assert await response_of(ward, hoa, "HOA") is None


@pytest.mark.parametrize("value", ["chữ", 3, 2.5, ["a", "b"], "0"])
async def test_every_kind_of_value_comes_back_as_it_was(ward: Ward, value: str | int | float | list[str]) -> None:
    hoa = await ward.join("HOA")
    await ward.does(hoa, answer(ward.ids["HOA"], "conduct", value))
    assert (await existing(ward, hoa, "HOA")).answers["conduct"] == value


async def test_an_unchanged_answer_changes_nothing(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    await ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Một."))
    before = await existing(ward, hoa, "HOA")
    ward.passes(hours=1)
    await ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Một."))
    assert await existing(ward, hoa, "HOA") == before
    assert await history(ward) == []
    assert await audited(ward, "answer") == 1


async def test_earlier_values_are_kept(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    for value in ("Một.", "Hai.", None, "Ba."):
        await ward.does(hoa, answer(ward.ids["HOA"], "conduct", value))
    assert (await existing(ward, hoa, "HOA")).answers == {"conduct": "Ba."}
    assert await history(ward) == [("conduct", "Một."), ("conduct", "Hai.")]


async def test_typing_is_stored_in_one_unicode_form(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    await ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Thượng"))
    await ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Thu\u031bo\u031b\u0323ng"))
    assert (await existing(ward, hoa, "HOA")).answers == {"conduct": "Thượng"}
    assert await history(ward) == []


async def test_one_person_on_two_channels_has_one_draft(ward: Ward) -> None:
    hoa, web = await ward.join("HOA"), await ward.join("HOA", "web", "sid")
    await asyncio.gather(
        ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Từ điện thoại.")),
        ward.does(web, answer(ward.ids["HOA"], "wish", "Từ trang web."), channel="web"),
    )
    assert set((await existing(ward, hoa, "HOA")).answers) == {"conduct", "wish"}
    channels = await ward.db.read(lambda conn: set(conn.scalars(select(answers.c.channel))))
    assert channels == {"telegram", "web"}


async def test_nothing_about_answers_is_stored_before_consent(ward: Ward) -> None:
    hoa = await ward.join("HOA", consent=False)
    assert "đồng ý" in await refused(ward, hoa, answer(ward.ids["HOA"], "conduct", "Một."))
    await ward.does(hoa, SetConsent(True, "2026-11"), SetConsent(False, "2026-11"))
    assert "đồng ý" in await refused(ward, hoa, answer(ward.ids["HOA"], "conduct", "Một."))
    assert await response_of(ward, hoa, "HOA") is None


async def test_nobody_writes_in_another_persons_review(ward: Ward) -> None:
    for code in ("NAM", "TAM", "CAN"):
        await refused(ward, await ward.join(code), answer(ward.ids["HOA"], "conduct", "Thay."))


async def test_a_stranger_can_do_nothing(ward: Ward) -> None:
    assert "mã mời" in await refused(ward, "ai", answer(ward.ids["HOA"], "conduct", "Thay."))
    assert "mã mời" in await refused(ward, "ai", Looked(1))


async def test_another_form_than_the_one_begun_is_refused(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    wrong = answer(ward.ids["HOA"], "conduct", "Một.")
    for form in ("2Z", "residence_remark"):
        object.__setattr__(wrong, "form", form)
        assert "Mẫu này" in await refused(ward, hoa, wrong)


async def test_submitting_needs_every_answer_and_gives_a_receipt(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    await ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Một."))
    response = await existing(ward, hoa, "HOA")
    assert "Còn" in await refused(ward, hoa, Submit(response.id))
    await ward.does(hoa, *complete(ward.ids["HOA"]), Submit(response.id))
    done = await existing(ward, hoa, "HOA")
    assert (done.status, done.submitted_at) == ("submitted", ward.now)
    assert done.receipt == receipt_number(response.id, ward.now)
    assert "đã nộp" in await refused(ward, hoa, Submit(response.id))
    assert "chưa được lưu" in await refused(ward, hoa, answer(ward.ids["HOA"], "conduct", "Hai."))


async def test_a_refusal_undoes_the_whole_turn(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    with pytest.raises(Refused):
        await ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Một."), Submit(999))
    assert await response_of(ward, hoa, "HOA") is None


async def test_withdrawing_until_the_end_of_the_day_the_cell_meets(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    await ward.does(hoa, *complete(ward.ids["HOA"]))
    response = await existing(ward, hoa, "HOA")
    assert "chưa nộp" in await refused(ward, hoa, Withdraw(response.id))
    await ward.does(hoa, Submit(response.id))
    ward.now = ward.now.replace(day=15, hour=23, minute=59)
    await ward.does(hoa, Withdraw(response.id))
    again = await existing(ward, hoa, "HOA")
    assert (again.status, again.submitted_at, again.receipt) == ("draft", None, "")
    await ward.does(hoa, Submit(response.id))
    ward.passes(minutes=1)
    assert "đã họp" in await refused(ward, hoa, Withdraw(response.id))


async def test_only_its_writer_submits_and_withdraws(ward: Ward) -> None:
    hoa, chi = await ward.join("HOA"), await ward.join("CHI")
    await ward.does(hoa, *complete(ward.ids["HOA"]))
    response = await existing(ward, hoa, "HOA")
    await refused(ward, chi, Submit(response.id))
    await ward.does(hoa, Submit(response.id))
    await refused(ward, chi, Withdraw(response.id))


async def test_looking_at_a_submitted_review_is_audited(ward: Ward) -> None:
    hoa, chi, nam = await ward.join("HOA"), await ward.join("CHI"), await ward.join("NAM")
    await ward.does(hoa, *complete(ward.ids["HOA"]))
    response = await existing(ward, hoa, "HOA")
    await refused(ward, chi, Looked(response.id))
    await ward.does(hoa, Submit(response.id))
    await ward.does(chi, Looked(response.id))
    await refused(ward, nam, Looked(response.id))
    assert await audited(ward, "look") == 1


async def test_a_remark_from_the_contact_reaches_its_subject(ward: Ward) -> None:
    hoa, mat, nam = await ward.join("HOA"), await ward.join("MAT"), await ward.join("NAM")
    await refused(ward, nam, remark(ward.ids["HOA"], "meetings", "often"))
    await ward.does(mat, remark(ward.ids["HOA"], "meetings", "often"))
    response = await existing(ward, mat, "HOA", "residence_remark")
    assert "chưa được gửi" in await refused(ward, hoa, AnswerRemark(response.id, "Cảm ơn."))
    await ward.does(mat, Submit(response.id))
    planned = await ward.db.read(lambda conn: conn.execute(select(notices)).one())
    assert (planned.kind, planned.person_id, planned.params) == (
        "remark_arrived",
        ward.ids["HOA"],
        {"response_id": str(response.id)},
    )
    await refused(ward, nam, AnswerRemark(response.id, "Không phải."))
    await ward.does(hoa, AnswerRemark(response.id, "Cảm ơn."))
    await ward.does(hoa, AnswerRemark(response.id, "Xin cảm ơn."))
    assert await ward.sees(hoa, lambda facts: facts.remark_answer(response.id)) == "Xin cảm ơn."
    assert await history(ward) == [("subject_answer", "Cảm ơn.")]
    assert "subject_answer" not in (await existing(ward, hoa, "HOA", "residence_remark")).answers


async def test_everything_done_is_in_an_unbroken_chain(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    await ward.does(hoa, *complete(ward.ids["HOA"]))

    def chain(conn: Connection) -> tuple[object, str]:
        return audit.verify(conn), str([row.detail for row in conn.execute(select(audit_table))])

    broken, details = await ward.db.read(chain)
    assert broken is None
    assert "Đủ." not in details
