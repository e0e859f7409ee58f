"""Unsolicited messages: whether one is still needed when it falls due. Their screens are in dialogues.notice."""

from collections.abc import Callable

from conversations.cell_meeting import unclosed_cells
from conversations.collective import home_work, parts_to_add
from conversations.effects import NoticeKind
from conversations.facts import Facts, Notice
from conversations.form_status import form_status
from conversations.notices_of_requests import REQUEST_NEEDED
from conversations.notices_of_results import RESULT_NEEDED
from conversations.oversight import led, overseen
from conversations.remark_sitting import sitting
from conversations.remedy_words import unfinished
from review.people import Person, Unit

THROUGH_THE_YEAR: frozenset[NoticeKind] = frozenset({"remedy_plan", "remedy_check", "device_joined", *REQUEST_NEEDED})
"""Said also while no review is open: what was promised in the last one goes on, and the law knows no reviews."""
BEFORE_CONSENT: frozenset[NoticeKind] = frozenset({"asked_by_secretary", "device_joined", "request_answered"})

SAID_ON_HOME: frozenset[NoticeKind] = frozenset(
    {
        "opening", "self_review_due", "collective_due", "remarks_due", "digest", "complaint_due", "request_due",
        "remedy_plan", "remedy_check",
    }
)  # fmt: skip
"""Reminders whose work, with its date, stands on the home screen of whoever has to do it."""


def is_needed(notice: Notice, facts: Facts) -> bool:
    """False as soon as the work is done, the review is closed, or the person has taken the consent back.

    What follows a review outlasts it. Only a secretary's own request, word of a further device and an answer to a
    request also reach somebody who has joined and not yet consented; whoever agreed to earlier words is asked anew.
    """
    is_open = facts.cycle is not None and not facts.cycle.closed
    if facts.me is None or not (is_open or notice.kind in THROUGH_THE_YEAR):
        return False
    if not (facts.consented or facts.privacy.agreed_before) and notice.kind not in BEFORE_CONSENT:
        return False
    return _NEEDED[notice.kind](notice, facts)


def owes_self_review(facts: Facts) -> bool:
    status = form_status(facts, facts.me) if facts.me else None
    return status is not None and (status.response is None or status.response.is_open)


def owes_remarks(facts: Facts) -> bool:
    """Somebody on the list is not finished, or what is finished has not been sent."""
    now = sitting(facts)
    return now is not None and bool(now.unfinished or now.ready)


def member_of(notice: Notice, facts: Facts) -> Person | None:
    """The member a notice to a secretary is about, by its parameter "person_id"."""
    person_id = notice.params.get("person_id", "")
    return facts.person(int(person_id)) if person_id.isdecimal() else None


def owes_collective(facts: Facts) -> bool:
    """A cell's collective review that is this person's to write has not been submitted."""
    return bool(home_work(facts))


def pointed_at(notice: Notice, facts: Facts) -> Person | Unit | None:
    """Who has to answer the points a notice is about, when it is this person or a cell this person leads."""
    subject_id = int(notice.params.get("subject_id", "0"))
    if notice.params.get("about") == "unit":
        return next((cell for cell in led(facts) if cell.id == subject_id), None)
    return facts.me if facts.me and facts.me.id == subject_id else None


def _self_review(notice: Notice, facts: Facts) -> bool:
    return owes_self_review(facts)


def _remarks(notice: Notice, facts: Facts) -> bool:
    return owes_remarks(facts)


def _own_work(notice: Notice, facts: Facts) -> bool:
    return owes_self_review(facts) or owes_remarks(facts) or owes_collective(facts)


def _collective(notice: Notice, facts: Facts) -> bool:
    return owes_collective(facts)


def _collective_part(notice: Notice, facts: Facts) -> bool:
    return parts_to_add(facts)


def _point_raised(notice: Notice, facts: Facts) -> bool:
    subject = pointed_at(notice, facts)
    if subject is None:
        return False
    points = facts.points.points("unit" if isinstance(subject, Unit) else "person", subject.id)
    return any(point.is_open and not point.begun for point in points)


def _opening(notice: Notice, facts: Facts) -> bool:
    return _own_work(notice, facts) or bool(overseen(facts))


def _digest(notice: Notice, facts: Facts) -> bool:
    counts = facts.cell_counts(tuple(cell.id for cell in led(facts)))
    return any(count.submitted < count.due for count in counts)


def _leads(notice: Notice, facts: Facts) -> bool:
    return bool(led(facts)) and member_of(notice, facts) is not None


def _unreachable(notice: Notice, facts: Facts) -> bool:
    member = member_of(notice, facts)
    if member is None or not led(facts):
        return False
    rows = facts.people_progress(member.unit.id) if member.unit else ()
    row = next((row for row in rows if row.person.id == member.id), None)
    return row is None or (row.unreachable and row.progress != "submitted")


def _remark_arrived(notice: Notice, facts: Facts) -> bool:
    remark = facts.response("residence_remark", facts.me.id) if facts.me else None
    return remark is not None and not remark.is_open


def _typed_in(notice: Notice, facts: Facts) -> bool:
    response = facts.response("self_review", facts.me.id) if facts.me else None
    return response is not None and response.typed_in and not response.is_open


def _meeting_due(notice: Notice, facts: Facts) -> bool:
    return bool(unclosed_cells(facts))


def _dates_changed(notice: Notice, facts: Facts) -> bool:
    return bool(led(facts))


def _remedy_plan(notice: Notice, facts: Facts) -> bool:
    return any(not one.is_planned for one in unfinished(facts))


def _device_joined(notice: Notice, facts: Facts) -> bool:
    """While the chat that came in still is this person's."""
    return any(str(chat.id) == notice.params.get("account_id") for chat in facts.reach.chats())


def _remedy_check(notice: Notice, facts: Facts) -> bool:
    return bool(unfinished(facts))


_NEEDED: dict[NoticeKind, Callable[[Notice, Facts], bool]] = {
    "opening": _opening,
    "self_review_due": _self_review,
    "remarks_due": _remarks,
    "digest": _digest,
    "asked_by_secretary": _self_review,
    "snoozed": _own_work,
    "wrong_person": _leads,
    "help_wanted": _leads,
    "unreachable": _unreachable,
    "remark_arrived": _remark_arrived,
    "typed_in": _typed_in,
    "meeting_due": _meeting_due,
    **RESULT_NEEDED,
    **REQUEST_NEEDED,
    "dates_changed": _dates_changed,
    "remedy_plan": _remedy_plan,
    "remedy_check": _remedy_check,
    "device_joined": _device_joined,
    "collective_due": _collective,
    "collective_part": _collective_part,
    "point_raised": _point_raised,
}
