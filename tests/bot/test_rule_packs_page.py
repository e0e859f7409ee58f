"""docs/rule-packs.md followed step by step: its files are written, its commands run, what it promises is printed."""

import json
import re
import shlex
from pathlib import Path

from tests.bot.conftest import Ran, Tusoi

PAGE = Path(__file__).parents[2] / "docs" / "rule-packs.md"
BLOCK = re.compile(r"(?P<before>[^\n]*)\n\n```(?P<kind>toml|bash|json)\n(?P<text>.*?)```", re.DOTALL)
FILE = re.compile(r"`([\w./-]+\.toml)`")


def test_an_office_can_follow_the_page(tusoi: Tusoi, folder: Path) -> None:
    ran: list[Ran] = []
    files: list[str] = []
    (folder / "data").mkdir()
    for block in BLOCK.finditer(PAGE.read_text("utf-8")):
        match block["kind"]:
            case "toml":
                files.append(FILE.findall(block["before"])[-1])
                (folder / files[-1]).parent.mkdir(exist_ok=True)
                (folder / files[-1]).write_text(block["text"], "utf-8")
            case "bash":
                ran += [follow(line, tusoi) for line in block["text"].splitlines()]
                assert all(one.status == 0 for one in ran), [one.err for one in ran]
            case _:
                assert json.loads(ran[-1].out) == json.loads(block["text"])
    assert files == ["goi-phuong/pack.toml", "goi-phuong/questions.toml", "lich.toml"]
    checked, _, grade, level, hints, opened, doctor = ran
    assert "goi-phuong: without fault" in checked.out
    assert json.loads(grade.out)["grade"] == "excellent"
    assert json.loads(level.out)["grade"] == "excellent"
    assert json.loads(hints.out)[0]["code"] == "vague"
    assert opened.out == "The review of 2026 is open under goi-phuong.\n"
    assert "goi-phuong: not verified: ceiling.rounding" in doctor.out


def follow(line: str, tusoi: Tusoi) -> Ran:
    """One command line; `echo "…" |` before it is its input."""
    said, pipe, command = line.rpartition(" | ")
    words = shlex.split(command)
    assert words[0] == "tusoi"
    return tusoi(*words[1:], stdin=shlex.split(said)[1].encode() if pipe else b"")


def test_the_page_is_short_and_names_every_pack() -> None:
    text = PAGE.read_text("utf-8")
    assert len(text.splitlines()) < 120
    assert all(f"`{name}`" in text for name in ("hd21-2019", "hd25-2023", "hd43-2025"))
