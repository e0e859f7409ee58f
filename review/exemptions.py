"""Who is not reviewed, or reviewed but not graded, on a day: the pack's exemptions applied to one person."""

from calendar import monthrange
from datetime import date

from review.pack_model import Exemption, Pack
from review.people import Person


def exemption_of(pack: Pack, person: Person, on: date) -> Exemption | None:
    """The first exemption of the pack that holds for the person on this day; None = reviewed and graded.

    It says itself whether the person is `reviewed` and `graded`, and why, in words (`text`). Without a day of
    admission in the roster nobody counts as a new member.
    """
    return next((line for line in pack.exemptions if _holds(line, person, on)), None)


def _holds(line: Exemption, person: Person, on: date) -> bool:
    if line.status:
        return person.status == line.status
    if not line.under_months or person.joined_on is None:
        return False
    return on < _months_later(person.joined_on, line.under_months)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where the month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
