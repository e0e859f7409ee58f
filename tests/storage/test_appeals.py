"""Results told, explanations and complaints filed, answered by somebody without a part; on both databases."""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from bot.planner import plan_day
from conversations.effects import Effect
from conversations.grading_effects import CloseMeeting, RecordDecision
from conversations.result_effects import AnswerAppeal, KeepUnsent, LookedAtAppeal, MakeAppeal
from conversations.result_facts import AppealFacts
from review.appeals import Appeal
from review.decisions import Decision
from review.responses import Grade
from storage import audit
from storage.roster import save
from storage.tables import appeals, notices, people, roles, unsent
from storage.tables import audit as chain
from tests.storage.test_grading import met, proposes, refused, submitted, unit
from tests.storage.ward import PACK, WARD, ZONE, Ward

TEXT = "Hai hồ sơ chậm vì bản đồ sai, tôi đã báo phường."


def as_port(port: AppealFacts) -> AppealFacts:
    """Checked by mypy: the port is answered whole."""
    return port


async def gives(ward: Ward, code: str, name: str, place: str) -> None:
    """Somebody from outside the cells gets a role."""

    def giving(conn: Connection) -> None:
        person_id = conn.scalar(select(people.c.id).where(people.c.code == code))
        if person_id is None:
            row = {"code": code, "name": f"Người {code}"}
            person_id = conn.execute(insert(people).values(row).returning(people.c.id)).scalar_one()
        conn.execute(insert(roles).values(person_id=person_id, unit_id=unit_id, name=name))
        ward.ids[code] = person_id

    unit_id = await unit(ward, place)
    await ward.db.write(giving)


async def graded(ward: Ward, grade: Grade | None = "completed") -> tuple[str, Decision]:
    """Hoa's cell met, Cán of the ward committee decided; Hoa's chat and the decision."""
    hoa = await submitted(ward, "HOA")
    chi, meeting = await met(ward)
    later = [proposes(ward, code, meeting, None, "Vắng mặt.") for code in ("NAM", "BINH", "CHI")]
    await ward.does(chi, proposes(ward, "HOA", meeting), *later, CloseMeeting(meeting.id))
    can = await ward.join("CAN")
    await ward.does(can, decides(ward, grade))
    return hoa, await result(ward, hoa)


def decides(ward: Ward, grade: Grade | None, code: str = "HOA") -> RecordDecision:
    return RecordDecision("committee", "person", ward.ids[code], grade, "Hai hồ sơ chậm.")


async def result(ward: Ward, address: str) -> Decision:
    found = await ward.sees(address, lambda facts: facts.grading.decision("committee", "person", ward.ids["HOA"]))
    assert found
    return found


async def appeal(ward: Ward, address: str, appeal_id: int = 1) -> Appeal:
    found = await ward.sees(address, lambda facts: as_port(facts.appeals).find(appeal_id))
    assert found
    return found


async def told(ward: Ward, kind: str) -> list[tuple[int, str]]:
    query = select(notices.c.person_id, notices.c.slot).where(notices.c.kind == kind).order_by(notices.c.id)
    return await ward.db.read(lambda conn: [(row.person_id, row.slot) for row in conn.execute(query)])


async def audited(ward: Ward, action: str) -> list[str]:
    query = select(chain.c.object).where(chain.c.action == action).order_by(chain.c.seq)
    return list(await ward.db.read(lambda conn: conn.scalars(query).all()))


async def test_a_result_is_told_the_morning_after(ward: Ward) -> None:
    hoa, decision = await graded(ward)
    assert await told(ward, "result") == [(ward.ids["HOA"], f"decision.{decision.id}")]
    due = await ward.db.read(lambda conn: conn.scalar(select(notices.c.due_at).where(notices.c.kind == "result")))
    assert due.astimezone(ZONE) == datetime(2026, 12, 2, 8, tzinfo=ZONE)
    await ward.does("CAN", decides(ward, "good"))
    assert len(await told(ward, "result")) == 2
    assert (await result(ward, hoa)).grade == "good"


async def test_an_explanation_is_filed_and_the_secretary_is_told(ward: Ward) -> None:
    hoa, decision = await graded(ward)
    await ward.does(hoa, MakeAppeal(decision.id, "explanation", "Tôi nằm viện."))
    said = await appeal(ward, hoa)
    assert (said.kind, said.text, said.handler_id, said.answer_due) == ("explanation", "Tôi nằm viện.", None, None)
    assert said.made_at == ward.now
    assert await told(ward, "explanation") == [(ward.ids["CHI"], "appeal.1")]
    await ward.does("CHI", LookedAtAppeal(1))
    await ward.does("CAN", LookedAtAppeal(1))
    assert await audited(ward, "look_at_explanation") == ["appeal:1", "appeal:1"]
    assert "không thuộc phần" in await refused(ward, await ward.join("NAM"), LookedAtAppeal(1))
    assert "không thuộc phần" in await refused(ward, hoa, AnswerAppeal(1, "kept", "Không."))


