"""An order of the upper level to hold a review, or only the grading, once more."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from review.decisions import About, Stage
from review.responses import Answers, ResponseStatus

RedoWhat = Literal["review", "grading"]
FARTHEST = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class RedoOrder:
    """With a reason and a new day; what was there before is kept."""

    id: int
    about: About
    subject_id: int
    what: RedoWhat
    reason: str
    due: date
    ordered_by: int
    ordered_at: datetime
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A response as it had been submitted when it was returned. `nth` counts the submissions from 1.

    `typed_in`: somebody else had taken it over from paper.
    """

    id: int
    response_id: int
    nth: int
    status: ResponseStatus
    answers: Answers
    submitted_at: datetime | None
    receipt: str
    closed_at: datetime
    typed_in: bool = False


def day_fault(due: date, today: date, decision_due: date | None) -> str:
    """What is wrong with the new day and what to do; empty when nothing is.

    Once the day of the committee's own decision has passed it limits nothing: what is wrong is still done again.
    """
    if due < today:
        return f"Ngày {due:%d/%m/%Y} đã qua. Đồng chí chọn từ hôm nay trở đi giúp tôi."
    if decision_due is not None and today <= decision_due < due:
        return (
            f"Ngày {due:%d/%m/%Y} muộn quá: cấp ủy quyết định xếp loại ngày {decision_due:%d/%m/%Y}, "
            "việc làm lại phải xong chậm nhất ngày ấy."
        )
    if due > today + FARTHEST:
        return f"Ngày {due:%d/%m/%Y} xa quá. Đồng chí chọn một ngày trong ba tháng tới giúp tôi."
    return ""


def completes(order: RedoOrder, stage: Stage, *, committee_had_decided: bool) -> bool:
    """Whether a new decision does what was ordered: where the committee had decided, it decides again."""
    return order.what == "grading" and (stage == "committee" or not committee_had_decided)
