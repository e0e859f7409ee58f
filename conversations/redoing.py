"""What an officer may order to be done again, and what stands against it. Asked by the screens and again by storage."""

from datetime import date

from conversations import words
from conversations.facts import Facts
from conversations.place import Place
from review.decisions import About
from review.people import Person, Unit
from review.permissions import may
from review.redo import RedoOrder, RedoWhat, day_fault

WHAT: dict[RedoWhat, str] = {"review": "kiểm điểm lại", "grading": "xếp loại lại"}
LETTERS: dict[About, str] = {"person": "p", "unit": "u"}
NOT_ONESELF = "Đồng chí không tự yêu cầu làm lại việc của chính mình. Việc này do cán bộ khác của cấp ủy làm."
NOT_SUBMITTED = "Đồng chí ấy chưa nộp bản kiểm điểm nên chưa có gì để làm lại."
NOT_GRADED = "Đồng chí ấy chưa được xếp loại nên chưa có gì để làm lại."
NOT_MET = "Chi bộ chưa chốt kết quả họp nên chưa có gì để làm lại."


def order_place(about: About, subject_id: int) -> Place:
    """Where an order about this subject begins."""
    return Place.of("redo_what", LETTERS[about], subject_id)


def order_line(order: RedoOrder, facts: Facts) -> str:
    """ "⏳ Kiểm điểm lại theo yêu cầu của cấp ủy, hạn 20/12 (còn 3 ngày)" """
    left = words.days_left((order.due - facts.today).days)
    return f"⏳ {WHAT[order.what].capitalize()} theo yêu cầu của cấp ủy, hạn {words.day(order.due)} ({left})"


def subject_of(facts: Facts, about: About, subject_id: int) -> Person | Unit | None:
    """The member or cell, if this officer may order something about it."""
    subject = facts.person(subject_id) if about == "person" else facts.unit(subject_id)
    if subject is None or facts.me is None or facts.cycle is None:
        return None
    if isinstance(subject, Unit) and subject.kind != "cell":
        return None
    return subject if may(facts.me, "order_redo", subject, below=facts.units_below) else None


def obstacle(facts: Facts, about: About, subject_id: int, what: RedoWhat) -> str:
    """Why it cannot be ordered now, kindly; empty when it can."""
    if about == "person" and facts.me and facts.me.id == subject_id:
        return NOT_ONESELF
    standing = next((one for one in facts.redo.open_on(about, subject_id) if one.what == what), None)
    if standing:
        return f"Đã có yêu cầu {WHAT[what]}, hạn {words.day(standing.due)}, chưa làm xong."
    if about == "unit":
        return "" if _has_met(facts, subject_id) else NOT_MET
    if what == "review":
        response = facts.response("self_review", subject_id)
        return "" if response and not response.is_open else NOT_SUBMITTED
    graded = any(facts.grading.decision(stage, "person", subject_id) for stage in ("cell", "committee"))
    return "" if graded else NOT_GRADED


def new_day_fault(facts: Facts, due: date) -> str:
    """What is wrong with the new day under the calendar of this review; empty when nothing is."""
    dates = facts.cycle.dates if facts.cycle else {}
    return day_fault(due, facts.today, dates.get("committee_decision_due"))


def concerning(facts: Facts, person: Person) -> tuple[RedoOrder, ...]:
    """Open orders to review again that have this member's review in them: on the person, or on the whole cell."""
    orders = facts.redo.open_on("person", person.id)
    orders += facts.redo.open_on("unit", person.unit.id) if person.unit else ()
    return tuple(one for one in orders if one.what == "review")


def _has_met(facts: Facts, unit_id: int) -> bool:
    meeting = facts.grading.meeting(unit_id)
    return meeting is not None and meeting.closed
