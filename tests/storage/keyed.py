"""Keys of the tests, and a ward whose text is sealed."""

from sqlalchemy import Connection, select

from review.pack import Pack
from storage.database import Database
from storage.schema import migrate
from storage.sealed import as_stored, sealed_columns
from storage.sealing import KeyRing
from tests.conversations.small_pack import SMALL_PACK
from tests.storage.ward import Ward

FIRST, SECOND = "A" * 43, "B" * 42 + "A"
OLD, NEW, BOTH = KeyRing.read(FIRST), KeyRing.read(SECOND), KeyRing.read(f"{SECOND}, {FIRST}")


def pack_of(_: str) -> Pack:
    return SMALL_PACK


async def keyed_ward(url: str, ring: KeyRing) -> Ward:
    await migrate(url, ring=ring)
    ward = Ward(Database(url, ring), url)
    await ward.fill()
    return ward


def stored(conn: Connection) -> dict[str, list[str]]:
    """Every value of a sealed column as it stands in the file, by column."""
    found: dict[str, list[str]] = {}
    for table, names in sealed_columns().items():
        raw = as_stored(table)
        for name in names:
            found[f"{table.name}.{name}"] = [one for one in conn.scalars(select(raw.c[name])) if one]
    return found
