"""The own grade in words at its three stages, and what can be done with it. Points and votes are not published.

HD 03-HD/TVĐU and the staff rule of a college (2026): publishing a result means the grade in words.
"""

from conversations import words
from conversations.dialogues.remark_me import sent_remark
from conversations.facts import Facts
from conversations.form_answers import plain
from conversations.form_status import form_place
from conversations.grade_words import grade_label
from conversations.place import HOME, Place
from conversations.screen import Choice, Screen
from conversations.voice import Result, result_of
from review.appeals import Appeal
from review.decisions import Decision

NOT_YET = "Cấp ủy chưa quyết định xếp loại của đồng chí. Khi có kết quả, tôi sẽ báo."
NOT_GRADED = "không xếp loại"
LONGEST_REASON = 350
HOME_CHOICE = Choice(words.BACK_HOME, to=HOME)
RESULT = Place("result")


def show(place: Place, facts: Facts) -> Screen:
    me = facts.me
    result = result_of(facts, me.id) if me else None
    if result is None or me is None or facts.cycle is None:
        return Screen(NOT_YET, (HOME_CHOICE,))
    parts = [
        f"**Kết quả xếp loại năm {facts.cycle.year} của đồng chí**\n{headline(result.committee, facts)}",
        "\n".join(_stages(result, facts)),
        "\n".join([*_again(facts, me.id), *_complaints(facts, me.id)]),
        "Nếu thấy chưa đúng, đồng chí có quyền giải thích hoặc khiếu nại.",
    ]
    return Screen("\n\n".join(part for part in parts if part), _choices(facts, me.id))


def headline(decision: Decision, facts: Facts) -> str:
    """ "**Hoàn thành tốt nhiệm vụ**", or that there is none and why."""
    if decision.grade:
        return f"**{grade_label(decision.grade, facts)}**"
    return f"Năm nay đồng chí **không xếp loại**. Lý do: {_reason(decision) or 'chưa ghi'}"


def stage_lines(result: Result, facts: Facts) -> list[str]:
    """One line a stage with its day; a reason where a stage says otherwise than the one before."""
    lines = []
    before = result.own
    if result.own:
        at = f" ({words.full_day(result.own_at)})" if result.own_at else ""
        lines.append(f"Tự nhận: {grade_label(result.own, facts)}{at}")
    for name, decision in (("Chi bộ đề nghị", result.cell), ("Cấp ủy quyết định", result.committee)):
        if decision is None:
            continue
        grade = grade_label(decision.grade, facts) if decision.grade else NOT_GRADED
        lines.append(f"{name}: {grade} ({words.full_day(decision.decided_at)})")
        if decision.grade != before and decision.reason:
            lines.append(f"Lý do: _{_reason(decision)}_")
        before = decision.grade
    return lines


def _stages(result: Result, facts: Facts) -> list[str]:
    """Where nobody graded, the headline has said why."""
    return stage_lines(result, facts) if result.committee.grade or result.own or result.cell else []


def _reason(decision: Decision) -> str:
    return plain(words.cut(decision.reason, LONGEST_REASON))


def _again(facts: Facts, me: int) -> list[str]:
    """A result stands until there is a new one."""
    return [
        f"⏳ Cấp ủy đang xem xét xếp loại lại, hạn {words.full_day(order.due)}. Kết quả trên còn nguyên cho đến khi có "
        "kết quả mới."
        for order in facts.redo.open_on("person", me)
        if order.what == "grading"
    ]


def _complaints(facts: Facts, me: int) -> list[str]:
    return [complaint_line(one, facts) for one in facts.appeals.by_person(me) if one.kind == "complaint"][-1:]


def complaint_line(appeal: Appeal, facts: Facts) -> str:
    """Where a complaint stands: who looks into it and until when, or that it is answered."""
    made = f"Khiếu nại ngày {words.full_day(appeal.made_at)}"
    if appeal.answered_at:
        return f"✅ {made}: đã có trả lời ngày {words.full_day(appeal.answered_at)}."
    handler = facts.person(appeal.handler_id) if appeal.handler_id else None
    due = f", trả lời chậm nhất ngày {words.full_day(appeal.answer_due)}" if appeal.answer_due else ""
    if handler is None:
        return (
            f"⏳ {made}{due}. Hiện cán bộ nào của cấp ủy cũng đã tham gia việc này nên chưa có người xem xét; "
            "quản trị đã được báo để cử người khác."
        )
    return f"⏳ {made}: đồng chí {words.cut(handler.name, 60)} đang xem xét{due}."


def _choices(facts: Facts, me: int) -> tuple[Choice, ...]:
    choices = [Choice("Tôi đã xem", to=HOME)]
    if facts.appeals.by_person(me):
        choices.append(Choice("Đọc ý kiến đã gửi và trả lời", to=Place.of("result_said", 1)))
    if facts.response("self_review", me):
        choices.append(Choice("Bản kiểm điểm của tôi (.docx)", to=form_place("form_paper", "self_review", me)))
    if sent_remark(facts):
        choices.append(Choice("Nhận xét nơi cư trú về tôi", to=Place("remark_me")))
    choices += [Choice("Giải thích thêm", to=Place("explain")), Choice("Khiếu nại", to=Place("complain"))]
    return tuple(choices)
