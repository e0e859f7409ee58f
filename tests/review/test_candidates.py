"""Candidates side by side: in a neutral order, with conditions met, missing and unknown."""

from dataclasses import replace

from review.candidates import Candidate, conditions, harder_facts, in_neutral_order
from review.pack import load
from review.people import Person, Role, Unit

PACK = load("hd43-2025")
CELL = Unit(2, "K5", "Chi bộ Khối 5", "cell", 1)


def one(name, points, **known):
    return Candidate(Person(1, name, name, CELL), points, known)


def order(*candidates):
    return [found.person.name for found in in_neutral_order(PACK, candidates, lambda c: (c.person.name,))]


def test_points_then_harder_tasks_then_faults_fixed_then_the_name():
    assert order(
        one("E", None, tasks_above=90),
        one("D", 93),
        one("C", 93, tasks_above=30, shortcomings_fixed=50),
        one("B", 93, tasks_above=30, shortcomings_fixed=100),
        one("A", 93, tasks_above=40),
        one("Y", 95),
        one("X", 95),
    ) == ["X", "Y", "A", "B", "C", "D", "E"]


def test_office_and_rank_do_not_count():
    head = replace(one("B", 92).person, party_post="Bí thư", roles=(Role("secretary", CELL),))
    assert order(Candidate(head, 92), one("A", 92)) == ["A", "B"]


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
