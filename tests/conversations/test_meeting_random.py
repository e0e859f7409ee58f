"""Random walks over the meeting: never stuck, the counts always add up, nothing of another cell."""

import re

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from conversations.dialogues import DIALOGUES
from conversations.effects import Looked
from conversations.grading_effects import CloseMeeting, RecordDecision, RecordMeeting, RecordVotes, TellFact
from conversations.place import Place
from review.decisions import lacks_reason
from review.meetings import majority, meeting_fault, rule_of, votes_fault
from tests.conversations.meeting_cell import AN, BAY, DU, QUE, cell_that_meets
from tests.conversations.phone import Phone
from tests.conversations.village import BLOCK, HOA, LAN, NAM, SCHOOL, TAM

NAMES = sorted(name for name in DIALOGUES if name.startswith("meeting"))
MEMBERS = (HOA.id, LAN.id, AN.id, BAY.id, DU.id, QUE.id)
ANYBODY = st.sampled_from((*MEMBERS, TAM.id, NAM.id, 0, 99))
CELLS = st.sampled_from((BLOCK.id, BLOCK.id, SCHOOL.id))
WORDS = st.sampled_from(("", "1", "2", "new", "good", "none", "tasks_done", "disciplined", "present", "official"))
TEXTS = st.one_of(
    st.lists(st.integers(0, 6), min_size=4, max_size=5).map(lambda numbers: " ".join(map(str, numbers))),
    st.sampled_from(("0 4 0 0", "4 0 0 0", "quay lại", "5", "12/12/2026", "31/02/2026", "Vì vậy.", "/tonghop", "70%")),
    st.text(max_size=30),
)
ALLOWED = (RecordMeeting, RecordVotes, RecordDecision, CloseMeeting, TellFact, Looked)
EXAMPLE = re.compile(r"Ví dụ: ([\d ]+)\.")
COUNTED = re.compile(r"Cộng lại là (\d+) phiếu")
FAR = 120  # screens


def forward(phone: Phone) -> None:
    """On to the closed meeting: what is asked for is typed, what closes it is taken, else the first choice."""
    screen = phone.screen
    name = phone.state.place.name
    if not name.startswith("meeting"):
        phone.goto(Place.of("meeting", BLOCK.id))
    elif screen.waits_for:
        example, counted = EXAMPLE.search(screen.text), COUNTED.search(screen.text)
        number = counted[1] if counted else "3"  # as many as have voted, once that has been said
        phone.say(
            {"number": number, "date": "14/12/2026"}.get(screen.waits_for) or (example[1] if example else "Vì vậy.")
        )
    elif "Chốt kết quả họp" in phone.labels:
        phone.tap("Chốt kết quả họp")
    else:
        phone.tap(1)


class MeetingMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.world = cell_that_meets()
        self.phone = Phone(self.world, LAN.id)
        self.past: list[tuple[int, str]] = []
        self.phone.goto(Place.of("meeting", BLOCK.id))

    @rule(nth=st.integers(0, 12))
    def taps(self, nth: int) -> None:
        choices = self.phone.screen.choices
        if choices:
            choice = choices[nth % len(choices)]
            self.past.append((self.phone.state.serial, choice.action))
            self.phone.tap(nth % len(choices) + 1)

    @rule(text=TEXTS)
    def types(self, text: str) -> None:
        self.phone.say(text)

    @rule(nth=st.integers(0, 80))
    def taps_an_old_button(self, nth: int) -> None:
        old = [(serial, action) for serial, action in self.past if serial != self.phone.state.serial]
        if old:
            self.phone.press(*old[nth % len(old)])
            assert not self.phone.effects

    @rule(name=st.sampled_from(NAMES), member=ANYBODY, word=WORDS, cell=CELLS)
    def goes(self, name: str, member: int, word: str, cell: int) -> None:
        self.phone.goto(Place.of(name, cell, member, *([word] if word else [])))

    @rule(steps=st.integers(1, 15))
    def works(self, steps: int) -> None:
        for _ in range(steps):
            forward(self.phone)

    @rule()
    def is_ordered_to_meet_again(self) -> None:
        last = self.world.grading.meeting(BLOCK.id)
        if last and last.closed:
            self.world.grading.next_round(self.world, BLOCK.id)

    @invariant()
    def only_what_a_meeting_does(self) -> None:
        assert all(isinstance(effect, ALLOWED) for effect in self.phone.effects)

    @invariant()
    def counts_add_up(self) -> None:
        grading = self.world.grading
        for meeting in grading.meetings:
            assert not meeting_fault(meeting, self.world.now.date())
            for (meeting_id, _), votes in grading.votes.items():
                assert meeting_id != meeting.id or not votes_fault(meeting, votes)

    @invariant()
    def every_proposal_is_backed(self) -> None:
        meetings = {meeting.id: meeting for meeting in self.world.grading.meetings}
        for one in self.world.grading.decisions:
            if one.superseded_at is None:
                meeting = meetings[one.meeting_id or 0]
                voted = majority(meeting, one.votes, rule_of(self.world.pack)) if one.votes else None
                assert not lacks_reason(one.grade, one.reason, proposed=one.proposed, voted=voted)

    @invariant()
    def nothing_of_another_cell(self) -> None:
        grading = self.world.grading
        assert {meeting.unit_id for meeting in grading.meetings} <= {BLOCK.id}
        touched = {one.subject_id for one in grading.decisions} | {person for _, person in grading.votes}
        assert (touched | set(grading.known)) <= set(MEMBERS)

    def teardown(self) -> None:
        """From wherever it stands the meeting comes to its end."""
        for _ in range(FAR):
            last = self.world.grading.meeting(BLOCK.id)
            if last and last.closed:
                return
            forward(self.phone)
        raise AssertionError(f"never closed:\n{self.phone.transcript[-3000:]}")


MeetingMachine.TestCase.settings = settings(
    max_examples=6, stateful_step_count=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
test_a_meeting_always_comes_to_its_end = pytest.mark.timeout(120)(MeetingMachine.TestCase)
