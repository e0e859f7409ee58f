"""Recording the cell's meeting: the roll, the votes, the proposals, closing it."""

from collections.abc import Callable

import pytest

from tests.conversations.meeting_cell import cell_that_meets
from tests.conversations.phone import Phone
from tests.conversations.village import LAN
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]


@pytest.fixture
def world() -> World:
    return cell_that_meets()


@pytest.fixture
def lan(world: World) -> Phone:
    return Phone(world, LAN.id)


def test_a_whole_meeting(lan: Phone, golden: Golden) -> None:
    """First choices, a plain vote, one departure from the program, one without majority, one who is late."""
    lan.ask("tonghop")
    lan.tap("Ghi kết quả họp")
    lan.tap("Hôm nay")
    lan.tap("5 người, như danh sách")
    lan.tap("Có mặt 4")
    lan.tap("Phan Thị Quế")
    lan.tap("Ốm đau")
    lan.tap("Xong phần này")
    lan.tap("Bỏ phiếu kín")
    lan.tap("Không có ai")
    lan.tap("Không có ai")
    lan.tap("Ghi biểu quyết: người 1/6")
    lan.tap("Trả lời 2 điều")
    lan.tap("Đạt 100%")
    lan.tap("Đạt 100%")
    lan.tap("Ghi số phiếu")
    lan.say("bốn phiếu tốt")
    lan.say("1 4 0 0")
    lan.say("0 4 0 0")
    lan.tap("Đúng, ghi kết quả này")
    lan.remark("Cao Thị An: điểm đủ mức xuất sắc, chi bộ đề nghị tốt")
    lan.tap("Ghi số phiếu")
    lan.say("1, 3, 0, 0")
    lan.tap("Đúng, ghi lý do")
    lan.say("Việc vượt yêu cầu chưa rõ, chi bộ thống nhất mức tốt.")
    lan.remark("Đinh Văn Bảy: không mức nào quá nửa của 5")
    lan.tap("Ghi số phiếu")
    lan.say("0 2 2 0")
    lan.tap("Ghi lại số phiếu")
    lan.say("0 3 0 0 1")
    lan.tap("Đúng, ghi kết quả này")
    lan.remark("Đỗ Văn Dự, dự bị: được xếp loại, không biểu quyết")
    lan.tap("Ghi số phiếu")
    lan.tap("Tất cả cùng một mức")
    lan.tap("Cả 4 phiếu: Tốt")
    lan.tap("Đúng, ghi kết quả này")
    lan.remark("Nguyễn Thị Hoa: không mức nào quá nửa, ghi mức chi bộ thống nhất")
    lan.tap("Ghi số phiếu")
    lan.say("2 2 0 0")
    lan.tap("Ghi lý do: Xuất sắc")
    lan.say("Thảo luận lại, chi bộ thống nhất xuất sắc.")
    lan.tap("Ghi lý do chưa xếp loại")
    lan.tap("Chưa nộp")
    lan.tap("Xem lại và chốt")
    lan.tap("Xem lại từng người")
    lan.tap("Về cuộc họp")
    lan.tap("Xem lại và chốt")
    lan.tap("Chốt kết quả họp")
    lan.tap("Về chi bộ")
    golden("cell_meeting", lan)
