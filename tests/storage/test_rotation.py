"""Rotation: everything under the first key, also what was written before any; beside others, and again after a stop."""

import gzip
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update

from review.pack import Pack
from storage import rotation
from storage.backup import backup, restore
from storage.database import Database
from storage.errors import KeyMissing
from storage.outbox import claim, put, withhold_content
from storage.retention import scrub
from storage.rotation import Count, seal_anew, survey
from storage.schema import migrate, revisions
from storage.sealed import as_stored
from storage.sealing import NO_KEYS, KeyRing, sealed_with
from storage.tables import answers, outbox
from tests.conversations.small_pack import SMALL_PACK
from tests.databases import Postgres
from tests.storage.filling import answer, complete, remark
from tests.storage.keyed import BOTH, NEW, OLD, keyed_ward, pack_of, stored
from tests.storage.test_backup import everything
from tests.storage.ward import Ward

TYPED = ("Gương mẫu trước chi bộ", "Ít góp ý", "Sống chan hòa", "ok lắm")


async def written(ward: Ward) -> Ward:
    """A review with its history, a remark with the member's answer, a screen on its way."""
    hoa, mat = await ward.join("HOA"), await ward.join("MAT")
    mine = ward.ids["HOA"]
    await ward.does(hoa, *complete(mine, conduct=TYPED[0], shortcomings__1__text=TYPED[1]))
    await ward.does(hoa, answer(mine, "conduct", TYPED[3]), answer(mine, "conduct", TYPED[0]))
    await ward.does(mat, remark(mine, "free", TYPED[2]))
    return ward


async def seen(db: Database, ring: KeyRing) -> Count:
    return await db.read(lambda conn: survey(conn, ring, pack_of))


async def rotated(url: str, opening: KeyRing, to: KeyRing) -> Count:
    db = Database(url, opening)
    count = await seal_anew(db, to, pack_of)
    assert await seen(db, to) == Count(count.done + count.other)
    await db.close()
    return count


async def test_from_no_key_over_two_to_none_again(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 3)
    await written(ward)
    before = await ward.db.read(everything)
    sealed = await rotated(ward.db_url, OLD, OLD)
    assert sealed.other > 5
    assert sealed == Count(0, sealed.other)
    assert await rotated(ward.db_url, OLD, OLD) == Count(sealed.other, 0)
    await migrate(ward.db_url, ring=OLD)
    with pytest.raises(KeyMissing):
        await migrate(ward.db_url, ring=NEW)
    await migrate(ward.db_url, ring=BOTH)
    assert await rotated(ward.db_url, BOTH, BOTH) == Count(0, sealed.other)
    await migrate(ward.db_url, ring=NEW)
    keyed = Database(ward.db_url, NEW)
    after = await keyed.read(everything)
    await keyed.close()
    assert {name: rows for name, rows in after.items() if name != "data_keys"} == {
        name: rows for name, rows in before.items() if name != "data_keys"
    }
    assert await rotated(ward.db_url, NEW, NEW.leaving_open()) == Count(0, sealed.other)
    await migrate(ward.db_url)
    opened = await ward.db.read(everything)
    assert opened == before


class Stopped(Exception):
    """The machine goes down in the middle of it."""