async def test_a_complaint_goes_to_an_officer_without_a_part(ward: Ward) -> None:
    await gives(ward, "SAU", "officer", "P")
    sau = await ward.join("SAU")
    hoa, decision = await graded(ward)
    await ward.does(hoa, MakeAppeal(decision.id, "complaint", TEXT))
    said = await appeal(ward, hoa)
    assert (said.handler_id, said.answer_due) == (ward.ids["SAU"], date(2026, 12, 15))
    assert await told(ward, "complaint_to_answer") == [(ward.ids["SAU"], "appeal.1")]
    seen = await ward.sees(sau, lambda facts: (facts.appeals.complained(), facts.appeals.by_person(ward.ids["HOA"])))
    assert seen == (frozenset({decision.id}), (said,))
    assert "đang được xem xét" in await refused(ward, hoa, MakeAppeal(decision.id, "complaint", "Lần hai."))
    for address in ("CAN", "CHI", hoa):
        assert "không thuộc phần" in await refused(ward, address, LookedAtAppeal(1))
        assert "không thuộc phần" in await refused(ward, address, AnswerAppeal(1, "kept", "Đúng."))
    await ward.does(sau, LookedAtAppeal(1))
    assert "chưa thấy chữ nào" in await refused(ward, sau, AnswerAppeal(1, "kept", " \u200b"))
    await ward.does(sau, AnswerAppeal(1, "kept", "Đã đối chiếu: đúng."))
    done = await appeal(ward, hoa)
    assert (done.outcome, done.answer, done.answered_at) == ("kept", "Đã đối chiếu: đúng.", ward.now)
    assert "trả lời rồi" in await refused(ward, sau, AnswerAppeal(1, "changed", "Đổi ý."))
    assert await told(ward, "complaint_answered") == [(ward.ids["HOA"], "appeal.1")]
    assert (await result(ward, hoa)).grade == "completed"
    assert await audited(ward, "answer_complaint") == ["appeal:1"]
    assert await audited(ward, "look_at_complaint") == ["appeal:1"]
    assert await ward.db.read(audit.verify) is None


async def test_changed_orders_the_grading_again_and_a_new_decision_does_it(ward: Ward) -> None:
    await gives(ward, "SAU", "officer", "P")
    sau = await ward.join("SAU")
    hoa, decision = await graded(ward)
    await ward.does(hoa, MakeAppeal(decision.id, "complaint", TEXT))
    await ward.does(sau, AnswerAppeal(1, "changed", "Công văn có thật."))
    [order] = await ward.sees(hoa, lambda facts: facts.redo.open_on("person", ward.ids["HOA"]))
    assert (order.what, order.reason, order.due) == ("grading", "Công văn có thật.", date(2026, 12, 15))
    assert await result(ward, hoa) == decision, "the answer changes no grade"
    assert [person for person, _ in await told(ward, "redo")] == [ward.ids["HOA"], ward.ids["CHI"]]
    meeting = await ward.sees(hoa, lambda facts: facts.grading.meetings((facts.person(ward.ids["HOA"]).unit.id,)))
    assert [one.round for one in meeting.values()] == [1], "the committee decides again, not the cell"
    ward.passes(days=3)
    await ward.does("CAN", decides(ward, "good"))
    again = await ward.sees(hoa, lambda facts: facts.redo.find(order.id))
    assert again is not None
    assert again.done_at == ward.now
    history = await ward.sees(hoa, lambda facts: facts.grading.history("committee", "person", ward.ids["HOA"]))
    assert [(one.grade, one.superseded_at is None) for one in history] == [("completed", False), ("good", True)]


async def test_where_nobody_is_free_the_admin_is_told_and_a_new_officer_gets_it(ward: Ward) -> None:
    await gives(ward, "TRI", "admin", "P")
    hoa, decision = await graded(ward)
    await ward.does(hoa, MakeAppeal(decision.id, "complaint", TEXT))
    assert (await appeal(ward, hoa)).handler_id is None
    assert await told(ward, "complaint_unassigned") == [(ward.ids["TRI"], "appeal.1")]
    await gives(ward, "SAU", "officer", "P")
    ward.passes(days=1, hours=-1)
    await ward.db.write(lambda conn: plan_day(conn, ward.now, lambda _: PACK))
    await ward.db.write(lambda conn: plan_day(conn, ward.now, lambda _: PACK))
    assert (await appeal(ward, hoa)).handler_id == ward.ids["SAU"]
    assert await told(ward, "complaint_to_answer") == [(ward.ids["SAU"], "appeal.1.2026-12-02")]
    assert await audited(ward, "assign_complaint") == ["appeal:1"]


