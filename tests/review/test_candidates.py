"""Candidates side by side: in a neutral order, with conditions met, missing and unknown."""

from dataclasses import replace

from review.candidates import Candidate, conditions, harder_facts, in_neutral_order
from review.pack import load

PACK = load("hd43-2025")


def one(nth, points, **known):
    return Candidate(nth, points, known)


def order(*candidates):
    return [found.subject_id for found in in_neutral_order(PACK, candidates)]


def test_points_then_harder_tasks_then_faults_fixed_then_the_order_given():
    assert order(
        one(7, None, tasks_above=90),
        one(6, 93),
        one(5, 93, tasks_above=30, shortcomings_fixed=50),
        one(4, 93, tasks_above=30, shortcomings_fixed=100),
        one(3, 93, tasks_above=40),
        one(1, 95),
        one(2, 95),
    ) == [1, 2, 3, 4, 5, 6, 7]


def test_only_facts_that_the_pack_asks_for_break_a_tie():
    assert harder_facts(PACK) == ("tasks_above", "shortcomings_fixed")
    bare = replace(PACK, grades={})
    assert harder_facts(bare) == ()
    assert conditions(bare, "2C", {}).unknown == ()


def test_conditions_of_the_top_grade():
    found = conditions(PACK, "2C", {"tasks_done": 100.0, "tasks_above": 10.0})
    assert [line.fact for line in found.met] == ["tasks_done"]
    assert [line.fact for line in found.missing] == ["tasks_above"]
    assert [line.fact for line in found.unknown] == ["tasks_on_time", "shortcomings_fixed"]
