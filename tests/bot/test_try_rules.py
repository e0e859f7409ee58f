"""`pack try-…`: exactly the JSON of the public interface."""

import json
from pathlib import Path

import pytest

from tests.bot.conftest import Tusoi

ANSWER = "Tôi đã gặp 14 trên 16 hộ xóm 3 và mở được 620 m đường trước hạn một tháng."


def hints(tusoi: Tusoi, question: str, answer: str, *more: str) -> list[dict[str, str]]:
    ran = tusoi("pack", "try-hints", "hd43-2025", question, *more, stdin=answer.encode())
    assert ran.status == 0
    found: list[dict[str, str]] = json.loads(ran.out)
    return found


def test_hints(tusoi: Tusoi, folder: Path) -> None:
    (vague,) = hints(tusoi, "shortcomings.text", "Đôi khi chưa sâu sát trong công việc.\n")
    assert list(vague) == ["code", "message"]
    assert vague["code"] == "vague"
    assert hints(tusoi, "duties", ANSWER) == []
    (folder / "old.txt").write_text(f"Việc khác.\n\n{ANSWER}\n", "utf-8")
    assert hints(tusoi, "duties", ANSWER, "--previous", "old.txt")[0]["code"] == "repeated_last_year"
    assert hints(tusoi, "duties", ANSWER, "--others", "old.txt")[0]["code"] == "copied"


def test_hints_that_cannot_be_tried(tusoi: Tusoi) -> None:
    assert tusoi("pack", "try-hints", "hd43-2025", "weather", stdin=b"x").status == 1
    assert tusoi("pack", "try-hints", "hd43-2025", "duties", stdin=b"\xff").status == 1
    assert tusoi("pack", "try-hints", "hd43-2025", "duties", "--previous", "none.txt").status == 1


def test_ceiling(tusoi: Tusoi) -> None:
    ran = tusoi("pack", "try-ceiling", "hd43-2025", "--excellent", "4", "--good", "11")
    found = json.loads(ran.out)
    assert list(found) == ["allowed", "denominator", "share", "over_by", "rule"]
    assert (found["allowed"], found["denominator"], found["share"], found["over_by"]) == (2, 11, 0.2, 2)
    outstanding = tusoi("pack", "try-ceiling", "hd43-2025", "--excellent", "4", "--good", "12", "--outstanding")
    assert json.loads(outstanding.out)["allowed"] == 3


@pytest.mark.parametrize(
    ("score", "facts", "grade", "needs_human"),
    [
        ("95", ("tasks_done=100", "tasks_on_time=100", "tasks_above=30", "shortcomings_fixed=100"), "excellent", False),
        ("75", ("tasks_done=100", "tasks_on_time=100"), "good", False),
        ("75", (), "good", True),
        ("95", ("degradation_concluded=yes",), "not_completed", True),
    ],
)
def test_grade(tusoi: Tusoi, score: str, facts: tuple[str, ...], grade: str, needs_human: bool) -> None:
    given = [word for fact in facts for word in ("--fact", fact)]
    found = json.loads(tusoi("pack", "try-grade", "hd43-2025", "--form", "2C", "--score", score, *given).out)
    assert list(found) == ["grade", "reasons", "needs_human"]
    assert (found["grade"], found["needs_human"]) == (grade, needs_human)
    assert found["reasons"]


def test_every_wrong_fact_is_named(tusoi: Tusoi) -> None:
    wrong = ("--fact", "luck=1", "--fact", "tasks_done=many", "--fact", "disciplined=perhaps")
    ran = tusoi("pack", "try-grade", "hd43-2025", "--form", "9Z", "--score", "80", *wrong)
    assert (ran.status, len(ran.err.splitlines())) == (1, 4)
