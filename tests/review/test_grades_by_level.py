"""Grades by levels: 21-HD/BTCTW (2019) §2.3 for the top grade, the knock-outs; the lower bands are assumptions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.forms import Given, Item, walk
from review.grade_bands import DOUBTFUL_GROUPS
from review.grade_facts import BadFact, parse_level
from review.grades import NOTHING_GIVEN, propose_grade, propose_self_grade
from review.levels import LEVEL_LABELS, LEVELS, level_questions, levels_of, reaches
from review.pack import load
from review.pack_model import FACT_KINDS
from review.responses import GRADES

HD21, HD25 = load("hd21-2019"), load("hd25-2023")
BASE = ("conduct_level", "duties_level")
LEADS = (*BASE, "leadership_level", "initiative_level", "example_level")


def levels(*said, names=BASE):
    return dict(zip(names, said, strict=True))


@pytest.mark.parametrize(
    ("chosen", "facts", "grade"),
    [
        # §2.3: all task criteria "Xuất sắc", the rest at least "Tốt"
        (levels("good", "excellent"), {}, "excellent"),
        (levels("excellent", "excellent"), {}, "excellent"),
        (levels("average", "excellent"), {}, "good"),
        (levels("excellent", "good"), {}, "good"),
        # leaders: leadership is a task, initiative and example are not
        (levels("good", "excellent", "excellent", "good", "good", names=LEADS), {}, "excellent"),
        (levels("good", "excellent", "good", "good", "good", names=LEADS), {}, "good"),
        (levels("good", "excellent", "excellent", "good", "average", names=LEADS), {}, "good"),
        # as an official: "xuất sắc" needs "xuất sắc" there, too
        (levels("good", "excellent"), {"official_grade": "excellent"}, "excellent"),
        (levels("good", "excellent"), {"official_grade": "good"}, "good"),
        # the lower bands by the best working assumption
        (levels("average", "good"), {}, "good"),
        (levels("average", "average"), {}, "completed"),
        (levels("poor", "excellent"), {}, "not_completed"),
        (levels("excellent", "poor"), {}, "not_completed"),
        # knock-outs of 21-HD/BTCTW
        (levels("excellent", "excellent"), {"disciplined": True}, "not_completed"),
        (levels("excellent", "excellent"), {"disciplined": False}, "excellent"),
        (levels("excellent", "excellent"), {"degradation_concluded": True}, "not_completed"),
        (levels("excellent", "excellent"), {"tasks_done": 49.0}, "not_completed"),
        (levels("excellent", "excellent"), {"tasks_done": 50.0}, "excellent"),
        (levels("excellent", "excellent"), {"official_grade": "not_completed"}, "not_completed"),
        ({}, {"disciplined": True}, "not_completed"),
    ],
)
@pytest.mark.parametrize(("pack", "form"), [(HD21, "02"), (HD25, "02B")])
def test_the_grade_follows_the_levels(pack, form, chosen, facts, grade):
    if form == "02B" and chosen:
        chosen = {**dict.fromkeys(LEADS, "excellent"), **chosen}
    proposal = propose_grade(pack, form, 0, facts, chosen)
    assert proposal.grade == grade
    assert "không quyết định" in proposal.reasons[0]
    assert len(proposal.reasons) > 1


@pytest.mark.parametrize("score", [0, 49, 50, 69, 70, 89, 90, 100])
def test_points_decide_nothing(score):
    proposal = propose_grade(HD21, "02", score, {}, levels("good", "good"))
    assert proposal.grade == "good"
    assert propose_grade(HD21, "02", score, {}).grade is None


def test_missing_levels_are_named_and_left_to_a_person():
    proposal = propose_grade(HD25, "02B", 95, {}, levels("good", "good"))
    assert (proposal.grade, proposal.needs_human) == (None, True)
    assert "Chưa có cấp độ của 3 tiêu chí: leadership_level" in proposal.reasons[1]


def test_knock_outs_that_were_read_need_nobody_assumed_ones_do():
    assert not propose_grade(HD21, "02", 0, {"disciplined": True}).needs_human
    assert propose_grade(HD25, "02A", 0, {"disciplined": True}).needs_human


def test_the_reasons_tell_criterion_level_and_source():
    reasons = propose_grade(HD21, "02", 0, {}, levels("good", "good")).reasons
    assert reasons[1].startswith("Mức «Hoàn thành tốt nhiệm vụ»: các tiêu chí thực hiện nhiệm vụ từ «Tốt», ")
    assert "chưa đối chiếu" in reasons[1]
    assert reasons[2].endswith("cần từ «Xuất sắc», hiện «Tốt» [21-HD/BTCTW (2019), mục 2.3, theo bản tóm tắt]")
    top = propose_grade(HD21, "02", 0, {}, levels("good", "excellent"))
    assert DOUBTFUL_GROUPS in top.reasons[1]
    assert top.needs_human
    assert "chưa đạt các mức trên" in propose_grade(HD21, "02", 0, {}, levels("poor", "good")).reasons[1]


def test_a_collective_is_graded_by_its_own_levels():
    names = ("principles_level", "results_level", "building_level", "lead_level")
    for pack in (HD21, HD25):
        assert [question.id for question in level_questions(pack.forms["01"])] == [*names, "fixed_level"]
        best = levels("good", "excellent", "good", "excellent", names=names)
        assert propose_grade(pack, "01", 0, {}, best).grade == "excellent"
        assert propose_grade(pack, "01", 0, {}, {**best, "lead_level": "average"}).grade == "completed"


def filled(form, given=NOTHING_GIVEN, **more):
    answers = {asked.key: "excellent" for asked in walk(form, {}, given) if asked.question.level_group}
    return {**answers, "leads": "no", **more}


def test_the_self_grade_follows_the_writers_own_levels():
    form = HD21.forms["02"]
    assert propose_self_grade(HD21, form, {}).reasons == ("Còn 2 tiêu chí chưa chọn cấp độ.",)
    proposal = propose_self_grade(HD21, form, filled(form))
    assert (proposal.grade, proposal.points) == ("excellent", None)
    assert not any("không quyết định" in reason for reason in proposal.reasons)
    leading = propose_self_grade(HD21, form, filled(form, leads="yes"))
    assert leading.reasons == ("Còn 3 tiêu chí chưa chọn cấp độ.",)


def test_the_level_of_mending_is_asked_only_with_something_to_mend():
    form, carried = HD21.forms["02"], Given(carried=(Item("7", "Gặp nốt 3 hộ"),))
    assert "fixed_level" not in levels_of(form, {}, Given())
    assert levels_of(form, filled(form), carried)["fixed_level"] is None
    answers = filled(form, carried, fixed_level="average")
    assert propose_self_grade(HD21, form, answers, carried).grade == "good"


def test_the_four_levels_from_the_top_down():
    assert tuple(LEVEL_LABELS) == LEVELS
    assert reaches("good", "average")
    assert reaches("good", "good")
    assert not reaches("average", "good")


def test_a_level_on_the_command_line():
    assert parse_level("duties_level = good") == ("duties_level", "good")
    with pytest.raises(BadFact, match="chỉ nhận: excellent, good, average, poor"):
        parse_level("duties_level=95")


FACTS = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.integers(0, 100).map(float) for name, kind in FACT_KINDS.items() if kind == "percent"},
        **{name: st.booleans() for name, kind in FACT_KINDS.items() if kind == "yes_no"},
        **{name: st.sampled_from(GRADES) for name, kind in FACT_KINDS.items() if kind == "grade"},
    },
)
CASES = st.sampled_from([(HD21, "02", BASE), (HD25, "02A", BASE), (HD25, "02B", LEADS)])


@given(CASES, FACTS, st.data())
def test_a_better_level_never_lowers_the_grade(case, facts, data):
    pack, form, names = case
    chosen = {name: data.draw(st.sampled_from(LEVELS)) for name in names}
    raised = data.draw(st.sampled_from(names))
    better = {**chosen, raised: LEVELS[max(0, LEVELS.index(chosen[raised]) - 1)]}
    low, high = (propose_grade(pack, form, 0, facts, one).grade for one in (chosen, better))
    assert GRADES.index(high) <= GRADES.index(low)


BETTER = {"yes_no": [True, False], "grade": list(reversed(GRADES)), "percent": [0.0, 49.0, 50.0, 100.0]}


@given(CASES, FACTS, st.sampled_from(sorted(FACT_KINDS)), st.data())
def test_a_better_fact_never_lowers_the_grade(case, facts, name, data):
    pack, form, names = case
    chosen = {one: data.draw(st.sampled_from(LEVELS)) for one in names}
    worse, better = sorted(data.draw(st.tuples(st.integers(0, 3), st.integers(0, 3))))
    steps = BETTER[FACT_KINDS[name]]
    low, high = (
        propose_grade(pack, form, 0, {**facts, name: steps[min(nth, len(steps) - 1)]}, chosen).grade
        for nth in (worse, better)
    )
    assert GRADES.index(high) <= GRADES.index(low)
