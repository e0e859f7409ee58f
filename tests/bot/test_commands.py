"""The way of an office: template, import, cycle, invitations, export, backup."""

import csv
import json
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.bot.conftest import Tusoi
from tests.bot.office import CALENDAR, MEMBERS, calendar, fill


@pytest.fixture
def office(tusoi: Tusoi, folder: Path) -> Path:
    """A committee with an open review."""
    assert tusoi("roster", "template", "ds.xlsx").status == 0
    assert tusoi("roster", "import", fill(folder / "ds.xlsx")).status == 0
    opened = tusoi("cycle", "open", "--year", "2026", "--pack", "hd43-2025", "--calendar", calendar(folder))
    assert (opened.status, opened.err) == (0, "")
    return folder


def test_peer_groups_that_do_not_fit_the_pack_are_pointed_out(tusoi: Tusoi, folder: Path) -> None:
    tusoi("roster", "template", "ds.xlsx")
    book = load_workbook(fill(folder / "ds.xlsx"))
    sheet = book["Đảng viên"]
    group = next(cell.column for cell in sheet[1] if cell.value == "Nhóm tương đồng")
    for row in sheet.iter_rows(min_row=2):
        row[group - 1].value = "teacher" if row[0].value == "002" else "outside"
    book.save(folder / "ds.xlsx")
    tusoi("roster", "import", "ds.xlsx")
    opened = tusoi("cycle", "open", "--year", "2026", "--pack", "hd43-2025", "--calendar", calendar(folder))
    assert (opened.status, opened.out.splitlines()) == (
        0,
        [
            "The review of 2026 is open under hd43-2025.",
            "    002: gói quy tắc không có nhóm tương đồng «teacher»",
        ],
    )


def test_a_dry_run_stores_nothing(tusoi: Tusoi, folder: Path) -> None:
    tusoi("roster", "template", "ds.xlsx")
    fill(folder / "ds.xlsx")
    ran = tusoi("roster", "import", "ds.xlsx", "--dry-run")
    assert ran.status == 0
    assert "3 units, 3 members, 2 roles" in ran.out
    assert tusoi("invite", "--format", "json").status == 1


def test_every_fault_of_a_roster_at_once_and_nothing_stored(tusoi: Tusoi, folder: Path) -> None:
    tusoi("roster", "template", "ds.xlsx")
    bad = [*MEMBERS, ("001", None, "31/02/1990", "KX", "9Z", None, "chính thức")]
    ran = tusoi("roster", "import", fill(folder / "ds.xlsx", bad))
    assert ran.status == 1
    lines = ran.err.splitlines()
    assert all(line.startswith("Đảng viên, dòng 5, cột «") for line in lines)
    assert {line.split("«")[1].split("»")[0] for line in lines} == {"Mã", "Họ và tên", "Ngày sinh", "Chi bộ", "Mẫu"}
    assert tusoi("invite", "--format", "json").status == 1


def test_a_filled_workbook_is_not_overwritten(tusoi: Tusoi, folder: Path) -> None:
    tusoi("roster", "template", "ds.xlsx")
    ran = tusoi("roster", "template", "ds.xlsx")
    assert ran.status == 1
    assert ran.err.startswith("ds.xlsx: exists already")


def test_invitations_as_json(tusoi: Tusoi, office: Path) -> None:
    invited = {one["person"]: one for one in json.loads(tusoi("invite", "--format", "json").out)}
    assert set(invited) == {"001", "002", "MT1"}, "reviewed members and whoever holds a role"
    hoa = invited["001"]
    assert list(hoa) == ["person", "name", "unit", "roles", "code", "telegram", "zalo", "web"]
    assert (hoa["name"], hoa["unit"], hoa["roles"]) == ("Nguyễn Thị Hoa", "K1", ["secretary"])
    assert hoa["web"] == f"http://127.0.0.1:8080/j/{hoa['code']}"
    assert hoa["telegram"] is None
    assert hoa["zalo"] is None
    assert len({one["code"] for one in invited.values()}) == 3


