"""The vote on one member: totals in one line, shown back, the majority, the cell's proposal, a reason where needed."""

from conversations import words
from conversations.cell_meeting import CellMeeting, about_person, at, person_at
from conversations.dialogue import Move, stay
from conversations.dialogues.meeting import opened
from conversations.dialogues.meeting_person import heading
from conversations.facts import Facts
from conversations.grade_words import grade_label, short_grade
from conversations.grading_effects import RecordDecision, RecordVotes
from conversations.meeting_grade import assessed
from conversations.meeting_votes import HOW_TO, majority_text, read_votes, sum_text, votes_text
from conversations.place import Place
from conversations.screen import Choice, Screen
from review.answers import is_visible
from review.decisions import lacks_reason
from review.meetings import Votes, majority, needed, votes_fault
from review.people import Person
from review.responses import GRADES, Grade

NONE = "none"
NO_MAJORITY = (
    "**Không mức nào quá nửa.** Chưa tìm thấy quy định cho trường hợp này. Chi bộ nên trao đổi rồi biểu quyết lại; "
    "nếu không, đồng chí chọn mức chi bộ thống nhất và ghi lý do."
)
SKIPS: dict[str, str] = {
    "late": "Chưa nộp bản kiểm điểm",
    "absent": "Vắng mặt, để cuộc họp gần nhất",
    "study": "Đi học, ốm, thai sản dài ngày",
    "inspected": "Đang được kiểm tra, xem xét kỷ luật",
}


@about_person
def show(now: CellMeeting, person: Person, place: Place, facts: Facts) -> Screen:
    meeting = now.open
    how = "Phiếu kín" if meeting.secret else "Giơ tay"
    return Screen(
        f"{heading(now, person)} · {how.lower()}\n\n"
        f"{majority_text(meeting, now.rule)} Đảng viên dự bị không biểu quyết.\n\n"
        f"✍️ Đồng chí gửi số phiếu theo thứ tự {_order(facts)}, cách nhau bằng dấu cách. Ví dụ: {_example(now)}. "
        "Có phiếu không hợp lệ thì thêm số thứ năm.",
        (
            Choice("Tất cả cùng một mức", to=now.place("meeting_all", person.id)),
            Choice("Về đồng chí này", to=now.place("meeting_person", person.id)),
        ),
        waits_for="text",
    )


def write(place: Place, text: str, facts: Facts) -> Move:
    votes = read_votes(text)
    if votes is None:
        return stay(HOW_TO)
    return _counted(place, votes, facts)


@about_person
def show_all(now: CellMeeting, person: Person, place: Place, facts: Facts) -> Screen:
    present = now.open.present
    own = now.rows[person.id].self_grade
    likely = sorted(GRADES, key=lambda grade: grade != own)
    same = (Choice(f"Cả {present} phiếu: {short_grade(grade, facts)}", act=f"all.{grade}") for grade in likely)
    return Screen(
        f"{heading(now, person)}\n\n**Cả {present} người có mặt cùng một mức nào?**",
        (*same, Choice("Quay lại", to=now.place("meeting_votes", person.id))),
    )


def choose_all(place: Place, act: str, facts: Facts) -> Move:
    chosen, present = act.removeprefix("all."), at(place, facts).open.present
    return _counted(place, Votes({grade: present if grade == chosen else 0 for grade in GRADES}), facts)


@about_person
def show_confirm(now: CellMeeting, person: Person, place: Place, facts: Facts) -> Screen:
    """Read back, with what follows from it; nothing is proposed until it is confirmed."""
    votes = now.votes.get(person.id)
    if votes is None or assessed(person, facts) is None:
        return Screen("Chưa có số phiếu của đồng chí này.", (Choice("Về đồng chí này", to=_person(now, person)),))
    grade = majority(now.open, votes, now.rule)
    lines = [
        f"{heading(now, person)} · đối chiếu",
        f"{votes_text(votes, facts)}\n{sum_text(now.open, votes)}\n{majority_text(now.open, now.rule)}",
        _outcome(grade, person, facts),
    ]
    again = Choice("Ghi lại số phiếu", to=now.place("meeting_votes", person.id))
    back = Choice("Về đồng chí này", to=_person(now, person))
    return Screen("\n\n".join(lines), (*_ways(now, person, grade, again, facts), back))


def choose_confirm(place: Place, act: str, facts: Facts) -> Move:
    now = at(place, facts)
    person = person_at(now, place)
    votes = now.votes[person.id]
    return _decided(now, person, majority(now.open, votes, now.rule), "", votes, facts)


