"""Keys and column types: what is sealed, what stays readable, what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Text, insert, select, update

from storage.database import Database
from storage.errors import KeyMissing, Unopened
from storage.schema import migrate
from storage.sealed import PLAIN, as_stored, sealed_columns
from storage.sealing import NO_KEYS, OPEN, SEALED, Key, KeyRing, new_key, sealed_with
from storage.tables import answers, appeals, metadata, remedies, unsent
from tests.storage.filling import answer, complete
from tests.storage.keyed import BOTH, FIRST, NEW, OLD, SECOND, keyed_ward, stored
from tests.storage.ward import Ward


@given(st.text())
def test_what_was_sealed_is_opened_by_every_ring_with_the_key(text: str) -> None:
    for ring in (OLD, BOTH, BOTH.leaving_open(), NO_KEYS):
        kept = ring.seal(text)
        assert BOTH.open(kept) == text
        assert ring.has_sealed(kept)
    if text:
        assert OLD.seal(text) != OLD.seal(text), "the same words never look the same"
        with pytest.raises(Unopened, match=f"sealed with key {OLD.ids[0]}"):
            NEW.open(OLD.seal(text))


@pytest.mark.parametrize("text", [f"{SEALED}abcd1234:xyz", f"{OPEN}x", f"{SEALED}{OLD.ids[0]}:AAAA"])
def test_text_that_only_looks_sealed_is_text(text: str) -> None:
    assert NO_KEYS.open(NO_KEYS.seal(text)) == text
    assert OLD.open(NO_KEYS.seal(text)) == text


@pytest.mark.parametrize("damage", [lambda s: s[:-4], lambda s: s[:-1] + "!", lambda s: s[:30], lambda s: s + "AAAA"])
def test_a_damaged_value_is_refused_without_its_text(damage) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Unopened) as told:
        OLD.open(damage(OLD.seal("Thiếu sót của tôi")))
    assert "Thiếu" not in f"{told.value!r}"


def test_a_key_tells_nothing_of_itself() -> None:
    written = new_key()
    ring = KeyRing.read(f" {written} ,\n{FIRST},{written}")
    assert len(ring.keys) == 2
    assert ring.ids == (Key.read(written).id, OLD.ids[0])
    assert written not in repr(ring)
    assert written[:8] not in repr(ring)
    for bad in ("abc", written + "A", written[:-1] + "*"):
        with pytest.raises(ValueError, match="tusoi key new") as told:
            KeyRing.read(bad)
        assert bad not in str(told.value)


def test_every_column_of_text_is_sealed_or_plain_for_a_reason() -> None:
    text = {f"{t.name}.{c.name}" for t in metadata.sorted_tables for c in t.columns if _is_text(c)}
    sealed = {f"{t.name}.{name}" for t, names in sealed_columns().items() for name in names}
    assert sealed | PLAIN.keys() == text
    assert not sealed & PLAIN.keys()
    assert all(PLAIN.values())


def _is_text(column) -> bool:  # type: ignore[no-untyped-def]
    """Any length: what is short by its type is a code."""
    return isinstance(getattr(column.type, "impl", column.type), Text)


def test_no_query_compares_or_sorts_sealed_text() -> None:
    for compared in (
        lambda: unsent.c.text == "chữ",
        lambda: unsent.c.text.like("%chữ%"),
        lambda: appeals.c.text.in_(["chữ"]),
        lambda: unsent.c.text == appeals.c.text,
        unsent.c.text.desc,
        lambda: unsent.c.text + "chữ",
    ):
        with pytest.raises(TypeError, match="sealed text"):
            compared()
    assert str(remedies.c.measure == "") == "remedies.measure = :measure_1"
    assert str(remedies.c.measure.is_(None)) == "remedies.measure IS NULL"


async def test_words_are_sealed_and_choices_stay_readable(database_url: str) -> None:
    ward = await keyed_ward(database_url, OLD)
    hoa = await ward.join("HOA")
    mine = ward.ids["HOA"]
    await ward.does(hoa, *complete(mine), answer(mine, "conduct", "ok"), answer(mine, "conduct", "Gương mẫu"))
    assert await ward.sees(hoa, lambda facts: facts.response("self_review", mine).answers["conduct"]) == "Gương mẫu"  # type: ignore[union-attr]
    raw = as_stored(answers)
    found = dict(await ward.db.read(lambda conn: conn.execute(select(raw.c.key, raw.c.value)).tuples().all()))
    assert sealed_with(found["conduct"]) == OLD.ids[0]
    assert sealed_with(found["shortcomings.1.text"])
    assert found["self_grade"] == '"excellent"'
    assert not any(sealed_with(value) for key, value in found.items() if key.endswith(".more"))
    history = (await ward.db.read(stored))["answer_history.value"]
    assert history
    assert all(sealed_with(value) for value in history)
    chosen = select(answers.c.response_id).where(answers.c.key == "self_grade", answers.c.value == "excellent")
    assert len(await ward.db.read(lambda conn: conn.execute(chosen).all())) == 1
    await ward.db.close()


async def test_the_same_words_again_change_nothing(database_url: str) -> None:
    ward = await keyed_ward(database_url, OLD)
    hoa = await ward.join("HOA")
    for _ in range(2):
        await ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Gương mẫu"))
    assert not (await ward.db.read(stored))["answer_history.value"]
    await ward.db.close()


async def test_what_was_written_before_the_key_stays_readable(ward: Ward) -> None:
    """And goes to the history sealed."""
    hoa = await ward.join("HOA")
    await ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Trước"))
    keyed = Ward(Database(ward.db_url, OLD), ward.db_url, ids=ward.ids, cycle=ward.cycle)
    now = await keyed.sees(hoa, lambda facts: facts.response("self_review", ward.ids["HOA"]))
    assert now
    assert now.answers == {"conduct": "Trước"}
    await keyed.does(hoa, answer(ward.ids["HOA"], "conduct", "Sau"))
    assert all(sealed_with(value) for value in (await keyed.db.read(stored))["answer_history.value"])
    await keyed.db.close()


async def test_the_right_key_or_no_start(database_url: str) -> None:
    """A key that nothing was sealed with may be forgotten."""
    await migrate(database_url, ring=OLD)
    await migrate(database_url)
    await migrate(database_url, ring=OLD)
    ward = await keyed_ward(database_url, OLD)
    await ward.does(await ward.join("HOA"), answer(ward.ids["HOA"], "conduct", "Gương mẫu"))
    await ward.db.close()
    for wrong in (NO_KEYS, NEW):
        with pytest.raises(KeyMissing) as told:
            await migrate(database_url, ring=wrong)
        assert str(told.value) == f"DATA_KEY: this database was sealed with key {OLD.ids[0]}; set it."
    await migrate(database_url, ring=BOTH)


async def test_a_value_that_cannot_be_opened_is_named_by_row_and_column(database_url: str) -> None:
    ward = await keyed_ward(database_url, OLD)
    hoa = await ward.join("HOA")
    await ward.does(hoa, answer(ward.ids["HOA"], "conduct", "Gương mẫu"), answer(ward.ids["HOA"], "wish", "Mong"))
    raw = as_stored(answers)
    damaged = update(raw).where(raw.c.key == "wish").values(value=OLD.seal('"x"')[:-2])
    await ward.db.write(lambda conn: conn.execute(damaged))
    place = r"DATA_KEY: answers\.value \(response_id 1, key wish\) cannot be opened: it is damaged\."
    for running in (ward.db.read, ward.db.write):
        with pytest.raises(Unopened, match=place) as told:
            await running(lambda conn: conn.execute(select(answers)).all())
        assert "Mong" not in f"{told.value!r}"
    await ward.db.close()
    other = Database(database_url, NEW)
    with pytest.raises(Unopened, match=f"it was sealed with key {OLD.ids[0]}"):
        await other.read(lambda conn: conn.execute(select(answers.c.value).where(answers.c.key == "conduct")).all())
    await other.close()


async def test_empty_text_stays_empty(database_url: str) -> None:
    ward = await keyed_ward(database_url, OLD)
    row = {"cycle_id": 1, "person_id": ward.ids["HOA"], "source": "1:x", "shortcoming": "Ít đọc", "status": "open"}
    await ward.db.write(lambda conn: conn.execute(insert(remedies).values(row | {"created_at": ward.now})))
    without_plan = select(remedies.c.shortcoming).where(remedies.c.measure == "")
    assert await ward.db.read(lambda conn: conn.scalars(without_plan).all()) == ["Ít đọc"]
    await ward.db.close()


def test_two_keys_are_two() -> None:
    assert FIRST != SECOND
    assert OLD.ids != NEW.ids