async def test_a_stopped_rotation_goes_on(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    def last_pack(_: str) -> Pack:
        if not packs.pop():
            raise Stopped
        return SMALL_PACK

    await written(ward)
    monkeypatch.setattr(rotation, "BATCH", 2)
    packs = [False, True, True, True, True, True]
    db = Database(ward.db_url, OLD)
    whole = await seen(db, OLD)
    with pytest.raises(Stopped):
        await seal_anew(db, OLD, last_pack)
    half = await seen(db, OLD)
    assert 0 < half.done < whole.other
    assert half.done + half.other == whole.other
    assert await seal_anew(db, OLD, pack_of) == Count(half.done, half.other)
    await db.close()


async def test_what_nothing_opens_is_named_and_left(database_url: str) -> None:
    ward = await written(await keyed_ward(database_url, OLD))
    raw = as_stored(answers)
    damaged = update(raw).where(raw.c.key == "conduct").values(value=OLD.seal('"x"')[:-2])
    await ward.db.write(lambda conn: conn.execute(damaged))
    count = await seal_anew(ward.db, BOTH, pack_of)
    assert count.lost == ("answers.value (response_id 1, key conduct)",)
    assert count.other > 3
    assert await seen(ward.db, BOTH) == Count(count.other, 0, count.lost)
    await ward.db.close()
    with pytest.raises(KeyMissing):
        await migrate(database_url, ring=NEW)


async def test_a_form_that_is_gone_leaves_no_string_open(ward: Ward) -> None:
    await written(ward)
    without_forms = replace(SMALL_PACK, forms={})
    db = Database(ward.db_url, OLD)
    await seal_anew(db, OLD, lambda _: without_forms)
    values = (await db.read(stored))["answers.value"]
    await db.close()
    assert not [value for value in values if value.startswith('"')]
    assert [value for value in values if not sealed_with(value)], "numbers and lists stay"


async def test_a_backup_stays_sealed_and_needs_the_key(database_url: str, empty_url: str, tmp_path: Path) -> None:
    ward = await written(await keyed_ward(database_url, OLD))
    await backup(database_url, tmp_path / "copy")
    assert not found(gzip.decompress((tmp_path / "copy").read_bytes()))
    for wrong in (NO_KEYS, NEW):
        with pytest.raises(KeyMissing):
            await restore(empty_url, tmp_path / "copy", wrong)
        assert (await revisions(empty_url)).current is None
    await restore(empty_url, tmp_path / "copy", OLD)
    restored = Database(empty_url, OLD)
    assert await restored.read(everything) == await ward.db.read(everything)
    await restored.close()
    await ward.db.close()


def found(raw: bytes) -> list[str]:
    """Which typed words can be read in these bytes, also as JSON would write them."""
    return [text for text in TYPED if text.encode() in raw or json.dumps(text)[1:-1].encode() in raw]


async def test_no_typed_word_in_the_files_of_sqlite(sqlite_url: str) -> None:
    files = [Path(f"{sqlite_url.split(':///')[1]}{end}") for end in ("", "-wal")]
    ward = await written(await keyed_ward(sqlite_url, OLD))
    assert files[1].stat().st_size > 0, "with what was not yet moved into the file"
    assert not found(b"".join(file.read_bytes() for file in files))
    await seal_anew(ward.db, OLD.leaving_open(), pack_of)
    assert len(found(b"".join(file.read_bytes() for file in files))) == len(TYPED), "this is where they would be"
    await seal_anew(ward.db, OLD, pack_of)
    await ward.db.close()
    await scrub(sqlite_url)
    assert not found(b"".join(file.read_bytes() for file in files if file.exists())), "nor in pages that were freed"


async def test_no_typed_word_in_a_dump_of_postgresql(postgres: Postgres, postgres_url: str) -> None:
    ward = await written(await keyed_ward(postgres_url, OLD))
    assert not found(postgres.dump())
    await seal_anew(ward.db, OLD.leaving_open(), pack_of)
    assert len(found(postgres.dump())) == len(TYPED)
    await ward.db.close()


async def test_a_screen_on_its_way_is_sealed_and_one_that_nothing_opens_is_unreadable(database_url: str) -> None:
    ward = await keyed_ward(database_url, OLD)
    hoa = await ward.join("HOA")
    account = await ward.sees(hoa, lambda facts: facts.account.id)

    def puts(conn: Connection) -> list[int]:
        return [put(conn, account, "reply", nth, {"text": TYPED[0], "veiled": True}, ward.now) for nth in (1, 2)]

    first, second = await ward.db.write(puts)
    raw = as_stored(outbox)
    damaged = update(raw).where(raw.c.id == second).values(payload=NEW.seal("{}"))
    await ward.db.write(lambda conn: conn.execute(damaged))
    lease = timedelta(minutes=1)
    claimed = await ward.db.write(lambda conn: claim(conn, "telegram", "reply", ward.now, 5, lease))
    assert {one.id: one.payload for one in claimed} == {first: {"text": TYPED[0], "veiled": True}, second: None}
    await ward.db.write(withhold_content)
    left = await ward.db.read(lambda conn: conn.scalars(select(raw.c.id).where(raw.c.payload.is_not(None))).all())
    assert left == [first]
    await ward.db.close()