async def test_a_handler_who_comes_to_have_a_part_is_replaced(ward: Ward) -> None:
    await gives(ward, "SAU", "officer", "P")
    await gives(ward, "TRI", "admin", "P")
    sau = await ward.join("SAU")
    hoa, decision = await graded(ward)
    await ward.does(hoa, MakeAppeal(decision.id, "complaint", TEXT))
    await gives(ward, "SAU", "deputy", "TH")
    assert "đã tham gia" in await refused(ward, sau, AnswerAppeal(1, "kept", "Đúng."))
    ward.passes(days=1, hours=-1)
    await ward.db.write(lambda conn: plan_day(conn, ward.now, lambda _: PACK))
    assert (await appeal(ward, hoa)).handler_id is None
    assert await told(ward, "complaint_unassigned") == [(ward.ids["TRI"], "appeal.1.2026-12-02")]


async def test_handlers_are_reminded_until_they_have_answered(ward: Ward) -> None:
    await gives(ward, "SAU", "officer", "P")
    sau = await ward.join("SAU")
    hoa, decision = await graded(ward)
    await ward.does(hoa, MakeAppeal(decision.id, "complaint", TEXT))
    due = (await appeal(ward, hoa)).answer_due
    assert due
    for days in (-4, -3, -1, 0, 1, 2):
        at = datetime.combine(due + timedelta(days=days), ward.now.timetz()).replace(hour=8)
        await ward.db.write(lambda conn, at=at: plan_day(conn, at, lambda _: PACK))
    assert [slot for _, slot in await told(ward, "complaint_due")] == ["appeal.1 T-3", "appeal.1 T", "appeal.1 T+1"]
    await ward.does(sau, AnswerAppeal(1, "kept", "Đúng."))
    await ward.db.write(lambda conn: plan_day(conn, datetime(2026, 12, 12, 8, tzinfo=ZONE), lambda _: PACK))
    assert len(await told(ward, "complaint_due")) == 3


async def test_words_that_are_not_sent_belong_to_their_writer(ward: Ward) -> None:
    hoa, _ = await graded(ward)
    await ward.does(hoa, KeepUnsent("complaint.1", "Chưa gửi."), KeepUnsent("complaint.1", "Viết lại."))
    assert await ward.sees(hoa, lambda facts: facts.appeals.unsent("complaint.1")) == "Viết lại."
    assert await ward.sees("CHI", lambda facts: facts.appeals.unsent("complaint.1")) == ""
    assert await ward.db.read(lambda conn: conn.scalar(select(chain.c.seq).where(chain.c.action == "unsent"))) is None
    await ward.does(hoa, KeepUnsent("complaint.1", ""))
    assert await ward.db.read(lambda conn: conn.execute(select(unsent)).all()) == []


async def test_only_the_own_standing_result_can_be_appealed(ward: Ward) -> None:
    hoa, decision = await graded(ward)
    nam = await ward.join("NAM")
    everywhere: tuple[tuple[str, Effect], ...] = (
        (nam, MakeAppeal(decision.id, "complaint", TEXT)),
        (hoa, MakeAppeal(decision.id + 1, "complaint", TEXT)),
        (hoa, MakeAppeal(1, "explanation", TEXT)),
    )
    for address, effect in everywhere:
        assert "kết quả" in await refused(ward, address, effect)
    assert "chưa thấy chữ" in await refused(ward, hoa, MakeAppeal(decision.id, "explanation", "   "))
    assert await ward.db.read(lambda conn: conn.execute(select(appeals)).all()) == []


async def test_a_member_without_grade_may_complain_too_and_the_roster_may_change(ward: Ward) -> None:
    """Somebody whose role is taken away is no handler any more."""
    await gives(ward, "SAU", "officer", "P")
    hoa, decision = await graded(ward, None)
    await ward.does(hoa, MakeAppeal(decision.id, "complaint", TEXT))
    assert (await appeal(ward, hoa)).handler_id == ward.ids["SAU"]
    await ward.db.write(lambda conn: conn.execute(delete(roles).where(roles.c.person_id == ward.ids["SAU"])))
    sau = await ward.join("SAU")
    assert "không thuộc phần" in await refused(ward, sau, AnswerAppeal(1, "kept", "Đúng."))
    await ward.db.write(lambda conn: save(conn, WARD, ward.now))
    ward.passes(days=1, hours=-1)
    await ward.db.write(lambda conn: plan_day(conn, ward.now, lambda _: PACK))
    assert (await appeal(ward, hoa)).handler_id is None
