"""The cell's meeting, the frame: where it stands, the list of people, closing it."""

from conversations import words
from conversations.cell_meeting import CellMeeting, absent_by_name, at, recorded, recording, shown
from conversations.dialogue import Move
from conversations.effects import Effect, Looked
from conversations.facts import Facts
from conversations.grade_words import short_grade
from conversations.grading_effects import CloseMeeting
from conversations.meeting_ceiling import proposed_line, proposed_lines
from conversations.paging import page_of, turn_pages
from conversations.place import Place
from conversations.screen import Choice, Screen
from conversations.typed_in import unsigned_line
from review.meetings import Meeting
from review.people import Person

ROWS = 6
MOST_EXCUSED = 4
CLOSED = "✅ Đã chốt kết quả họp. Các bản kiểm điểm của người được xếp loại đã được tiếp nhận."


@shown
def show(now: CellMeeting, place: Place, facts: Facts) -> Screen:
    if now.meeting is None:
        return _beginning(now, facts)
    done, due = len(now.done), len(now.due)
    paragraphs = [
        f"{heading(now)}\n{roll(now, now.meeting)}",
        f"Đã biểu quyết {done}/{due} {words.bar(done, due)}\n{proposed_line(now, facts)}".strip(),
        "\n".join(proposed_lines(now, facts)),
        _excused(now),
    ]
    return Screen("\n\n".join(line for line in paragraphs if line), _choices(now, facts))


def choose(place: Place, act: str, facts: Facts) -> Move:
    """Begin on a day, or open the next person."""
    if act.startswith("open."):
        return choose_people(place, act, facts)
    now = at(place, facts)
    official = max(len(now.official), 1)
    fresh = Meeting(0, now.cell.id, facts.today, official, official, secret=now.rule.secret_ballot)
    return recorded(now, facts, now.place("meeting_official", "new"), fresh)


@recording
def show_edit(now: CellMeeting, place: Place, facts: Facts) -> Screen:
    return Screen(
        f"{heading(now)}\n{roll(now, now.open)}\n\nĐồng chí muốn sửa phần nào?",
        (
            now.hub,
            Choice("Ngày họp", to=now.place("meeting_date")),
            Choice("Số đảng viên chính thức", to=now.place("meeting_official")),
            Choice("Số có mặt", to=now.place("meeting_present")),
            Choice("Ai vắng, lý do", to=now.place("meeting_absent", 1)),
            Choice("Phiếu kín hay giơ tay", to=now.place("meeting_secret")),
        ),
    )


@shown
def show_people(now: CellMeeting, place: Place, facts: Facts) -> Screen:
    page = page_of(now.due, place.number(1), ROWS)
    rows = (_row(now, person, facts) for person in page.rows)
    return Screen(
        f"{heading(now)}\n\nDanh sách biểu quyết{page.mark}. Đồng chí chọn một người.",
        (now.hub, *rows, *turn_pages(page, "meeting_people", now.cell.id)),
    )


def choose_people(place: Place, act: str, facts: Facts) -> Move:
    now = at(place, facts)
    return opened(now, now.person(int(act.removeprefix("open."))), facts)


@recording
def show_close(now: CellMeeting, place: Place, facts: Facts) -> Screen:
    left = len(now.due) - len(now.done)
    if left:
        return Screen(f"Còn {left} đồng chí chưa có kết quả biểu quyết nên chưa chốt được.", (now.hub,))
    ungraded = [person for person in now.due if now.decisions[person.id].grade is None]
    names = ", ".join(words.cut(person.name, 40) for person in ungraded[:10])
    paragraphs = [
        f"**Chốt kết quả họp · {words.cut(now.cell.name, 80)}**\n{roll(now, now.open)}\n{proposed_line(now, facts)}",
        f"Chưa xếp loại {len(ungraded)}: {names}{'…' if len(ungraded) > 10 else ''}" if ungraded else "",
        "\n".join(proposed_lines(now, facts)),
        "Chốt rồi thì không sửa được số phiếu nữa, và không ai rút lại bản kiểm điểm được nữa.",
    ]
    return Screen(
        "\n\n".join(line for line in paragraphs if line),
        (
            Choice("Xem lại từng người", to=now.place("meeting_people", 1)),
            Choice("Chốt kết quả họp", act=f"close.{now.open.id}"),
            now.hub,
        ),
    )


