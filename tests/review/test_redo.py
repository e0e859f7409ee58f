"""The new day of an order, and what does what was ordered."""

from datetime import UTC, date, datetime

import pytest

from review.redo import RedoOrder, completes, day_fault

TODAY, DECIDED = date(2026, 12, 15), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("due", "decision_due", "said"),
    [
        (date(2026, 12, 14), DECIDED, "đã qua"),
        (TODAY, DECIDED, ""),
        (DECIDED, DECIDED, ""),
        (date(2027, 1, 1), DECIDED, "muộn quá"),
        (date(2027, 1, 1), None, ""),
        (date(2027, 1, 1), date(2026, 12, 14), ""),  # the committee's day has passed: it limits nothing
        (date(2027, 3, 15), None, ""),
        (date(2027, 3, 16), None, "xa quá"),
        (date(2062, 12, 20), date(2026, 12, 14), "xa quá"),
    ],
)
def test_the_new_day(due, decision_due, said):
    fault = day_fault(due, TODAY, decision_due)
    assert said in fault
    assert bool(fault) == bool(said)


@pytest.mark.parametrize(
    ("what", "stage", "had_decided", "done"),
    [
        ("grading", "committee", True, True),
        ("grading", "cell", True, False),
        ("grading", "cell", False, True),
        ("grading", "committee", False, True),
        ("review", "committee", True, False),
    ],
)
def test_what_completes_an_order(what, stage, had_decided, done):
    order = RedoOrder(1, "person", 1, what, "Bàn lại.", TODAY, 5, datetime(2026, 12, 15, tzinfo=UTC))
    assert completes(order, stage, committee_had_decided=had_decided) is done
