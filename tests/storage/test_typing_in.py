"""Typing in for a member: whose hand it is, what the owner keeps, the signature, what goes out."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, select

from conversations.effects import Looked, NoteSignature, SaveAnswer, SetConsent, Submit, TypeIn, Withdraw
from conversations.facts import PersonProgress
from conversations.result_effects import OrderRedo
from review.responses import Response
from storage import audit, lacking
from storage.errors import Refused
from storage.export import export_year
from storage.tables import answers, notices
from storage.tables import audit as audit_table
from tests.conversations.small_pack import SMALL_PACK
from tests.storage.filling import answer, complete
from tests.storage.test_apply_responses import existing, refused
from tests.storage.ward import Ward


async def type_whole(ward: Ward, typist: str, code: str = "HOA") -> Response:
    """Typed in and submitted."""
    await ward.does(typist, TypeIn(ward.ids[code]), *complete(ward.ids[code]))
    await ward.does(typist, Submit((await existing(ward, typist, code)).id))
    return await existing(ward, typist, code)


async def row_of(ward: Ward, address: str, code: str) -> PersonProgress:
    def look(facts: object) -> PersonProgress:
        person = facts.person(ward.ids[code])  # type: ignore[attr-defined]
        rows = facts.people_progress(person.unit.id)  # type: ignore[attr-defined]
        return next(row for row in rows if row.person.id == person.id)

    return await ward.sees(address, look)


async def deeds(ward: Ward, code: str) -> list[str]:
    """What this person did, in order."""
    mine = audit_table.c.actor == audit.person(ward.ids[code])
    query = select(audit_table.c.action).where(mine).order_by(audit_table.c.seq)
    return await ward.db.read(lambda conn: list(conn.scalars(query)))


async def test_the_secretary_types_in_and_hands_in(ward: Ward) -> None:
    chi = await ward.join("CHI")
    done = await type_whole(ward, chi)
    assert (done.status, done.respondent_id, done.typed_in) == ("submitted", ward.ids["CHI"], True)
    saved_by = await ward.db.read(lambda conn: set(conn.scalars(select(answers.c.saved_by))))
    assert saved_by == {ward.ids["CHI"]}
    said = await deeds(ward, "CHI")
    assert said.count("type_in") == 1
    assert said.count("answer") == len(done.answers)
    assert said[-1] == "submit"
    assert await ward.db.read(audit.verify) is None


async def test_it_counts_as_submitted_and_is_marked(ward: Ward) -> None:
    chi = await ward.join("CHI")
    await ward.does(chi, answer(ward.ids["HOA"], "conduct", "Chép."))
    row = await row_of(ward, chi, "HOA")
    assert (row.progress, row.typed_in, row.joined) == ("drafting", True, False)
    await type_whole(ward, chi)
    await ward.join("HOA")
    row = await row_of(ward, chi, "HOA")
    assert (row.progress, row.typed_in, row.joined, row.signed_on) == ("submitted", True, True, None)
    assert not (await row_of(ward, chi, "NAM")).typed_in
    late = await ward.db.read(lambda conn: lacking.without_self_review(conn, ward.cycle.id))
    assert ward.ids["HOA"] not in [person for person, _ in late]


async def test_the_member_is_told_of_each_submission(ward: Ward) -> None:
    chi = await ward.join("CHI")
    done = await type_whole(ward, chi)
    await ward.does(chi, Withdraw(done.id))
    ward.passes(minutes=5)
    await ward.does(chi, Submit(done.id))
    planned = await ward.db.read(lambda conn: conn.execute(select(notices)).all())
    assert [(one.kind, one.person_id) for one in planned] == [("typed_in", ward.ids["HOA"])] * 2
    hoa = await ward.join("HOA")
    await ward.does(hoa, Withdraw(done.id), Submit(done.id))
    planned = await ward.db.read(lambda conn: conn.execute(select(notices)).all())
    assert len(planned) == 2, "nobody is told of the own deed"


@pytest.mark.parametrize("code", ["NAM", "TAM", "CAN", "MAT"])
async def test_nobody_but_the_leaders_of_the_cell(ward: Ward, code: str) -> None:
    other, chi = await ward.join(code), await ward.join("CHI")
    subject = "BINH"
    await refused(ward, other, TypeIn(ward.ids[subject]))
    await refused(ward, other, answer(ward.ids[subject], "conduct", "Thay."))
    done = await type_whole(ward, chi, subject)
    for effect in (Withdraw(done.id), NoteSignature(done.id, ward.now.date())):
        await refused(ward, other, effect)
    assert await existing(ward, chi, subject) == done


async def test_nobody_types_in_for_himself_or_the_exempt(ward: Ward) -> None:
    chi = await ward.join("CHI")
    for code in ("CHI", "MIEN"):
        await refused(ward, chi, TypeIn(ward.ids[code]))
    await refused(ward, chi, answer(ward.ids["MIEN"], "conduct", "Thay."))
    await refused(ward, chi, TypeIn(999))


async def test_what_its_owner_has_begun_is_the_owners(ward: Ward) -> None:
    hoa, chi = await ward.join("HOA"), await ward.join("CHI")
    await ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Của tôi."))
    await refused(ward, chi, TypeIn(ward.ids["HOA"]))
    for key in ("conduct", "wish"):
        assert "tự viết" in await refused(ward, chi, answer(ward.ids["HOA"], key, "Thay."))
    await ward.does(hoa, *complete(ward.ids["HOA"]))
    response = await existing(ward, hoa, "HOA")
    assert "tự viết" in await refused(ward, chi, Submit(response.id))
    await ward.does(hoa, Submit(response.id))
    await refused(ward, chi, Withdraw(response.id))
    await refused(ward, chi, NoteSignature(response.id, ward.now.date()))
    assert (await existing(ward, hoa, "HOA")).respondent_id == ward.ids["HOA"]


async def test_what_was_begun_and_emptied_again_protects_nothing(ward: Ward) -> None:
    hoa, chi = await ward.join("HOA"), await ward.join("CHI")
    for value in ("Của tôi.", None):
        await ward.does(hoa, answer(ward.ids["HOA"], "conduct", value))
    await ward.does(chi, answer(ward.ids["HOA"], "conduct", "Chép."))
    assert (await existing(ward, chi, "HOA")).typed_in


async def test_the_member_takes_it_over_with_the_first_own_word(ward: Ward) -> None:
    hoa, chi = await ward.join("HOA"), await ward.join("CHI")
    await ward.does(chi, answer(ward.ids["HOA"], "conduct", "Chép."))
    await ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Chép."))
    assert (await existing(ward, hoa, "HOA")).typed_in, "an unchanged answer changes nothing"
    await ward.does(hoa, answer(ward.ids["HOA"], "wish", "Của tôi."))
    assert not (await existing(ward, hoa, "HOA")).typed_in
    assert "tự viết" in await refused(ward, chi, answer(ward.ids["HOA"], "conduct", "Chép tiếp."))
    assert not (await row_of(ward, chi, "HOA")).typed_in


async def test_owner_and_secretary_at_the_same_moment(ward: Ward) -> None:
    """Whoever comes first: afterwards it is the owner's, with the owner's word."""
    hoa, chi = await ward.join("HOA"), await ward.join("CHI")
    deeds = (
        ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Của tôi.")),
        ward.does(chi, answer(ward.ids["HOA"], "wish", "Chép.")),
    )
    done = await asyncio.gather(*deeds, return_exceptions=True)
    assert done[0] is None
    assert done[1] is None or isinstance(done[1], Refused)
    response = await existing(ward, hoa, "HOA")
    assert not response.typed_in or response.answers == {"conduct": "Của tôi.", "wish": "Chép."}
    assert response.answers["conduct"] == "Của tôi."


async def test_consent_taken_back_stands(ward: Ward) -> None:
    hoa, chi = await ward.join("HOA"), await ward.join("CHI")
    await ward.does(chi, answer(ward.ids["HOA"], "conduct", "Chép."))
    response = await existing(ward, chi, "HOA")
    await ward.does(hoa, SetConsent(False, "2026-11"))
    for effect in (TypeIn(ward.ids["HOA"]), answer(ward.ids["HOA"], "wish", "Chép."), Submit(response.id)):
        await refused(ward, chi, effect)
    await ward.does(hoa, SetConsent(True, "2026-11"))
    await ward.does(chi, answer(ward.ids["HOA"], "wish", "Chép."))
    nam = await ward.join("NAM", consent=False)
    await ward.does(chi, TypeIn(ward.ids["NAM"]))
    assert nam


async def test_a_typist_without_consent_stores_nothing(ward: Ward) -> None:
    chi = await ward.join("CHI", consent=False)
    assert "đồng ý" in await refused(ward, chi, TypeIn(ward.ids["HOA"]))
    assert "đồng ý" in await refused(ward, chi, answer(ward.ids["HOA"], "conduct", "Chép."))


async def test_two_papers_one_after_the_other(ward: Ward) -> None:
    chi = await ward.join("CHI")
    for nth, key in enumerate(("conduct", "wish")):
        for code in ("HOA", "NAM"):
            await ward.does(chi, answer(ward.ids[code], key, f"{code} {nth}"))
    for code in ("HOA", "NAM"):
        assert (await existing(ward, chi, code)).answers == {"conduct": f"{code} 0", "wish": f"{code} 1"}


async def test_the_signature_is_of_one_print(ward: Ward) -> None:
    chi = await ward.join("CHI")
    done = await type_whole(ward, chi)
    today = ward.now.date()
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        assert "chưa được ghi" in await refused(ward, chi, NoteSignature(done.id, day))
    await ward.does(chi, NoteSignature(done.id, today))
    assert (await existing(ward, chi, "HOA")).signed_on == today
    assert (await row_of(ward, chi, "HOA")).signed_on == today
    await ward.does(chi, NoteSignature(done.id, None))
    assert (await existing(ward, chi, "HOA")).signed_on is None
    await ward.does(chi, NoteSignature(done.id, today), Withdraw(done.id), Submit(done.id))
    assert (await existing(ward, chi, "HOA")).signed_on is None, "another print"
    await ward.does(chi, Withdraw(done.id))
    await refused(ward, chi, NoteSignature(done.id, today))


async def test_the_day_of_a_late_evening_is_the_committees(ward: Ward) -> None:
    """Submitted at half past midnight in Vietnam: in UTC it is still the day before."""
    chi = await ward.join("CHI")
    ward.now = ward.now.replace(hour=0, minute=30)
    done = await type_whole(ward, chi)
    assert "chưa được ghi" in await refused(ward, chi, NoteSignature(done.id, date(2026, 11, 30)))
    await ward.does(chi, NoteSignature(done.id, date(2026, 12, 1)))


async def test_until_the_cell_has_met(ward: Ward) -> None:
    chi = await ward.join("CHI")
    done = await type_whole(ward, chi)
    ward.now = ward.now.replace(day=16)
    assert "đã họp" in await refused(ward, chi, Withdraw(done.id))


async def test_whoever_reads_it_later_is_audited(ward: Ward) -> None:
    chi, can = await ward.join("CHI"), await ward.join("CAN")
    done = await type_whole(ward, chi)
    await ward.does(can, Looked(done.id))
    assert (await deeds(ward, "CAN"))[-1] == "look"


async def test_the_export_names_who_wrote_it_down(ward: Ward) -> None:
    hoa, chi = await ward.join("HOA"), await ward.join("CHI")
    await type_whole(ward, chi, "NAM")
    await ward.does(hoa, *complete(ward.ids["HOA"]))

    def export(conn: Connection) -> dict[str, object]:
        return export_year(conn, 2026, ward.now, lambda _: SMALL_PACK)

    year = await ward.db.read(export)
    typed, own = year["responses"]  # type: ignore[misc]
    assert (typed["subject"], typed["respondent"], typed["typed_in"]) == ("NAM", "CHI", True)
    assert (own["subject"], own["respondent"]) == ("HOA", "HOA")
    assert "typed_in" not in own
    assert [(one["subject"], one["stage"], one["by"]) for one in year["decisions"]] == [("NAM", "self", "NAM")]  # type: ignore[attr-defined]


async def test_what_was_returned_stays_marked_and_is_typed_in_again(ward: Ward) -> None:
    chi, can = await ward.join("CHI"), await ward.join("CAN")
    done = await type_whole(ward, chi)
    await ward.does(chi, NoteSignature(done.id, ward.now.date()))
    await ward.does(can, OrderRedo("person", ward.ids["HOA"], "review", date(2026, 12, 9), "Còn chung."))
    [version] = await ward.sees(chi, lambda facts: facts.redo.versions(done.id))
    assert version.typed_in
    await ward.does(chi, TypeIn(ward.ids["HOA"]), answer(ward.ids["HOA"], "conduct", "Rõ hơn."), Submit(done.id))
    again = await existing(ward, chi, "HOA")
    assert (again.status, again.typed_in, again.signed_on) == ("submitted", True, None)


async def test_a_form_of_another_name_is_refused_here_too(ward: Ward) -> None:
    chi = await ward.join("CHI")
    wrong = SaveAnswer("self_review", ward.ids["HOA"], "residence_remark", "meetings", "often")
    assert "Mẫu này" in await refused(ward, chi, wrong)
