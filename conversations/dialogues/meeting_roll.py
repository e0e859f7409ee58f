"""The cell's meeting, its roll: the day, how many count, how many were there, how they voted.

With the mode "new" one step leads to the next, else back to the meeting.
"""

from dataclasses import replace
from datetime import date

from conversations import words
from conversations.cell_meeting import (
    CellMeeting,
    at,
    recorded,
    recording,
    shown,
)
from conversations.dialogue import Move, stay
from conversations.facts import Facts
from conversations.grading_effects import TellFact
from conversations.place import Place
from conversations.screen import Choice, Screen
from conversations.typed import fold
from review.answers import Refusal, read_answer
from review.forms import Question
from review.meetings import Meeting
from review.pack_model import GradeCondition

NEW = "new"
BACK = "quay lại"
WHO_COUNTS = (
    "Tính mọi đảng viên chính thức được triệu tập, có mặt hay vắng. Không tính: dự bị, được miễn sinh hoạt mà vắng, "
    "bị đình chỉ, đang sinh hoạt tạm thời ở nơi khác (294-QĐ/TW)."
)
SEND_NUMBER = "✍️ Đồng chí gửi một số. Muốn quay lại, gửi chữ «quay lại»."
_DAY = Question("held_on", "date", "Ngày họp", "Ngày nào?")
_NUMBER = Question("number", "number", "Số người", "Bao nhiêu?")


@shown
def show_date(now: CellMeeting, place: Place, facts: Facts) -> Screen:
    return Screen(
        "**Chi bộ họp ngày nào?**\n\n✍️ Đồng chí gửi ngày/tháng/năm, ví dụ "
        f"{words.full_day(facts.today)}. Muốn quay lại, gửi chữ «quay lại».",
        waits_for="date",
    )


def write_date(place: Place, text: str, facts: Facts) -> Move:
    """The day of a meeting that begins with it, or of the one that is being recorded."""
    now = at(place, facts)
    if fold(text) == fold(BACK):
        return Move(now.place("meeting"))
    value = read_answer(_DAY, text, facts.today)
    if isinstance(value, Refusal):
        return stay(value.message)
    day = _latest(date.fromisoformat(str(value)), text, facts.today)
    official = max(len(now.official), 1)
    fresh = Meeting(0, now.cell.id, day, official, official, secret=now.rule.secret_ballot)
    meeting = replace(now.open, held_on=day) if now.is_open else fresh
    return recorded(now, facts, _next(now, place, "meeting_official"), meeting)


@recording
def show_official(now: CellMeeting, place: Place, facts: Facts) -> Screen:
    listed = len(now.official)
    choices = [Choice(f"{listed} người, như danh sách", act=f"official.{listed}")] if listed else []
    if now.open.official != listed:
        choices.append(Choice(f"Giữ {now.open.official} người", act=f"official.{now.open.official}"))
    return Screen(
        f"**Chi bộ có bao nhiêu đảng viên chính thức?**\n\n_{WHO_COUNTS}_",
        (*choices, Choice("Số khác", to=_number(now, place, "official")), now.hub),
    )


def choose_official(place: Place, act: str, facts: Facts) -> Move:
    return _official(at(place, facts), place, int(act.removeprefix("official.")), facts)


@recording
def show_present(now: CellMeeting, place: Place, facts: Facts) -> Screen:
    official = now.open.official
    fewer = range(official - 1, max(official - 4, 0), -1)
    return Screen(
        f"**Bao nhiêu đảng viên chính thức có mặt?**\n\nTrong {official} người được triệu tập.",
        (
            Choice(f"Có mặt đủ {official}", act=f"present.{official}"),
            *(Choice(f"Có mặt {count}, vắng {official - count}", act=f"present.{count}") for count in fewer),
            Choice("Số khác", to=_number(now, place, "present")),
            now.hub,
        ),
    )


def choose_present(place: Place, act: str, facts: Facts) -> Move:
    return _present(at(place, facts), place, int(act.removeprefix("present.")), facts)


@recording
def show_number(now: CellMeeting, place: Place, facts: Facts) -> Screen:
    asked = "có mặt" if place.word(1) == "present" else "được triệu tập"
    return Screen(f"**Bao nhiêu đảng viên chính thức {asked}?**\n\n{SEND_NUMBER}", waits_for="number")


