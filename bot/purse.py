"""What paid notices may cost: the final one before a date, one for each person and date, a fixed number a month."""

import re
from collections.abc import Iterable

from storage.notices import Due

PAID_SLOTS = frozenset({"T-1"})
"""The last reminder before the date is over."""
_FINAL = re.compile(rf"\d{{4}}-\d\d-\d\d ({'|'.join(sorted(PAID_SLOTS))})")
MONTHLY_PAID = 500
"""Messages after the free hours that the plan of an Official Account includes each month (read in 2026)."""


class Purse:
    """`spent`: person and due date of every notice paid for in this month."""

    def __init__(self, spent: Iterable[tuple[int, str]], monthly: int = MONTHLY_PAID) -> None:
        self._spent = list(spent)
        self._monthly = monthly

    def allows(self, due: Due) -> bool:
        affordable = len(self._spent) < self._monthly and (due.person_id, due.date) not in self._spent
        return affordable and _FINAL.fullmatch(due.slot) is not None

    def spend(self, due: Due) -> None:
        self._spent.append((due.person_id, due.date))
