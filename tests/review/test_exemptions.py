"""Who is not reviewed or not graded: 294-QĐ/TW §7.2.3; 21-HD/BTCTW for the suspended and for new members."""

from datetime import date

import pytest

from review.exemptions import exemption_of
from review.pack import load
from review.people import Person, Unit

PACK = load("hd43-2025")
CELL = Unit(1, "C1", "Chi bộ Khối 5", "cell")


def member(joined_on=None, status="official"):
    return Person(1, "P1", "Nguyễn Thị Hoa", CELL, form="2C", joined_on=joined_on, status=status)


@pytest.mark.parametrize(
    ("person", "on", "found"),
    [
        (member(date(2000, 2, 3)), date(2026, 12, 31), None),
        (member(None), date(2026, 12, 31), None),
        (member(date(2026, 7, 1)), date(2026, 12, 31), "under_6_months"),
        (member(date(2026, 6, 30)), date(2026, 12, 30), None),
        (member(date(2026, 6, 30)), date(2026, 12, 29), "under_6_months"),
        (member(date(2026, 8, 31)), date(2027, 2, 27), "under_6_months"),
        (member(date(2026, 8, 31)), date(2027, 2, 28), None),
        (member(date(2026, 7, 1), "probationary"), date(2026, 12, 15), "under_6_months"),
        (member(date(2026, 7, 1), "exempt"), date(2026, 12, 31), "exempt"),
        (member(date(2000, 2, 3), "suspended"), date(2026, 12, 31), "suspended"),
    ],
)
def test_who_is_exempt_on_a_day(person, on, found):
    exemption = exemption_of(PACK, person, on)
    assert (exemption.id if exemption else None) == found


def test_the_exemption_says_what_is_left_to_do():
    new = exemption_of(PACK, member(date(2026, 7, 1)), date(2026, 12, 15))
    assert new
    assert (new.reviewed, new.graded) == (True, False)
    assert new.text == "Đảng viên mới kết nạp chưa đủ 6 tháng"
    old = exemption_of(PACK, member(status="exempt"), date(2026, 12, 15))
    assert old
    assert (old.reviewed, old.graded) == (False, False)
