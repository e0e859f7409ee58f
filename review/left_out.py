"""The list "chưa kiểm điểm, xếp loại chất lượng": who was not reviewed or not graded, and why.

A list with the reasons goes up to the committee (21-HD/BTCTW, 2019); columns as local papers have them: name, code,
cell, day of admission, not reviewed, not graded, reason. Whom the rules leave out is the pack's `exemptions`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from review.exemptions import exemption_of
from review.meetings import Absence
from review.pack_model import Pack
from review.people import Person
from review.responses import Grade

NOT_SUBMITTED = "Chưa nộp bản kiểm điểm"
ABSENT = "Vắng mặt tại cuộc họp kiểm điểm"
NOT_VOTED = "Chi bộ chưa bỏ phiếu xếp loại"
NO_REASON = "Chi bộ chưa ghi lý do"


@dataclass(frozen=True, slots=True)
class Member:
    """What is known of a member when the list is drawn up. `met`: the cell has held its review meeting.

    `grade` is the last one decided or proposed; `is_decided` tells a decision not to grade from none at all.
    """

    person: Person
    met: bool = False
    submitted: bool = False
    voted: bool = False
    absence: Absence | None = None
    is_decided: bool = False
    grade: Grade | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One line of the list. `source` cites the rule where one leaves the member out; `unverified` as in the pack."""

    person: Person
    reviewed: bool
    graded: bool
    reason: str
    source: str = ""
    unverified: bool = False


def left_out(pack: Pack, members: Iterable[Member], day: date) -> tuple[LeftOut, ...]:
    """In the order given. Until a cell has met only those whom the rules leave out are on the list.

    `day` is that of the meeting: membership is counted up to it.
    """
    lines = (_line(pack, member, day) for member in members)
    return tuple(line for line in lines if line)


def _line(pack: Pack, member: Member, day: date) -> LeftOut | None:
    if member.grade is not None:
        return None
    rule = exemption_of(pack, member.person, day)
    if rule is not None and not (rule.graded and rule.reviewed):
        reviewed = rule.reviewed and (member.submitted or not member.met)
        return LeftOut(member.person, reviewed, False, rule.text, rule.source, rule.unverified)
    if not member.met:
        return None
    present = member.absence is None
    return LeftOut(member.person, member.submitted and present, False, _reason(member))


def _reason(member: Member) -> str:
    """What the cell wrote down, else what stands in the way first."""
    if member.is_decided:
        return member.reason or NO_REASON
    if not member.submitted:
        return NOT_SUBMITTED
    if member.absence is not None:
        return f"{ABSENT}: {member.absence.reason}" if member.absence.reason else ABSENT
    return "Chi bộ chưa kết luận mức xếp loại" if member.voted else NOT_VOTED