def choose_close(place: Place, act: str, facts: Facts) -> Move:
    now = at(place, facts)
    return Move(now.place("meeting"), (CloseMeeting(now.open.id),), note=CLOSED)


def opened(now: CellMeeting, person: Person | None, facts: Facts, *effects: Effect, note: str = "") -> Move:
    """To the screen of a person, which tells of the self-review: that look goes into the audit chain. None: the hub."""
    if person is None:
        return Move(now.place("meeting"), effects, note=note)
    response = facts.response("self_review", person.id)
    looks = (Looked(response.id),) if response and not response.is_open and person != facts.me else ()
    return Move(now.place("meeting_person", person.id), (*effects, *looks), note=note)


def heading(now: CellMeeting) -> str:
    """ "**Họp chi bộ · Chi bộ Khối 5**", with the round when it meets again."""
    again = f" · lần {now.meeting.round}" if now.meeting and now.meeting.round > 1 else ""
    return f"**Họp kiểm điểm · {words.cut(now.cell.name, 80)}**{again}"


def roll(now: CellMeeting, meeting: Meeting) -> str:
    away, named = meeting.official - meeting.present, absent_by_name(now, meeting)
    missing = f", vắng {away}" if away else ""
    unnamed = f" (mới ghi tên {named})" if named < away else ""
    how = "phiếu kín" if meeting.secret else "giơ tay"
    return (
        f"Ngày {words.full_day(meeting.held_on)} · {how}\n"
        f"Đảng viên chính thức {meeting.official}, có mặt {meeting.present}{missing}{unnamed}"
    )


def _beginning(now: CellMeeting, facts: Facts) -> Screen:
    waiting = sum(not now.has_submitted(person) for person in now.due)
    unsigned = f"\n{line}" if (line := unsigned_line(now.rows.values())) else ""
    late = f"\n⏳ Còn {waiting} đồng chí chưa nộp bản kiểm điểm; chưa nộp thì chưa xếp loại được." if waiting else ""
    return Screen(
        f"{heading(now)}\n\nĐồng chí ghi lại cuộc họp: ngày họp, ai vắng, rồi số phiếu của từng người. "
        f"Ghi đến đâu lưu đến đấy, dừng lúc nào cũng được.{late}{unsigned}\n\n**Chi bộ họp ngày nào?**",
        (
            Choice(f"Hôm nay, {words.day(facts.today)}", act="today"),
            Choice("Ngày khác", to=now.place("meeting_date", "new")),
            Choice("Chưa họp, về chi bộ", to=Place.of("cell", now.cell.id)),
        ),
    )


def _choices(now: CellMeeting, facts: Facts) -> tuple[Choice, ...]:
    people = Choice("Danh sách từng người", to=now.place("meeting_people", 1))
    back = Choice("Về chi bộ", to=Place.of("cell", now.cell.id))
    if not now.is_open:
        return (back, people)
    following = now.after()
    onward = (
        Choice(f"Ghi biểu quyết: người {now.number(following)}/{len(now.due)}", act=f"open.{following.id}")
        if following
        else Choice("Xem lại và chốt", to=now.place("meeting_close"))
    )
    return (onward, people, Choice("Sửa ngày, số người, ai vắng", to=now.place("meeting_edit")), back)


def _row(now: CellMeeting, person: Person, facts: Facts) -> Choice:
    decision = now.decisions.get(person.id)
    if decision is None:
        said = "⏳ {} · " + ("chưa ghi" if now.has_submitted(person) else "chưa nộp")
    else:
        said = "✅ {} · " + (short_grade(decision.grade, facts) if decision.grade else "chưa xếp loại")
    label = words.cut(said.format(words.cut(person.name, 36)), 60)
    if now.is_open:
        return Choice(label, act=f"open.{person.id}")
    return Choice(label, to=Place.of("cell_person", now.cell.id, person.id))


def _excused(now: CellMeeting) -> str:
    """Who is not voted on, with the reason, as the list "chưa kiểm điểm, xếp loại" has it."""
    said = [f"{words.cut(person.name, 40)} ({words.cut(why, 60)})" for person, why in now.excused[:MOST_EXCUSED]]
    more = f"; và {len(now.excused) - MOST_EXCUSED} người khác" if len(now.excused) > MOST_EXCUSED else ""
    return f"Không biểu quyết: {'; '.join(said)}{more}." if said else ""
