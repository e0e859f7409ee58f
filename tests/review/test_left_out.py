"""The list of those not reviewed or not graded (domain.md §2.2; 21-HD/BTCTW; a local form of 2021, no. 11)."""

from datetime import date

import pytest

from review.left_out import LeftOut, Member, left_out
from review.meetings import Absence
from review.pack import load
from review.people import Person, Unit

PACK = load("hd43-2025")
CELL = Unit(2, "K5", "Chi bộ Khối 5", "cell", 1)
DAY = date(2026, 12, 15)


def person(status="official", joined_on=None):
    return Person(1, "HOA", "Nguyễn Thị Hoa", CELL, form="2C", status=status, joined_on=joined_on)


def line(member):
    found = left_out(PACK, [member], DAY)
    return (found[0].reviewed, found[0].graded, found[0].reason) if found else None


MET = {"met": True, "submitted": True, "voted": True}


@pytest.mark.parametrize(
    ("member", "told"),
    [
        (Member(person("exempt")), (False, False, "Đảng viên được miễn công tác và sinh hoạt đảng")),
        (Member(person("suspended")), (False, False, "Đảng viên bị đình chỉ sinh hoạt đảng")),
        # admitted in July: reviewed, not graded (HD 21; a setting of the pack)
        (Member(person(joined_on=date(2026, 7, 1)), **MET), (True, False, "Đảng viên mới kết nạp chưa đủ 6 tháng")),
        (Member(person(joined_on=date(2026, 7, 1))), (True, False, "Đảng viên mới kết nạp chưa đủ 6 tháng")),
        (
            Member(person(joined_on=date(2026, 7, 1)), met=True),
            (False, False, "Đảng viên mới kết nạp chưa đủ 6 tháng"),
        ),
        (Member(person(joined_on=date(2026, 6, 15)), **MET, is_decided=True, grade="good"), None),
        # before the meeting nobody else is on the list
        (Member(person()), None),
        # at the meeting
        (Member(person(), met=True), (False, False, "Chưa nộp bản kiểm điểm")),
        (Member(person(), met=True, submitted=True), (True, False, "Chi bộ chưa bỏ phiếu xếp loại")),
        (Member(person(), **MET), (True, False, "Chi bộ chưa kết luận mức xếp loại")),
        (
            Member(person(), met=True, submitted=True, absence=Absence(1, "đi viện")),
            (False, False, "Vắng mặt tại cuộc họp kiểm điểm: đi viện"),
        ),
        (
            Member(person(), met=True, submitted=True, absence=Absence(1)),
            (False, False, "Vắng mặt tại cuộc họp kiểm điểm"),
        ),
        (Member(person(), **MET, is_decided=True, reason="Đang chờ kết luận"), (True, False, "Đang chờ kết luận")),
        (Member(person(), **MET, is_decided=True), (True, False, "Chi bộ chưa ghi lý do")),
        (Member(person(), **MET, is_decided=True, grade="not_completed"), None),
        # graded at a later meeting although absent at the first
        (Member(person(), **MET, absence=Absence(1), is_decided=True, grade="good"), None),
    ],
)
def test_who_is_on_the_list_and_why(member, told):
    assert line(member) == told


def test_the_rule_is_cited_and_marked_where_it_is_unverified():
    new = Member(person(joined_on=date(2026, 9, 1)), **MET)
    [found] = left_out(PACK, [new], DAY)
    assert isinstance(found, LeftOut)
    assert "21-HD/BTCTW" in found.source
    assert found.unverified
