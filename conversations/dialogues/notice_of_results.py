"""What is said unasked about results, complaints and orders: that there is something to read, never what it is."""

from collections.abc import Callable

from conversations import words
from conversations.effects import NoticeKind
from conversations.facts import Facts, Notice
from conversations.notices_of_results import has_to_write, leads, number_in, order_of
from conversations.place import HOME, Place
from conversations.redoing import WHAT
from conversations.screen import Choice, Screen

LATER = Choice("Để sau", to=HOME)
NOBODY_FREE = (
    "🔔 Có một khiếu nại về xếp loại chưa có người xem xét: cán bộ nào của cấp ủy cũng đã tham gia việc này. "
    "Đề nghị cấp ủy cử thêm một cán bộ (vai trò «cấp ủy cấp trên» trong danh sách); có người rồi tôi tự chuyển."
)


def _result(notice: Notice, facts: Facts) -> Screen:
    year = facts.cycle.year if facts.cycle else ""
    return Screen(
        f"🔔 Đã có kết quả xếp loại năm {year} của đồng chí.",
        (Choice("Xem kết quả", to=Place("result")), LATER),
    )


def _explanation(notice: Notice, facts: Facts) -> Screen:
    person = facts.person(number_in(notice, "person_id"))
    assert person, "is_needed asks for it"
    unit_id = person.unit.id if person.unit else 0
    return Screen(
        f"🔔 Đồng chí **{words.cut(person.name, 80)}** gửi ý kiến giải thích về kết quả xếp loại của mình.",
        (Choice("Xem", to=Place.of("cell_person", unit_id, person.id)), LATER),
    )


def _to_answer(notice: Notice, facts: Facts) -> Screen:
    return Screen(
        "🔔 Có một khiếu nại về xếp loại chuyển đến đồng chí, vì đồng chí không tham gia việc ấy."
        f"{_until(notice, facts)}",
        (Choice("Xem khiếu nại", to=Place("complaints")), LATER),
    )


def _due(notice: Notice, facts: Facts) -> Screen:
    return Screen(
        f"🔔 Một khiếu nại về xếp loại đang chờ đồng chí trả lời.{_until(notice, facts)}\n\n"
        "_Trả lời xong là tôi thôi nhắc; /dulieu để đổi._",
        (Choice("Xem khiếu nại", to=Place("complaints")), LATER),
    )


def _unassigned(notice: Notice, facts: Facts) -> Screen:
    return Screen(NOBODY_FREE, (Choice("Đã rõ", to=HOME),))


def _answered(notice: Notice, facts: Facts) -> Screen:
    return Screen(
        "🔔 Khiếu nại của đồng chí đã có trả lời.",
        (Choice("Đọc trả lời", to=Place.of("result_said", 1)), LATER),
    )


def _redo(notice: Notice, facts: Facts) -> Screen:
    order = order_of(notice, facts)
    assert order, "is_needed asks for it"
    why = Choice("Đọc yêu cầu", to=Place.of("redo", order.id, 1))
    until = f", hạn **{words.day(order.due)}**"
    if has_to_write(order, facts):
        return Screen(
            f"🔔 Cấp ủy yêu cầu đồng chí {WHAT[order.what]}{until}. "
            "Bản đã nộp được giữ nguyên, đồng chí chỉ sửa chỗ cần sửa.",
            (why, LATER),
        )
    if leads(order, facts):
        return Screen(f"🔔 Cấp ủy yêu cầu {WHAT[order.what]} ở chi bộ của đồng chí{until}.", (why, LATER))
    return Screen(f"🔔 Cấp ủy sẽ xem xét xếp loại lại cho đồng chí{until}.", (why, LATER))


def _until(notice: Notice, facts: Facts) -> str:
    appeal = facts.appeals.find(number_in(notice, "appeal_id"))
    if appeal is None or appeal.answer_due is None:
        return ""
    left = words.days_left((appeal.answer_due - facts.today).days)
    return f" Trả lời chậm nhất ngày **{words.day(appeal.answer_due)} ({left})**."


RESULT_SCREENS: dict[NoticeKind, Callable[[Notice, Facts], Screen]] = {
    "result": _result,
    "explanation": _explanation,
    "complaint_to_answer": _to_answer,
    "complaint_due": _due,
    "complaint_unassigned": _unassigned,
    "complaint_answered": _answered,
    "redo": _redo,
}
