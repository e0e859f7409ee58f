"""A cell's meeting as its secretary records it: who is voted on, who has a result, who comes next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps

from conversations import words
from conversations.dialogue import Move, stay
from conversations.facts import Facts, PersonProgress
from conversations.grading_effects import RecordMeeting
from conversations.oversight import LEADERS
from conversations.place import HOME, Place
from conversations.screen import Choice, Screen
from review.decisions import Decision
from review.exemptions import exemption_of
from review.meetings import Absence, Meeting, Votes, is_voted_on, meeting_fault, rule_of, voters, votes_fault
from review.pack import Pack
from review.pack_settings import MeetingRule
from review.people import Person, Unit
from review.permissions import may

NOT_YOURS = "Kết quả họp do bí thư, phó bí thư của chính chi bộ ấy ghi."
NOT_OPEN = "Chưa có cuộc họp nào đang ghi."
NO_FORM = "chưa ghi mẫu kiểm điểm trong danh sách"


@dataclass(frozen=True, slots=True)
class CellMeeting:
    """`due`: who is voted on, leaders first, then by name. `excused`: who is not, with the reason."""

    cell: Unit
    pack: Pack
    rule: MeetingRule
    meeting: Meeting | None
    members: tuple[Person, ...]
    due: tuple[Person, ...]
    excused: tuple[tuple[Person, str], ...]
    decisions: Mapping[int, Decision]
    votes: Mapping[int, Votes]
    rows: Mapping[int, PersonProgress]

    @property
    def open(self) -> Meeting:
        """The meeting that is being recorded; only asked where there is one."""
        assert self.meeting
        return self.meeting

    @property
    def is_open(self) -> bool:
        return self.meeting is not None and not self.meeting.closed

    @property
    def official(self) -> tuple[Person, ...]:
        """The official members by the roster."""
        return voters(self.members)

    @property
    def done(self) -> tuple[Person, ...]:
        """Who has the cell's proposal, or the reason why there is none."""
        return tuple(person for person in self.due if person.id in self.decisions)

    def person(self, person_id: int) -> Person | None:
        return next((person for person in self.due if person.id == person_id), None)

    def number(self, person: Person) -> int:
        return self.due.index(person) + 1

    def after(self, person: Person | None = None) -> Person | None:
        """Who comes next without a result: after this person, then from the start."""
        start = self.number(person) if person else 0
        ordered = (*self.due[start:], *self.due[:start])
        return next((one for one in ordered if one.id not in self.decisions and one != person), None)

    def has_submitted(self, person: Person) -> bool:
        return self.rows[person.id].progress == "submitted"

    def place(self, name: str, *more: str | int) -> Place:
        return Place.of(name, self.cell.id, *more)

    @property
    def hub(self) -> Choice:
        return Choice("Về cuộc họp", to=self.place("meeting"))


def cell_meeting(unit_id: int, facts: Facts) -> CellMeeting | None:
    """None for anybody who may not record this cell's meeting, and while no review is open."""
    cell, me, cycle, pack = facts.unit(unit_id), facts.me, facts.cycle, facts.pack
    if cell is None or cell.kind != "cell" or me is None or cycle is None or cycle.closed or pack is None:
        return None
    if not may(me, "record_meeting", cell, below=facts.units_below):
        return None
    meeting, members = facts.grading.meeting(unit_id), facts.grading.members(unit_id)
    due = [person for person in members if is_voted_on(person, pack, facts.today)]
    return CellMeeting(
        cell=cell,
        pack=pack,
        rule=rule_of(pack),
        meeting=meeting,
        members=members,
        due=tuple(sorted(due, key=_seat)),
        excused=tuple((person, _excuse(person, facts)) for person in members if person not in due),
        decisions=facts.grading.decisions("cell", "person", (unit_id,)),
        votes=facts.grading.votes(meeting.id) if meeting else {},
        rows={row.person.id: row for row in facts.people_progress(unit_id)},
    )


def unclosed_cells(facts: Facts) -> tuple[Unit, ...]:
    """The cells whose meeting this person records and has not closed."""
    cells = facts.me.units_as(*LEADERS) if facts.me else ()
    recorded = [one for one in (cell_meeting(cell.id, facts) for cell in cells) if one]
    return tuple(one.cell for one in recorded if one.due and not (one.meeting and one.meeting.closed))


