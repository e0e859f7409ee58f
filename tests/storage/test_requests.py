"""Requests about personal data: the register, its judging, its dates, what a deletion leaves; on both databases."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, func, select, update

from bot.planner import plan_day
from conversations.effects import SetConsent, Submit
from conversations.incoming import ChannelName
from conversations.privacy_facts import PrivacyFacts
from conversations.request_effects import (
    AnswerRequest,
    ExtendRequest,
    KeepWords,
    LookedAtRequest,
    MakeRequest,
    TakeRequest,
)
from conversations.result_effects import KeepUnsent
from review.requests import DataRequest
from storage import audit, cycles, retention, sessions
from storage.person_record import person_record
from storage.tables import accounts, answer_history, answers, consents, notices, request_words, roles, web_sessions
from storage.tables import audit as chain_table
from tests.storage.filling import complete
from tests.storage.test_appeals import audited, gives, told
from tests.storage.test_grading import refused
from tests.storage.test_retention import holds
from tests.storage.ward import PACK, ZONE, Ward

SECRET = "Nháp giấu kín trong vườn chè 7391"
ASKED = "Ngày sinh đúng ra là 02/05/1968."


def as_port(port: PrivacyFacts) -> PrivacyFacts:
    """Checked by mypy: the port is answered whole."""
    return port


async def request(ward: Ward, address: str, request_id: int = 1) -> DataRequest:
    found = await ward.sees(address, lambda facts: as_port(facts.privacy).find(request_id))
    assert found
    return found


async def plans(ward: Ward, day: date) -> None:
    at = datetime.combine(day, datetime.min.time(), ZONE).replace(hour=8)
    await ward.db.write(lambda conn: plan_day(conn, at, lambda _: PACK))


async def test_a_request_gets_its_dates_and_its_answer(ward: Ward) -> None:
    hoa, can = await ward.join("HOA", consent=False), await ward.join("CAN")
    await ward.does(hoa, KeepWords("ask.correct", "Chưa gửi."), KeepWords("ask.correct", ASKED))
    assert await ward.sees(hoa, lambda facts: facts.privacy.words("ask.correct")) == ASKED
    assert await ward.sees(can, lambda facts: facts.privacy.words("ask.correct")) == ""
    await ward.does(hoa, MakeRequest("correct", ASKED), KeepWords("ask.correct", ""))
    made = await request(ward, hoa)
    assert (made.number, made.acknowledge_due, made.due) == ("DL-0001", date(2026, 12, 3), date(2026, 12, 11))
    assert await told(ward, "request_received") == [(ward.ids["CAN"], "request.1")]
    assert await ward.sees(can, lambda facts: facts.privacy.open()) == (made,)
    await ward.does(can, LookedAtRequest(1), TakeRequest(1))
    assert "chưa thấy chữ nào" in await refused(ward, can, AnswerRequest(1, "done", " \u200b"))
    await ward.does(can, ExtendRequest(1, "Chờ giấy khai sinh."))
    assert (await request(ward, hoa)).until == date(2026, 12, 28)
    assert "đã gia hạn một lần" in await refused(ward, can, ExtendRequest(1, "Nữa."))
    await ward.does(can, AnswerRequest(1, "done", "Văn phòng đã sửa."))
    [done] = await ward.sees(hoa, lambda facts: facts.privacy.mine())
    assert (done.outcome, done.answer, done.handler_id) == ("done", "Văn phòng đã sửa.", ward.ids["CAN"])
    assert done.answered_at == ward.now
    assert "trả lời rồi" in await refused(ward, can, AnswerRequest(1, "refused", "Đổi ý."))
    answered = [(ward.ids["HOA"], f"request.1 {what}") for what in ("extended", "answered")]
    assert await told(ward, "request_answered") == answered
    for action in ("make_request", "look_at_request", "take_request", "extend_request", "answer_request"):
        assert await audited(ward, action) == ["request:1"]
    chain = await ward.db.read(lambda conn: [str(row) for row in conn.execute(select(chain_table))])
    assert not any(ASKED in row or "Văn phòng" in row for row in chain)
    assert await ward.db.read(audit.verify) is None
    assert await ward.db.read(lambda conn: conn.execute(select(request_words)).all()) == []


async def test_only_a_free_officer_who_took_it_answers(ward: Ward) -> None:
    hoa, can = await ward.join("HOA"), await ward.join("CAN")
    chi, nam = await ward.join("CHI"), await ward.join("NAM")
    await ward.does(hoa, MakeRequest("access", "Xin bản sao."))
    for address in (hoa, chi, nam):
        for effect in (LookedAtRequest(1), TakeRequest(1), AnswerRequest(1, "done", "Xong.")):
            assert "đã tham gia" in await refused(ward, address, effect)
    assert "đã tham gia" in await refused(ward, can, AnswerRequest(1, "done", "Chưa nhận."))
    assert "không thuộc phần" in await refused(ward, can, TakeRequest(9))
    assert "không thuộc phần" in await refused(ward, hoa, MakeRequest("withdraw", "Rút."))
    assert "chưa thấy chữ" in await refused(ward, hoa, MakeRequest("delete", "  "))
    await gives(ward, "SAU", "officer", "P")
    sau = await ward.join("SAU")
    await ward.does(can, TakeRequest(1))
    assert "đã tham gia" in await refused(ward, sau, TakeRequest(1))
    await gives(ward, "CAN", "deputy", "TH")
    assert "đã tham gia" in await refused(ward, can, AnswerRequest(1, "done", "Xong."))
    await ward.does(sau, TakeRequest(1), AnswerRequest(1, "done", "Đã đưa bản sao."))
    assert (await request(ward, hoa)).handler_id == ward.ids["SAU"]


async def test_officers_are_reminded_before_the_dates_with_or_without_a_review(ward: Ward) -> None:
    await gives(ward, "SAU", "officer", "P")
    hoa, can = await ward.join("HOA"), await ward.join("CAN")
    await ward.does(hoa, MakeRequest("delete", "Xin xóa."))
    assert [who for who, _ in await told(ward, "request_received")] == [ward.ids["CAN"], ward.ids["SAU"]]
    await plans(ward, date(2026, 12, 2))
    await plans(ward, date(2026, 12, 2))
    both = [(ward.ids[code], "request.1 2026-12-03 T-1") for code in ("CAN", "SAU")]
    assert await told(ward, "request_due") == both
    await ward.does(can, TakeRequest(1))
    await ward.db.write(lambda conn: cycles.close(conn, ward.cycle.id, ward.now))
    for day in (date(2026, 12, 17), date(2026, 12, 18), date(2026, 12, 20), date(2026, 12, 21), date(2026, 12, 22)):
        await plans(ward, day)
    mine = [f"request.1 2026-12-21 {slot}" for slot in ("T-3", "T-1", "T", "T+1")]
    assert [slot for who, slot in (await told(ward, "request_due"))[2:] if who == ward.ids["CAN"]] == mine
    await gives(ward, "CAN", "deputy", "TH")
    await plans(ward, date(2026, 12, 20) + timedelta(days=1))
    await ward.db.write(lambda conn: conn.execute(delete(notices)))
    await plans(ward, date(2026, 12, 21))
    assert await told(ward, "request_due") == [(ward.ids["SAU"], "request.1 2026-12-21 T")]


async def test_where_nobody_is_free_the_admin_hears_of_it(ward: Ward) -> None:
    await gives(ward, "TRI", "admin", "P")
    await ward.db.write(lambda conn: conn.execute(delete(roles).where(roles.c.name == "officer")))
    hoa = await ward.join("HOA")
    await ward.does(hoa, MakeRequest("object", "Không đồng ý."))
    await plans(ward, date(2026, 12, 3))
    slots = ["request.1", "request.1 2026-12-03 T"]
    assert await told(ward, "request_unassigned") == [(ward.ids["TRI"], slot) for slot in slots]


async def test_somebody_from_outside_the_cells_is_answered_by_the_officer(ward: Ward) -> None:
    mat, can = await ward.join("MAT"), await ward.join("CAN")
    await ward.does(mat, MakeRequest("access", "Xin xem."))
    await ward.does(can, TakeRequest(1), AnswerRequest(1, "done", "Đã đưa."))
    assert (await request(ward, mat)).outcome == "done"


async def test_taking_the_consent_back_stands_in_the_register(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    await ward.does(hoa, SetConsent(False, "2026-11"))
    withdrawn = await request(ward, hoa)
    assert (withdrawn.kind, withdrawn.outcome, withdrawn.due) == ("withdraw", "done", ward.now.date())


async def opens_web(ward: Ward, code: str) -> str:
    """A browser of this person."""
    sid, _ = await ward.db.write(lambda conn: sessions.open_session(conn, ward.now))
    channel: ChannelName = "web"
    await ward.join(code, channel, sid)
    return sid


async def test_a_granted_deletion_leaves_no_byte(ward: Ward, database_url: str) -> None:
    """Nam handed in, then went on with nothing; Hoa has a draft, earlier wordings, words not sent, two browsers."""
    can, nam = await ward.join("CAN"), await ward.join("NAM")
    nam_id, hoa_id = ward.ids["NAM"], ward.ids["HOA"]
    await ward.does(nam, *complete(nam_id, shortcomings__1__text="Của Nam, phải giữ."))
    mine, other = await opens_web(ward, "HOA"), await opens_web(ward, "HOA")
    for text in (f"Cũ {SECRET}", SECRET):
        await ward.does(mine, *complete(hoa_id, shortcomings__1__text=text), channel="web")
    await ward.does(mine, KeepUnsent("x", SECRET), KeepWords("ask.object", SECRET), channel="web")
    await ward.does(mine, MakeRequest("delete", "Xin xóa nháp."), channel="web")
    preview = await ward.sees(can, lambda facts: facts.privacy.erasure(facts.privacy.open()[0]))
    assert (preview.removed["drafts"], preview.removed["words"], preview.removed["sessions"]) == (1, 2, 1)
    await ward.does(can, TakeRequest(1), AnswerRequest(1, "done", "Đã xóa."))
    done = await ward.sees(mine, lambda facts: facts.privacy.mine()[0], channel="web")
    assert done.erased
    assert done.erased.removed == preview.removed
    assert done.erased.kept["consents"] == 2

    def left(conn: Connection) -> tuple[int, list[str], bool]:
        texts = [str(row.value) for table in (answers, answer_history) for row in conn.execute(select(table))]
        open_ = list(conn.scalars(select(web_sessions.c.sid)))
        return conn.scalar(select(func.count()).select_from(web_sessions)) or 0, open_, any(SECRET in t for t in texts)

    assert await ward.db.read(left) == (1, [mine], False)
    hoa_accounts = select(func.count()).select_from(accounts).where(accounts.c.person_id == hoa_id)
    assert await ward.db.read(lambda conn: conn.scalar(hoa_accounts)) == 1, f"{other} is nobody's"
    nams = await ward.sees(nam, lambda facts: facts.response("self_review", nam_id))
    assert nams is not None
    assert nams.answers["shortcomings.1.text"] == "Của Nam, phải giữ."
    assert await audited(ward, "erase") == [f"person:{hoa_id}"]
    assert await ward.db.read(audit.verify) is None
    await ward.db.close()
    await retention.scrub(database_url)
    if "sqlite" in database_url:
        file = Path(database_url.split("///")[1])
        assert not holds(file, SECRET)
        assert holds(file, "Của Nam, phải giữ.")


async def test_what_was_handed_in_stays_and_only_its_earlier_wordings_go(ward: Ward) -> None:
    hoa, can = await ward.join("HOA"), await ward.join("CAN")
    hoa_id = ward.ids["HOA"]
    for text in (SECRET, "Bản đã nộp."):
        await ward.does(hoa, *complete(hoa_id, shortcomings__1__text=text))
    response = await ward.sees(hoa, lambda facts: facts.response("self_review", hoa_id))
    assert response
    await ward.does(hoa, Submit(response.id), MakeRequest("delete", "Xin xóa hết."))
    await ward.does(can, TakeRequest(1), AnswerRequest(1, "done", "Đã xóa điều xóa được."))
    done = await request(ward, hoa)
    assert done.erased
    assert "drafts" not in done.erased.removed
    assert done.erased.removed["answers"] >= 1
    assert done.erased.kept["reviews"] == 1
    again = await ward.sees(hoa, lambda facts: facts.response("self_review", hoa_id))
    assert again == replace(response, status="submitted", submitted_at=ward.now, receipt=again.receipt if again else "",
                            revision=again.revision if again else 0)  # fmt: skip
    assert await ward.db.read(lambda conn: conn.execute(select(answer_history)).all()) == []


async def test_the_copy_holds_this_person_only(ward: Ward) -> None:
    hoa, nam = await ward.join("HOA"), await ward.join("NAM")
    await ward.does(hoa, *complete(ward.ids["HOA"], shortcomings__1__text="Điều của Hoa."))
    await ward.does(nam, *complete(ward.ids["NAM"], shortcomings__1__text="Điều của Nam."))
    await ward.does(hoa, MakeRequest("access", "Xin bản sao."))
    record = await ward.db.read(lambda conn: person_record(conn, ward.person(conn, "HOA"), ward.now))
    assert record["format"] == "tusoi-person/1"
    assert record["person"]["birth_date"] == "1968-05-01"
    assert record["reviews"][0]["answers"]["shortcomings.1.text"] == "Điều của Hoa."
    assert record["requests"][0]["text"] == "Xin bản sao."
    assert record["requests"][0]["received_at"] == ward.now.isoformat()
    assert [one["channel"] for one in record["devices"]] == ["telegram"]
    assert "Nam" not in str(record)
    counts = {kept.section: kept.count for kept in await ward.sees(hoa, lambda facts: facts.privacy.kept())}
    assert counts == {name: len(kept) for name, kept in record.items() if isinstance(kept, list) and kept}


async def test_a_changed_text_is_asked_about_again(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    assert await ward.sees(hoa, lambda facts: (facts.consented, facts.privacy.agreed_before)) == (True, False)
    await ward.db.write(lambda conn: conn.execute(update(consents).values(text_version="2025-10")))
    assert await ward.sees(hoa, lambda facts: (facts.consented, facts.privacy.agreed_before)) == (False, True)
    assert not await ward.sees(hoa, lambda facts: facts.has_refused(ward.ids["HOA"]))
    await ward.does(hoa, SetConsent(True, "2026-11"))
    assert await ward.sees(hoa, lambda facts: (facts.consented, facts.privacy.agreed_before)) == (True, False)