@about_person
def show_why(now: CellMeeting, person: Person, place: Place, facts: Facts) -> Screen:
    grade = _grade(place)
    said = f"Mức ghi: **{grade_label(grade, facts)}**" if grade else "**Chưa xếp loại**"
    to = now.place("meeting_confirm", person.id) if grade else now.place("meeting_skip", person.id)
    return Screen(
        f"{heading(now, person)}\n\n{said}.\n\n✍️ Vì sao? Đồng chí viết lý do, một hai câu là đủ.",
        (Choice("Quay lại", to=to),),
        waits_for="text",
    )


def write_why(place: Place, text: str, facts: Facts) -> Move:
    """A grade needs votes on it; without them the screen before asks for them."""
    now = at(place, facts)
    person = person_at(now, place)
    if not is_visible(text):
        return stay(words.EMPTY)
    grade, votes = _grade(place), now.votes.get(person.id)
    if grade and (votes is None or assessed(person, facts) is None):
        return Move(now.place("meeting_confirm", person.id))
    return _decided(now, person, grade, text, votes if grade else None, facts)


@about_person
def show_skip(now: CellMeeting, person: Person, place: Place, facts: Facts) -> Screen:
    reasons = sorted(SKIPS, key=lambda name: not _fits(name, now, person))
    return Screen(
        f"{heading(now, person)}\n\n**Vì sao chưa xếp loại?**\n"
        "_Người này vào danh sách chưa kiểm điểm, xếp loại gửi lên trên._",
        (
            *(Choice(SKIPS[name], act=f"skip.{name}") for name in reasons),
            Choice("Lý do khác", to=now.place("meeting_why", person.id, NONE)),
            Choice("Về đồng chí này", to=_person(now, person)),
        ),
    )


def choose_skip(place: Place, act: str, facts: Facts) -> Move:
    now = at(place, facts)
    return _decided(now, person_at(now, place), None, SKIPS[act.removeprefix("skip.")], None, facts)


def _counted(place: Place, votes: Votes, facts: Facts) -> Move:
    now = at(place, facts)
    person = person_at(now, place)
    if fault := votes_fault(now.open, votes):
        return stay(fault)
    return Move(
        now.place("meeting_confirm", person.id), (RecordVotes(now.open.id, person.id, votes.counts, votes.invalid),)
    )


def _decided(
    now: CellMeeting, person: Person, grade: Grade | None, reason: str, votes: Votes | None, facts: Facts
) -> Move:
    found = assessed(person, facts)
    decision = RecordDecision(
        "cell",
        "person",
        person.id,
        grade,
        reason,
        proposed=found.proposal.grade if found else None,
        votes=votes,
        meeting_id=now.open.id,
    )
    said = grade_label(grade, facts) if grade else "chưa xếp loại"
    return opened(now, now.after(person), facts, decision, note=f"✅ Đã ghi {words.cut(person.name, 40)}: {said}.")


def _outcome(grade: Grade | None, person: Person, facts: Facts) -> str:
    if grade is None:
        return NO_MAJORITY
    lines = [f"Chi bộ đề nghị: **{grade_label(grade, facts)}**."]
    proposed = _program(person, facts)
    if proposed not in (None, grade):
        lines.append(f"Chương trình đề xuất: {grade_label(proposed, facts)}. Khác nhau nên cần một câu lý do.")
    return "\n".join(lines)


def _ways(now: CellMeeting, person: Person, grade: Grade | None, again: Choice, facts: Facts) -> tuple[Choice, ...]:
    if grade is None:
        counts = now.votes[person.id].counts
        most_voted = sorted(GRADES, key=lambda one: -counts.get(one, 0))
        others = [
            Choice(f"Ghi lý do: {short_grade(one, facts)}", to=now.place("meeting_why", person.id, one))
            for one in most_voted
        ]
        return (others[0], again, *others[1:], Choice("Không xếp loại được", to=now.place("meeting_skip", person.id)))
    if lacks_reason(grade, "", proposed=_program(person, facts), voted=grade):
        return (Choice("Đúng, ghi lý do", to=now.place("meeting_why", person.id, grade)), again)
    return (Choice("Đúng, ghi kết quả này", act="decide"), again)


def _program(person: Person, facts: Facts) -> Grade | None:
    found = assessed(person, facts)
    return found.proposal.grade if found else None


def _person(now: CellMeeting, person: Person) -> Place:
    return now.place("meeting_person", person.id)


def _grade(place: Place) -> Grade | None:
    return next((grade for grade in GRADES if grade == place.word(2)), None)


def _fits(name: str, now: CellMeeting, person: Person) -> bool:
    if not now.has_submitted(person):
        return name == "late"
    return name == "absent" and person.id in now.open.absent


def _order(facts: Facts) -> str:
    return ", ".join(short_grade(grade, facts) for grade in GRADES)


def _example(now: CellMeeting) -> str:
    """Adds up for this meeting."""
    few = min(needed(now.open, now.rule), now.open.present)
    return f"{now.open.present - few} {few} 0 0"
