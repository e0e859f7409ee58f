"""Whatever is saved in whatever order: the answers are the last values, the history holds every earlier one."""

import asyncio
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from review.forms import is_blank
from review.responses import Value
from storage import audit
from storage.columns import nfc
from storage.facts import StoredFacts
from storage.tables import answer_history, answers, responses
from tests.storage.examples import run_example, ward_of_examples
from tests.storage.filling import answer
from tests.storage.ward import Ward

KEYS = ("conduct", "shortcomings.1.text", "scores.c01")
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    st.integers(-(2**31), 2**31),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(st.text(st.characters(categories=["L"]), max_size=3), max_size=3),
)


@pytest.fixture(scope="module")
def hoa_alone(runner: asyncio.Runner) -> Iterator[Ward]:
    with ward_of_examples(runner, lambda ward: ward.join("HOA")) as ward:
        yield ward


@given(saves=st.lists(st.tuples(st.sampled_from(KEYS), VALUES), max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_typed_is_ever_lost(runner: asyncio.Runner, hoa_alone: Ward, saves: list[tuple[str, Value]]) -> None:
    ward, subject = hoa_alone, hoa_alone.ids["HOA"]

    def save_all(conn: Connection) -> None:
        facts = ward.facts(conn, "telegram", "HOA")
        kept: dict[str, Value] = {}
        earlier: list[tuple[str, Value]] = []
        changes = 0
        for key, value in saves:
            ward.apply_with(conn, facts, answer(subject, key, value))
            new = None if is_blank(value) else nfc(value)
            old = kept.get(key)
            if type(new) is type(old) and new == old:
                continue
            changes += 1
            if key in kept:
                earlier.append((key, kept.pop(key)))
            if new is not None:
                kept[key] = new
        check(conn, facts, kept, earlier, changes)

    run_example(runner, ward, save_all)


def check(
    conn: Connection, facts: StoredFacts, kept: dict[str, Value], earlier: list[tuple[str, Value]], changes: int
) -> None:
    assert facts.me
    response = facts.response("self_review", facts.me.id)
    assert (dict(response.answers) if response else {}) == kept
    assert (response.revision if response else 0) == changes
    rows = conn.execute(select(answer_history).order_by(answer_history.c.id))
    assert [(row.key, row.value) for row in rows] == earlier
    assert audit.verify(conn) is None


def test_the_examples_left_nothing_behind(runner: asyncio.Runner, hoa_alone: Ward) -> None:
    def count(conn: Connection) -> int:
        return sum(len(conn.execute(select(table)).all()) for table in (answers, answer_history, responses))

    assert runner.run(hoa_alone.db.read(count)) == 0