def meeting_line(unit_id: int, facts: Facts) -> str:
    """ "Họp chi bộ: 12/12, đã biểu quyết 18/24"; empty before the meeting is recorded."""
    meeting = facts.grading.meeting(unit_id)
    if meeting is None:
        return ""
    done, due = cell_counts(unit_id, facts)
    closed = " ✅ đã chốt" if meeting.closed else ""
    return f"Họp chi bộ: {words.day(meeting.held_on)}, đã biểu quyết {done}/{due}{closed}"


def cell_counts(unit_id: int, facts: Facts) -> tuple[int, int]:
    """How many of those voted on have a result, and how many they are: the one definition of "đã biểu quyết"."""
    decided = facts.grading.decisions("cell", "person", (unit_id,))
    due = [one for one in facts.grading.members(unit_id) if is_voted_on(one, facts.pack, facts.today)]
    return sum(person.id in decided for person in due), len(due)


def shown(screen: Callable[[CellMeeting, Place, Facts], Screen]) -> Callable[[Place, Facts], Screen]:
    """For those who may record this cell's meeting."""

    @wraps(screen)
    def show(place: Place, facts: Facts) -> Screen:
        now = cell_meeting(place.number(), facts)
        return screen(now, place, facts) if now else Screen(NOT_YOURS, (Choice(words.BACK_HOME, to=HOME),))

    return show


def recording(screen: Callable[[CellMeeting, Place, Facts], Screen]) -> Callable[[Place, Facts], Screen]:
    """Only while a meeting is being recorded."""

    @shown
    def show(now: CellMeeting, place: Place, facts: Facts) -> Screen:
        return screen(now, place, facts) if now.is_open else Screen(NOT_OPEN, (now.hub,))

    return show


def about_person(screen: Callable[[CellMeeting, Person, Place, Facts], Screen]) -> Callable[[Place, Facts], Screen]:
    """The screen of one member who is voted on."""

    @recording
    def show(now: CellMeeting, place: Place, facts: Facts) -> Screen:
        person = now.person(place.number(1))
        if person is None:
            return Screen("Đồng chí ấy không thuộc diện biểu quyết ở cuộc họp này.", (now.hub,))
        return screen(now, person, place, facts)

    return show


def at(place: Place, facts: Facts) -> CellMeeting:
    """The sitting of a screen that was just shown to somebody who may."""
    now = cell_meeting(place.number(), facts)
    assert now
    return now


def person_at(now: CellMeeting, place: Place) -> Person:
    person = now.person(place.number(1))
    assert person
    return person


def recorded(now: CellMeeting, facts: Facts, to: Place, changed: Meeting) -> Move:
    """Keep the meeting as changed, or say what does not fit in it."""
    faults = (
        meeting_fault(changed, facts.today),
        _too_many_names(now, changed),
        *(votes_fault(changed, votes) for votes in now.votes.values()),
    )
    if fault := next(filter(None, faults), ""):
        return stay(fault)
    effect = RecordMeeting(
        changed.unit_id, changed.held_on, changed.official, changed.present, changed.absences, changed.secret
    )
    return Move(to, (effect,))


def with_absence(now: CellMeeting, absence: Absence) -> Meeting:
    """One name more on the list; who is on it is not present."""
    others = tuple(one for one in now.open.absences if one.person_id != absence.person_id)
    changed = replace(now.open, absences=(*others, absence))
    return replace(changed, present=min(changed.present, changed.official - absent_by_name(now, changed)))


def absent_by_name(now: CellMeeting, meeting: Meeting) -> int:
    """Official members who are on the list of the absent."""
    return sum(person.id in meeting.absent for person in now.official)


def _too_many_names(now: CellMeeting, meeting: Meeting) -> str:
    named, away = absent_by_name(now, meeting), meeting.official - meeting.present
    if named <= away:
        return ""
    return (
        f"Theo số có mặt thì vắng {away} đảng viên chính thức, mà danh sách vắng có {named} tên. "
        "Đồng chí sửa số có mặt hoặc bỏ bớt tên giúp tôi."
    )


def _seat(person: Person) -> bool:
    """The head first, then deputies, then members (HD 21; 366-QĐ/TW as summarised)."""
    return not person.units_as("secretary", "deputy")


def _excuse(person: Person, facts: Facts) -> str:
    exemption = exemption_of(facts.pack, person, facts.today) if facts.pack else None
    return exemption.text if exemption else _STATUS.get(person.status, NO_FORM)


_STATUS = {"exempt": "miễn sinh hoạt", "suspended": "bị đình chỉ sinh hoạt"}
