"""Who was not at the cell's meeting, and why."""

from dataclasses import replace

from conversations import words
from conversations.cell_meeting import CellMeeting, absent_by_name, at, recorded, recording, with_absence
from conversations.dialogue import Move
from conversations.facts import Facts
from conversations.paging import page_of, turn_pages
from conversations.place import Place
from conversations.screen import Choice, Screen
from review.meetings import Absence
from review.people import Person

ROWS = 6
REASONS = ("Ốm đau, có báo", "Đi công tác, đi học, có báo", "Việc gia đình, có báo", "Vắng không báo")
NOT_SUMMONED = "Người này không được triệu tập."


@recording
def show_absent(now: CellMeeting, place: Place, facts: Facts) -> Screen:
    page = page_of(_summoned(now), place.number(1), ROWS)
    mode = place.args[2:]
    away, named = now.open.official - now.open.present, absent_by_name(now, now.open)
    left = f"còn {away - named} người" if named < away else "đã đủ"
    rows = (_absent_row(now, person, page.number, mode) for person in page.rows)
    return Screen(
        f"**Ai vắng?** Vắng {away} đảng viên chính thức, đã ghi tên {named}, {left}{page.mark}.\n\n"
        "Đồng chí chọn người vắng rồi chọn lý do. Đảng viên dự bị vắng cũng ghi tên, nhưng không tính vào số vắng.",
        (
            Choice("Xong phần này", to=now.place("meeting_secret", *mode) if mode else now.place("meeting")),
            *rows,
            *turn_pages(page, "meeting_absent", now.cell.id),
        ),
    )


@recording
def show_reason(now: CellMeeting, place: Place, facts: Facts) -> Screen:
    person = _summoned_at(now, place)
    if person is None:
        return Screen(NOT_SUMMONED, (now.hub,))
    reasons = (Choice(reason, act=f"reason.{nth}") for nth, reason in enumerate(REASONS))
    there = (Choice("Có mặt, bỏ tên này", act="there"),) if person.id in now.open.absent else ()
    return Screen(
        f"**{words.cut(person.name, 80)} vắng vì sao?**",
        (
            *reasons,
            Choice("Lý do khác", to=now.place("meeting_reason_other", *place.args[1:])),
            *there,
            Choice("Về danh sách", to=_list(now, place)),
        ),
    )


def choose_reason(place: Place, act: str, facts: Facts) -> Move:
    now = at(place, facts)
    if act == "there":
        kept = tuple(one for one in now.open.absences if one.person_id != place.number(1))
        return recorded(now, facts, _list(now, place), replace(now.open, absences=kept))
    return _absent(now, place, REASONS[int(act.removeprefix("reason."))], facts)


@recording
def show_reason_other(now: CellMeeting, place: Place, facts: Facts) -> Screen:
    person = _summoned_at(now, place)
    if person is None:
        return Screen(NOT_SUMMONED, (now.hub,))
    return Screen(
        f"**{words.cut(person.name, 80)} vắng vì sao?**\n\n✍️ Đồng chí viết lý do, một câu ngắn là đủ.",
        (Choice("Quay lại", to=now.place("meeting_reason", *place.args[1:])),),
        waits_for="text",
    )


def write_reason(place: Place, text: str, facts: Facts) -> Move:
    return _absent(at(place, facts), place, text, facts)


def _absent(now: CellMeeting, place: Place, reason: str, facts: Facts) -> Move:
    """Whoever cannot be absent (all others are, or more votes were counted) leads back to the list."""
    move = recorded(now, facts, _list(now, place), with_absence(now, Absence(place.number(1), reason)))
    return Move(_list(now, place), note=move.note) if move.stays else move


def _summoned(now: CellMeeting) -> list[Person]:
    return [person for person in now.members if person.status in ("official", "probationary")]


def _summoned_at(now: CellMeeting, place: Place) -> Person | None:
    return next((person for person in _summoned(now) if person.id == place.number(1)), None)


def _absent_row(now: CellMeeting, person: Person, page: int, mode: tuple[str, ...]) -> Choice:
    reason = next((one.reason for one in now.open.absences if one.person_id == person.id), "")
    name = words.cut(person.name, 34) + (" (dự bị)" if person.status == "probationary" else "")
    label = words.cut(f"✅ {name}: vắng, {reason}", 60) if reason else name
    return Choice(label, to=now.place("meeting_reason", person.id, page, *mode))


def _list(now: CellMeeting, place: Place) -> Place:
    return now.place("meeting_absent", max(place.number(2), 1), *place.args[3:])
