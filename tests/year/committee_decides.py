"""The upper level: groups under their ceilings, grades of people and cells, complaints, orders to do it again."""

from tests.year.before_meeting import Chats
from tests.year.meeting import vote
from tests.year.office import Chat, Office

OVER = "Cả hai đều xứng đáng, nhưng tỷ lệ chỉ có một; kết quả của đồng chí Giáp nổi trội hơn."
COMPLAINT = "Tôi cũng vượt ba chỉ tiêu, có biên bản, mà chưa được xét."
ANSWER = "Biên bản có thật; cấp ủy chưa xét đến khi quyết định."
UNCLEAR = "Phần nguyên nhân chưa rõ, cần nêu việc cụ thể."
CAUSE = "Tôi chưa lập lịch đi từng hộ trong hai tháng 7 và 8."
AGAIN = "Đã xem lại biên bản; điểm chung của đồng chí Giáp vẫn cao hơn."


def committee_decides(office: Office, chats: Chats) -> None:
    """One too many is proposed as excellent: one is lowered, with a reason; the rest is confirmed group by group."""
    office.until_day(12, 17)
    officer = chats["C1"]
    officer.command("tonghop")
    officer.tap("Duyệt xếp loại", "Đảng viên")
    assert "đang đề nghị 2: **vượt" in officer.text
    officer.tap("⏳ Đặng Văn Minh", "Theo đề nghị của chi bộ: Xuất sắc")
    assert officer.text.startswith("**Chưa ghi được**")
    lower(officer, "Tốt", OVER)
    assert "đang đề nghị 1: **vừa đủ**" in officer.text
    officer.forward("Đã quyết 10/10", lambda _: confirm(officer))


def find(officer: Chat, name: str) -> None:
    """Open a member of the group, a candidate or not."""
    officer.command("tonghop")
    officer.tap("Duyệt xếp loại", "Đảng viên")
    if not any(label.startswith(name) for label in officer.labels):
        officer.tap("Những mục khác")
    officer.tap(name)


def lower(officer: Chat, grade: str, why: str) -> None:
    officer.tap(f"Quyết mức khác: {grade}")
    officer.say(why)
    assert "✅ Đã quyết: " in officer.text


def confirm(officer: Chat) -> str | None:
    """Onward to the next group, once back from one."""
    ways = ("Về nhóm này", "Xem để xác nhận", "Xác nhận", "Về các nhóm")
    return next((f"[{way}]" for way in ways for label in officer.labels if label.startswith(way)), None)


def results_are_read(chats: Chats) -> None:
    for code, grade in (("103", "Hoàn thành xuất sắc"), ("202", "Hoàn thành tốt"), ("101", "Hoàn thành")):
        member = chats[code]
        member.command("menu")
        member.tap("Kết quả xếp loại của tôi")
        assert f"**{grade} nhiệm vụ**" in member.text
    assert OVER in chats["202"].text


def a_complaint_is_heard(office: Office, chats: Chats) -> None:
    """By the officer who had no part in it; what was decided is decided again, by whoever decided it."""
    member, second, first = chats["202"], chats["C2"], chats["C1"]
    member.command("menu")
    member.tap("Kết quả xếp loại của tôi", "Khiếu nại")
    member.say(COMPLAINT)
    member.tap("Gửi khiếu nại")
    assert "đồng chí Mai Thị Thảo đang xem xét" in member.text
    assert "unanswered complaints: 1" in office.refused("cycle", "close", "--year", "2026")
    office.until_day(12, 18)
    assert "Có một khiếu nại về xếp loại" in second.look().screen.text
    second.tap("Xem khiếu nại", "Đặng Văn Minh")
    assert COMPLAINT in second.text
    second.tap("Trả lời", "Xếp loại lại")
    second.say(ANSWER)
    second.tap("Gửi trả lời")
    assert "✅ Đã gửi trả lời và mở việc xếp loại lại." in second.text
    assert "open orders to review or grade again: 1" in office.refused("cycle", "close", "--year", "2026")
    office.until_day(12, 19)
    first.command("menu")
    assert "⏳ Chờ cấp ủy xếp loại lại: 1 (hạn 01/01)" in first.text
    find(first, "✅ Đặng Văn Minh")
    assert "đang làm lại" in first.text
    first.tap("Giữ mức đã quyết: Tốt")
    first.say(AGAIN)
    member.command("menu")
    member.tap("Kết quả xếp loại của tôi")
    assert AGAIN in member.text
    member.tap("Đọc ý kiến đã gửi và trả lời")
    assert ANSWER in member.text


def a_review_is_done_again(chats: Chats) -> None:
    """Written again, voted on again, decided again; both versions stay readable."""
    officer, member, secretary = chats["C1"], chats["203"], chats["201"]
    look_at(officer, "✅ Bùi Thị Nga")
    officer.tap("Yêu cầu làm lại", "Yêu cầu kiểm điểm lại")
    officer.say("27/12/2026")
    officer.say(UNCLEAR)
    officer.tap("Gửi yêu cầu")
    member.command("menu")
    assert UNCLEAR in member.text
    member.tap("Xem lại và nộp", "Sửa một câu", "Phần II:", "Nguyên nhân")
    member.say(CAUSE)
    member.forward("✅ Bản kiểm điểm cá nhân")
    secretary.command("tonghop")
    secretary.tap("Ghi kết quả họp")
    assert "lần 2" in secretary.text
    secretary.forward("Đã biểu quyết 4/4", lambda asked: vote(secretary, asked))
    secretary.tap("Xem lại và chốt", "Chốt kết quả họp")
    look_at(officer, "✅ Bùi Thị Nga")
    officer.tap("Đọc bản kiểm điểm")
    assert CAUSE in read(officer)
    look_at(officer, "✅ Bùi Thị Nga")
    officer.tap("Đọc bản nộp lần 1")
    assert CAUSE not in read(officer)
    find(officer, "⏳ Bùi Thị Nga")
    officer.tap("Theo đề nghị của chi bộ: Tốt")


def look_at(officer: Chat, member: str) -> None:
    officer.command("tonghop")
    officer.tap("Chi bộ Trường", "Xem từng người", member)


def read(reader: Chat) -> str:
    """All pages of what is shown."""
    text = reader.text
    while "Trang sau" in reader.labels:
        text += reader.tap("Trang sau").text
    return text
