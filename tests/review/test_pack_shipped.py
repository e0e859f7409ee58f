"""The pack hd43-2025 as it ships: what the regulations known so far say, and what is marked as unverified."""

import re
from datetime import date

import pytest

from review.forms import Group, Question, walk
from review.pack import PACKS, PackFaults, load, pack_names, template
from review.responses import GRADES

PACK = load("hd43-2025")
SELF_REVIEWS = ("2A", "2B", "2C")
COMMON = {"2A": [2] * 15, "2B": [2] * 9 + [1] * 4 + [2] * 4, "2C": [3] * 6 + [2] * 6}


def questions(form):
    for section in PACK.forms[form].sections:
        for block in section.blocks:
            yield from block.questions if isinstance(block, Group) else (block,)


def test_it_is_found_by_name_and_read_once():
    assert "hd43-2025" in pack_names()
    assert load("hd43-2025") is PACK
    assert set(PACK.forms) == {*SELF_REVIEWS, "01", "residence_remark"}


def test_an_unknown_pack_names_those_there_are():
    with pytest.raises(PackFaults, match=r"các gói có sẵn: .*hd43-2025"):
        load("hd99")


@pytest.mark.parametrize("form", SELF_REVIEWS)
def test_the_sections_stand_in_the_official_order(form):
    sections = PACK.forms[form].sections
    assert [section.numeral for section in sections] == ["I", "II", "III", "IV", "V", "VI", "", "VII"]
    assert sections[6].title == "Kết quả tự chấm điểm"
    assert sections[2].empty
    assert sections[3].empty


@pytest.mark.parametrize("form", SELF_REVIEWS)
def test_the_question_ids_are_those_of_the_contract(form):
    ids = [block.id for s in PACK.forms[form].sections for block in s.blocks if getattr(block, "kind", "") != "score"]
    leaders = ["leadership", "initiative", "example"] if form == "2B" else []
    assert ids == [
        "conduct", "duties", *leaders, "pledge", "shortcomings", "fixed", "explanations", "collective_part", "measures",
        "self_grade",
    ]  # fmt: skip
    groups = {
        b.id: [q.id for q in b.questions] for s in PACK.forms[form].sections for b in s.blocks if isinstance(b, Group)
    }
    assert groups == {
        "shortcomings": ["text", "cause", "own_part"],
        "fixed": ["status", "evidence"],
        "explanations": ["cause", "own_part"],
        "measures": ["measure", "due", "shortcoming"],
    }


@pytest.mark.parametrize("form", SELF_REVIEWS)
def test_thirty_common_points_and_seventy_for_tasks(form):
    """366-QĐ/TW; the split of the 30 by local guides of 2026, for 2C unknown."""
    scores = [q for q in questions(form) if q.kind == "score"]
    assert [q.max_points for q in scores if q.points_group == "common"] == COMMON[form]
    assert sum(q.max_points for q in scores if q.points_group == "tasks") == 70
    assert all(q.unverified for q in scores)


def test_the_self_grade_offers_the_four_grades():
    choice = PACK.question("self_grade")
    assert choice
    assert [(option.id, option.label) for option in choice.options] == [(g, PACK.grades[g].label) for g in GRADES]


def test_a_collective_is_never_asked_for_the_part_of_a_single_person():
    """ "tôi đã làm gì" is a question to a member; several answer for a report."""
    asked = {question.id: question.hints for question in questions("01")}
    assert asked["own_part"] == asked["responsibility"] == ("vague",)
    assert all("no_responsibility" not in hints for hints in asked.values())


def test_bands_retention_and_ceiling():
    assert [PACK.grades[grade].min_points for grade in GRADES] == [90, 70, 50, 0]
    assert "Ít nhất 30% nhiệm vụ hoàn thành vượt yêu cầu" in PACK.grades["excellent"].conditions
    assert PACK.retention_years == 3  # HD 38 §II.1.1(13)
    assert PACK.ceiling
    assert (PACK.ceiling.share, PACK.ceiling.outstanding_share, PACK.ceiling.base) == (20, 25, "good")
    assert len(PACK.peer_groups) >= 3


def test_a_remark_takes_about_five_taps_and_can_end_at_the_first():
    walked = walk(PACK.forms["residence_remark"], {})
    assert len(walked) == 5
    assert [option.id for option in walked[0].question.options if option.ends] == ["unknown", "moved"]
    assert not walked[-1].question.required


def test_what_is_unverified_is_marked():
    where = {gap.where for gap in PACK.unverified}
    assert {"forms.2A", "forms.2B", "forms.2C", "forms.residence_remark", "ceiling.rounding"} <= where
    assert {"knock_outs.disciplined", "exemptions.under_6_months", "peer_groups.member", "calendar.open"} <= where
    assert all(gap.what for gap in PACK.unverified)


def test_the_typical_calendar_is_in_order():
    days = [date(2026 + day.next_year, day.month, day.day) for day in PACK.calendar.values()]
    assert days == sorted(days)
    assert days[-1] == date(2027, 1, 31)


@pytest.mark.parametrize("form", [*SELF_REVIEWS, "residence_remark"])
def test_people_are_asked_in_plain_words(form):
    for question in questions(form):
        said = f"{question.ask} {question.example} {question.help}"
        assert "!" not in said
        assert len(said) < 500, question.id
        assert question.ask[0].isupper()
        assert question.ask[-1] in ".?"


def test_long_answers_come_with_an_example():
    lacking = [q.id for form in SELF_REVIEWS for q in questions(form) if q.kind in ("text", "date") and not q.example]
    assert lacking == []


def test_versions_are_short_and_tell_forms_apart():
    versions = [form.version for form in PACK.forms.values()]
    assert len(set(versions)) == 5
    assert all(re.fullmatch(r"[0-9a-f]{4}", version) for version in (*versions, PACK.version))


def test_a_question_is_found_by_its_dotted_id():
    assert isinstance(PACK.question("shortcomings.text"), Question)
    assert PACK.question("shortcomings") is None
    assert PACK.question("duties.text") is None
    assert PACK.question("shortcomings.luck") is None


def test_the_offices_papers_lie_in_the_pack():
    assert template("hd43-2025", "2A") == template(PACKS / "hd43-2025", "2A")
    assert template("hd43-2025", "2A").startswith(b"PK")
