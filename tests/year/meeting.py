"""The meetings of the cells: the secretaries record, vote by vote, and close."""

from tests.year.before_meeting import Chats
from tests.year.office import Chat, Office

VOTES = {
    "Nguyễn Văn Cường": "0 0 3 0",
    "Trần Thị Duyên": "1 1 1 0",
    "Lê Đình Giáp": "3 0 0 0",
    "Võ Thị Lam": "0 3 0 0",
    "Đặng Văn Minh": "3 0 0 0",
    "Bùi Thị Nga": "0 3 0 0",
    "Cao Xuân Phúc": "0 2 0 0 1",
}
REASON = "Chi bộ bàn và thống nhất mức này, vì việc chung còn chậm."


def meetings_are_held(office: Office, chats: Chats) -> None:
    """On the day of the calendar. In the school somebody is away, and one ballot is invalid."""
    office.until_day(12, 15)
    meeting_is_recorded(chats["101"], present="Có mặt đủ 3")
    meeting_is_recorded(chats["201"], present="Có mặt 3, vắng 1")
    assert any("**Không mức nào quá nửa.**" in text for text in chats["101"].seen)
    assert any("Khác nhau nên cần một câu lý do." in text for text in chats["101"].seen)


def meeting_is_recorded(secretary: Chat, present: str) -> None:
    secretary.command("tonghop")
    secretary.tap("Ghi kết quả họp", "Hôm nay")
    secretary.tap(secretary.labels[0], present)
    if "Ai vắng?" in secretary.text:
        secretary.tap("Cao Xuân Phúc", "Ốm đau, có báo", "Xong phần này")
    secretary.forward("Đã biểu quyết 4/4", lambda asked: vote(secretary, asked))
    secretary.tap("Xem lại và chốt", "Chốt kết quả họp")
    assert "✅ Đã chốt kết quả họp." in secretary.text


def vote(secretary: Chat, asked: str) -> str | None:
    """What is typed or tapped where the first choice is not what happened in this cell."""
    if "gửi số phiếu" in asked:
        return next(votes for name, votes in VOTES.items() if name in asked)
    if "Không mức nào quá nửa" in asked:
        return "[Ghi lý do: Tốt]"
    if "Vắng mặt tại cuộc họp" in asked:
        return "[Chi bộ vẫn biểu quyết]"
    if any(label.startswith("Trả lời") for label in secretary.labels):
        return "[Ghi số phiếu]"
    return REASON if "Vì sao? Đồng chí viết lý do" in asked else None
