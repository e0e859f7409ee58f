"""The sample ward: made through the rules, believable in number, every persona in the place it is shown for."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from bot.demo_actor import person_by as person
from bot.demo_people import (
    AHEAD,
    BLOCK,
    COMMITTEE,
    CONTACT,
    MEMBER,
    OFFICER,
    PERSONAS,
    SCHOOL,
    SECRETARY,
    sample_roster,
)
from bot.demo_story import DRAFTING, HAVE_MET, SILENT, SUBMITTED, tell_story
from bot.house import House
from bot.run import open_house
from bot.settings import load_settings
from conversations.approval import sitting
from conversations.facts import Account
from review.forms import missing
from review.grades import propose_self_grade
from review.promises import is_promise
from review.responses import Response
from review.roster import check
from storage import audit, cycles
from storage.facts import StoredFacts
from storage.people import find_people, find_units
from storage.responses import find_responses
from storage.schema import migrate
from storage.tables import responses, units

TODAY = datetime(2026, 11, 23, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "ward.db"


@pytest.fixture(scope="module")
def house(file: Path) -> House:
    settings = load_settings(database_url=f"sqlite+aiosqlite:///{file}")
    house = open_house(settings, lambda: TODAY)

    async def fill() -> None:
        await migrate(settings.database_url)
        await house.db.write(lambda conn: tell_story(conn, house))
        await house.db.close()

    asyncio.run(fill())
    return house


@pytest.fixture(scope="module")
def conn(file: Path, house: House) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def seen_by(conn: Connection, house: House, code: str) -> StoredFacts:
    return StoredFacts(conn, Account(0, "web", person(conn, code).id), TODAY, house.zone, house.pack_of)


def cell(conn: Connection, code: str) -> int:
    return find_units(conn, units.c.code == code)[0].id


def self_review(conn: Connection, code: str) -> Response | None:
    subject = person(conn, code).id
    found = find_responses(conn, responses.c.kind == "self_review", responses.c.subject_person_id == subject)
    return found[0] if found else None


def test_the_roster_is_without_fault() -> None:
    assert check(sample_roster(), today=TODAY.date()) == []


def test_how_many(conn: Connection) -> None:
    reviewed = [one for one in find_people(conn) if one.is_reviewed]
    assert len(reviewed) == 47
    assert Counter(one.form for one in reviewed) == {"2A": 17, "2B": 5, "2C": 25}
    assert len([unit for unit in find_units(conn) if unit.kind == "cell"]) == 5
    assert {one.residence.code for one in reviewed if one.residence} == {"K5", "K8"}
    found = find_responses(conn, responses.c.kind == "self_review")
    assert Counter(one.status for one in found) == {
        "submitted": len(SUBMITTED),
        "draft": len(DRAFTING),
        "accepted": len(HAVE_MET),
    }
    known = len(SUBMITTED) + len(DRAFTING) + len(SILENT) + len(HAVE_MET)
    assert known < len(reviewed), "some have not joined"


def test_a_week_into_the_review(conn: Connection) -> None:
    cycle = cycles.current(conn)
    assert cycle
    today = TODAY.date()
    assert cycle.year == 2026
    assert cycle.days_left("open", today) == -7
    assert cycle.days_left("self_reviews_due", today) == 9


def test_what_is_submitted_is_complete_varied_and_fits_its_points(conn: Connection, house: House) -> None:
    pack = house.pack_of("hd43-2025")
    seen: Counter[str] = Counter()
    for code, grade in {**SUBMITTED, **HAVE_MET}.items():
        review = self_review(conn, code)
        assert review
        form = pack.forms[review.form]
        if code != "TH01":  # named by the cell after she had submitted
            assert missing(form, review.answers, seen_by(conn, house, code).given(review.subject_id)) == ()
        proposed = propose_self_grade(pack, form, review.answers)
        assert proposed.grade
        assert review.answers["self_grade"] == grade
        assert pack.grades[grade].min_points <= (proposed.points.total if proposed.points else 0)
        seen[str(review.answers["duties"])] += 1
    assert max(seen.values()) <= 3, "few people write the same"


def test_every_persona_has_something_to_see(conn: Connection, house: House) -> None:
    assert [code for _, code in PERSONAS] == [MEMBER, SECRETARY, CONTACT, OFFICER]
    assert self_review(conn, MEMBER) is None, "the member begins at the beginning"
    assert person(conn, SECRETARY).units_as("secretary")[0].code == BLOCK
    assert person(conn, OFFICER).units_as("officer")[0].code == COMMITTEE
    lines = seen_by(conn, house, CONTACT).remark_lines()
    done = {line.person.code for line in lines if line.response}
    assert MEMBER in done
    assert 0 < len(done) < len(lines), "some remarks given, some still to give"


def test_promises_points_and_faults_of_the_cell_stand_in_the_forms(conn: Connection, house: House) -> None:
    facts = seen_by(conn, house, OFFICER)
    given = facts.given(person(conn, MEMBER).id)
    assert is_promise(given.carried[0].text), "her form opens with what she promised"
    assert (len(given.carried), len(given.suggested), len(given.collective)) == (1, 0, 1)
    assert len(sample_roster().promises) == 10
    assert [len(facts.given(person(conn, code).id).suggested) for code in ("TH06", "TH02")] == [1, 0]
    asked = facts.points.given_unit(cell(conn, BLOCK))
    assert (len(asked.carried), len(asked.suggested)) == (1, 1)
    assert facts.points.open_count((cell(conn, BLOCK), cell(conn, SCHOOL))) == 2


def test_cells_review_themselves(conn: Connection, house: House) -> None:
    facts = seen_by(conn, house, SECRETARY)
    found = {code: facts.response("collective_review", cell(conn, code)) for code in (BLOCK, SCHOOL, AHEAD)}
    assert {code: one.status for code, one in found.items() if one} == {
        BLOCK: "draft",
        SCHOOL: "submitted",
        AHEAD: "submitted",
    }
    pack = house.pack_of("hd43-2025")
    for code in (SCHOOL, AHEAD):
        review = found[code]
        assert review
        proposed = propose_self_grade(pack, pack.forms["01"], review.answers)
        assert proposed.points
        assert pack.grades["good"].min_points <= proposed.points.total < 100
    named = {one.name for one in facts.points.without_part(cell(conn, SCHOOL))}
    assert named == {"Phạm Thị Thanh Hà", "Nguyễn Đức Thuận", "Lê Thị Phương"}


def test_the_officer_has_something_to_decide(conn: Connection, house: House) -> None:
    facts = seen_by(conn, house, OFFICER)
    meeting = facts.grading.meeting(cell(conn, AHEAD))
    assert meeting
    assert meeting.closed
    now = sitting(facts)
    assert now
    assert (now.over, now.decided) == (1, 0)
    group = next(one for one in now.groups if one.standing.over_by)
    assert (group.standing.excellent, group.standing.good, group.standing.over_by) == (2, 5, 1)
    assert [one.grade for one in facts.grading.decisions("cell", "person", (cell(conn, AHEAD),)).values()].count(
        "completed"
    ) == 1


def test_the_audit_chain_holds(conn: Connection) -> None:
    assert audit.verify(conn) is None


def test_the_bank_of_texts_stays_within_a_message() -> None:
    file = Path(__file__).parents[2] / "bot" / "demo_texts.toml"
    assert all(len(line) < 400 for line in file.read_text("utf-8").splitlines())
