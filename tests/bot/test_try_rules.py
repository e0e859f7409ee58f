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


@pytest.mark.parametrize("pack", ["hd21-2019", "hd25-2023"])
def test_no_quarter_before_2025(tusoi: Tusoi, pack: str) -> None:
    ran = tusoi("pack", "try-ceiling", pack, "--excellent", "1", "--good", "12", "--outstanding")
    assert (ran.status, len(ran.err.splitlines())) == (1, 1)
    assert json.loads(tusoi("pack", "try-ceiling", pack, "--excellent", "1", "--good", "12").out)["allowed"] == 2


@pytest.mark.parametrize(
    ("pack", "form", "facts", "grade"),
    [
        ("hd21-2019", "02", (), None),
        ("hd21-2019", "02", ("conduct_level=good", "duties_level=excellent"), "excellent"),
        ("hd21-2019", "02", ("conduct_level=good", "duties_level=excellent", "official_grade=good"), "good"),
        ("hd21-2019", "02", ("disciplined=yes",), "not_completed"),
        ("hd25-2023", "02A", ("conduct_level=good", "duties_level=good"), "good"),
        ("hd25-2023", "02B", ("tasks_done=40",), "not_completed"),
        ("hd25-2023", "01", (), None),
        ("hd43-2025", "01", ("tasks_done=100", "tasks_on_time=100", "disciplined=yes"), "good"),
    ],
)
def test_grades_of_every_pack_and_form(
    tusoi: Tusoi, pack: str, form: str, facts: tuple[str, ...], grade: str | None
) -> None:
    given = [word for fact in facts for word in ("--fact", fact)]
    found = json.loads(tusoi("pack", "try-grade", pack, "--form", form, "--score", "95", *given).out)
    assert found["grade"] == grade
    assert any("95 điểm không quyết định" in reason for reason in found["reasons"]) is (pack != "hd43-2025")
    assert found["needs_human"] or (pack, grade) == ("hd21-2019", "not_completed")


@pytest.mark.parametrize("pack", ["hd21-2019", "hd25-2023"])
def test_hints_of_earlier_packs(tusoi: Tusoi, pack: str) -> None:
    ran = tusoi("pack", "try-hints", pack, "shortcomings.text", stdin="Đôi khi chưa sâu sát.".encode())
    assert [hint["code"] for hint in json.loads(ran.out)] == ["vague"]


def test_a_level_that_is_none(tusoi: Tusoi) -> None:
    ran = tusoi("pack", "try-grade", "hd21-2019", "--form", "02", "--score", "1", "--fact", "duties_level=95")
    assert (ran.status, len(ran.err.splitlines())) == (1, 1)
    assert "duties_level" in ran.err


def test_every_wrong_fact_is_named(tusoi: Tusoi) -> None:
    wrong = ("--fact", "luck=1", "--fact", "tasks_done=many", "--fact", "disciplined=perhaps")
    ran = tusoi("pack", "try-grade", "hd43-2025", "--form", "9Z", "--score", "80", *wrong)
    assert (ran.status, len(ran.err.splitlines())) == (1, 4)
