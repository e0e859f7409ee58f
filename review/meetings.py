"""The cell's review meeting and its votes: who counts, whether the counts add up, what has a majority.

Source: 294-QĐ/TW §9.3.2 (its place in 208-QĐ/TW was not read). A majority is a share of all official members who were
summoned, not of those present. For the grades no other share was found, nor a rule for votes without a majority.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from review.exemptions import exemption_of
from review.pack_model import Pack
from review.pack_settings import MeetingRule
from review.people import Person
from review.responses import Grade

MOST_MEMBERS = 999
USUAL = MeetingRule(secret_ballot=True, more_than=50, complaint_days=14, sources={})
"""For a pack that sets nothing for the meeting."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A member who was not at the meeting; a person without a reason is told apart by an empty one."""

    person_id: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting of one cell. `official` counts all official members who were summoned, present or not: a majority
    is a share of them (294-QĐ/TW §9.3.2). `present` counts the official members present. `round` counts from 1.
    """

    id: int
    unit_id: int
    held_on: date
    official: int
    present: int
    absences: tuple[Absence, ...] = ()
    secret: bool = True
    round: int = 1
    closed: bool = False

    @property
    def absent(self) -> frozenset[int]:
        """Who was not there, official or not."""
        return frozenset(absence.person_id for absence in self.absences)


@dataclass(frozen=True, slots=True)
class Votes:
    """Totals on one member. Who voted how is never recorded."""

    counts: Mapping[Grade, int] = field(default_factory=dict)
    invalid: int = 0

    @property
    def cast(self) -> int:
        return sum(self.counts.values()) + self.invalid


def voters(
    people: Iterable[Person], *, elsewhere: Collection[int] = (), present: Collection[int] = ()
) -> tuple[Person, ...]:
    """The official members a majority is counted from (294-QĐ/TW §9.3.2).

    Left out: probationary and suspended members, those who live temporarily in another cell (`elsewhere`), and exempt
    ones unless they are there and vote (`present`). Who is prosecuted or detained is suspended in the roster.
    """
    return tuple(person for person in people if _counts(person, present) and person.id not in elsewhere)


def _counts(person: Person, present: Collection[int]) -> bool:
    return person.status == "official" or (person.status == "exempt" and person.id in present)


def rule_of(pack: Pack | None) -> MeetingRule:
    return (pack and pack.meeting) or USUAL


def is_voted_on(person: Person, pack: Pack | None, today: date) -> bool:
    """Whether the cell votes on a grade for this member: whoever is reviewed, unless the pack says "not graded"."""
    exemption = exemption_of(pack, person, today) if pack else None
    return person.is_reviewed and (exemption is None or exemption.graded)


def needed(meeting: Meeting, rule: MeetingRule = USUAL) -> int:
    """Votes a grade needs: more than the pack's share of all official members, not only of those present."""
    return meeting.official * rule.more_than // 100 + 1


def majority(meeting: Meeting, votes: Votes, rule: MeetingRule = USUAL) -> Grade | None:
    """The grade the cell proposes; None when not exactly one has enough votes: then a person decides with a reason."""
    enough = [grade for grade, count in votes.counts.items() if count >= needed(meeting, rule)]
    return enough[0] if len(enough) == 1 else None


def not_returned(meeting: Meeting, votes: Votes) -> int:
    """Official members present whose ballot did not come back, or who raised no hand."""
    return meeting.present - votes.cast


def meeting_fault(meeting: Meeting, today: date) -> str:
    """What is wrong with the numbers of a meeting and what to do; empty when nothing is."""
    if meeting.held_on > today:
        return f"Ngày {meeting.held_on:%d/%m/%Y} chưa đến. Đồng chí ghi ngày chi bộ đã họp."
    if not 1 <= meeting.official <= MOST_MEMBERS:
        return f"Số đảng viên chính thức phải từ 1 đến {MOST_MEMBERS}. Đồng chí ghi lại giúp tôi."
    if not 1 <= meeting.present <= meeting.official:
        return (
            f"Số có mặt phải từ 1 đến {meeting.official}, là số đảng viên chính thức được triệu tập. "
            "Đảng viên dự bị không tính vào số này."
        )
    return ""


def votes_fault(meeting: Meeting, votes: Votes) -> str:
    """What is wrong with totals that do not add up, and what to do; empty when they do.

    Fewer votes than official members present is no fault: the rest are ballots that did not come back.
    """
    if any(count < 0 for count in (*votes.counts.values(), votes.invalid)):
        return "Số phiếu không được âm. Đồng chí ghi lại giúp tôi."
    if votes.cast == 0:
        return "Chưa có phiếu nào. Đồng chí ghi số phiếu của từng mức."
    if votes.cast > meeting.present:
        return (
            f"Cộng lại là {votes.cast} phiếu, nhiều hơn {meeting.present} đảng viên chính thức có mặt. "
            "Đồng chí đếm lại từng mức; phiếu của đảng viên dự bị không tính."
        )
    return ""
