"""A grade in words, as the pack of the review calls it."""

from conversations import words
from conversations.facts import Facts
from review.responses import Grade


def grade_label(grade: Grade, facts: Facts) -> str:
    """ "Hoàn thành tốt nhiệm vụ" """
    rule = facts.pack.grades.get(grade) if facts.pack else None
    return rule.label if rule else words.GRADE[grade]


def short_grade(grade: Grade, facts: Facts) -> str:
    """ "Tốt" """
    rule = facts.pack.grades.get(grade) if facts.pack else None
    return rule.short if rule else words.GRADE[grade]
