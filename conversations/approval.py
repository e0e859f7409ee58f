"""What lies before the officers of a base committee: the peer groups of all cells below it, and where each stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zlib import crc32

from conversations.approval_facts import Grounds
from conversations.facts import Facts
from conversations.grading_effects import RecordDecision
from conversations.peer_group_words import NO_GROUP
from review.ceilings import of_group
from review.committee import CELLS, EVERYBODY, Entry, Standing, group_of, is_partial, standing, stop
from review.decisions import About, Decision
from review.exemptions import exemption_of
from review.meetings import Meeting, Votes
from review.pack import CeilingRule
from review.people import Person, Unit
from review.responses import GRADES, Grade, Response

NAMES = {CELLS: "Các chi bộ (tập thể)", EVERYBODY: "Đảng viên của cả tổ chức cơ sở đảng", "": NO_GROUP}


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a cell proposes on a member, or says of itself. `tag` names the very decision or paper it stands in."""

    grade: Grade | None
    at: datetime
    tag: str
    reason: str = ""
    votes: Votes | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A member or a cell that the committee grades: what the cell proposed, what the committee decided."""

    about: About
    entry: Entry
    name: str
    cell: Unit
    person: Person | None = None
    proposed: Proposed | None = None
    decided: Decision | None = None

    @property
    def id(self) -> int:
        return self.entry.subject_id


@dataclass(frozen=True, slots=True)
class Group:
    """A peer group across all cells below the committee. `code` is the pack's, `key` the same for a button."""

    committee: Unit
    code: str
    name: str
    subjects: tuple[Subject, ...]
    standing: Standing
    grounds: Grounds | None = None

    @property
    def key(self) -> str:
        return f"{crc32(self.code.encode()):08x}"

    @property
    def pending(self) -> tuple[Subject, ...]:
        return tuple(one for one in self.subjects if one.entry.is_pending)

    def stopped(self, decisions: Mapping[int, Grade | None]) -> Standing | None:
        """The group as these decisions would leave it, when its ceiling forbids them."""
        rows = (one.entry for one in self.subjects)
        return stop(rows, decisions, self.standing.rule, outstanding=self.standing.outstanding)


@dataclass(frozen=True, slots=True)
class Sitting:
    """`waiting`: the cells that have not proposed everybody yet, with how many are lacking."""

    committee: Unit
    cells: tuple[Unit, ...]
    groups: tuple[Group, ...] = ()
    waiting: tuple[tuple[Unit, int], ...] = field(default=())

    @property
    def due(self) -> int:
        return sum(group.standing.due for group in self.groups)

    @property
    def decided(self) -> int:
        return sum(group.standing.decided for group in self.groups)

    @property
    def over(self) -> int:
        """How many groups are above their ceiling."""
        return sum(group.standing.over_by > 0 for group in self.groups)


def seats(facts: Facts) -> tuple[Unit, ...]:
    """The committees this person decides for."""
    return facts.me.units_as("officer") if facts.me and facts.cycle and facts.pack else ()


def committee_over(facts: Facts, unit: Unit) -> Unit | None:
    """The level that approves: the nearest unit above that has officers; a sub-committee without any passes it on."""
    above = facts.unit(unit.parent_id) if unit.parent_id else None
    while above is not None and not facts.approval.officers_of(above.id):
        above = facts.unit(above.parent_id) if above.parent_id else None
    return above


def sitting(facts: Facts, committee_id: int = 0) -> Sitting | None:
    """Of the committee asked for, else of this person's first one; None for somebody who does not decide there."""
    committee = next((unit for unit in seats(facts) if committee_id in (0, unit.id)), None)
    return sitting_of(facts, committee) if committee else None


def sitting_of(facts: Facts, committee: Unit) -> Sitting:
    below = facts.units_below(committee.id)
    cells = tuple(unit for unit in below if unit.kind == "cell" and committee_over(facts, unit) == committee)
    subjects = [*_people(facts, cells), *_cells(facts, cells)]
    by_code: defaultdict[str, list[Subject]] = defaultdict(list)
    for one in subjects:
        by_code[one.entry.group].append(one)
    groups = [_group(facts, committee, code, rows) for code, rows in by_code.items()]
    lacking = [one.cell.id for one in subjects if one.person and not one.entry.is_proposed and not one.entry.is_decided]
    return Sitting(
        committee,
        cells,
        tuple(sorted(groups, key=lambda group: (group.code == CELLS, group.name))),
        tuple((cell, lacking.count(cell.id)) for cell in cells if cell.id in lacking),
    )


def find_group(facts: Facts, committee_id: int, key: str) -> Group | None:
    now = sitting(facts, committee_id)
    return next((group for group in now.groups if group.key == key), None) if now else None


def table(facts: Facts) -> Mapping[tuple[About, int], tuple[Group, Subject]]:
    """Everything this person decides on, with its group; conflicts of interest are told apart (`is_mine`)."""
    groups = (group for committee in seats(facts) for group in sitting_of(facts, committee).groups)
    return {(one.about, one.id): (group, one) for group in groups for one in group.subjects}


