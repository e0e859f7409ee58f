"""Proposed grades, line by line of 366-QĐ/TW Art. 11 and of the knock-outs known so far."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.forms import Given, Item, walk
from review.grade_facts import BadFact, Fact, parse_fact
from review.grade_unknown import still_unknown
from review.grades import Points, points, propose_grade, propose_self_grade
from review.pack import load
from review.pack_model import FACT_KINDS
from review.responses import GRADES, Value
from tests.review.small import FORM

PACK = load("hd43-2025")
ALL_DONE = {"tasks_done": 100.0, "tasks_on_time": 100.0, "tasks_above": 30.0, "shortcomings_fixed": 100.0}
LEADER = {**ALL_DONE, "unit_tasks_done": 100.0, "unit_tasks_above": 30.0}


@pytest.mark.parametrize(
    ("form", "score", "facts", "grade", "needs_human"),
    [
        # bands (Art. 11)
        ("2A", 90, ALL_DONE, "excellent", False),
        ("2C", 100, ALL_DONE, "excellent", False),
        ("2A", 89.99, ALL_DONE, "good", False),
        ("2A", 70, ALL_DONE, "good", False),
        ("2A", 69, ALL_DONE, "completed", False),
        ("2A", 50, ALL_DONE, "completed", False),
        ("2A", 49.5, ALL_DONE, "not_completed", False),
        ("2A", 49, {}, "not_completed", False),
        # excellent: each condition missing leads one step down, and to a human
        ("2A", 95, {**ALL_DONE, "tasks_above": 29.0}, "good", True),
        ("2A", 95, {**ALL_DONE, "shortcomings_fixed": 99.0}, "good", True),
        ("2A", 95, {**ALL_DONE, "tasks_on_time": 95.0}, "completed", True),
        ("2A", 95, {**ALL_DONE, "tasks_done": 95.0}, "not_completed", True),
        # leaders: the field or unit they lead, too
        ("2B", 95, LEADER, "excellent", False),
        ("2B", 95, {**LEADER, "unit_tasks_done": 99.0}, "good", True),
        ("2B", 95, {**LEADER, "unit_tasks_above": 20.0}, "good", True),
        ("2B", 95, ALL_DONE, "excellent", True),
        ("2A", 95, {**ALL_DONE, "unit_tasks_done": 10.0}, "excellent", False),
        # completed: at most 20 % late
        ("2A", 60, {"tasks_done": 100.0, "tasks_late": 20.0}, "completed", False),
        ("2A", 60, {"tasks_done": 100.0, "tasks_late": 21.0}, "not_completed", True),
        ("2A", 80, {"tasks_done": 100.0, "tasks_late": 0.0}, "good", False),
        # unknown conditions leave the grade of the points to a human
        ("2A", 95, {}, "excellent", True),
        ("2A", 95, {"tasks_above": 40.0}, "excellent", True),
        # the head is not above the collective (local rule)
        ("2B", 95, {**LEADER, "unit_grade": "excellent"}, "excellent", False),
        ("2B", 95, {**LEADER, "unit_grade": "good"}, "good", True),
        ("2B", 95, {**LEADER, "unit_grade": "completed"}, "completed", True),
        ("2B", 95, {**LEADER, "unit_grade": "not_completed"}, "not_completed", True),
        # as an official (HD 21)
        ("2A", 95, {**ALL_DONE, "official_grade": "excellent"}, "excellent", False),
        ("2A", 95, {**ALL_DONE, "official_grade": "good"}, "good", True),
        ("2A", 95, {**ALL_DONE, "official_grade": "not_completed"}, "not_completed", True),
        # knock-outs (HD 21 and local rules; unverified under 366)
        ("2C", 95, {**ALL_DONE, "disciplined": True}, "not_completed", True),
        ("2C", 95, {**ALL_DONE, "disciplined": False}, "excellent", False),
        ("2C", 95, {**ALL_DONE, "degradation_concluded": True}, "not_completed", True),
        ("2C", 95, {**ALL_DONE, "tasks_done": 49.0}, "not_completed", True),
        ("2B", 95, {**LEADER, "unit_tasks_done": 69.0}, "not_completed", True),
        # the collective: nobody below it or in it disciplined
        ("01", 90, {**ALL_DONE, "disciplined": False}, "excellent", False),
        ("01", 89, {**ALL_DONE, "disciplined": False}, "good", False),
        ("01", 95, {**ALL_DONE, "disciplined": True}, "good", True),
        ("01", 95, ALL_DONE, "excellent", True),
        ("01", 69, {"tasks_done": 100.0, "tasks_late": 20.0}, "completed", False),
        ("01", 69, {"tasks_done": 100.0, "tasks_late": 21.0}, "not_completed", True),
        ("01", 95, {"tasks_done": 49.0}, "not_completed", True),
    ],
)
def test_the_grade_follows_points_and_conditions(form, score, facts, grade, needs_human):
    proposal = propose_grade(PACK, form, score, facts)
    assert (proposal.grade, proposal.needs_human) == (grade, needs_human)
    assert proposal.reasons


def test_the_reasons_name_condition_figure_and_source():
    reasons = propose_grade(PACK, "2A", 92, {**ALL_DONE, "tasks_above": 12.5}).reasons
    assert len(reasons) == 2
    assert reasons[0] == "92 điểm, mức «Hoàn thành tốt nhiệm vụ» từ 70 điểm (366-QĐ/TW, Điều 11, theo bản tóm tắt)"
    assert reasons[1].startswith("Chưa đạt «Hoàn thành xuất sắc nhiệm vụ»: Ít nhất 30% nhiệm vụ")
    assert reasons[1].endswith("(hiện 12,5%) [366-QĐ/TW, Điều 11, theo bản tóm tắt]")
    assert "chưa đối chiếu" in propose_grade(PACK, "2A", 92, {"disciplined": True}).reasons[0]
    assert "chưa đủ điểm" in propose_grade(PACK, "2A", 40, {}).reasons[0]
    assert "thiếu điều kiện" in propose_grade(PACK, "2A", 80, {"tasks_done": 60.0}).reasons[0]


@pytest.mark.parametrize("score", [-1, 100.5, float("nan")])
def test_a_score_is_of_a_hundred(score):
    with pytest.raises(BadFact, match="từ 0 đến 100"):
        propose_grade(PACK, "2A", score, {})


@pytest.mark.parametrize("form", ["2X", "residence_remark"])
def test_only_self_reviews_are_graded(form):
    with pytest.raises(BadFact, match="không có mẫu kiểm điểm"):
        propose_grade(PACK, form, 95, ALL_DONE)


PERCENT = st.integers(0, 100).map(float)
FACTS = st.fixed_dictionaries(
    {},
    optional={
        **{name: PERCENT for name, kind in FACT_KINDS.items() if kind == "percent"},
        **{name: st.booleans() for name, kind in FACT_KINDS.items() if kind == "yes_no"},
        **{name: st.sampled_from(GRADES) for name, kind in FACT_KINDS.items() if kind == "grade"},
    },
)


@given(st.sampled_from(["2A", "2B", "2C"]), st.integers(0, 99), FACTS)
def test_any_facts_give_a_grade_and_more_points_never_a_lower_one(form, score, facts):
    less, more = (propose_grade(PACK, form, points_, facts) for points_ in (score, score + 1))
    assert GRADES.index(more.grade) <= GRADES.index(less.grade)
    assert score >= PACK.grades[less.grade].min_points


BETTER = {"yes_no": [True, False], "grade": list(reversed(GRADES)), "percent": [0.0, 49.0, 69.0, 99.0, 100.0]}


@given(st.sampled_from(["2A", "2B", "2C", "01"]), st.integers(0, 100), FACTS, st.sampled_from(sorted(FACT_KINDS)),
       st.tuples(st.integers(0, 4), st.integers(0, 4)))  # fmt: skip
def test_a_better_fact_never_lowers_the_grade(form, score, facts, name, at):
    """Fewer late tasks are better, more of everything else; no discipline is better than discipline."""
    steps = BETTER[FACT_KINDS[name]][:: -1 if name == "tasks_late" else 1]
    low, high = (
        propose_grade(PACK, form, score, {**facts, name: steps[min(nth, len(steps) - 1)]}).grade for nth in sorted(at)
    )
    assert GRADES.index(high) <= GRADES.index(low)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("tasks_done=100", ("tasks_done", 100.0)),
        ("tasks_above = 33,5%", ("tasks_above", 33.5)),
        ("disciplined=yes", ("disciplined", True)),
        ("degradation_concluded=Không", ("degradation_concluded", False)),
        ("unit_grade=good", ("unit_grade", "good")),
    ],
)
def test_facts_as_typed(text, fact):
    assert parse_fact(text) == fact


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("luck=1", "không có dữ kiện «luck»"),
        ("tasks_done", "chưa có giá trị"),
        ("tasks_done=all", "phần trăm"),
        ("tasks_done=101", "từ 0 đến 100"),
        ("tasks_done=nan", "từ 0 đến 100"),
        ("disciplined=perhaps", "yes hoặc no"),
        ("unit_grade=super", "chỉ nhận: excellent"),
    ],
)
def test_facts_that_cannot_be_read(text, reason):
    with pytest.raises(BadFact, match=reason):
        parse_fact(text)


def test_points_by_group():
    assert points(FORM, {"scores.c01": 1.5, "scores.t01": 8}) == Points(1.5, 8, 9.5, 0)
    assert points(FORM, {"scores.t01": 8}) == Points(0, 8, 8, 1)


def scored(form, taken_off=0, **more):
    scores = {a.key: a.question.max_points for a in walk(form, {}) if a.question.kind == "score"}
    scores["scores.t02"] -= taken_off
    return {**scores, **more}


def test_the_self_grade_follows_the_writers_own_points():
    form = PACK.forms["2C"]
    proposal = propose_self_grade(PACK, form, scored(form, taken_off=12))
    assert (proposal.grade, proposal.points) == ("good", Points(30, 58, 88, 0))
    assert proposal.needs_human, "tasks are not known from the form"


def test_no_grade_is_proposed_while_points_are_missing():
    proposal = propose_self_grade(PACK, PACK.forms["2C"], {})
    assert proposal.grade is None
    assert proposal.reasons == ("Còn 16 tiêu chí chưa chấm điểm.",)


def test_last_years_promises_count_for_the_top_grade():
    form, carried = PACK.forms["2C"], Given(carried=(Item("7", "Gặp nốt 3 hộ"), Item("8", "Lập sổ")))
    half = scored(form, **{"fixed.7.status": "done", "fixed.8.status": "partly"})
    assert propose_self_grade(PACK, form, half, carried).grade == "good"
    assert propose_self_grade(PACK, form, {**half, "fixed.8.status": "done"}, carried).grade == "excellent"
    assert propose_self_grade(PACK, form, scored(form), carried).grade == "excellent", "not answered yet"


def of_points(points_: int) -> dict[str, Value]:
    """Every criterion of 2C, `points_` of 100 together."""
    answers: dict[str, Value] = {}
    off = 100 - points_
    for asked in walk(PACK.forms["2C"], {}):
        if asked.question.kind == "score":
            less = min(off, asked.question.max_points)
            answers[asked.key], off = asked.question.max_points - less, off - less
    return answers


@pytest.mark.parametrize(
    ("total", "told", "left"),
    [
        (80, {}, {"tasks_done", "tasks_on_time", "degradation_concluded", "disciplined"}),
        (80, {"disciplined": False, "degradation_concluded": False}, {"tasks_done", "tasks_on_time"}),
        (80, {"disciplined": True}, set()),  # barred: nothing else matters
        (80, {"tasks_late": 0, "tasks_done": 100}, {"degradation_concluded", "disciplined"}),
        (95, {"disciplined": False, "degradation_concluded": False, "tasks_above": 10},
         {"tasks_done", "tasks_on_time"}),  # no longer excellent: asked as for "tốt"
        (30, {"disciplined": False, "degradation_concluded": False, "tasks_done": 60}, set()),
    ],
)  # fmt: skip
def test_what_must_still_be_known(total: int, told: dict[str, Fact], left: set[str]) -> None:
    """One by fact; what only officials have is not asked of everybody."""
    found = still_unknown(PACK, PACK.forms["2C"], of_points(total), told=told)  # type: ignore[arg-type]
    assert {line.fact for line in found} == left
    assert len(found) == len(left)


def test_nothing_is_lacking_while_points_are() -> None:
    assert still_unknown(PACK, PACK.forms["2C"], {}) == ()


def test_what_the_secretary_knows_goes_before_the_form() -> None:
    proposal = propose_self_grade(PACK, PACK.forms["2C"], of_points(95), told={**ALL_DONE, "disciplined": True})  # type: ignore[dict-item]
    assert proposal.grade == "not_completed"
