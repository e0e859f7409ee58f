"""Own dates in the database: within bounds, settled with everything below, secretaries told; moves of units."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, insert, select

from bot.planner import plan_day
from conversations.calendar_effects import CalendarEffect, KeepDatesAbove, SetDate
from conversations.dialogues.dates import changed_dates
from conversations.effects import Withdraw
from review.calendar import DateName
from review.roster import Roster, UnitRow
from review.unit_moves import UnitMove
from storage import audit, cycles, roster, unit_dates
from storage.errors import Refused
from storage.export import export_year
from storage.facts import StoredFacts
from storage.redating import preview, redate_cycle
from storage.tables import audit as audit_table
from storage.tables import notices, redo_orders, unit_moves
from tests.storage.filling import complete
from tests.storage.test_facts import unit_id
from tests.storage.ward import DATES, PACK, QUIET, Ward

DUE = DATES["self_reviews_due"]


def day(number: int) -> date:
    return date(2026, 12, number)


async def dates_of(ward: Ward, code: str) -> dict[DateName, date]:
    unit = await unit_id(ward, code)

    def look(facts: StoredFacts) -> dict[DateName, date]:
        assert facts.calendar.dates
        return dict(facts.calendar.dates.dates_for(unit))

    return await ward.sees("anybody", look)


async def told(ward: Ward) -> list[int]:
    wanted = select(notices.c.person_id).where(notices.c.kind == "dates_changed").order_by(notices.c.person_id)
    return await ward.db.read(lambda conn: list(conn.scalars(wanted)))


async def test_a_secretary_sets_and_gives_up_earlier_dates(ward: Ward) -> None:
    chi, school = await ward.join("CHI"), await unit_id(ward, "TH")
    await ward.does(chi, SetDate(school, "self_reviews_due", day(9)), SetDate(school, "cell_meeting_due", day(12)))
    assert await dates_of(ward, "TH") == {**DATES, "self_reviews_due": day(9), "cell_meeting_due": day(12)}
    assert await dates_of(ward, "K5") == DATES
    await ward.does(chi, KeepDatesAbove(school))
    assert await dates_of(ward, "TH") == DATES
    rows = await ward.db.read(lambda conn: conn.execute(select(audit_table).order_by(audit_table.c.seq)).all())
    assert [(row.action, row.detail) for row in rows][-3:] == [
        ("set_dates", {"self_reviews_due": "2026-12-09"}),
        ("set_dates", {"cell_meeting_due": "2026-12-12"}),
        ("set_dates", {"kept": "above", "dropped": "TH self_reviews_due 2026-12-09, TH cell_meeting_due 2026-12-12"}),
    ]
    assert await told(ward) == [], "nobody is told of what he did himself"
    assert await ward.db.read(audit.verify) is None


@pytest.mark.parametrize(
    ("who", "unit", "name", "wanted"),
    [
        ("CHI", "TH", "self_reviews_due", day(11)),
        ("CHI", "TH", "self_reviews_due", day(7)),
        ("CHI", "TH", "self_reviews_due", date(2026, 11, 30)),
        ("CHI", "TH", "open", date(2026, 12, 2)),
        ("CHI", "TH", "remedy_plan_due", day(20)),
        ("CHI", "K5", "self_reviews_due", day(9)),
        ("CHI", "P", "self_reviews_due", day(9)),
        ("HOA", "TH", "self_reviews_due", day(9)),
        ("CAN", "P", "self_reviews_due", day(16)),
    ],
)
async def test_a_date_that_does_not_fit_or_is_not_yours_is_refused(
    ward: Ward, who: str, unit: str, name: DateName, wanted: date
) -> None:
    chat, there = await ward.join(who), await unit_id(ward, unit)
    with pytest.raises(Refused):
        await ward.does(chat, SetDate(there, name, wanted))
    assert await dates_of(ward, unit) == DATES


async def test_no_dates_without_an_open_review(ward: Ward) -> None:
    chi, school = await ward.join("CHI"), await unit_id(ward, "TH")
    await ward.db.write(lambda conn: cycles.close(conn, ward.cycle.id, ward.now))
    effects: tuple[CalendarEffect, ...] = (SetDate(school, "self_reviews_due", day(9)), KeepDatesAbove(school))
    for effect in effects:
        with pytest.raises(Refused):
            await ward.does(chi, effect)
    assert await ward.sees(chi, lambda facts: facts.calendar.dates) is None


async def test_an_officer_moves_the_plan_of_all_and_own_dates_give_way(ward: Ward) -> None:
    chi, can, school = await ward.join("CHI"), await ward.join("CAN"), await unit_id(ward, "TH")
    await ward.join("TAM")
    await ward.does(chi, SetDate(school, "self_reviews_due", day(9)))
    await ward.does(can, SetDate(await unit_id(ward, "P"), "self_reviews_due", day(8)))
    assert await dates_of(ward, "TH") == {**DATES, "self_reviews_due": day(8)}
    assert await told(ward) == sorted([ward.ids["CHI"], ward.ids["TAM"]])
    current = await ward.db.read(cycles.current)
    assert current
    assert current.dates["self_reviews_due"] == day(8)
    left = await ward.db.read(lambda conn: unit_dates.of_cycle(conn, current))
    assert left.own == {}
    last = await ward.db.read(lambda conn: conn.execute(select(audit_table).order_by(-audit_table.c.seq)).first())
    assert last
    assert last.detail == {"self_reviews_due": "2026-12-08", "dropped": "TH self_reviews_due 2026-12-09"}

    def shown(facts: StoredFacts) -> str:
        unit = facts.unit(school)
        assert unit
        return changed_dates((unit,), facts).text

    assert "Nộp bản kiểm điểm cá nhân: 08/12" in await ward.sees(chi, shown)
    await ward.does(can, SetDate(await unit_id(ward, "P"), "cell_report_due", day(20)))
    assert (await dates_of(ward, "TH"))["cell_report_due"] == day(20)


async def test_an_operators_calendar_is_previewed_and_then_settled(ward: Ward) -> None:
    chi, school = await ward.join("CHI"), await unit_id(ward, "TH")
    await ward.does(chi, SetDate(school, "cell_meeting_due", day(13)))
    dates = {**DATES, "self_reviews_due": date(2026, 11, 30), "residence_remarks_due": date(2026, 11, 29)}
    dates |= {"cell_meeting_due": day(12)}
    before = await ward.db.read(cycles.current)
    assert before
    seen = await ward.db.read(lambda conn: preview(conn, before, dates, ward.now.date()))  # type: ignore[arg-type]
    assert [unit.code for unit in seen.late] == ["K5", "TH"]
    assert [(one.unit.code, one.name) for one in seen.dropped] == [("TH", "cell_meeting_due")]
    assert seen.hurry == 5
    assert await ward.db.read(cycles.current) == before
    done = await ward.db.write(lambda conn: redate_cycle(conn, before, dates, ward.now, QUIET))  # type: ignore[arg-type]
    assert done == seen
    assert await dates_of(ward, "TH") == dates
    assert await told(ward) == [ward.ids["CHI"]]
    actions = await ward.db.read(lambda conn: list(conn.scalars(select(audit_table.c.action))))
    assert actions[-2:] == ["set_dates", "drop_dates"]
    again = await ward.db.write(lambda conn: redate_cycle(conn, cycles.current(conn), dates, ward.now, QUIET))  # type: ignore[arg-type]
    assert again.moved == ()


async def test_an_order_to_review_again_may_be_later(ward: Ward) -> None:
    chi, school = await ward.join("CHI"), await unit_id(ward, "TH")

    def order(conn: Connection) -> None:
        row = {"cycle_id": ward.cycle.id, "unit_id": school, "what": "review", "reason": "Thiếu phiếu."}
        conn.execute(insert(redo_orders).values(**row, due=day(28), ordered_by=ward.ids["CAN"], ordered_at=ward.now))
        unit_dates.set_dates(conn, ward.cycle.id, school, {"cell_meeting_due": day(28)}, ward.ids["CAN"], ward.now)

    await ward.db.write(order)
    assert (await dates_of(ward, "TH"))["cell_meeting_due"] == day(28)
    await ward.does(chi, SetDate(school, "cell_meeting_due", day(26)))
    assert (await dates_of(ward, "TH"))["cell_meeting_due"] == day(26)
    with pytest.raises(Refused):
        await ward.does(chi, SetDate(school, "cell_meeting_due", day(27)))


async def test_a_review_may_be_taken_back_until_the_own_cell_has_met(ward: Ward) -> None:
    hoa, chi, school = await ward.join("HOA"), await ward.join("CHI"), await unit_id(ward, "TH")
    await ward.does(hoa, *complete(ward.ids["HOA"]))
    response = await ward.sees(hoa, lambda facts: facts.response("self_review", ward.ids["HOA"]))
    assert response
    await ward.submits(hoa, response.id)
    await ward.does(chi, SetDate(school, "self_reviews_due", day(9)), SetDate(school, "cell_meeting_due", day(10)))
    ward.passes(days=10)
    with pytest.raises(Refused, match="Chi bộ đã họp"):
        await ward.does(hoa, Withdraw(response.id))


async def test_reminders_follow_the_dates_of_each_cell(ward: Ward) -> None:
    """The school asks for its reviews on the 9th, the block on the 10th: T-7 comes a day earlier there."""
    chi, school = await ward.join("CHI"), await unit_id(ward, "TH")
    for code in ("HOA", "TAM"):
        await ward.join(code)
    await ward.does(chi, SetDate(school, "self_reviews_due", day(9)))

    async def planned(on: date) -> list[tuple[str, int, str]]:
        at = ward.now.replace(month=on.month, day=on.day, hour=8, minute=0)
        await ward.db.write(lambda conn: plan_day(conn, at, lambda _: PACK))
        wanted = select(notices.c.kind, notices.c.person_id, notices.c.slot).where(notices.c.due_at >= at)
        return await ward.db.read(lambda conn: list(conn.execute(wanted.order_by(notices.c.id)).tuples()))

    hoa, chief, tam = ward.ids["HOA"], ward.ids["CHI"], ward.ids["TAM"]
    assert await planned(day(2)) == [
        ("self_review_due", hoa, "2026-12-09 T-7"),
        ("self_review_due", chief, "2026-12-09 T-7"),
        ("digest", chief, "2026-12-09 T-7"),
    ]
    assert await planned(DUE - timedelta(days=7)) == [
        ("self_review_due", tam, "2026-12-10 T-7"),
        ("digest", tam, "2026-12-10 T-7"),
    ]


async def test_a_cell_under_another_parent_keeps_its_history(ward: Ward) -> None:
    """The officer above it loses sight, the one of its new committee gains it; a closed year counts it where it was."""
    can, school, ward_id = await ward.join("CAN"), await unit_id(ward, "TH"), await unit_id(ward, "P")
    new = Roster(
        units=(
            UnitRow(2, "P2", "Đảng ủy phường Mới", "Đảng bộ"),
            UnitRow(3, "TH", "Chi bộ Trường THCS Lê Lợi", "Chi bộ", "P2"),
        )
    )
    await ward.db.write(lambda conn: cycles.close(conn, ward.cycle.id, ward.now))
    ward.passes(days=30)
    await ward.db.write(lambda conn: roster.save(conn, new, ward.now))
    await ward.db.write(lambda conn: roster.save(conn, new, ward.now))
    there = await unit_id(ward, "P2")
    moves = await ward.sees(can, lambda facts: facts.calendar.moves(school))
    assert moves == (UnitMove(school, ward_id, there, ward.now),)
    assert len(await ward.db.read(lambda conn: conn.execute(select(unit_moves)).all())) == 1
    seen = await ward.sees(can, lambda facts: [unit.code for unit in facts.units_below(ward_id)])
    assert seen == ["K5", "P"]
    assert await ward.sees(can, lambda facts: [unit.code for unit in facts.units_below(there)]) == ["P2", "TH"]
    year = await ward.db.read(lambda conn: export_year(conn, 2026, ward.now, lambda _: PACK))
    assert {unit["code"]: unit["parent"] for unit in year["units"]}["TH"] == "P"
