"""Peer groups of the roster that the pack does not have, or does not open to this form."""

import pytest

from review.pack import load
from review.peer_groups import misplaced
from review.people import Person, Unit

PACK = load("hd43-2025")
CELL = Unit(1, "C1", "Chi bộ Khối 5", "cell")


@pytest.mark.parametrize(
    ("group", "form", "status", "reason"),
    [
        ("member", "2A", "official", ""),
        ("", "2A", "official", ""),
        ("luck", "2A", "official", "gói quy tắc không có nhóm tương đồng «luck»"),
        ("luck", "2A", "exempt", ""),
        ("head", "2B", "official", ""),
        ("head", "2A", "official", "nhóm «head» dành cho người làm mẫu 2B, 2C, không phải 2A"),
    ],
)
def test_who_is_in_a_group_that_does_not_fit(group, form, status, reason):
    person = Person(1, "P1", "Nguyễn Thị Hoa", CELL, form=form, peer_group=group, status=status)
    assert [said for _, said in misplaced(PACK, [person])] == ([reason] if reason else [])
