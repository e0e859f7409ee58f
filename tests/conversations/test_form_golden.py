"""Golden conversations: read them in golden/*.txt as a person would; any change of words shows as a diff."""

from collections.abc import Callable

import pytest

from conversations.form_status import form_place, question_place
from review.forms import Given, Item
from review.pack import load
from tests.conversations.driving import drive, to_form
from tests.conversations.phone import Phone
from tests.conversations.village import HOA, village
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]


WORDS = {
    "conduct": "Dự 11/12 buổi họp chi bộ, một buổi vắng vì nằm viện. Đóng đảng phí đúng hạn.",
    "duties": "Vận động 14/16 hộ xóm 3 hiến đất, mở 620 m đường, xong trước hạn một tháng.",
    "pledge": "Cam kết ba việc, làm được hai. Chưa lập được tủ sách của khối.",
    "shortcomings.1.text": "Chưa gặp hết các hộ được phân công: 16 hộ mới gặp 11.",
    "shortcomings.1.cause": "Mùa gặt các hộ vắng nhà ban ngày; tôi ngại đi buổi tối nên để dồn lại cuối năm.",
    "shortcomings.1.own_part": "Tôi không lập lịch đi từng hộ và không báo chi bộ sớm để có người giúp.",
    "fixed.7.evidence": "Đã gặp nốt 3 hộ trong tháng 2, cả 3 hộ ký đồng ý ngày 25/02.",
    "explanations.9.cause": "Hồ sơ của hai hộ chậm 15 ngày vì bản đồ thửa đất sai, phải đo lại.",
    "explanations.9.own_part": "Tôi nhận hồ sơ mà không đối chiếu bản đồ ngay từ đầu.",
    "collective_part": "Chi bộ họp chậm hai tháng; tôi giữ sổ sách mà không nhắc bí thư chốt ngày họp.",
    "measures.1.measure": "Mỗi tối thứ ba và thứ năm đi gặp hai hộ, ghi kết quả vào sổ.",
    "measures.1.due": "31/3/2027",
    "measures.1.shortcoming": "Chưa gặp hết các hộ.",
    "scores.c03.reason": "Vắng một buổi học nghị quyết tháng 4.",
}


@pytest.fixture
def real() -> Phone:
    """Hoa with the pack in force, one promise of last year and one suggested point."""
    world = village(load("hd43-2025"))
    carried = (Item("7", "Gặp nốt 3 hộ chưa hiến đất trước 28/02."),)
    suggested = (Item("9", "Việc chậm giải quyết hồ sơ đất của hai hộ ở xóm 3."),)
    world.givens[HOA.id] = Given(carried, suggested)
    return Phone(world)


def test_a_whole_form(real: Phone, golden: Golden) -> None:
    """From home to the receipt, with one point taken off."""
    real.ask("menu")
    for _ in range(100):
        if "Đã nộp lúc" in real.text:
            break
        if real.screen.waits_for:
            real.say(WORDS[real.state.place.word(2)])
        else:
            real.tap("2 điểm" if real.state.place.word(2) == "scores.c03" else 1)
    golden("form_2c_whole", real)


def test_a_hint(real: Phone, golden: Golden) -> None:
    """Once for a vague answer; the rewriting is taken as it is, and so is the same text again."""
    real.goto(question_place("self_review", HOA.id, "shortcomings.1.text"))
    real.say("Đôi khi chưa sâu sát trong công việc.")
    real.tap("Xem ví dụ")
    real.tap(1)
    real.say("Có lúc chưa sâu sát cơ sở.")
    real.tap("Quay lại câu")
    real.say("Có lúc chưa sâu sát cơ sở.")
    real.say("Do điều kiện khách quan.")
    real.tap("Giữ nguyên")
    golden("form_hint", real)


def test_a_date_that_cannot_be_read(real: Phone, golden: Golden) -> None:
    real.goto(question_place("self_review", HOA.id, "measures.1.due"))
    real.say("khoảng sau Tết")
    real.tap(1)
    golden("form_date", real)


def test_a_deduction(hoa: Phone, golden: Golden) -> None:
    hoa.goto(question_place("self_review", HOA.id, "scores.c01"))
    hoa.tap("Chưa đạt một phần")
    hoa.say("Vắng hai buổi sinh hoạt tháng 5 và tháng 8 vì đi nuôi con ốm.")
    hoa.tap("Số khác")
    hoa.say("hai mươi")
    hoa.say("25")
    hoa.say("quay lại")
    hoa.tap("16 điểm")
    hoa.say("Còn một việc chậm một tháng.")
    golden("form_deduction", hoa)


def test_an_edit_from_the_preview(hoa: Phone, golden: Golden) -> None:
    to_form(hoa)
    drive(hoa, until="Xem lại trước khi nộp")
    hoa.log.clear()
    hoa.tap("Đọc cả bản")
    hoa.tap("Trang sau" if "Trang sau" in hoa.labels else 1)
    hoa.goto(form_place("form_preview", "self_review", HOA.id))
    hoa.tap("Sửa một câu")
    hoa.tap("Phần II:")
    hoa.tap("✅ Câu 10 ")
    hoa.say("Tôi chưa xếp lịch từ đầu tháng nên hay lỡ việc chung.")
    hoa.tap("Sửa một câu")
    hoa.tap("Tự chấm điểm")
    hoa.tap("✅ Tiêu chí 1 ")
    hoa.tap("Chưa đạt một phần")
    hoa.say("Vắng hai buổi.")
    hoa.tap("Nộp")
    golden("form_edit_from_preview", hoa)


def test_resuming_after_days(hoa: Phone, world: World, golden: Golden) -> None:
    world.givens = {}
    to_form(hoa)
    hoa.say("Giữ mình trong sạch, nói đi đôi với làm.")
    hoa.say("để sau")
    world.passes(days=4, hours=2)
    hoa.remark("bốn ngày sau")
    hoa.goto(form_place("form", "self_review", HOA.id))
    hoa.send("voice")
    hoa.tap(1)
    hoa.say("11 buổi")
    golden("form_resume", hoa)


def test_old_buttons_and_old_pages(hoa: Phone, world: World, golden: Golden) -> None:
    world.givens = {}
    to_form(hoa)
    old = hoa.state.serial
    hoa.say("Giữ mình trong sạch.", serial=old)
    hoa.remark("trang web cũ còn mở, gửi lại từ đó")
    hoa.say("Giữ mình trong sạch, lần hai.", serial=old)
    hoa.remark("một nút của màn hình cũ")
    hoa.press(old, ">form.s.1.conduct")
    golden("form_old_page", hoa)


def test_taking_it_back(hoa: Phone, world: World, golden: Golden) -> None:
    to_form(hoa)
    drive(hoa)
    hoa.log.clear()
    hoa.tap("Rút lại để sửa")
    hoa.tap(1)
    hoa.tap("Rút lại để sửa")
    hoa.tap("Rút lại để sửa")
    hoa.tap("Nộp")
    world.passes(days=20)
    hoa.remark("sau khi chi bộ họp")
    hoa.goto(form_place("form_withdraw", "self_review", HOA.id))
    hoa.tap(1)
    golden("form_withdraw", hoa)