def write_number(place: Place, text: str, facts: Facts) -> Move:
    now, name = at(place, facts), "present" if place.word(1) == "present" else "official"
    if fold(text) == fold(BACK):
        return Move(now.place(f"meeting_{name}", *place.args[2:]))
    value = read_answer(_NUMBER, text, facts.today)
    if not isinstance(value, int):
        return stay("Tôi cần một con số, ví dụ 20. Đồng chí gửi lại giúp tôi.")
    step = _present if name == "present" else _official
    return step(now, Place.of("", now.cell.id, *place.args[2:]), value, facts)


@recording
def show_secret(now: CellMeeting, place: Place, facts: Facts) -> Screen:
    doubt = (
        "\n\n_Văn bản đọc được chưa nói rõ cho chi bộ; đồng chí làm theo hướng dẫn của cấp ủy._"
        if "secret_ballot" in now.rule.unverified
        else ""
    )
    ways = (Choice("Bỏ phiếu kín", act="secret"), Choice("Giơ tay", act="hands"))
    ordered = ways if now.rule.secret_ballot else ways[::-1]
    return Screen(f"**Chi bộ biểu quyết thế nào?**{doubt}", (*ordered, now.hub))


def choose_secret(place: Place, act: str, facts: Facts) -> Move:
    now = at(place, facts)
    new = place.word(1) == NEW and any(_nobody_asked(now))
    to = now.place("meeting_nobody", 1) if new else now.place("meeting")
    return recorded(now, facts, to, replace(now.open, secret=act == "secret"))


@recording
def show_nobody(now: CellMeeting, place: Place, facts: Facts) -> Screen:
    """One question for the whole cell spares asking it of everybody."""
    lines = _nobody_asked(now)
    if not 1 <= place.number(1) <= len(lines):
        return Screen("Phần này đã ghi xong.", (now.hub,))
    asked = lines[place.number(1) - 1].text
    return Screen(
        f"**Trong {len(now.due)} đồng chí được xếp loại có ai thuộc trường hợp này không?**\n\n«{asked}»",
        (
            Choice("Không có ai", act="nobody"),
            Choice("Có người, ghi riêng từng người", act="somebody"),
            now.hub,
        ),
    )


def choose_nobody(place: Place, act: str, facts: Facts) -> Move:
    now = at(place, facts)
    lines = _nobody_asked(now)
    line, following = lines[place.number(1) - 1], place.number(1) + 1
    to = now.place("meeting_nobody", following) if following <= len(lines) else now.place("meeting")
    if act == "somebody":
        return Move(to)
    unknown = [person for person in now.due if line.fact not in facts.grading.known(person.id)]
    return Move(to, tuple(TellFact(person.id, line.fact, not line.yes) for person in unknown))


def _nobody_asked(now: CellMeeting) -> list[GradeCondition]:
    """What bars everybody alike, as yes or no."""
    forms = {person.form for person in now.due}
    lines = (line for line in now.pack.knock_outs if line.yes is not None)
    return [line for line in lines if not line.forms or forms <= set(line.forms)]


def _official(now: CellMeeting, place: Place, official: int, facts: Facts) -> Move:
    """Whoever was there stays there; at first all are."""
    everybody = now.open.present == now.open.official
    present = official if everybody else min(now.open.present, official)
    return recorded(
        now, facts, _next(now, place, "meeting_present"), replace(now.open, official=official, present=present)
    )


def _present(now: CellMeeting, place: Place, present: int, facts: Facts) -> Move:
    following = ("meeting_absent", 1) if present < now.open.official else ("meeting_secret",)
    new = place.word(1) == NEW
    to = (
        now.place(*following, NEW) if new else now.place("meeting_absent", 1) if following[1:] else now.place("meeting")
    )
    return recorded(now, facts, to, replace(now.open, present=present))


def _next(now: CellMeeting, place: Place, name: str) -> Place:
    return now.place(name, NEW) if place.word(1) == NEW else now.place("meeting")


def _number(now: CellMeeting, place: Place, name: str) -> Place:
    return now.place("meeting_number", name, *place.args[1:])


def _latest(day: date, text: str, today: date) -> date:
    """A day without a year is the last such day: a meeting is recorded after it."""
    has_year = sum(part.isdigit() for part in _spaced(text)) > 2
    return day if has_year or day <= today else day.replace(year=day.year - 1)


def _spaced(text: str) -> list[str]:
    return "".join(c if c.isdigit() else " " for c in text).split()
