"""One whole year of a committee for each rule pack, through the chat alone."""

import json
from pathlib import Path

import pytest

from review.pack import pack_names
from tests.year.committee import calendar, fill
from tests.year.office import Chat, Office


def opened(office: Office, folder: Path, pack: str, year: int) -> dict[str, Chat]:
    """The roster is in, the review open, everybody in and consenting."""
    office.run("roster", "template", "ds.xlsx")
    office.run("roster", "import", fill(folder / "ds.xlsx"))
    office.run("cycle", "open", "--year", str(year), "--pack", pack, "--calendar", calendar(folder, year))
    chats = {}
    for one in json.loads(office.run("invite", "--format", "json")):
        chat = chats[one["person"]] = Chat(office, one["person"])
        chat.command("start", one["code"])
        chat.forward("Việc của đồng chí")
    return chats


@pytest.mark.parametrize("pack", pack_names())
def test_a_whole_year(office: Office, folder: Path, pack: str) -> None:
    chats = opened(office, folder, pack, 2026)
    chats["M1"].forward("Đã gửi nhận xét của")
    for code in ("101", "102", "103", "104", "201", "202", "203", "204"):
        chats[code].forward("✅ Bản kiểm điểm cá nhân")
    for secretary in ("101", "201"):
        assert "✅ Kiểm điểm tập thể" in chats[secretary].text
    others = [name for name in pack_names() if name != pack]
    for other in others:
        lines = office.run("replay", "--year", "2026", "--pack", other).splitlines()
        assert len(lines) == 9
        assert lines[-1].startswith(f"8 reviews under {other}")
