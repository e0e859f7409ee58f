"""After submission: the receipt, the paper, and taking it back until the cell has met."""

from conversations import words
from conversations.dialogue import Move
from conversations.effects import Withdraw
from conversations.facts import Facts
from conversations.form_draft import Draft, moved, onward_choice, shown
from conversations.place import Place
from conversations.screen import Choice, Paper, PaperKind, Screen
from conversations.unit_dates import nearest_day

NOT_SUBMITTED = "Bản kiểm điểm này chưa nộp."
TOO_LATE = (
    "Chi bộ đã họp nên bản đã nộp không rút lại được nữa. Nếu cần sửa, đồng chí trao đổi với bí thư chi bộ giúp tôi."
)
ACCEPTED = "Chi bộ đã tiếp nhận bản này nên không rút lại được nữa. Nếu cần sửa, đồng chí trao đổi với bí thư chi bộ."
WITHDRAWN = "Đã rút lại. Bản kiểm điểm trở về bản nháp, không mất chữ nào; sửa xong đồng chí nhớ nộp lại."
PRINT = "Bản in của đồng chí."
TO_SIGN = "Bản in để đồng chí ấy đọc lại và ký."
HANDED_OUT = (
    " Mỗi hạn chế đã được chuyển tới người có trách nhiệm: đồng chí ấy sẽ trả lời ở phần V của bản kiểm điểm cá nhân."
)
ASK = (
    "**Rút lại bản đã nộp?**\n\nBản kiểm điểm sẽ trở về bản nháp để đồng chí sửa, "
    "và chi bộ sẽ tính là chưa nộp cho đến khi đồng chí nộp lại."
)
ASK_COLLECTIVE = (
    "**Rút lại bản kiểm điểm tập thể?**\n\nBản này trở về bản nháp. Những hạn chế chưa ai trả lời ở phần V "
    "tạm thời được rút khỏi bản của từng người; phần đã trả lời vẫn giữ."
)
KEEP = "Không, giữ bản đã nộp"


@shown
def show_receipt(draft: Draft, place: Place, facts: Facts) -> Screen:
    return _not_submitted(draft) if draft.is_open else closed_screen(draft, facts)


def closed_screen(draft: Draft, facts: Facts) -> Screen:
    """The receipt; it also stands where a question stood when the form was submitted on another device."""
    response = draft.response
    assert response
    assert response.submitted_at
    choices = [
        draft.way_out,
        Choice("Tải bản in để ký (.docx)" if draft.for_another else "Tải bản in (.docx)", to=draft.place("form_paper")),
        Choice("Đọc lại bản đã nộp", to=draft.place("form_text", 1)),
    ]
    if draft.may_withdraw(facts):
        choices.append(Choice("Rút lại để sửa", to=draft.place("form_withdraw")))
    at = f"{response.submitted_at:%H:%M, %d/%m/%Y}"
    return Screen(
        f"✅ **Đã nộp lúc {at}.** Mã biên nhận **{response.receipt}**.{_meeting(draft, facts)}",
        tuple(choices),
        keeps=True,
    )


@shown
def show_paper(draft: Draft, place: Place, facts: Facts) -> Screen:
    """The filled form as a document; a draft may be printed too."""
    if draft.response is None or (draft.for_another and draft.is_open):
        return _not_submitted(draft)
    title = f"{draft.form.title} năm {draft.cycle.year}"
    ways = (onward_choice(draft), draft.way_out) if draft.is_open else (draft.way_out,)
    kind: PaperKind = "collective_review" if draft.kind == "collective_review" else "self_review"
    return Screen(
        f"📄 {TO_SIGN if draft.for_another else PRINT} Bản này có thể mở, sửa lề và in bằng Word.",
        ways,
        papers=(Paper(kind, draft.response.id, title),),
    )


@shown
def show_withdraw(draft: Draft, place: Place, facts: Facts) -> Screen:
    if draft.is_open or draft.response is None:
        return _not_submitted(draft)
    keep = Choice(KEEP, to=draft.place("form_receipt"))
    if not draft.may_withdraw(facts):
        why = ACCEPTED if draft.response.status == "accepted" else TOO_LATE
        return Screen(why, (Choice("Về biên nhận", to=keep.to),))
    return Screen(
        ASK_COLLECTIVE if draft.kind == "collective_review" else ASK,
        (keep, Choice("Rút lại để sửa", act=f"withdraw.{draft.tag}.{draft.response.id}")),
    )


@moved
def choose_withdraw(draft: Draft, place: Place, act: str, facts: Facts) -> Move:
    assert draft.response, "only a submitted response is offered for withdrawal"
    return Move(draft.place("form_preview"), (Withdraw(draft.response.id),), note=WITHDRAWN)


def _meeting(draft: Draft, facts: Facts) -> str:
    """What happens next: the faults are handed out, the cell meets (again), or it has met."""
    if draft.kind == "collective_review":
        return HANDED_OUT
    meeting = facts.grading.meeting(draft.member.unit.id) if draft.member.unit else None
    if meeting and meeting.closed:
        return f" Chi bộ đã họp ngày {words.day(meeting.held_on)}."
    if meeting and meeting.round > 1:
        return " Chi bộ sẽ họp lại, đồng chí sẽ được báo."
    due = nearest_day("cell_meeting_due", (draft.member.unit,), facts)
    return f" Chi bộ họp ngày {words.day(due)}, đồng chí sẽ được báo." if due else ""


def _not_submitted(draft: Draft) -> Screen:
    return Screen(NOT_SUBMITTED, (onward_choice(draft), draft.way_out))
