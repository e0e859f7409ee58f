"""How far a form is, in one line and on one button: the same words at home, on dashboards and in reminders."""

from datetime import datetime

from conversations import words
from conversations.facts import Facts
from conversations.form_status import FormStatus
from conversations.screen import Choice
from conversations.typed_in import MARK


def status_line(name: str, status: FormStatus, facts: Facts) -> str:
    """ "⏳ Bản kiểm điểm cá nhân (mẫu 2C): 7/22 câu, lưu lúc 20:14 hôm qua" """
    response = status.response
    if response and response.submitted_at and not response.is_open:
        at, typed = words.moment(response.submitted_at), f" ({MARK} từ bản giấy)" if response.typed_in else ""
        return f"✅ {name}{typed}: đã nộp lúc {at}. Mã biên nhận **{response.receipt}**"
    if response is None or not status.answered:
        return f"⏳ {name}: chưa bắt đầu"
    saved = f", lưu lúc {_when(status.saved_at, facts)}" if status.saved_at else ""
    back = ", được trả lại để bổ sung" if response.status == "returned" else ""
    back += f", {MARK} từ bản giấy" if response.typed_in else ""
    ready = "" if status.next_name else ". Đã viết đủ, chưa nộp"
    return f"⏳ {name}: {status.answered}/{status.total} câu{saved}{back}{ready}"


def onward_to(status: FormStatus, start: str, resume: str, send: str) -> Choice:
    """The button to where the form goes on; `resume` is followed by "câu 8"."""
    if not status.next_name:
        return Choice(send, to=status.next_place)
    return Choice(f"{resume} {status.next_name}" if status.answered else start, to=status.next_place)


def _when(at: datetime, facts: Facts) -> str:
    """ "20:14 hôm qua" """
    days = (facts.today - at.date()).days
    day = {0: "hôm nay", 1: "hôm qua"}.get(days, words.day(at.date()))
    return f"{at:%H:%M} {day}"
