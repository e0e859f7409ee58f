"""Texts to compare an answer with: one's own of last year, those of the cell of this year, nobody else's."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event

from conversations.text_facts import TextFacts
from storage import cycles
from storage.facts import StoredFacts
from tests.conversations.small_pack import SMALL_PACK
from tests.storage.filling import answer
from tests.storage.ward import Ward


@contextmanager
def counted(conn: Connection) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(conn, "before_cursor_execute", note)
    yield asked
    event.remove(conn, "before_cursor_execute", note)


async def test_colleagues_are_those_of_the_own_cell_in_this_review(ward: Ward) -> None:
    hoa, nam, tam = await ward.join("HOA"), await ward.join("NAM"), await ward.join("TAM")
    await ward.does(hoa, answer(ward.ids["HOA"], "shortcomings.1.text", "Của Hoa."))
    await ward.does(nam, answer(ward.ids["NAM"], "shortcomings.1.text", "Của Nam."))
    await ward.does(nam, answer(ward.ids["NAM"], "shortcomings.2.text", "Nữa."))
    await ward.does(nam, answer(ward.ids["NAM"], "shortcomings.1.cause", "Do Nam."))
    await ward.does(nam, answer(ward.ids["NAM"], "conduct", "Nếp sống của Nam."))
    await ward.does(tam, answer(ward.ids["TAM"], "conduct", "Nếp sống của Tâm."))

    def look(facts: StoredFacts) -> None:
        texts: TextFacts = facts.texts
        with counted(facts.conn) as asked:
            assert set(texts.colleagues("shortcomings.text")) == {"Của Nam.", "Nữa."}
            assert set(texts.colleagues("shortcomings.text")) == {"Của Nam.", "Nữa."}
        assert len(asked) == 1
        assert texts.colleagues("conduct") == ("Nếp sống của Nam.",)
        assert texts.colleagues("shortcomings") == ()
        assert texts.previous("conduct") == ()

    await ward.sees(hoa, look)


async def test_previous_is_the_review_before_this_one(ward: Ward) -> None:
    hoa, nam = await ward.join("HOA"), await ward.join("NAM")
    await ward.does(hoa, answer(ward.ids["HOA"], "shortcomings.1.text", "Năm 2026."))
    await ward.does(nam, answer(ward.ids["NAM"], "shortcomings.1.text", "Của Nam."))
    for year in (2027, 2028):

        def next_year(conn: Connection, year: int = year) -> None:
            cycles.close(conn, cycles.current(conn).id, ward.now)  # type: ignore[union-attr]
            cycles.open_cycle(conn, year, SMALL_PACK.name, SMALL_PACK.version, {}, ward.now)

        await ward.db.write(next_year)
        assert await ward.sees(hoa, lambda facts: facts.texts.previous("shortcomings.text")) == ("Năm 2026.",)
        assert await ward.sees(hoa, lambda facts: facts.texts.colleagues("shortcomings.text")) == ()
        if year == 2027:
            await ward.does(nam, answer(ward.ids["NAM"], "shortcomings.1.text", "Năm 2027."))
    assert await ward.sees(nam, lambda facts: facts.texts.previous("shortcomings.text")) == ("Năm 2027.",)


async def test_a_stranger_and_a_contact_without_a_cell_have_nothing_to_compare_with(ward: Ward) -> None:
    mat = await ward.join("MAT")
    for address in (mat, "stranger"):
        assert await ward.sees(address, lambda facts: facts.texts.colleagues("conduct")) == ()
        assert await ward.sees(address, lambda facts: facts.texts.previous("conduct")) == ()
