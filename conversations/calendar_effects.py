"""What a secretary or an officer asks for about dates. `storage.apply_calendar` judges and applies it."""

from dataclasses import dataclass
from datetime import date

from review.calendar import DateName


@dataclass(frozen=True, slots=True)
class SetDate:
    """A unit's own day, within `review.unit_dates.bounds`; at the top it is the day of the review itself.

    Own days below that no longer fit give way; secretaries whose days change are told.
    """

    unit_id: int
    name: DateName
    day: date


@dataclass(frozen=True, slots=True)
class KeepDatesAbove:
    """All own days of a unit go: it keeps those of the unit above."""

    unit_id: int


CalendarEffect = SetDate | KeepDatesAbove
