"""What home and the officer's overview say once there are results, complaints and orders to do something again."""

from datetime import date

from conversations import words
from conversations.data_words import to_handle
from conversations.facts import Facts
from conversations.form_answers import plain
from conversations.grade_words import grade_label
from conversations.oversight import led, overseen
from conversations.place import Place
from conversations.redoing import WHAT, concerning
from conversations.screen import Choice
from conversations.voice import has_open_complaint, late_elsewhere, standing_result, to_answer
from review.people import Person, Unit

LONGEST_REASON = 250


def result_lines(me: Person, facts: Facts) -> list[str]:
    decision = standing_result(facts, me.id)
    if decision is None:
        return []
    grade = f"**{grade_label(decision.grade, facts)}**" if decision.grade else "không xếp loại năm nay"
    complained = ", khiếu nại đang được xem xét" if has_open_complaint(facts, decision.id) else ""
    return [f"✅ Kết quả xếp loại: {grade}{complained}"]


def result_ways(person_id: int, facts: Facts) -> list[Choice]:
    return [Choice("Kết quả xếp loại của tôi", to=Place("result"))] if standing_result(facts, person_id) else []


def redo_lines(me: Person, facts: Facts) -> list[str]:
    """Why the own review is back, while it is: the reason in the officer's words."""
    response = facts.response("self_review", me.id)
    if response is None or response.status != "returned":
        return []
    return [
        f"⏳ Cấp ủy yêu cầu {WHAT[order.what]}, hạn {words.day(order.due)}. "
        f"Lý do: “{plain(words.cut(order.reason, LONGEST_REASON))}”"
        for order in concerning(facts, me)[:1]
    ]


def redo_due(me: Person, facts: Facts) -> date | None:
    """Until when the own review is to be handed in again; None while it did not come back."""
    return concerning(facts, me)[0].due if redo_lines(me, facts) else None


def duty_lines(facts: Facts) -> list[str]:
    """Complaints this person answers, orders in the cells this person leads or decides on."""
    mine, lines = to_answer(facts), []
    if mine and mine[0].answer_due:
        lines.append(f"⏳ Khiếu nại chờ đồng chí trả lời: {len(mine)} (hạn {words.day(mine[0].answer_due)})")
    orders = facts.redo.open_in(tuple(cell.id for cell in led(facts))) if led(facts) else ()
    if orders:
        lines.append(f"⏳ Việc làm lại theo yêu cầu của cấp ủy: {len(orders)} (hạn {words.day(orders[0].due)})")
    return lines + _again_lines(facts) + request_lines(facts)


def _again_lines(facts: Facts) -> list[str]:
    """What the committee has decided and was told to decide again, for its officers."""
    if facts.me is None or not facts.me.units_as("officer"):
        return []
    orders = [
        one
        for one in facts.redo.open_in(tuple(cell.id for cell in overseen(facts)))
        if one.what == "grading" and facts.grading.decision("committee", one.about, one.subject_id)
    ]
    return [f"⏳ Chờ cấp ủy xếp loại lại: {len(orders)} (hạn {words.day(orders[0].due)})"] if orders else []


def duty_ways(facts: Facts) -> list[Choice]:
    mine = to_answer(facts)
    ways = [Choice(f"Trả lời khiếu nại: {len(mine)}", to=Place("complaints"))] if mine else []
    return ways + request_ways(facts)


def overview_lines(facts: Facts, cells: tuple[Unit, ...]) -> list[str]:
    orders = facts.redo.open_in(tuple(cell.id for cell in cells))
    return ([f"⏳ Đang làm lại theo yêu cầu: {len(orders)}"] if orders else []) + late_lines(facts)


def late_lines(facts: Facts) -> list[str]:
    """Complaints nobody has answered in time, the own ones among them."""
    late = [one for one in to_answer(facts) if one.is_late(facts.today)] + list(late_elsewhere(facts))
    return [f"⏳ Khiếu nại quá hạn trả lời: {len(late)}"] if late else []


def overview_ways(facts: Facts) -> list[Choice]:
    count = len(to_answer(facts)) + len(late_elsewhere(facts))
    ways = [Choice(f"Khiếu nại ({count})", to=Place("complaints"))] if count else []
    return ways + request_ways(facts)


def request_ways(facts: Facts) -> list[Choice]:
    """Requests about personal data wait whether a review is open or not."""
    count = len(to_handle(facts))
    return [Choice(f"Yêu cầu về dữ liệu ({count})", to=Place.of("data_requests", 1))] if count else []


def request_lines(facts: Facts) -> list[str]:
    waiting = to_handle(facts)
    if not waiting:
        return []
    return [f"⏳ Yêu cầu về dữ liệu chờ cán bộ: {len(waiting)} (gần nhất {words.day(waiting[0].next_date)})"]
