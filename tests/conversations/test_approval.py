"""The committee's evening: groups, candidates, one above its ceiling and repaired, grounds, what is stopped and why."""

from collections.abc import Callable

import pytest

from tests.conversations.board import DUNG, board
from tests.conversations.phone import Phone
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]


@pytest.fixture
def world() -> World:
    return board()


@pytest.fixture
def dung(world: World) -> Phone:
    return Phone(world, DUNG.id)


def test_an_evening_of_the_committee(dung: Phone, golden: Golden) -> None:
    dung.ask("tonghop")
    dung.tap("Duyệt xếp loại")
    dung.tap("Đảng viên không giữ chức vụ")
    dung.tap("⏳ Cao Thị An")
    dung.remark("the group is above its ceiling: nothing excellent is recorded")
    dung.tap("Theo đề nghị của chi bộ")
    dung.tap("Đọc bản kiểm điểm")
    dung.tap("Về duyệt xếp loại")
    dung.tap("Về danh sách")
    dung.tap("⏳ Hồ Thị Cúc")
    dung.tap("Quyết mức khác: Tốt")
    dung.say("Việc vượt yêu cầu chưa đủ 30%, còn một hạn chế cũ chưa xong.")
    dung.tap("Xem để xác nhận 14 đồng chí còn lại")
    dung.tap("Xác nhận 13 đồng chí")
    dung.remark("the second group: one too many, outstanding results are on record")
    dung.tap("Đảng viên không làm việc")
    dung.tap("Ghi căn cứ")
    dung.say("Ngắn quá")
    dung.say("Chi bộ Khối 5 dẫn đầu phong trào, Quyết định 45-QĐ/ĐU ngày 5/12/2026.")
    dung.tap(1)
    dung.tap(1)
    dung.tap("Chưa kiểm điểm")
    golden("committee_evening", dung)