def test_invitations_for_a_unit_for_a_person_and_into_a_file(tusoi: Tusoi, office: Path) -> None:
    in_cell = json.loads(tusoi("invite", "--unit", "K1", "--format", "json").out)
    assert {one["person"] for one in in_cell} == {"001", "MT1"}
    below = json.loads(tusoi("invite", "--unit", "DB", "--format", "json").out)
    assert {one["person"] for one in below} == {"001", "002", "MT1"}
    told = tusoi("invite", "--person", "003", "--format", "json", "--out", "ma.json")
    assert "1 invitations" in told.out
    assert [one["person"] for one in json.loads(Path("ma.json").read_text("utf-8"))] == ["003"]


def test_a_lost_phone(tusoi: Tusoi, office: Path) -> None:
    tusoi("invite", "--person", "001", "--format", "json")
    told = tusoi("revoke", "--person", "001")
    assert (told.status, told.err) == (0, "")
    assert told.out.startswith("001: 0 chats signed out, 1 invitations void. A new one: tusoi invite --person 001 ")
    assert tusoi("revoke", "--person", "001").out.startswith("001: 0 chats signed out, 0 invitations void.")
    ran = tusoi("revoke", "--person", "nobody")
    assert (ran.status, ran.out, ran.err) == (1, "", "--person nobody: nobody has this code\n")
    assert tusoi("revoke").status == 2
    assert tusoi("audit", "verify").status == 0


def test_invitations_as_csv_and_docx(tusoi: Tusoi, office: Path) -> None:
    tusoi("invite", "--format", "csv", "--out", "ma.csv")
    rows = list(csv.DictReader(StringIO(Path("ma.csv").read_text("utf-8-sig"))))
    assert {row["name"] for row in rows} == {"Nguyễn Thị Hoa", "Trần Văn Nam", "Phạm Thị Lan"}
    assert tusoi("invite", "--format", "docx", "--out", "ma.docx").status == 0
    with ZipFile("ma.docx") as sheet:
        assert "Nguyễn Thị Hoa" in sheet.read("word/document.xml").decode()
    assert tusoi("invite", "--format", "docx").status == 2


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--unit", "KX"), "--unit KX: no unit has this code"),
        (("--person", "999"), "--person 999: nobody has this code"),
        (("--person", "002", "--unit", "K1"), "There is nobody to invite"),
        (("--out", "nowhere/ma.json"), "nowhere/ma.json: there is no folder nowhere"),
    ],
)
def test_nobody_can_be_invited(tusoi: Tusoi, office: Path, argv: tuple[str, ...], said: str) -> None:
    ran = tusoi("invite", "--format", "json", *argv)
    assert ran.status == 1
    assert ran.err.startswith(said)
    assert ran.out == ""


def test_export(tusoi: Tusoi, office: Path) -> None:
    assert tusoi("export", "--year", "2026", "--format", "json", "--out", "kq.json").status == 0
    data = json.loads(Path("kq.json").read_text("utf-8"))
    assert (data["format"], data["year"], data["pack"]) == ("tusoi-export/1", 2026, "hd43-2025")
    assert {one["code"] for one in data["people"]} == {"001", "002", "003", "MT1"}
    assert tusoi("export", "--year", "2026", "--format", "xlsx", "--out", "kq.xlsx").status == 0
    assert "Đảng viên" in load_workbook("kq.xlsx").sheetnames
    assert tusoi("export", "--year", "2026", "--format", "zip", "--out", "kq.zip").status == 0
    assert tusoi("verify", "kq.zip").status == 0, "before anybody wrote anything"
    assert tusoi("export", "--year", "2019", "--format", "json", "--out", "x.json").status == 1
    assert tusoi("export", "--year", "2026", "--format", "json", "--out", "nowhere/x.json").status == 1


