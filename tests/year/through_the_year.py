"""After the decision: what was promised is looked after, and what is not done stands first in the next form."""

from pathlib import Path

from tests.year.before_meeting import FAULT, Chats
from tests.year.committee import calendar
from tests.year.office import Chat, Office

BEGIN = "Bắt đầu bản kiểm điểm"


def remedies_are_reported(office: Office, chats: Chats) -> None:
    """The one graded lower is asked thirty days after the decision, the others around the date they promised."""
    office.until_day(1, 16, years=1)
    asked = "Đến lúc xem lại việc khắc phục"
    assert asked in chats["101"].look().screen.text
    assert asked not in chats["102"].look().screen.text
    report(chats["101"], "Xong một phần", "Đã gặp 3 trong 5 hộ.")
    office.until_day(3, 24)
    assert "Đến lúc xem lại việc khắc phục" in chats["102"].look().screen.text
    report(chats["102"], "Đã xong", "Đã gặp đủ 5 hộ trong tháng 3.")
    report(chats["204"], "Chưa làm được", "Các hộ đi làm xa.")
    chats["101"].command("tonghop")
    assert "Khắc phục: 1/" in chats["101"].text


def report(owner: Chat, status: str, note: str) -> None:
    owner.command("menu")
    owner.tap("Việc khắc phục", f"⏳ hạn 31/03 · {FAULT[owner.code]}"[:40], status)
    owner.say(note)
    assert "Đã lưu. Cảm ơn đồng chí." in owner.text


def year_is_closed(office: Office) -> None:
    office.run("cycle", "close", "--year", "2026")
    assert "Nothing has been kept longer" in office.run("purge")


def next_year_begins(office: Office, folder: Path, chats: Chats, pack: str) -> None:
    """What was not done stands first in the form; who had done it is asked about nothing of the kind."""
    office.now = office.now.replace(month=11, day=20, hour=9)
    office.run("cycle", "open", "--year", "2027", "--pack", pack, "--calendar", calendar(folder, 2027))
    for code in ("204", "101"):
        writer = chats[code]
        writer.command("menu")
        writer.forward("câu 1/", lambda _, chat=writer: next((f"[{x}]" for x in chat.labels if BEGIN in x), None))
        assert "Năm ngoái đồng chí đã nêu:" in writer.text
        assert FAULT[code].rstrip(".") in writer.text
    assert "The audit chain holds." in office.run("audit", "verify")
