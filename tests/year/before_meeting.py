"""From the roster to the reviews handed in."""

import json
from pathlib import Path

from tests.year.committee import calendar, fill
from tests.year.office import Chat, Office

Chats = dict[str, Chat]
SILENT = "104"
WRITING = ("101", "102", "103", "201", "202", "203", "204")
EXCELLENT = ("103", "202")
FAULT = {code: f"Chưa gặp hết các hộ được phân công ở tổ {code}." for code in WRITING}
POINT = "Làm rõ vì sao ba hộ khối 3 được hỗ trợ chậm hai tháng."
CELL_POINT = "Làm rõ vì sao chi bộ bỏ sinh hoạt tháng 7."
ANSWER = "Tôi nhận chưa sâu sát, đã chi trả đủ ba hộ ngày 02/10."


def opened(office: Office, folder: Path, pack: str, year: int) -> Chats:
    """The roster is in, the review open, everybody in and consenting."""
    office.run("roster", "template", "ds.xlsx")
    office.run("roster", "import", fill(folder / "ds.xlsx"))
    told = office.run("cycle", "open", "--year", str(year), "--pack", pack, "--calendar", calendar(folder, year))
    assert "Asked first: 1 promises of the review before." in told
    chats = {}
    for one in json.loads(office.run("invite", "--format", "json")):
        chat = chats[one["person"]] = Chat(office, one["person"])
        chat.command("start", one["code"])
        chat.forward("Việc của đồng chí")
    return chats


def points_are_raised(chats: Chats) -> None:
    """One on a member, one on his cell."""
    officer = chats["C1"]
    officer.command("tonghop")
    officer.tap("Chi bộ Khối 3", "Xem từng người", "⏳ Lê Đình Giáp", "Gợi ý kiểm điểm", "Thêm gợi ý")
    officer.say(POINT)
    officer.tap("Gửi gợi ý")
    officer.command("tonghop")
    officer.tap("Chi bộ Khối 3", "Kiểm điểm tập thể", "Gợi ý kiểm điểm cho chi bộ", "Thêm gợi ý")
    officer.say(CELL_POINT)
    officer.tap("Gửi gợi ý")


def remarks_are_sent(chats: Chats) -> None:
    chats["M1"].forward("Đã gửi nhận xét của")


def cells_review_themselves(chats: Chats) -> None:
    """In Khối 3 Lê Đình Giáp answers for the fault, in the school the first of the list."""
    for secretary in (chats["101"], chats["201"]):
        secretary.command("menu")
        secretary.forward("✅ Kiểm điểm tập thể", lambda asked, chat=secretary: _for_the_cell(chat, asked))


def members_review_themselves(chats: Chats) -> None:
    """Everybody but one: what was promised is asked first, the point in section IV, the part in the cell's in V."""
    for code in WRITING:
        write_review(chats[code], "Hoàn thành xuất sắc" if code in EXCELLENT else "Hoàn thành tốt")
    first = next(text for text in chats["202"].seen if "câu 1/" in text)
    assert "Năm ngoái đồng chí đã nêu:\n“Chậm nộp giáo án số." in first
    assert any(POINT in text and "Phần IV" in text for text in chats["103"].seen)
    assert any("Bản kiểm điểm tập thể nêu tên đồng chí" in text for text in chats["103"].seen)


def write_review(chat: Chat, grade: str) -> None:
    """By first choices, with the own grade as told."""

    def says(asked: str) -> str | None:
        if POINT in asked:
            return ANSWER
        if "làm chưa tốt" in asked:
            return FAULT[chat.code]
        return f"[{grade}]" if chat.labels[:1] == ["Hoàn thành xuất sắc nhiệm vụ"] else None

    chat.command("menu")
    chat.forward("✅ Bản kiểm điểm cá nhân", says)


def the_silent_one_is_reminded(office: Office, chats: Chats) -> None:
    """At 8 on the days before the date; those who are done hear nothing."""
    for day in (9, 10):
        office.until_day(12, day)
    assert chats[SILENT].look().screen.text.startswith("🔔")
    assert "còn **" in chats[SILENT].text
    assert "🔔" not in chats["204"].look().screen.text


def _for_the_cell(chat: Chat, asked: str) -> str | None:
    if "Lê Đình Giáp" in chat.labels and "Đã chọn" not in asked:
        return "[Lê Đình Giáp]"
    return "[Hoàn thành tốt]" if chat.labels[:1] == ["Hoàn thành xuất sắc nhiệm vụ"] else None
