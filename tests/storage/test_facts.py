"""What dialogues are told: counts that add up, each person in one state, lists by name."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event, select

from conversations.effects import Notify, Reachable, SaveAnswer, Submit
from conversations.facts import Facts
from review.forms import Item
from storage import accounts, cycles
from storage.facts import StoredFacts
from storage.given import give
from storage.tables import cycles as cycles_table
from storage.tables import units
from tests.storage.filling import answer, complete, remark
from tests.storage.ward import DATES, NOW, Ward


def as_port(facts: StoredFacts) -> Facts:
    """Checked by mypy: the port is answered whole."""
    return facts


async def submit(ward: Ward, address: str, code: str, kind: str = "self_review") -> None:
    response = await ward.sees(address, lambda facts: facts.response(kind, ward.ids[code]))  # type: ignore[arg-type]
    assert response
    await ward.does(address, Submit(response.id))


async def unit_id(ward: Ward, code: str) -> int:
    return int(
        await ward.db.read(lambda conn: conn.execute(select(units.c.id).where(units.c.code == code)).scalar_one())
    )


async def test_who_and_where_and_when(ward: Ward) -> None:
    chi = await ward.join("CHI")

    def look(stored: StoredFacts) -> None:
        facts = as_port(stored)
        assert facts.now == NOW
        assert facts.now.utcoffset() == NOW.utcoffset()
        assert facts.today == NOW.date()
        assert facts.me
        assert facts.me.unit
        assert (facts.me.name, facts.me.unit.name) == ("Phạm Thị Chi", "Chi bộ Trường THCS Lê Lợi")
        assert [(role.name, role.unit.code) for role in facts.me.roles] == [("secretary", "TH")]
        assert facts.committee
        assert facts.committee.code == "P"
        assert facts.cycle
        assert (facts.cycle.year, facts.cycle.dates) == (2026, DATES)
        assert facts.pack
        assert facts.consented
        assert [unit.code for unit in facts.units_below(facts.committee.id)] == ["K5", "P", "TH"]
        assert [person.code for person in facts.secretaries_of(facts.me.unit.id)] == ["CHI"]
        assert facts.person(0) is None
        assert facts.unit(0) is None
        assert facts.notice(0) is None
        assert facts.response_by_id(0) is None

    await ward.sees(chi, look)


async def test_a_stranger_is_told_little(ward: Ward) -> None:
    def look(facts: StoredFacts) -> None:
        assert facts.me is None
        assert not facts.consented
        assert facts.remark_lines() == ()

    await ward.sees("stranger", look)


async def test_every_member_is_in_exactly_one_state(ward: Ward) -> None:
    """Hoa submits, Nam drafts, Binh joins, Chi stays away; Mien owes nothing."""
    hoa, nam, _ = await ward.join("HOA"), await ward.join("NAM"), await ward.join("BINH")
    await ward.does(hoa, *complete(ward.ids["HOA"], self_grade="good"))
    await submit(ward, hoa, "HOA")
    await ward.does(nam, answer(ward.ids["NAM"], "self_grade", "excellent"))
    school = await unit_id(ward, "TH")
    rows = await ward.sees(nam, lambda facts: facts.people_progress(school))
    assert [(row.person.code, row.progress, row.self_grade) for row in rows] == [
        ("BINH", "not_started", None),
        ("CHI", "not_joined", None),
        ("NAM", "drafting", None),
        ("HOA", "submitted", "good"),
    ]
    [count] = await ward.sees(nam, lambda facts: facts.cell_counts((school,)))
    assert (count.due, count.submitted, count.drafting, count.not_started, count.not_joined) == (4, 1, 1, 1, 1)


async def test_a_draft_emptied_again_is_not_started(ward: Ward) -> None:
    hoa, school = await ward.join("HOA"), await unit_id(ward, "TH")
    await ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Một."), answer(ward.ids["HOA"], "conduct", None))
    [count] = await ward.sees(hoa, lambda facts: facts.cell_counts((school,)))
    assert (count.drafting, count.not_started) == (0, 1)


async def test_counts_are_of_cells_only_and_cells_without_members_count_nothing(ward: Ward) -> None:
    def look(facts: StoredFacts) -> list[tuple[str, int]]:
        assert facts.committee
        ids = tuple(unit.id for unit in facts.units_below(facts.committee.id))
        return [(count.unit.code, count.due) for count in facts.cell_counts(ids)]

    assert await ward.sees("anybody", look) == [("K5", 1), ("TH", 4)]


async def test_remarks_due_and_in(ward: Ward) -> None:
    mat, school = await ward.join("MAT"), await unit_id(ward, "TH")
    await ward.does(mat, remark(ward.ids["HOA"], "meetings", "often"), remark(ward.ids["NAM"], "meetings", "gone"))
    await submit(ward, mat, "NAM", "residence_remark")
    [count] = await ward.sees(mat, lambda facts: facts.cell_counts((school,)))
    assert (count.remarks_due, count.remarks_in) == (3, 1)
    lines = await ward.sees(mat, lambda facts: facts.remark_lines())
    assert [(line.person.code, line.area.code, line.response and line.response.status) for line in lines] == [
        ("CHI", "K5", None),
        ("HOA", "K5", "draft"),
        ("NAM", "K5", "submitted"),
    ]


async def test_the_secretary_stands_in_only_where_there_is_no_contact(ward: Ward) -> None:
    tam = await ward.join("TAM")
    assert await ward.sees(tam, lambda facts: facts.remark_lines()) == ()


async def test_shortcomings_come_from_submitted_reviews_only_and_as_they_stand(ward: Ward) -> None:
    hoa, school = await ward.join("HOA"), await unit_id(ward, "TH")
    more = {"shortcomings__1__text": "Họp muộn.", "shortcomings__1__more": "yes", "shortcomings__2__text": "Ít đọc."}
    await ward.does(hoa, *complete(ward.ids["HOA"], **more))
    assert await ward.sees(hoa, lambda facts: facts.shortcomings((school,))) == ()
    await submit(ward, hoa, "HOA")
    named = await ward.sees(hoa, lambda facts: facts.shortcomings((school,)))
    assert [(one.person.code, one.text, one.cause) for one in named] == [
        ("HOA", "Họp muộn.", "Đủ."),
        ("HOA", "Ít đọc.", "Đủ."),
    ]


async def test_given_items_are_asked_and_needed(ward: Ward) -> None:
    hoa = await ward.join("HOA")

    def giving(conn: Connection) -> None:
        give(conn, ward.cycle.id, ward.ids["HOA"], "carried", ["Gặp 3 hộ."])
        give(conn, ward.cycle.id, ward.ids["HOA"], "suggested", ["Nêu gương."])

    await ward.db.write(giving)
    given = await ward.sees(hoa, lambda facts: facts.given(ward.ids["HOA"]))
    assert given.carried == (Item(given.carried[0].id, "Gặp 3 hộ."),)
    assert [item.text for item in given.suggested] == ["Nêu gương."]
    assert not (await ward.sees(hoa, lambda facts: facts.given(ward.ids["NAM"]))).carried


async def test_who_was_reminded_today_and_who_cannot_be_reached(ward: Ward) -> None:
    chi, nam, school = await ward.join("CHI"), await ward.join("NAM"), await unit_id(ward, "TH")
    await ward.does(chi, Notify(ward.ids["NAM"], "asked_by_secretary", "2026-12-01"))
    await ward.does(nam, Reachable(False))

    def look(facts: StoredFacts) -> tuple[bool, bool]:
        [row] = [row for row in facts.people_progress(school) if row.person.code == "NAM"]
        return row.reminded_today, row.unreachable

    assert await ward.sees(chi, look) == (True, True)
    ward.passes(days=1)
    assert await ward.sees(chi, look) == (False, True)
    await ward.join("NAM", "zalo_bot", "other phone")
    assert not (await ward.sees(chi, look))[1]


async def test_a_web_page_alone_does_not_make_a_person_unreachable(ward: Ward) -> None:
    await ward.join("NAM", "web", "sid")
    school = await unit_id(ward, "TH")
    rows = await ward.sees("anybody", lambda facts: facts.people_progress(school))
    assert not any(row.unreachable for row in rows)


async def test_without_an_open_review_nothing_is_counted(ward: Ward) -> None:
    hoa, school = await ward.join("HOA"), await unit_id(ward, "TH")
    await ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Một."))
    await ward.db.write(lambda conn: cycles.close(conn, ward.cycle.id, ward.now))

    def look(facts: StoredFacts) -> None:
        assert facts.cycle is None
        assert facts.pack is None
        assert facts.response("self_review", ward.ids["HOA"]) is None
        assert facts.shortcomings((school,)) == ()
        [count] = facts.cell_counts((school,))
        assert (count.due, count.drafting, count.not_started) == (4, 0, 1)

    await ward.sees(hoa, look)
    assert await ward.db.read(lambda conn: conn.scalar(select(cycles_table.c.closed_at))) == ward.now


@contextmanager
def counted(conn: Connection) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(conn, "before_cursor_execute", note)
    yield statements
    event.remove(conn, "before_cursor_execute", note)


async def test_a_question_is_asked_once_and_lists_take_the_same_few_statements(ward: Ward) -> None:
    hoa, school = await ward.join("HOA"), await unit_id(ward, "TH")

    def look(facts: StoredFacts) -> None:
        with counted(facts.conn) as statements:
            for _ in range(3):
                facts.cell_counts((school,))
                facts.people_progress(school)
        assert len(statements) == 2 + 1 + 3  # the cycle with its dates; the counts; progress, people and their roles

    await ward.sees(hoa, look)


async def test_after_an_effect_facts_look_again(ward: Ward) -> None:
    hoa = await ward.join("HOA")

    def look(conn: Connection) -> None:
        facts = ward.facts(conn, "telegram", hoa)
        assert facts.response("self_review", ward.ids["HOA"]) is None
        ward.apply_with(conn, facts, SaveAnswer("self_review", ward.ids["HOA"], "2C", "conduct", "Một."))
        response = facts.response("self_review", ward.ids["HOA"])
        assert response
        assert response.answers == {"conduct": "Một."}
        accounts.bind(conn, facts.account.id, ward.ids["NAM"])
        facts.forget()
        assert facts.me
        assert facts.me.code == "NAM"

    await ward.db.write(look)
