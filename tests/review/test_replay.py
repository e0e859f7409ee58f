"""The same answers under other rules."""

from dataclasses import replace

import pytest

from review.forms import Given, Item, walk
from review.pack import Pack, load
from review.pack_model import GradeRule
from review.people import Person, Unit
from review.replay import NO_FORM, NO_MEASURE, OLD_CRITERIA, carried_answers, replay
from review.responses import Answers, Response, Value

CELL = Unit(2, "K5", "Chi bộ Khối 5", "cell", 1)
HOA = Person(1, "HOA", "Nguyễn Thị Hoa", CELL, form="2C")
THEN = load("hd43-2025")
TEXTS: dict[str, Value] = {"text": "Gặp 14/16 hộ.", "date": "2026-03-31", "number": 3}


def full(pack: Pack, form: str, points: float = 1.0, level: str = "good") -> Answers:
    """Every question answered; `points`: which share of each criterion is given."""
    answers: dict[str, Value] = {}
    while missing := [one for one in walk(pack.forms[form], answers) if one.key not in answers]:
        question = missing[0].question
        choices = [option.id for option in question.options]
        answers[missing[0].key] = (
            question.max_points * points if question.kind == "score"
            else (level if level in choices else choices[0]) if choices
            else TEXTS[question.kind]
        )  # fmt: skip
    return answers


def response(answers: Answers, form: str = "2C") -> Response:
    return Response(1, "self_review", form, HOA.id, HOA.id, "submitted", answers)


def stricter(pack: Pack, grade: str, least: int) -> Pack:
    rules: dict[str, GradeRule] = {**pack.grades, grade: replace(pack.grades[grade], min_points=least)}  # type: ignore[index,dict-item]
    return replace(pack, grades=rules)  # type: ignore[arg-type]


def test_under_the_same_pack_nothing_changes() -> None:
    found = replay(HOA, response(full(THEN, "2C", 0.8)), Given(), THEN, THEN)
    assert found.then == found.now
    assert not found.differs
    assert (found.lost, found.open, found.then.grade) == (0, 0, "good")


def test_a_higher_bar_lowers_the_proposal() -> None:
    found = replay(HOA, response(full(THEN, "2C", 0.8)), Given(), THEN, stricter(THEN, "good", 85))
    assert found.differs
    assert (found.then.grade, found.now.grade) == ("good", "completed")


def test_other_criteria_keep_the_total_and_ask_a_person() -> None:
    form = THEN.forms["2C"]
    sections = tuple(
        replace(one, blocks=tuple(replace(b, title=f"{b.title} (mới)") for b in one.blocks))  # type: ignore[type-var,call-arg]
        if one.id == "points"
        else one
        for one in form.sections
    )
    now = replace(THEN, forms={**THEN.forms, "2C": replace(form, sections=sections)})
    found = replay(HOA, response(full(THEN, "2C", 0.8)), Given(), THEN, now)
    assert found.now.reasons[0] == OLD_CRITERIA
    assert (found.now.grade, found.now.needs_human) == ("good", True)
    assert found.lost >= 16


@pytest.mark.parametrize("old", ["hd21-2019", "hd25-2023"])
def test_levels_and_points_are_not_turned_into_each_other(old: str) -> None:
    pack = load(old)
    form = pack.own_form(HOA)
    assert form
    found = replay(HOA, response(full(pack, form.id), form.id), Given(), pack, THEN)
    assert found.then.grade
    assert found.now.grade is None
    assert found.now.reasons == (NO_MEASURE,)
    assert found.open > 0
    back = replay(HOA, response(full(THEN, "2C")), Given(), THEN, pack)
    assert (back.now.grade, back.now.reasons) == (None, (NO_MEASURE,))


def test_from_levels_to_levels_what_both_ask_is_kept() -> None:
    then, now = load("hd25-2023"), load("hd21-2019")
    form = then.own_form(HOA)
    assert form
    found = replay(HOA, response(full(then, form.id), form.id), Given(), then, now)
    assert found.form == "02"
    assert found.now.grade or found.open


def test_words_are_kept_under_the_same_question() -> None:
    given = Given(carried=(Item("7", "Gặp nốt 3 hộ."),))
    answers = {**full(THEN, "2A"), "fixed.7.status": "done", "unknown": "x", "pledge": ""}
    kept = carried_answers(THEN.forms["2A"], THEN.forms["2C"], answers, given)
    assert kept["duties"] == answers["duties"]
    assert kept["fixed.7.status"] == "done"
    assert "unknown" not in kept
    assert kept.keys() <= answers.keys()
    assert "scores.c01" not in kept, "criterion 1 of 2A is another one than that of 2C"


def test_unfinished_answers_give_what_they_give() -> None:
    found = replay(HOA, response({"duties": "Gặp 14/16 hộ."}), Given(), THEN, THEN)
    assert found.now.grade is None
    assert found.open > 0


def test_whoever_has_no_form_there_is_said_to_have_none() -> None:
    now = replace(THEN, forms={name: form for name, form in THEN.forms.items() if name != "2C"})
    found = replay(HOA, response(full(THEN, "2C")), Given(), THEN, now)
    assert found.now.reasons == (NO_FORM,)
