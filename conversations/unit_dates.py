"""The dates that count for a unit, and what each date is called."""

from collections.abc import Iterable, Mapping
from datetime import date

from conversations import words
from conversations.facts import Facts
from review.calendar import Cycle, DateName
from review.people import Unit

DATE_WORDS: Mapping[DateName, str] = {
    "open": "mở đợt kiểm điểm",
    "residence_remarks_due": "gửi nhận xét nơi cư trú",
    "collective_review_due": "kiểm điểm tập thể",
    "self_reviews_due": "nộp bản kiểm điểm cá nhân",
    "cell_meeting_due": "họp chi bộ kiểm điểm",
    "cell_report_due": "báo cáo lên cấp trên",
    "committee_decision_due": "cấp ủy quyết định xếp loại",
    "remedy_plan_due": "lập kế hoạch khắc phục",
}
"""Goes after "Ngày" and "hạn": the one table of these names."""


def cycle_of(unit: Unit | None, facts: Facts) -> Cycle | None:
    """The open review with the dates that count for this unit and its people."""
    dates = facts.calendar.dates
    return dates.cycle_for(unit.id if unit else None) if dates else None


def nearest_day(name: DateName, units: Iterable[Unit | None], facts: Facts) -> date | None:
    """The nearest day of this name among the units; None where no calendar sets it."""
    found = [cycle.dates.get(name) for unit in units if (cycle := cycle_of(unit, facts))]
    return min((day for day in found if day), default=None)


def moved_line(unit: Unit, facts: Facts) -> str:
    """ "Trước 30/09/2026 thuộc Đảng bộ bộ phận A." for the last move; empty where the unit never moved."""
    last = next(reversed(facts.calendar.moves(unit.id)), None)
    above = facts.unit(last.from_id) if last and last.from_id else None
    return f"Trước {words.full_day(last.at.date())} thuộc {words.cut(above.name, 80)}." if last and above else ""
