"""`DATA_KEY`: `tusoi key`, what every command says without the right key, what the doctor knows."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, update

from bot.settings import load_settings
from storage.sealed import as_stored
from storage.sealing import KeyRing
from storage.tables import appeals
from tests.bot.conftest import Tusoi
from tests.bot.reviewed import fill
from tests.storage.keyed import BOTH, FIRST, NEW, OLD, SECOND

COMMANDS = (
    ("run",),
    ("tick", "--at", "2026-12-03T08:00:00"),
    ("invite", "--format", "json"),
    ("export", "--year", "2026", "--format", "json", "--out", "kq.json"),
    ("replay", "--year", "2026", "--pack", "hd25-2023"),
    ("cycle", "close", "--year", "2026"),
    ("revoke", "--person", "TH01"),
    ("outbox",),
    ("backup", "copy"),
    ("purge",),
    ("audit", "verify"),
)


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def set_key(value: str) -> None:
        monkeypatch.setenv("DATA_KEY", value)

    return set_key


@pytest.fixture
def file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{folder}/tusoi.db")
    return folder / "tusoi.db"


def about_the_key(ran: object) -> list[str]:
    """What the doctor says of it, on stdout and stderr."""
    lines = f"{ran.out}\n{ran.err}".splitlines()  # type: ignore[attr-defined]
    start = next(nth for nth, line in enumerate(lines) if "data key: " in line)
    return [lines[start], *(line for line in lines[start + 1 : start + 3] if line.startswith("    "))]


def readable(file: Path) -> bool:
    return any("Xin xem lại".encode() in one.read_bytes() for one in file.parent.glob("tusoi.db*"))


def test_a_new_key_is_one_line_and_fits(tusoi: Tusoi, key: Callable[[str], None]) -> None:
    first, second = tusoi("key", "new"), tusoi("key", "new")
    assert first.status == 0
    assert first.out != second.out
    key(f"{first.out}{second.out}")
    assert load_settings().ring.ids == (*KeyRing.read(first.out).ids, *KeyRing.read(second.out).ids)
    assert first.out.strip() not in repr(load_settings())


def test_what_is_no_key_is_refused_without_being_repeated(tusoi: Tusoi, key: Callable[[str], None]) -> None:
    key(f"{FIRST} a-secret-that-is-too-short")
    ran = tusoi("doctor")
    assert (ran.status, ran.err) == (1, "DATA_KEY: holds something that is no key; make one with: tusoi key new\n")


def test_nothing_to_rotate_to(tusoi: Tusoi, file: Path) -> None:
    for argv in (("key", "rotate"), ("key", "rotate", "--off")):
        ran = tusoi(*argv)
        assert (ran.status, ran.err.count("\n")) == (1, 1)
        assert "tusoi key new" in ran.err
    assert not file.exists()


def test_every_command_wants_the_right_key(tusoi: Tusoi, file: Path, key: Callable[[str], None]) -> None:
    key(FIRST)
    fill(load_settings())
    assert not readable(file)
    assert tusoi("backup", "sealed").status == 0
    for wrong in ("", SECOND):
        key(wrong)
        refusal = f"DATA_KEY: this database was sealed with key {OLD.ids[0]}; set it.\n"
        for argv in COMMANDS:
            ran = tusoi(*argv)
            assert (ran.status, ran.out) == (1, ""), argv
            assert ran.err.splitlines(keepends=True)[-1] == refusal, argv
        assert about_the_key(tusoi("doctor")) == [f"data key: {refusal.strip()}"]
    assert not (file.parent / "copy").exists()
    file.unlink()
    ran = tusoi("restore", "sealed")
    assert (ran.status, ran.err) == (1, refusal)
    key(FIRST)
    assert tusoi("restore", "sealed").status == 0
    assert tusoi("audit", "verify").status == 0


def test_from_no_key_to_one_to_the_next_and_back(tusoi: Tusoi, file: Path, key: Callable[[str], None]) -> None:
    fill(load_settings())
    export = ("export", "--year", "2026", "--format", "json", "--out", "kq.json")

    def exported() -> str:
        assert tusoi(*export).status == 0
        return Path("kq.json").read_text("utf-8").split('"units"')[1]

    before = exported()
    assert readable(file)
    assert "off: free text stands in the database as it was typed" in about_the_key(tusoi("doctor"))[0]
    key(FIRST)
    assert exported() == before, "what is open stays readable"
    waiting = about_the_key(tusoi("doctor"))
    assert "values are open or under an older key; seal them with: tusoi key rotate" in waiting[2]
    values = int(waiting[2].split()[0])
    ran = tusoi("key", "rotate")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"Sealed {values} values under key {OLD.ids[0]}; 0 were sealed with it already.\n"
    assert not readable(file), "not even in pages that were freed"
    assert exported() == before
    key(f"{SECOND},{FIRST}")
    assert tusoi("key", "rotate").out.startswith(f"Sealed {values} values under key {NEW.ids[0]}; 0 ")
    assert tusoi("key", "rotate").out.startswith(f"Sealed 0 values under key {NEW.ids[0]}; {values} ")
    key(SECOND)
    assert exported() == before
    done = about_the_key(tusoi("doctor"))
    assert done[0] == f"ok  data key: free text is sealed with key {NEW.ids[0]}: {values} values"
    assert "without it nobody can read that text again" in done[1]
    assert len(done) == 2 or "older key" not in done[2]
    assert tusoi("key", "rotate", "--off").out.startswith(f"Opened {values} values; ")
    key("")
    assert exported() == before
    assert readable(file)


def test_a_damaged_value_is_named_by_the_doctor_and_left_by_a_rotation(
    tusoi: Tusoi, file: Path, key: Callable[[str], None]
) -> None:
    key(FIRST)
    fill(load_settings())
    raw = as_stored(appeals)
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as conn:
        conn.execute(update(raw).where(raw.c.kind == "complaint").values(text=OLD.seal("Xin xem lại")[:-3]))
    engine.dispose()
    place = "appeals.text (id 1)"
    ran = tusoi("doctor")
    assert ran.status == 1
    assert f"cannot be opened: {place}; restore them from a backup" in ran.err
    key(f"{SECOND} {FIRST}")
    ran = tusoi("key", "rotate")
    assert (ran.status, ran.err) == (1, f"{place}: cannot be opened with any key of DATA_KEY; left as it is\n")
    assert f"under key {BOTH.ids[0]}" in ran.out


def test_the_key_is_told_nowhere(
    tusoi: Tusoi, file: Path, key: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    key(FIRST)
    for argv in (("doctor",), ("tick", "--at", "2026-12-03T08:00:00"), ("key", "rotate"), ("doctor",)):
        ran = tusoi(*argv)
        assert FIRST not in ran.out + ran.err
    assert FIRST not in caplog.text
    assert FIRST not in repr(load_settings().ring)
