"""Remedies in the database: made once, planned and reported on by their owner, asked about through the year."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert, select

from bot.planner import plan_day
from conversations.remedy_effects import (
    LookedAtRemedies,
    MakeRemedies,
    MoveRemedy,
    NoteRemedy,
    PlanRemedy,
    RemedyEffect,
    ReportRemedy,
)
from conversations.remedy_facts import RemedyCount, RemedyFacts
from review.faults import Faults
from review.pack import Pack
from review.pack_settings import RemedyRule
from review.remedies import Remedy
from review.responses import Value
from storage import audit, cycles
from storage.errors import Refused
from storage.export import export_year
from storage.facts import StoredFacts
from storage.remedies import make_plans
from storage.tables import answers, decisions, notices, remedies, responses
from storage.tables import audit as audit_table
from tests.storage.filling import complete
from tests.storage.test_facts import unit_id
from tests.storage.ward import PACK, ZONE, Ward

RULE = RemedyRule((30, 60, 90), ("completed", "not_completed"), {})
CHECKED = replace(PACK, remedies=RULE)
DUE = date(2027, 3, 31)
TWO: dict[str, Value] = {
    "shortcomings__1__text": "Mới gặp 11/16 hộ.",
    "shortcomings__1__more": "yes",
    "shortcomings__2__text": "Vắng hai buổi học.",
    "measures__1__measure": "Gặp nốt 5 hộ.",
    "measures__1__due": "2027-03-31",
}


def as_port(facts: StoredFacts) -> RemedyFacts:
    """Checked by mypy: the port is answered whole."""
    return facts.remedies


@pytest.fixture
async def hoa(ward: Ward) -> str:
    """Hoa has submitted two shortcomings and one measure; Chi, her secretary, has joined."""
    chat = await ward.join("HOA")
    await ward.join("CHI")
    await ward.does(chat, *complete(ward.ids["HOA"], **TWO))
    response = await ward.sees(chat, lambda facts: facts.response("self_review", ward.ids["HOA"]))
    assert response
    await ward.submits(chat, response.id)
    return chat


async def make(ward: Ward) -> None:
    await ward.does("CHI", MakeRemedies(await unit_id(ward, "TH")))


async def mine(ward: Ward, chat: str) -> tuple[Remedy, ...]:
    return await ward.sees(chat, lambda facts: as_port(facts).mine())


async def refused(ward: Ward, chat: str, *effects: RemedyEffect) -> None:
    for effect in effects:
        with pytest.raises(Refused):
            await ward.does(chat, effect)


async def test_a_plan_is_made_once_however_often_it_is_asked(ward: Ward, hoa: str) -> None:
    school = await unit_id(ward, "TH")
    assert await ward.sees("CHI", lambda facts: facts.remedies.plannable(school)) == 1
    await make(ward)
    await make(ward)
    lacking, planned = await mine(ward, hoa)
    assert (planned.shortcoming, planned.measure, planned.due) == ("Mới gặp 11/16 hộ.", "Gặp nốt 5 hộ.", DUE)
    assert (lacking.measure, lacking.due, lacking.owner_id) == ("", None, ward.ids["HOA"])
    assert await ward.sees("CHI", lambda facts: facts.remedies.plannable(school)) == 0
    assert await ward.sees("CHI", lambda facts: facts.remedies.counts((school,))) == (RemedyCount(school, 2, 0, 0),)
    [line] = await ward.sees("CHI", lambda facts: facts.remedies.in_cell(school))
    assert line.person
    assert (line.person.code, [one.id for one in line.remedies]) == ("HOA", [planned.id, lacking.id])


async def test_the_owner_completes_reports_and_moves_it_once(ward: Ward, hoa: str) -> None:
    await make(ward)
    lacking, planned = await mine(ward, hoa)
    await refused(ward, hoa, PlanRemedy(lacking.id, due=date(2026, 11, 30)), PlanRemedy(lacking.id))
    await ward.does(hoa, PlanRemedy(lacking.id, measure="Học bù."), PlanRemedy(lacking.id, due=DUE))
    await refused(ward, hoa, PlanRemedy(lacking.id, measure="Khác."), PlanRemedy(planned.id, due=DUE))
    await ward.does(hoa, ReportRemedy(lacking.id, "done"), NoteRemedy(lacking.id, "Hai buổi."))
    await ward.does(hoa, NoteRemedy(lacking.id, "Có giấy."))
    later = date(2027, 6, 30)
    await refused(ward, hoa, MoveRemedy(planned.id, later, "Xa."))
    await ward.does(hoa, ReportRemedy(planned.id, "partly"))
    await refused(ward, hoa, MoveRemedy(planned.id, later, " "), MoveRemedy(planned.id, date(2026, 1, 1), "Xa."))
    await ward.does(hoa, MoveRemedy(planned.id, later, "Xa."), NoteRemedy(planned.id, "Còn 2 hộ."))
    await refused(ward, hoa, MoveRemedy(planned.id, DUE, "Gần."))
    moved, done = await mine(ward, hoa)
    assert (moved.due, [(check.status, check.note) for check in moved.checks]) == (
        later,
        [("partly", ""), ("redated", "Xa."), ("partly", "Còn 2 hộ.")],
    )
    assert (done.status, done.measure, [check.note for check in done.checks]) == (
        "done", "Học bù.", ["Hai buổi.", "Có giấy."],
    )  # fmt: skip
    assert done.checks[0].at.utcoffset() == ward.now.utcoffset()
    rows = await ward.db.read(lambda conn: list(conn.scalars(select(audit_table.c.detail))))
    assert "Học bù." not in str(rows)
    assert await ward.db.read(audit.verify) is None


async def test_nobody_else_does(ward: Ward, hoa: str) -> None:
    await make(ward)
    [lacking, _] = await mine(ward, hoa)
    school = await unit_id(ward, "TH")
    effects = (ReportRemedy(lacking.id, "done"), NoteRemedy(lacking.id, "Xong."), PlanRemedy(lacking.id, "Một."))
    await refused(ward, "CHI", *effects, ReportRemedy(999, "done"), MakeRemedies(999))
    await refused(ward, hoa, MakeRemedies(school), LookedAtRemedies(school, ward.ids["CHI"]))
    can, tam = await ward.join("CAN"), await ward.join("TAM")
    await refused(ward, can, MakeRemedies(school))
    await refused(ward, tam, LookedAtRemedies(school, ward.ids["HOA"]), LookedAtRemedies(school, 0))
    await ward.does(can, LookedAtRemedies(school, ward.ids["HOA"]), LookedAtRemedies(school, 0))
    looks = select(audit_table.c.actor, audit_table.c.object).where(audit_table.c.action == "look_at_remedies")
    assert await ward.db.read(lambda conn: list(conn.execute(looks.order_by(audit_table.c.seq)).tuples())) == [
        (f"person:{ward.ids['CAN']}", f"person:{ward.ids['HOA']}"),
        (f"person:{ward.ids['CAN']}", f"unit:{school}"),
    ]


async def test_they_outlive_the_review_until_the_next_plan(ward: Ward, hoa: str) -> None:
    await make(ward)
    school = await unit_id(ward, "TH")
    await ward.db.write(lambda conn: cycles.close(conn, ward.cycle.id, ward.now))
    await refused(ward, "CHI", MakeRemedies(school))
    lacking, planned = await mine(ward, hoa)
    await ward.does(hoa, ReportRemedy(planned.id, "not_done"))
    ward.passes(days=200)
    counts = await ward.sees("CHI", lambda facts: facts.remedies.counts((school,)))
    assert counts == (RemedyCount(school, 2, 0, 1),)

    def gone(_: str) -> Pack:
        raise Faults([])

    assert await ward.db.write(lambda conn: plan_day(conn, morning(4, 7), gone)) == 2

    def next_year(conn: Connection) -> None:
        cycle = cycles.open_cycle(conn, 2027, PACK.name, PACK.version, {}, ward.now)
        row = {"cycle_id": cycle.id, "person_id": ward.ids["HOA"], "owner_id": ward.ids["HOA"], "source": "9:x"}
        conn.execute(insert(remedies).values(**row, shortcoming="Mới.", status="open", created_at=ward.now))

    await ward.db.write(next_year)
    assert [one.shortcoming for one in await mine(ward, hoa)] == ["Mới."]
    assert await ward.sees("CHI", lambda facts: facts.remedies.counts((school,))) == (RemedyCount(school, 1),)
    assert lacking


async def planned(ward: Ward, at: datetime) -> list[tuple[str, str]]:
    ward.now = at
    await ward.db.write(lambda conn: plan_day(conn, at, lambda _: CHECKED))
    wanted = select(notices.c.kind, notices.c.slot).where(notices.c.due_at == at, notices.c.kind.startswith("remedy"))
    return await ward.db.read(lambda conn: list(conn.execute(wanted.order_by(notices.c.id)).tuples()))


def morning(month: int, day: int, year: int = 2027) -> datetime:
    return datetime(year, month, day, 8, tzinfo=ZONE)


async def test_the_clock_makes_the_plan_once_the_committee_should_have_decided(ward: Ward, hoa: str) -> None:
    def dates(conn: Connection) -> None:
        days = {"committee_decision_due": date(2026, 12, 31), "remedy_plan_due": date(2027, 1, 20)}
        cycles.set_dates(conn, ward.cycle.id, days, ward.now)  # type: ignore[arg-type]

    await ward.db.write(dates)
    assert await planned(ward, morning(12, 31, 2026)) == []
    assert await mine(ward, hoa) == ()
    assert await planned(ward, morning(1, 1)) == [("remedy_plan", "made")]
    assert len(await mine(ward, hoa)) == 2
    assert await planned(ward, morning(1, 2)) == []
    assert await planned(ward, morning(1, 13)) == [("remedy_plan", "2027-01-20 T-7")]
    await ward.db.write(lambda conn: cycles.close(conn, ward.cycle.id, ward.now))
    assert await planned(ward, morning(1, 21)) == [("remedy_plan", "2027-01-20 T+1")]
    lacking, _ = await mine(ward, hoa)
    await ward.does(hoa, PlanRemedy(lacking.id, measure="Học bù."), PlanRemedy(lacking.id, due=date(2027, 4, 30)))
    checks = [await planned(ward, morning(3, 31) + timedelta(days=days)) for days in (-8, -7, -1, 0, 7, 23, 30)]
    assert [[slot for _, slot in found] for found in checks] == [
        [], ["2027-03-24"], [], ["2027-03-31"], ["2027-04-07"], ["2027-04-23"], ["2027-04-30"],
    ]  # fmt: skip
    for one in await mine(ward, hoa):
        await ward.does(hoa, ReportRemedy(one.id, "done"))
    assert await planned(ward, morning(5, 7)) == []


@pytest.mark.parametrize(("grade", "asked"), [("completed", True), ("good", False)])
async def test_thirty_sixty_and_ninety_days_after_a_decision_that_asks_so(
    ward: Ward, hoa: str, grade: str, asked: bool
) -> None:
    def decide(conn: Connection) -> None:
        row = {"cycle_id": ward.cycle.id, "stage": "committee", "person_id": ward.ids["HOA"], "grade": grade}
        conn.execute(insert(decisions).values(**row, decided_by=ward.ids["CAN"], decided_at=morning(1, 5)))

    await ward.db.write(decide)
    assert await planned(ward, morning(1, 6)) == [("remedy_plan", "made")]
    found = [await planned(ward, morning(1, 5) + timedelta(days=days)) for days in (29, 30, 60, 90, 91)]
    assert [bool(one) for one in found] == [False, asked, asked, asked, False]


async def test_a_cells_own_remedies_belong_to_whom_it_names_or_to_its_secretary(ward: Ward, hoa: str) -> None:
    """Where the collective review names nobody; Binh is named for the second."""
    school = await unit_id(ward, "TH")

    def plan(conn: Connection) -> int:
        conn.execute(
            responses.update()
            .where(responses.c.subject_person_id == ward.ids["HOA"])
            .values(kind="collective_review", subject_person_id=None, subject_unit_id=school)
        )
        named = {"key": "shortcomings.2.owners", "value": [str(ward.ids["BINH"])], "saved_at": ward.now}
        response_id = conn.scalar(select(responses.c.id))
        conn.execute(insert(answers).values(**named, response_id=response_id, saved_by=ward.ids["HOA"], channel="web"))
        return make_plans(conn, ward.cycle.id, PACK, ward.now)

    assert await ward.db.write(plan) == 2
    [own] = await mine(ward, "CHI")
    assert (own.about, own.shortcoming) == ("unit", "Mới gặp 11/16 hộ.")
    [line] = await ward.sees("CHI", lambda facts: facts.remedies.in_cell(school))
    assert (line.person, len(line.remedies)) == (None, 2)
    assert await ward.sees("CHI", lambda facts: facts.remedies.counts((school,))) == (RemedyCount(school, 2),)
    year = await ward.db.read(lambda conn: export_year(conn, 2026, ward.now, lambda _: PACK))
    assert year["remedies"][0] == {
        "subject": "TH",
        "shortcoming": "Mới gặp 11/16 hộ.",
        "measure": "Gặp nốt 5 hộ.",
        "owner": "CHI",
        "due": "2027-03-31",
        "status": "open",
    }


async def test_the_export_has_what_was_promised(ward: Ward, hoa: str) -> None:
    await make(ward)
    year = await ward.db.read(lambda conn: export_year(conn, 2026, ward.now, lambda _: PACK))
    assert [(one["subject"], one["owner"], one["measure"], one["due"]) for one in year["remedies"]] == [
        ("HOA", "HOA", "Gặp nốt 5 hộ.", "2027-03-31"),
        ("HOA", "HOA", "", None),
    ]
