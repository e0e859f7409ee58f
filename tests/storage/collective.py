"""Filling the collective review of the storage tests' work cell in as few words as possible."""

from sqlalchemy import select

from conversations.effects import SaveAnswer, Submit
from review.responses import Response, Value
from storage.tables import units
from tests.storage.ward import Ward

FAULT = "Chi bộ họp chậm hai tháng đầu năm."


async def unit_id(ward: Ward, code: str) -> int:
    found = await ward.db.read(lambda conn: conn.scalar(select(units.c.id).where(units.c.code == code)))
    assert found
    return found


def collective(unit: int, key: str, value: Value) -> SaveAnswer:
    return SaveAnswer("collective_review", unit, "01", key, value)


async def write_collective(ward: Ward, address: str, *owners: str, text: str = FAULT) -> int:
    """The school's collective review, complete: one fault that these people answer for; returns the cell."""
    cell = await unit_id(ward, "TH")
    ids = [str(ward.ids[code]) for code in owners]
    answers: dict[str, Value] = {
        "results": "Đủ.",
        "shortcomings.1.text": text,
        "shortcomings.1.cause": "Trùng lịch.",
        "shortcomings.1.owners": ids,
        "shortcomings.1.more": "no",
        "measures.1.measure": "Chốt lịch họp trong tháng 1.",
        "measures.1.due": "2027-01-31",
        "measures.1.more": "no",
    }
    await ward.does(address, *(collective(cell, key, value) for key, value in answers.items()))
    return cell


async def the_review(ward: Ward, address: str, cell: int) -> Response:
    found = await ward.sees(address, lambda facts: facts.response("collective_review", cell))
    assert found
    return found


async def submit_collective(ward: Ward, address: str, *owners: str, text: str = FAULT) -> Response:
    cell = await write_collective(ward, address, *owners, text=text)
    await ward.does(address, Submit((await the_review(ward, address, cell)).id))
    return await the_review(ward, address, cell)
