"""One member at the meeting: the own grade, what the program proposes and why, what was recorded."""

from conversations import words
from conversations.cell_meeting import CellMeeting, about_person
from conversations.facts import Facts
from conversations.form_answers import number_text
from conversations.grade_words import grade_label
from conversations.meeting_grade import Assessed, assessed, conditions, reason_lines
from conversations.meeting_votes import votes_text
from conversations.place import Place
from conversations.screen import Choice, Screen
from conversations.typed_in import marked
from review.pack_model import GradeCondition
from review.people import Person

NOT_SUBMITTED = (
    "⏳ Chưa nộp bản kiểm điểm nên chưa xếp loại được: phải kiểm điểm xong mới xếp loại (21-HD/BTCTW). "
    "Đồng chí ấy vào danh sách chưa kiểm điểm, kèm lý do."
)
ABSENT = (
    "⏳ Vắng mặt tại cuộc họp ({}). Theo 21-HD/BTCTW (2019) thì kiểm điểm, xếp loại ở cuộc họp gần nhất có mặt; "
    "theo 43-HD/BTCTW chưa rõ."
)


@about_person
def show(now: CellMeeting, person: Person, place: Place, facts: Facts) -> Screen:
    found = assessed(person, facts)
    paragraphs = [f"{heading(now, person)}{_own(now, person, facts)}"]
    if found is None:
        paragraphs.append(NOT_SUBMITTED)
    else:
        paragraphs.append(_proposed(found, facts))
    if reason := _absence(now, person):
        paragraphs.append(ABSENT.format(words.cut(reason, 80)))
    paragraphs.append(_result(now, person, facts))
    return Screen("\n\n".join(one for one in paragraphs if one), _choices(now, person, found))


def heading(now: CellMeeting, person: Person) -> str:
    """ "Người 4/24 · **Trần Văn Nam**" """
    return f"Người {now.number(person)}/{len(now.due)} · **{words.cut(person.name, 80)}**"


def _own(now: CellMeeting, person: Person, facts: Facts) -> str:
    post = person.party_post or person.state_post
    post = f"\n{words.cut(post, 80)}" if post else ""
    row = now.rows[person.id]
    return f"{post}\nTự nhận: {grade_label(row.self_grade, facts)}{marked(row)}" if row.self_grade else post


def _proposed(found: Assessed, facts: Facts) -> str:
    proposal = found.proposal
    grade = grade_label(proposal.grade, facts) if proposal.grade else "chưa đề xuất được"
    points = f"Tự chấm {number_text(proposal.points.total)} điểm. " if proposal.points else ""
    lines = [f"{points}Theo điểm và điều đã biết: **{grade}**. Chi bộ quyết định.", *reason_lines(proposal)]
    if found.lacking:
        lines.append(f"– Còn {len(found.lacking)} điều chưa biết: {_lowered(found.lacking)}.")
    return "\n".join(lines)


def _lowered(lines: tuple[GradeCondition, ...]) -> str:
    return words.cut("; ".join(line.text[:1].lower() + line.text[1:] for line in lines), 400)


def _absence(now: CellMeeting, person: Person) -> str:
    return next((one.reason for one in now.open.absences if one.person_id == person.id), "")


def _result(now: CellMeeting, person: Person, facts: Facts) -> str:
    decision = now.decisions.get(person.id)
    if decision is None:
        return ""
    if decision.grade is None:
        return f"✅ Đã ghi: chưa xếp loại ({words.cut(decision.reason, 120)})."
    votes = f" ({votes_text(decision.votes, facts)})" if decision.votes else ""
    return f"✅ Đã ghi: **{grade_label(decision.grade, facts)}**{votes}."


def _choices(now: CellMeeting, person: Person, found: Assessed | None) -> tuple[Choice, ...]:
    skip = now.place("meeting_skip", person.id)
    people = Choice("Danh sách từng người", to=now.place("meeting_people", 1))
    if found is None:
        return (Choice("Ghi lý do chưa xếp loại", to=skip), people, now.hub)
    votes = Choice("Ghi số phiếu", to=now.place("meeting_votes", person.id))
    ask = _ask(now, person, found)
    more = Choice("Sửa các điều đã biết", to=now.place("meeting_facts", person.id, 1))
    if _absence(now, person):
        later = Choice("Để cuộc họp gần nhất", to=skip)
        return (later, Choice("Chi bộ vẫn biểu quyết", to=votes.to), *ask, people, now.hub)
    return (*ask, votes, *((more,) if conditions(now.pack, found.form) else ()),
            Choice("Không xếp loại được", to=skip), people, now.hub)  # fmt: skip


def _ask(now: CellMeeting, person: Person, found: Assessed) -> tuple[Choice, ...]:
    if not found.lacking:
        return ()
    to = now.place("meeting_fact", person.id, found.lacking[0].fact)
    return (Choice(f"Trả lời {len(found.lacking)} điều còn thiếu", to=to),)
