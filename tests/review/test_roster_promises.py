"""Sheet `Kỳ trước`: every fault of it is named, and its lines become things to ask about."""

from dataclasses import replace
from datetime import date

import pytest

from review.roster import PROMISES, Roster, check
from review.roster_promises import PromiseRow
from tests.review.test_roster import GOOD, HOA, TODAY

LINE = PromiseRow(2, HOA.code, "Chưa gặp hết các hộ.", "Gặp nốt 3 hộ", date(2026, 2, 28))


def columns(*rows: PromiseRow) -> list[tuple[int, str]]:
    found = check(replace(GOOD, promises=rows), today=TODAY)
    assert all(fault.sheet == PROMISES and fault.reason.endswith(".") for fault in found)
    return [(fault.row, fault.column) for fault in found]


def test_a_good_line_for_a_member_and_one_for_a_cell() -> None:
    assert columns(LINE, PromiseRow(3, "K5", "Chi bộ họp chậm."), PromiseRow(4, "DM1", "Một.")) == []
    assert LINE.text == "Chưa gặp hết các hộ. Đã hứa: gặp nốt 3 hộ, xong trước 28/02/2026."


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (replace(LINE, subject=""), "Người"),
        (replace(LINE, subject="AI"), "Người"),
        (replace(LINE, subject="P"), "Người"),
        (replace(LINE, shortcoming=""), "Hạn chế"),
        (replace(LINE, shortcoming="a" * 2001), "Hạn chế"),
        (replace(LINE, measure="a" * 2001), "Biện pháp"),
        (replace(LINE, due=date(1926, 2, 28)), "Thời hạn"),
    ],
)
def test_each_fault_is_named(line: PromiseRow, column: str) -> None:
    assert columns(line) == [(2, column)]


def test_a_line_written_twice_and_people_the_database_knows() -> None:
    assert columns(LINE, replace(LINE, row=3)) == [(3, "Hạn chế")]
    known = check(Roster(promises=(replace(LINE, subject="CU"),)), known_people=("CU",), today=TODAY)
    assert known == []
