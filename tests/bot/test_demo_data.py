"""The sample ward: made through the rules, believable in number, every persona in the place it is shown for."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from bot.demo_people import BLOCK, COMMITTEE, CONTACT, MEMBER, OFFICER, PERSONAS, SECRETARY, sample_roster
from bot.demo_story import DRAFTING, SILENT, SUBMITTED, tell_story
from bot.house import House
from bot.run import open_house
from bot.settings import load_settings
from conversations.facts import Account
from review.forms import missing
from review.grades import propose_self_grade
from review.people import Person
from review.responses import Response
from review.roster import check
from storage import audit, cycles
from storage.facts import StoredFacts
from storage.given import given_to
from storage.people import find_people, find_units
from storage.responses import find_responses
from storage.schema import migrate
from storage.tables import people, responses

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


def person(conn: Connection, code: str) -> Person:
    return find_people(conn, people.c.code == code)[0]


def self_review(conn: Connection, code: str) -> Response | None:
    subject = person(conn, code).id
    found = find_responses(conn, responses.c.kind == "self_review", responses.c.subject_person_id == subject)
    return found[0] if found else None


def test_the_roster_is_without_fault() -> None:
    assert check(sample_roster(), today=TODAY.date()) == []


def test_how_many(conn: Connection) -> None:
    reviewed = [one for one in find_people(conn) if one.is_reviewed]
    assert len(reviewed) == 39
    assert Counter(one.form for one in reviewed) == {"2A": 17, "2B": 5, "2C": 17}
    assert len([unit for unit in find_units(conn) if unit.kind == "cell"]) == 4
    assert {one.residence.code for one in reviewed if one.residence} == {"K5", "K8"}
    found = find_responses(conn, responses.c.kind == "self_review")
    assert Counter(one.status for one in found) == {"submitted": len(SUBMITTED), "draft": len(DRAFTING)}
    assert len(SUBMITTED) + len(DRAFTING) + len(SILENT) < len(reviewed), "some have not joined"


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
    for code, grade in SUBMITTED.items():
        review = self_review(conn, code)
        assert review
        form = pack.forms[review.form]
        assert missing(form, review.answers) == ()
        proposed = propose_self_grade(pack, form, review.answers)
        assert proposed.grade
        assert review.answers["self_grade"] == grade
        assert pack.grades[grade].min_points <= (proposed.points.total if proposed.points else 0)
        seen[str(review.answers["duties"])] += 1
    assert max(seen.values()) <= 3, "few people write the same"


def test_every_persona_has_something_to_see(conn: Connection, house: House) -> None:
    assert [code for _, code in PERSONAS] == [MEMBER, SECRETARY, CONTACT, OFFICER]
    assert self_review(conn, MEMBER) is None, "the member begins at the beginning"
    member = person(conn, MEMBER)
    cycle = cycles.current(conn)
    assert cycle
    given = given_to(conn, cycle.id, member.id)
    assert (len(given.carried), len(given.suggested)) == (1, 1)
    assert person(conn, SECRETARY).units_as("secretary")[0].code == BLOCK
    assert person(conn, OFFICER).units_as("officer")[0].code == COMMITTEE
    contact = StoredFacts(conn, Account(0, "web", person(conn, CONTACT).id), TODAY, house.zone, house.pack_of)
    lines = contact.remark_lines()
    done = {line.person.code for line in lines if line.response}
    assert MEMBER in done
    assert 0 < len(done) < len(lines), "some remarks given, some still to give"


def test_the_audit_chain_holds(conn: Connection) -> None:
    assert audit.verify(conn) is None


def test_the_bank_of_texts_stays_within_a_message() -> None:
    file = Path(__file__).parents[2] / "bot" / "demo_texts.toml"
    assert all(len(line) < 400 for line in file.read_text("utf-8").splitlines())
