"""A user's mistakes: one line each, status 1 or 2, never a traceback."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from review.pack import PACKS
from tests.bot.conftest import Tusoi
from tests.bot.office import CALENDAR, calendar
from tests.databases import Postgres


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("dance",),
        ("invite",),
        ("invite", "--format", "pdf"),
        ("invite", "--format", "json", "--valid-days", "0"),
        ("cycle", "open", "--year", "soon", "--pack", "x", "--calendar", "y"),
        ("export", "--year", "2026", "--format", "json"),
        ("run", "--only", "kitchen"),
        ("pack", "try-ceiling", "hd43-2025", "--excellent", "-1", "--good", "3"),
        ("pack", "try-grade", "hd43-2025", "--form", "2C", "--score", "101"),
    ],
)
def test_wrong_usage(tusoi: Tusoi, argv: tuple[str, ...]) -> None:
    ran = tusoi(*argv)
    assert ran.status == 2
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 cut short"])
def test_not_a_workbook(tusoi: Tusoi, folder: Path, content: bytes) -> None:
    (folder / "ds.xlsx").write_bytes(content)
    ran = tusoi("roster", "import", "ds.xlsx")
    assert (ran.status, len(ran.err.splitlines())) == (1, 1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[dates", "lich.toml:1: "),
        (CALENDAR.replace("2026-12-10", '"2026-12-10"'), "lich.toml:4: "),
        (CALENDAR + "party = 2026-12-31\n", "lich.toml:6: "),
        (CALENDAR.replace("2026-12-10", "2026-11-01"), "lich.toml:4: "),
    ],
)
def test_calendar_faults(tusoi: Tusoi, folder: Path, text: str, line: str) -> None:
    calendar(folder, text)
    ran = tusoi("cycle", "open", "--year", "2026", "--pack", "hd43-2025", "--calendar", "lich.toml")
    assert ran.status == 1
    assert ran.err.startswith(line)


def test_files_that_cannot_be_used(tusoi: Tusoi, folder: Path) -> None:
    (folder / "latin.toml").write_bytes("[dates]\n# é".encode("latin-1"))
    for name, reason in (("none.toml", "cannot be read"), ("latin.toml", "is not UTF-8 text")):
        ran = tusoi("cycle", "open", "--year", "2026", "--pack", "hd43-2025", "--calendar", name)
        assert ran.status == 1
        assert ran.err.startswith(f"{name}: {reason}")
    assert tusoi("roster", "import", "none.xlsx").status == 1
    assert tusoi("roster", "template", "nowhere/ds.xlsx").status == 1
    assert tusoi("backup", "nowhere/b.gz").status == 1


@pytest.mark.parametrize("url", ["postgresql+asyncpg://me@127.0.0.1:1/x", "sqlite+aiosqlite:////proc/none/x.db"])
def test_a_database_that_cannot_be_reached(tusoi: Tusoi, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    for argv in (("audit", "verify"), ("invite", "--format", "json"), ("doctor",), ("run",)):
        ran = tusoi(*argv)
        assert (ran.status, len(ran.err.splitlines())) == (1, 1), ran.err


@pytest.mark.parametrize(("good", "bad"), [("/postgres?", "/nowhere?"), ("postgres:@", "nobody:@")])
def test_a_server_that_does_not_let_us_in(
    tusoi: Tusoi, monkeypatch: pytest.MonkeyPatch, postgres: Postgres, good: str, bad: str
) -> None:
    there = postgres.server.get_uri().replace("postgresql://", "postgresql+asyncpg://")
    assert good in there
    monkeypatch.setenv("DATABASE_URL", there.replace(good, bad))
    ran = tusoi("audit", "verify")
    assert (ran.status, len(ran.err.splitlines())) == (1, 1), ran.err
    assert ran.err.startswith("The database does not let us in: ")


def test_a_port_that_is_taken(tusoi: Tusoi, monkeypatch: pytest.MonkeyPatch, taken_port: int) -> None:
    monkeypatch.setenv("HTTP_PORT", str(taken_port))
    ran = tusoi("run")
    assert ran.status == 1
    assert "is taken by another program" in ran.err.splitlines()[-1]


def test_packs(tusoi: Tusoi, folder: Path) -> None:
    assert "without fault" in tusoi("pack", "check", "hd43-2025").out
    assert tusoi("pack", "check", "hd00").status == 1
    rules = shutil.copytree(PACKS / "hd43-2025", folder / "own") / "pack.toml"
    assert tusoi("pack", "check", "own").status == 0
    text = rules.read_text("utf-8")
    rules.write_text(text.replace("share = 20", 'share = "hai mươi"'), "utf-8")
    line = next(nth for nth, one in enumerate(text.splitlines(), 1) if one == "share = 20")
    ran = tusoi("pack", "check", "own")
    assert ran.status == 1
    assert f"pack.toml:{line}: " in ran.err


def test_papers_of_a_pack(tusoi: Tusoi, folder: Path) -> None:
    """A missing template, and one in which a field was misspelt in Word."""
    own = shutil.copytree(PACKS / "hd43-2025", folder / "own") / "templates"
    (own / "2A.docx").unlink()
    page = Document(str(own / "2B.docx"))
    page.add_paragraph("{{ ho_va_ten }}")
    page.save(str(own / "2B.docx"))
    ran = tusoi("pack", "check", "own")
    assert (ran.status, ran.out) == (1, "")
    missing, misspelt = ran.err.splitlines()
    assert missing == "templates/2A.docx: không có tệp này trong gói, hoặc không đọc được"
    assert misspelt.startswith("templates/2B.docx: ")
    assert "ho_va_ten" in misspelt


def test_the_module_and_the_command_are_one() -> None:
    ran = subprocess.run([sys.executable, "-m", "bot", "pack", "check", "hd00"], capture_output=True, text=True)
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert len(ran.stderr.splitlines()) == 1
