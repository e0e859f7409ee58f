"""The roster and the yearly review in the database."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, select

from review.roster import MemberRow, RoleRow, Roster, UnitRow
from storage import audit, cycles, roster
from storage.errors import CycleConflict
from storage.people import by_name, find_people, find_units
from storage.tables import audit as audit_table
from storage.tables import units
from tests.storage.filling import answer
from tests.storage.ward import DATES, WARD, Ward


async def test_importing_twice_changes_nothing(ward: Ward) -> None:
    def whole(conn: Connection) -> tuple[object, object]:
        return find_units(conn), find_people(conn)

    before = await ward.db.read(whole)
    await ward.db.write(lambda conn: roster.save(conn, WARD, ward.now))
    assert await ward.db.read(whole) == before


async def test_everything_written_in_the_workbook_is_kept(ward: Ward) -> None:
    hoa = await ward.db.read(lambda conn: ward.person(conn, "HOA"))
    row = WARD.members[0]
    assert hoa.unit
    assert hoa.residence
    assert (hoa.name, hoa.birth_date, hoa.unit.code, hoa.residence.code) == (row.name, row.birth_date, "TH", "K5")
    assert (hoa.form, hoa.status) == ("2C", "official")
    mat = await ward.db.read(lambda conn: ward.person(conn, "MAT"))
    assert (mat.unit, mat.form, [role.name for role in mat.roles]) == (None, None, ["contact"])
    assert not mat.is_reviewed


async def test_a_cell_that_moves_keeps_its_people_and_their_papers(ward: Ward) -> None:
    hoa = await ward.join("HOA")
    await ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Một."))
    moved = Roster(
        units=(
            UnitRow(2, "P2", "Đảng ủy cơ sở", "Đảng bộ", "P"),
            UnitRow(3, "TH", "Chi bộ Trường Lê Lợi", "Chi bộ", "P2"),
        )
    )
    await ward.db.write(lambda conn: roster.save(conn, moved, ward.now))
    person = await ward.db.read(lambda conn: ward.person(conn, "HOA"))
    [parent] = await ward.db.read(lambda conn: find_units(conn, units.c.code == "P2"))
    assert person.unit
    assert (person.unit.name, person.unit.parent_id) == ("Chi bộ Trường Lê Lợi", parent.id)
    assert await ward.sees(hoa, lambda facts: facts.response("self_review", ward.ids["HOA"]))


async def test_roles_are_as_listed_for_the_units_named(ward: Ward) -> None:
    """A new secretary replaces the old one of that cell; other cells are left alone."""
    new = Roster(roles=(RoleRow(2, "NAM", "", "bí thư", "TH"),))
    await ward.db.write(lambda conn: roster.save(conn, new, ward.now))
    leaders = await ward.sees("anybody", lambda facts: [
        [person.code for person in facts.secretaries_of(unit.id)] for unit in facts.units_below(1)
    ])  # fmt: skip
    assert sorted(map(str, leaders)) == ["['NAM']", "['TAM']", "[]"]


async def test_secretary_first_then_deputies_by_name(ward: Ward) -> None:
    rows = [RoleRow(2, "NAM", "", "phó bí thư", "TH"), RoleRow(3, "BINH", "", "phó bí thư", "TH"), WARD.roles[0]]
    await ward.db.write(lambda conn: roster.save(conn, Roster(roles=tuple(rows)), ward.now))

    def look(conn: Connection) -> list[str]:
        [school] = find_units(conn, units.c.code == "TH")
        facts = ward.facts(conn, "web", "anybody")
        return [person.code for person in facts.secretaries_of(school.id)]

    assert await ward.db.write(look) == ["CHI", "BINH", "NAM"]


async def test_a_roster_that_does_not_fit_leaves_nothing_behind(ward: Ward) -> None:
    bad = replace(WARD, members=(*WARD.members, MemberRow(9, "MOI", "Mới", "KHONGCO", "2C", "chính thức")))
    with pytest.raises(KeyError):
        await ward.db.write(lambda conn: roster.save(conn, bad, ward.now))
    assert "MOI" not in await ward.db.read(roster.known_codes)


async def test_people_are_listed_by_given_name(ward: Ward) -> None:
    everybody = await ward.db.read(find_people)
    assert [person.code for person in everybody] == ["BINH", "CAN", "CHI", "HOA", "MAT", "MIEN", "NAM", "TAM"]
    assert by_name(reversed(everybody)) == everybody


async def test_one_review_at_a_time(ward: Ward) -> None:
    async def open_(year: int) -> None:
        await ward.db.write(lambda conn: cycles.open_cycle(conn, year, "small", "1", {}, ward.now))

    with pytest.raises(CycleConflict, match="2026"):
        await open_(2027)
    await ward.db.write(lambda conn: cycles.close(conn, ward.cycle.id, ward.now))
    assert await ward.db.read(cycles.current) is None
    with pytest.raises(CycleConflict, match="2026"):
        await open_(2026)
    with pytest.raises(CycleConflict):
        await ward.db.write(lambda conn: cycles.close(conn, ward.cycle.id, ward.now))
    await open_(2027)
    now = await ward.db.read(cycles.current)
    assert now
    assert (now.year, now.dates, now.closed) == (2027, {}, False)
    past = await ward.db.read(lambda conn: cycles.of_year(conn, 2026))
    assert past
    assert past.closed


async def test_dates_may_be_moved(ward: Ward) -> None:
    dates = {"self_reviews_due": DATES["cell_meeting_due"]}
    await ward.db.write(lambda conn: cycles.set_dates(conn, ward.cycle.id, dates, ward.now))  # type: ignore[arg-type]
    now = await ward.db.read(cycles.current)
    assert now
    assert now.dates == dates
    actions = await ward.db.read(lambda conn: list(conn.scalars(select(audit_table.c.action))))
    assert actions == ["import_roster", "open_cycle", "set_dates"]
    assert await ward.db.read(audit.verify) is None