def test_backup_restore_and_the_audit_chain(tusoi: Tusoi, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tusoi("backup", "b.gz").status == 0
    assert tusoi("restore", "b.gz").status == 1, "this database holds something"
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///other.db")
    assert tusoi("restore", "b.gz").status == 0
    assert tusoi("audit", "verify").out == "The audit chain holds.\n"
    assert len(json.loads(tusoi("invite", "--format", "json").out)) == 3
    assert tusoi("restore", "nothing.gz").err == "nothing.gz: there is no such file\n"
    Path("broken.gz").write_bytes(b"not a backup")
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///third.db")
    assert tusoi("restore", "broken.gz").status == 1


def test_one_review_at_a_time(tusoi: Tusoi, office: Path) -> None:
    ran = tusoi("cycle", "open", "--year", "2027", "--pack", "hd43-2025", "--calendar", "lich.toml")
    assert (ran.status, len(ran.err.splitlines())) == (1, 1)
    assert "2026 is still open" in ran.err


def test_a_review_is_closed_and_another_opened(tusoi: Tusoi, office: Path) -> None:
    assert tusoi("cycle", "close", "--year", "2025").err == "The review of 2025 is not open.\n"
    unfinished = tusoi("cycle", "close", "--year", "2026")
    assert unfinished.status == 1
    assert unfinished.err.splitlines()[0] == "members without a decision of the committee: 2"
    assert tusoi("cycle", "close", "--year", "2026", "--force").out == "The review of 2026 is closed.\n"
    assert tusoi("cycle", "open", "--year", "2027", "--pack", "hd43-2025", "--calendar", "lich.toml").status == 0


def test_what_was_kept_long_enough_is_purged(tusoi: Tusoi, office: Path) -> None:
    assert tusoi("purge").out == "Nothing has been kept longer than the rule pack says.\n"
    for year in (2026, 2027, 2028, 2029):
        tusoi("cycle", "open", "--year", str(year), "--pack", "hd43-2025", "--calendar", "lich.toml")
        tusoi("cycle", "close", "--year", str(year), "--force")
    assert tusoi("purge", "--dry-run").out == "Would delete everything of 2026.\n"
    assert tusoi("purge").out.startswith("Deleted everything of 2026:")
    assert tusoi("purge").out == "Nothing has been kept longer than the rule pack says.\n"
    assert tusoi("export", "--year", "2026", "--format", "json", "--out", "x.json").status == 1
    assert tusoi("audit", "verify").status == 0


def test_nothing_to_replay(tusoi: Tusoi, office: Path) -> None:
    assert tusoi("replay", "--year", "2026", "--pack", "hd25-2023").err == "No self-review of 2026 was submitted.\n"
    assert tusoi("replay", "--year", "2019", "--pack", "hd25-2023").err == "No review of 2019 is kept here.\n"
    assert tusoi("replay", "--year", "2026", "--pack", "hd00").status == 1


def test_a_tick_says_nothing_twice(tusoi: Tusoi, office: Path) -> None:
    assert tusoi("tick", "--at", "2026-12-03T08:30:00").out.startswith("planned")
    assert tusoi("tick", "--at", "2026-12-03T08:30:00+07:00").out == "planned 0, said 0, skipped 0\n"
    assert tusoi("tick", "--at", "mồng ba").err.startswith("--at mồng ba: is not a date and time")


def test_another_calendar_is_told_before_it_is_stored(tusoi: Tusoi, office: Path) -> None:
    moved = calendar(office, CALENDAR.replace("2026-12-10", "2026-11-30").replace("2026-11-30\n", "2026-11-20\n", 1))
    dry = tusoi("cycle", "redate", "--calendar", moved, "--dry-run")
    assert (dry.status, dry.err) == (0, "")
    assert dry.out.splitlines()[0].startswith(
        "2 cells get other dates; 2 members who have not submitted get less time."
    )
    assert dry.out.endswith("Nothing was changed.\n")
    done = tusoi("cycle", "redate", "--calendar", moved)
    assert done.out.splitlines()[:-1] == dry.out.splitlines()[:-1]
    assert done.out.endswith("The dates are changed.\n")
    assert tusoi("cycle", "redate", "--calendar", moved).out.startswith("0 cells get other dates; 0 members")
    assert tusoi("audit", "verify").out == "The audit chain holds.\n"


def test_a_calendar_that_cannot_be_used_changes_nothing(tusoi: Tusoi, office: Path) -> None:
    wrong = calendar(office, "[dates]\nself_reviews_due = 2026-12-10\ncell_meeting_due = 2026-12-01\n")
    ran = tusoi("cycle", "redate", "--calendar", wrong)
    assert (ran.status, len(ran.err.splitlines())) == (1, 1)
    assert tusoi("cycle", "close", "--year", "2026", "--force").status == 0
    ran = tusoi("cycle", "redate", "--calendar", calendar(office))
    assert (ran.status, ran.err) == (1, "No review is open.\n")
