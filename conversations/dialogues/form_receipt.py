"""After submission: the receipt, the paper, and taking it back until the cell has met."""

from conversations import words
from conversations.dialogue import Move
from conversations.effects import Withdraw
from conversations.facts import Facts
from conversations.form_draft import Draft, moved, onward_choice, shown
from conversations.place import HOME, Place
from conversations.screen import Choice, Paper, PaperKind, Screen

NOT_SUBMITTED = "Bản kiểm điểm này chưa nộp."
TOO_LATE = (
    "Chi bộ đã họp nên bản đã nộp không rút lại được nữa. Nếu cần sửa, đồng chí trao đổi với bí thư chi bộ giúp tôi."
)
ACCEPTED = "Chi bộ đã tiếp nhận bản này nên không rút lại được nữa. Nếu cần sửa, đồng chí trao đổi với bí thư chi bộ."
WITHDRAWN = "Đã rút lại. Bản kiểm điểm trở về bản nháp, không mất chữ nào; sửa xong đồng chí nhớ nộp lại."
KEEP = "Không, giữ bản đã nộp"


@shown
def show_receipt(draft: Draft, place: Place, facts: Facts) -> Screen:
    return _not_submitted(draft) if draft.is_open else closed_screen(draft, facts)


def closed_screen(draft: Draft, facts: Facts) -> Screen:
    """The receipt; it also stands where a question stood when the form was submitted on another device."""
    response = draft.response
    assert response
    assert response.submitted_at
    meeting = draft.cycle.dates.get("cell_meeting_due")
    next_step = f" Chi bộ họp ngày {words.day(meeting)}, đồng chí sẽ được báo." if meeting else ""
    choices = [
        Choice(words.BACK_HOME, to=HOME),
        Choice("Tải bản in (.docx)", to=draft.place("form_paper")),
        Choice("Đọc lại bản đã nộp", to=draft.place("form_text", 1)),
    ]
    if draft.may_withdraw(facts.today):
        choices.append(Choice("Rút lại để sửa", to=draft.place("form_withdraw")))
    at = f"{response.submitted_at:%H:%M, %d/%m/%Y}"
    return Screen(
        f"✅ **Đã nộp lúc {at}.** Mã biên nhận **{response.receipt}**.{next_step}", tuple(choices), keeps=True
    )


@shown
def show_paper(draft: Draft, place: Place, facts: Facts) -> Screen:
    """The filled form as a document; a draft may be printed too."""
    if draft.response is None:
        return _not_submitted(draft)
    title = f"{draft.form.title} năm {draft.cycle.year}"
    home = Choice(words.BACK_HOME, to=HOME)
    ways = (onward_choice(draft), home) if draft.is_open else (home,)
    kind: PaperKind = "collective_review" if draft.kind == "collective_review" else "self_review"
    return Screen(
        "📄 Bản in của đồng chí. Bản này có thể mở, sửa lề và in bằng Word.",
        ways,
        papers=(Paper(kind, draft.response.id, title),),
    )


@shown
def show_withdraw(draft: Draft, place: Place, facts: Facts) -> Screen:
    if draft.is_open or draft.response is None:
        return _not_submitted(draft)
    keep = Choice(KEEP, to=draft.place("form_receipt"))
    if not draft.may_withdraw(facts.today):
        why = ACCEPTED if draft.response.status == "accepted" else TOO_LATE
        return Screen(why, (Choice("Về biên nhận", to=keep.to),))
    return Screen(
        "**Rút lại bản đã nộp?**\n\nBản kiểm điểm sẽ trở về bản nháp để đồng chí sửa, "
        "và chi bộ sẽ tính là chưa nộp cho đến khi đồng chí nộp lại.",
        (keep, Choice("Rút lại để sửa", act=f"withdraw.{draft.tag}.{draft.response.id}")),
    )


@moved
def choose_withdraw(draft: Draft, place: Place, act: str, facts: Facts) -> Move:
    assert draft.response, "only a submitted response is offered for withdrawal"
    return Move(draft.place("form_preview"), (Withdraw(draft.response.id),), note=WITHDRAWN)


def _not_submitted(draft: Draft) -> Screen:
    return Screen(NOT_SUBMITTED, (onward_choice(draft), Choice(words.BACK_HOME, to=HOME)))
