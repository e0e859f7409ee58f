"""The committee's decisions as they are stored: the ceiling holds, grounds are kept, conflicts and gaps are refused."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select, update

from conversations.approval import sitting
from conversations.approval_effects import FollowProposals, RecordGrounds
from conversations.approval_facts import ApprovalFacts
from conversations.effects import Effect
from conversations.grading_effects import RecordDecision
from conversations.left_out import left_out_of
from review.responses import Grade
from storage import audit
from storage.database import Database
from storage.errors import Refused
from storage.tables import appeals, ceiling_grounds, decisions, grading_facts, people, redo_orders, responses
from storage.tables import audit as chain
from tests.storage.board import CODES, Board

WHY = "Việc vượt yêu cầu chưa đủ 30%."
GROUNDS = "Dẫn đầu phong trào, Quyết định 45-QĐ/ĐU ngày 5/12/2026."


def as_port(approval: ApprovalFacts) -> ApprovalFacts:
    """Checked by mypy: the port is answered whole."""
    return approval


@pytest.fixture
async def board(db: Database, database_url: str) -> Board:
    filled = Board(db, database_url)
    await filled.fill()
    return filled


async def refused(board: Board, address: str, *effects: Effect) -> str:
    with pytest.raises(Refused) as no:
        await board.does(address, *effects)
    return no.value.sentence


def decides(board: Board, code: str, grade: Grade | None, reason: str = "") -> RecordDecision:
    return RecordDecision("committee", "person", board.ids[code], grade, reason)


def follows(board: Board, *codes: str) -> FollowProposals:
    return FollowProposals("person", tuple(board.ids[code] for code in codes))


async def test_a_list_above_its_ceiling_is_stopped_with_the_arithmetic(board: Board) -> None:
    can = await board.join("CAN")
    for effect in (follows(board, *CODES), decides(board, "M00", "excellent")):
        said = await refused(board, can, effect)
        assert "12 tốt → được tối đa 2 xuất sắc; đang đề nghị 3: **vượt 1**" in said
        assert "Chuyển 1 đề nghị từ xuất sắc xuống tốt là vừa, hoặc thêm 3 tốt nữa thì được 3" in said
    assert await board.decided() == 0


async def test_one_is_lowered_and_the_others_are_confirmed_in_one_go(board: Board) -> None:
    can = await board.join("CAN")
    await board.does(can, decides(board, "M02", "good", WHY))
    await board.does(can, follows(board, *CODES))
    assert await board.decided() == 15
    found = await board.sees(can, lambda facts: facts.grading.decision("committee", "person", board.ids["M02"]))
    assert found
    assert (found.grade, found.reason, found.decided_by) == ("good", WHY, board.ids["CAN"]), "it keeps its decision"

    def look(conn: Connection) -> tuple[object, int]:
        rows = conn.execute(select(chain.c.seq).where(chain.c.action == "decide")).all()
        return audit.verify(conn), len(rows)

    assert await board.db.read(look) == (None, 15)
    await board.does(can, follows(board, *CODES))
    assert await board.db.read(look) == (None, 15), "confirmed again, nothing is written"


async def test_a_decided_group_is_not_pushed_above_its_ceiling(board: Board) -> None:
    can = await board.join("CAN")
    others = [code for code in CODES if code != "M02"]
    await board.does(can, decides(board, "M02", "good", WHY), follows(board, *others))
    for code in ("M03", "M04", "M05"):
        await board.does(can, decides(board, code, "completed", WHY))
    said = await refused(board, can, decides(board, "M06", "completed", WHY))
    assert "vượt tỷ lệ" in said
    await board.does(can, decides(board, "M00", "good", WHY), decides(board, "M06", "completed", WHY))
    now = await board.sees(can, sitting)
    assert now
    [group] = now.groups
    assert (group.standing.excellent, group.standing.good, group.standing.over_by) == (1, 10, 0)


async def test_grounds_open_the_higher_share_and_are_kept(board: Board) -> None:
    can, ward = await board.join("CAN"), await board.unit("P")
    await board.does(can, RecordGrounds(ward, "member", "Bản đầu."), RecordGrounds(ward, "member", GROUNDS))
    grounds = await board.sees(can, lambda facts: as_port(facts.approval).grounds(ward))
    assert (grounds["member"].text, grounds["member"].by) == (GROUNDS, board.ids["CAN"])
    await board.does(can, follows(board, *CODES))
    assert await board.decided() == 15
    kept = await board.db.read(lambda conn: len(conn.execute(select(ceiling_grounds)).all()))
    assert kept == 2
    entry = await board.db.read(
        lambda conn: conn.execute(select(chain).where(chain.c.action == "record_grounds")).all()
    )
    assert [(row.object, row.detail["peer_group"]) for row in entry] == [(f"unit:{ward}", "member")] * 2
    assert GROUNDS not in str(entry)


async def test_grounds_are_words_of_an_officer_of_this_committee(board: Board) -> None:
    can, quan, ward = await board.join("CAN"), await board.join("QUAN"), await board.unit("P")
    assert "không thuộc phần" in await refused(board, quan, RecordGrounds(ward, "member", GROUNDS))
    assert "lý do" in await refused(board, can, RecordGrounds(ward, "member", "  "))


async def test_only_officers_of_the_committee_above_the_cell_decide(board: Board) -> None:
    for code in ("M00", "M13", "QUAN"):
        address = await board.join(code)
        for effect in (decides(board, "M03", "good"), follows(board, "M03")):
            assert "không thuộc phần" in await refused(board, address, effect)
    can = await board.join("CAN")
    assert "không thuộc phần" in await refused(board, can, FollowProposals("person", (9999,)))
    assert "mã mời" in await refused(board, "ai", follows(board, "M03"))


async def test_an_officer_does_not_decide_on_himself(board: Board) -> None:
    officer = await board.join("M14")
    said = await refused(board, officer, decides(board, "M14", "good"))
    assert "không tự quyết" in said
    assert "Đỗ Cán" in said
    assert "không tự quyết" in await refused(board, officer, follows(board, "M13", "M14"))
    await board.does(officer, follows(board, "M13"))
    await board.does(await board.join("CAN"), follows(board, "M14"))
    assert await board.decided() == 2


async def test_nothing_is_decided_before_the_cell_has_proposed(board: Board) -> None:
    can = await board.join("CAN")
    gone = update(decisions).where(decisions.c.person_id == board.ids["M03"]).values(superseded_at=board.now)
    await board.db.write(lambda conn: conn.execute(gone))
    assert "chưa chốt đề nghị cho Đồng chí M03" in await refused(board, can, decides(board, "M03", "good"))
    assert "chưa chốt đề nghị" in await refused(board, can, follows(board, "M04", "M03"))
    assert "chưa chốt đề nghị" in await refused(
        board, can, RecordDecision("committee", "unit", await board.unit("TH"), "good")
    )


async def test_another_grade_needs_a_reason(board: Board) -> None:
    can = await board.join("CAN")
    assert "cần ghi lý do" in await refused(board, can, decides(board, "M03", "completed"))
    assert "cần ghi lý do" in await refused(board, can, decides(board, "M03", None, " "))
    await board.does(can, decides(board, "M03", None, "Chờ kết luận kiểm tra."))
    assert await board.decided() == 1


async def test_what_a_cell_proposes_anew_has_to_be_decided_anew(board: Board) -> None:
    can = await board.join("CAN")
    await board.does(can, follows(board, "M03"))
    gone = update(decisions).where(decisions.c.person_id == board.ids["M03"], decisions.c.stage == "cell")
    board.passes(hours=1)

    def again(conn: Connection) -> None:
        conn.execute(gone.values(superseded_at=board.now))
        board.propose(conn, "M03", "completed")

    await board.db.write(again)
    now = await board.sees(can, sitting)
    assert now
    assert (now.decided, now.due) == (0, 15)
    await board.does(can, follows(board, "M03"))
    assert await board.decided() == 1


async def test_a_cell_is_decided_on_by_the_report_it_has_handed_in(board: Board) -> None:
    can, school = await board.join("CAN"), await board.unit("TH")

    def filing(conn: Connection) -> None:
        form = {"kind": "collective_review", "form": "2C", "form_version": "1", "status": "submitted"}
        who = {"subject_unit_id": school, "respondent_id": board.ids["M13"], "submitted_at": board.now}
        conn.execute(insert(responses).values(cycle_id=board.cycle.id, receipt="", **form, **who))

    await board.db.write(filing)
    reviews = await board.sees(can, lambda facts: facts.approval.collective_reviews((school,)))
    assert list(reviews) == [school]
    chi = await board.join("M13")
    await board.does(chi, RecordDecision("cell", "unit", school, "good"))
    await board.does(can, FollowProposals("unit", (school,)))
    found = await board.sees(can, lambda facts: facts.grading.decision("committee", "unit", school))
    assert found
    assert found.grade == "good"


async def test_what_lies_on_the_table_about_a_person(board: Board) -> None:
    can = await board.join("CAN")
    one, two, three, four = (board.ids[code] for code in ("M00", "M01", "M02", "M04"))
    await board.does(can, follows(board, "M04"))

    def filing(conn: Connection) -> None:
        decided = conn.scalar(select(decisions.c.id).where(decisions.c.stage == "committee"))
        said = {"decision_id": decided, "text": "Tôi thấy chưa đúng.", "made_at": board.now}
        conn.execute(insert(appeals).values(person_id=one, kind="explanation", **said))
        conn.execute(insert(appeals).values(person_id=four, kind="complaint", **said))
        conn.execute(insert(appeals).values(person_id=two, kind="complaint", answered_at=board.now, **said))
        order = {"what": "review", "reason": "Chưa rõ.", "due": board.now.date() + timedelta(7)}
        by = {"cycle_id": board.cycle.id, "ordered_by": board.ids["CAN"], "ordered_at": board.now}
        conn.execute(insert(redo_orders).values(person_id=three, **order, **by))
        conn.execute(insert(redo_orders).values(person_id=one, done_at=board.now, **order, **by))
        told = {"fact": "tasks_done", "value": 100, "told_by": board.ids["M13"], "told_at": board.now}
        conn.execute(insert(grading_facts).values(cycle_id=board.cycle.id, person_id=one, **told))

    await board.db.write(filing)
    found = await board.sees(can, lambda facts: facts.approval.dossiers((one, two, three, four)))
    assert {code: found[code].marks for code in found} == {
        one: frozenset(),
        two: frozenset(),
        three: frozenset({"redo"}),
        four: frozenset({"complaint"}),
    }
    assert found[one].known == {"tasks_done": 100}
    assert found[one].review
    assert found[one].remark is None

    def order_cell(conn: Connection) -> None:
        unit_id = conn.scalar(select(people.c.unit_id).where(people.c.id == one))
        order = {"what": "review", "reason": "Chưa rõ.", "due": board.now.date() + timedelta(7)}
        by = {"cycle_id": board.cycle.id, "ordered_by": board.ids["CAN"], "ordered_at": board.now}
        conn.execute(insert(redo_orders).values(unit_id=unit_id, **order, **by))

    await board.db.write(order_cell)
    found = await board.sees(can, lambda facts: facts.approval.dossiers((one, two)))
    assert (found[one].marks, found[two].marks) == (frozenset({"redo"}), frozenset())


async def test_those_left_out_are_listed_for_the_papers(board: Board) -> None:
    can = await board.join("CAN")
    await board.does(can, decides(board, "M03", None, "Chờ kết luận kiểm tra."))
    lines = await board.sees(can, lambda facts: left_out_of(facts, (now.cells if (now := sitting(facts)) else ())))
    assert [(line.person.code, line.reviewed, line.graded, line.reason) for line in lines] == [
        ("M03", True, False, "Chờ kết luận kiểm tra.")
    ]
