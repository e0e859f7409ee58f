"""Totals of a vote as they are typed, from the highest grade down ("3 14 0 0"), and as they are read back."""

import re

from conversations.facts import Facts
from conversations.grade_words import short_grade
from review.meetings import Meeting, Votes, needed, not_returned
from review.pack_settings import MeetingRule
from review.responses import GRADES

_NUMBERS = re.compile(r"\d{1,4}", re.ASCII)
_WRITTEN = re.compile(r"[\d\s.,;/+-]+", re.ASCII)
HOW_TO = (
    "Tôi cần bốn con số theo thứ tự: xuất sắc, tốt, hoàn thành, không hoàn thành. Ví dụ: 3 14 0 0. "
    "Có phiếu không hợp lệ thì thêm số thứ năm."
)


def read_votes(text: str) -> Votes | None:
    """Four totals, or five with the invalid ones, apart by spaces or commas; None for anything else."""
    numbers = [int(found) for found in _NUMBERS.findall(text)]
    if not _WRITTEN.fullmatch(text) or len(numbers) not in (4, 5):
        return None
    return Votes(dict(zip(GRADES, numbers, strict=False)), *numbers[4:])


def votes_text(votes: Votes, facts: Facts) -> str:
    """ "Xuất sắc 3 · Tốt 14 · Hoàn thành 0 · Không hoàn thành 0", the invalid ones only when there are some."""
    said = [f"{short_grade(grade, facts)} {votes.counts.get(grade, 0)}" for grade in GRADES]
    return " · ".join([*said, *([f"không hợp lệ {votes.invalid}"] if votes.invalid else [])])


def sum_text(meeting: Meeting, votes: Votes) -> str:
    """ "Cộng 16 phiếu, có mặt 17: 1 phiếu không nộp lại." """
    left = not_returned(meeting, votes)
    if not left:
        return f"Cộng {votes.cast} phiếu, đúng số có mặt {meeting.present}."
    lost = "phiếu không nộp lại" if meeting.secret else "người không giơ tay"
    return f"Cộng {votes.cast} phiếu, có mặt {meeting.present}: {left} {lost}."


def majority_text(meeting: Meeting, rule: MeetingRule) -> str:
    """ "Cần từ 11 phiếu: quá nửa của 20 đảng viên chính thức, không phải của 17 người có mặt." """
    share = "quá nửa" if rule.more_than == 50 else f"quá {rule.more_than}%"
    away = f", không phải của {meeting.present} người có mặt" if meeting.present < meeting.official else ""
    return f"Cần từ {needed(meeting, rule)} phiếu: {share} của {meeting.official} đảng viên chính thức{away}."