def as_proposed(subject: Subject) -> RecordDecision:
    """The committee's decision that follows the cell: its grade, and the reason it gave."""
    said = subject.proposed
    assert said, "nothing is decided before the cell has proposed"
    return RecordDecision("committee", subject.about, subject.id, said.grade, said.reason, proposed=said.grade)


def is_mine(facts: Facts, subject: Subject) -> bool:
    """Whether another officer has to decide: it is oneself, or the cell one leads as its secretary."""
    return facts.me is not None and is_partial(facts.me, subject.person or subject.cell)


def others(facts: Facts, committee: Unit) -> tuple[Person, ...]:
    """The other officers of the committee."""
    return tuple(one for one in facts.approval.officers_of(committee.id) if facts.me and one.id != facts.me.id)


def meeting_day(facts: Facts, meeting: Meeting | None) -> date:
    """The day up to which membership is counted: that of the cell's meeting, held or planned."""
    if meeting:
        return meeting.held_on
    return facts.cycle.dates.get("cell_meeting_due", facts.today) if facts.cycle else facts.today


def _people(facts: Facts, cells: tuple[Unit, ...]) -> Iterable[Subject]:
    ids = tuple(cell.id for cell in cells)
    proposed = facts.grading.decisions("cell", "person", ids)
    decided = facts.grading.decisions("committee", "person", ids)
    meetings = facts.grading.meetings(ids)
    rule = facts.pack.ceiling if facts.pack else None
    for person in facts.approval.members_of(ids):
        assert person.unit, "a member of these cells"
        meeting = meetings.get(person.unit.id)
        if person.id in decided or person.id in proposed or _is_graded(facts, person, meeting):
            said, done = _settled(proposed.get(person.id), meeting), decided.get(person.id)
            entry = Entry(person.id, person.unit.id, group_of(person, rule))
            yield _subject(Subject("person", entry, person.name, person.unit, person), said, done)


def _cells(facts: Facts, cells: tuple[Unit, ...]) -> Iterable[Subject]:
    """A cell as a collective is graded once it has said what it proposes for itself: in its report, or decided."""
    ids = tuple(cell.id for cell in cells)
    proposed = facts.grading.decisions("cell", "unit", ids)
    decided = facts.grading.decisions("committee", "unit", ids)
    reviews = facts.approval.collective_reviews(ids)
    for cell in cells:
        said = _from_decision(proposed.get(cell.id)) or _from_review(reviews.get(cell.id))
        if said or cell.id in decided:
            yield _subject(Subject("unit", Entry(cell.id, cell.id, CELLS), cell.name, cell), said, decided.get(cell.id))


def _is_graded(facts: Facts, person: Person, meeting: Meeting | None) -> bool:
    assert facts.pack
    rule = exemption_of(facts.pack, person, meeting_day(facts, meeting))
    return person.is_reviewed and (rule is None or rule.graded)


def _settled(said: Decision | None, meeting: Meeting | None) -> Proposed | None:
    """What a meeting that is still open has said may change, and counts only once it is closed."""
    is_open = said and meeting and not meeting.closed and said.meeting_id == meeting.id
    return None if is_open else _from_decision(said)


def _from_decision(said: Decision | None) -> Proposed | None:
    return Proposed(said.grade, said.decided_at, f"d{said.id}", said.reason, said.votes) if said else None


def _from_review(review: Response | None) -> Proposed | None:
    """The grade the cell claims for itself in the report it has handed in."""
    grade = next((grade for grade in GRADES if review and review.answers.get("self_grade") == grade), None)
    if review is None or review.submitted_at is None or grade is None:
        return None
    return Proposed(grade, review.submitted_at, f"r{review.id}")


def _subject(subject: Subject, proposed: Proposed | None, decided: Decision | None) -> Subject:
    """A decision older than what the cell proposes now (a redo) has to be taken again."""
    if proposed and decided and proposed.at > decided.decided_at:
        decided = None
    entry = replace(
        subject.entry,
        is_proposed=proposed is not None,
        proposed=proposed.grade if proposed else None,
        is_decided=decided is not None,
        decided=decided.grade if decided else None,
    )
    return replace(subject, entry=entry, proposed=proposed, decided=decided)


def _group(facts: Facts, committee: Unit, code: str, rows: list[Subject]) -> Group:
    assert facts.pack
    rule, grounds = _rule(facts.pack.ceiling, code), facts.approval.grounds(committee.id).get(code)
    found = standing((one.entry for one in rows), rule, outstanding=grounds is not None)
    name = NAMES.get(code) or facts.pack.peer_groups.get(code, code)
    return Group(committee, code, name, tuple(rows), found, grounds)


def _rule(rule: CeilingRule | None, code: str) -> CeilingRule | None:
    return of_group(rule, code) if rule else None
