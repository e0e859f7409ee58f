"""An officer orders a review or a grading to be done again: what, until when, why; looked at once more, then sent."""

from datetime import date

from conversations import readback, words
from conversations.dialogue import Move, stay
from conversations.facts import Facts
from conversations.form_answers import plain
from conversations.form_draft import NOT_YOURS
from conversations.place import HOME, Place
from conversations.redoing import LETTERS, WHAT, new_day_fault, obstacle, order_place, subject_of
from conversations.result_effects import KeepUnsent, OrderRedo
from conversations.screen import Choice, Screen
from review.answers import Refusal, read_answer
from review.decisions import About
from review.forms import Question
from review.people import Person, Unit
from review.redo import RedoWhat

ABOUT: dict[str, About] = {letter: about for about, letter in LETTERS.items()}
FOLLOWS: dict[tuple[About, RedoWhat], str] = {
    ("person", "review"): (
        "Bản kiểm điểm trở về với người viết để sửa, bản đã nộp được giữ nguyên. "
        "Chi bộ đã đề nghị mức xếp loại thì họp đề nghị lại."
    ),
    ("person", "grading"): "Cấp đã xếp loại sau cùng quyết định lại. Kết quả cũ được giữ trong hồ sơ.",
    ("unit", "review"): (
        "Bản kiểm điểm đã nộp trở về với từng người viết, bản cũ được giữ nguyên; chi bộ họp và đề nghị xếp loại lại."
    ),
    ("unit", "grading"): "Chi bộ họp, biểu quyết và đề nghị mức xếp loại lại. Kết quả cũ được giữ trong hồ sơ.",
}
SENT = "✅ Đã gửi yêu cầu làm lại. Bí thư chi bộ và người liên quan được báo."
FORGOTTEN = "Đã bỏ. Không có yêu cầu nào được gửi."
DAY = Question("due", "date", "Hạn mới", "Hạn mới là ngày nào?")


def show_what(place: Place, facts: Facts) -> Screen:
    """Only what can be ordered now is offered; for the rest the screen says why not."""
    about, subject = _subject(place, facts)
    if subject is None:
        return _refused()
    against = {what: obstacle(facts, about, subject.id, what) for what in WHAT}
    ways = [
        Choice(f"Yêu cầu {WHAT[what]}", to=Place.of("redo_day", LETTERS[about], subject.id, what))
        for what, why in against.items()
        if not why
    ]
    said = list(dict.fromkeys(why for why in against.values() if why))
    ask = "Đồng chí muốn yêu cầu làm lại việc gì?" if ways else ""
    text = "\n\n".join(part for part in (f"**Yêu cầu làm lại** · {_name(subject)}", *said, ask) if part)
    return Screen(text, (*ways, _back(about, subject)))


def show_day(place: Place, facts: Facts) -> Screen:
    about, subject = _subject(place, facts)
    what = _what(place)
    if subject is None or what is None:
        return _refused()
    due = facts.cycle.dates.get("committee_decision_due") if facts.cycle else None
    limit = f", muộn nhất là {words.full_day(due)}" if due and due >= facts.today else ""
    return Screen(
        f"**Yêu cầu {WHAT[what]}** · {_name(subject)}\n\n{FOLLOWS[about, what]}\n\n"
        f"✍️ Hạn mới là ngày nào{limit}? Đồng chí gửi ngày/tháng/năm, ví dụ {words.full_day(facts.today)}.",
        (Choice("Chọn lại việc", to=order_place(about, subject.id)), _back(about, subject)),
        waits_for="date",
    )


def write_day(place: Place, text: str, facts: Facts) -> Move:
    value = read_answer(DAY, text, facts.today)
    if isinstance(value, Refusal):
        return stay(value.message)
    fault = new_day_fault(facts, date.fromisoformat(str(value)))
    return stay(fault) if fault else Move(Place.of("redo_why", *place.args[:3], str(value)))


def show_why(place: Place, facts: Facts) -> Screen:
    about, subject = _subject(place, facts)
    what, due = _what(place), _due(place)
    if subject is None or what is None or due is None:
        return _refused()
    return Screen(
        f"**Yêu cầu {WHAT[what]}** · {_name(subject)}, hạn {words.full_day(due)}\n\n"
        "Vì sao phải làm lại, cần sửa điều gì? Bí thư chi bộ và người phải làm lại đọc nguyên văn.\n\n"
        "✍️ Đồng chí viết lý do rồi gửi; tôi cho xem lại trước.",
        (Choice("Chọn ngày khác", to=Place.of("redo_day", *place.args[:3])), _back(about, subject)),
        waits_for="text",
    )


def write_why(place: Place, text: str, facts: Facts) -> Move:
    return Move(Place.of("redo_send", *place.args[:4], 1), (KeepUnsent(_unsent(place), text),))


def show_send(place: Place, facts: Facts) -> Screen:
    about, subject = _subject(place, facts)
    what, due, text = _what(place), _due(place), facts.appeals.unsent(_unsent(place))
    if subject is None or what is None or due is None or not text:
        return _refused()
    shown = readback.Readback(
        f"Xem lại yêu cầu {WHAT[what]}",
        f"{_name(subject)}, hạn **{words.full_day(due)}**. {FOLLOWS[about, what]}",
        text,
        Place.of("redo_send", *place.args[:4]),
        "Gửi yêu cầu",
        (Choice("Viết lại lý do", to=Place.of("redo_why", *place.args[:4])), Choice("Thôi, không gửi", act="forget")),
    )
    return readback.show(shown, place.number(4))


def choose_send(place: Place, act: str, facts: Facts) -> Move:
    about, subject = _subject(place, facts)
    what, due = _what(place), _due(place)
    assert subject
    assert what
    assert due
    forget, back = KeepUnsent(_unsent(place), ""), _back(about, subject).to
    if act == "forget":
        return Move(back, (forget,), note=FORGOTTEN)
    reason = facts.appeals.unsent(_unsent(place))
    return Move(back, (OrderRedo(about, subject.id, what, due, reason), forget), note=SENT)


def _subject(place: Place, facts: Facts) -> tuple[About, Person | Unit | None]:
    about = ABOUT.get(place.word(), "person")
    return about, subject_of(facts, about, place.number(1)) if place.word() in ABOUT else None


def _what(place: Place) -> RedoWhat | None:
    return next((what for what in WHAT if what == place.word(2)), None)


def _due(place: Place) -> date | None:
    try:
        return date.fromisoformat(place.word(3))
    except ValueError:
        return None


def _unsent(place: Place) -> str:
    return f"redo.{place.word()}.{place.number(1)}.{place.word(2)}"


def _name(subject: Person | Unit) -> str:
    return plain(words.cut(subject.name, 80))


def _back(about: About, subject: Person | Unit) -> Choice:
    if isinstance(subject, Person):
        unit_id = subject.unit.id if subject.unit else 0
        return Choice("Về đồng chí này", to=Place.of("cell_person", unit_id, subject.id))
    return Choice("Về chi bộ", to=Place.of("cell", subject.id))


def _refused() -> Screen:
    return Screen(NOT_YOURS, (Choice(words.BACK_HOME, to=HOME),))
