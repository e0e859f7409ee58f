"""What a member says to the own result: an explanation at once, a complaint after it was shown back."""

from conversations import readback, words
from conversations.dialogue import Move
from conversations.dialogues.result import HOME_CHOICE, NOT_YET, RESULT, complaint_line
from conversations.facts import Facts
from conversations.form_answers import plain
from conversations.paging import leaves, page_of, turn_pages
from conversations.place import Place
from conversations.result_effects import KeepUnsent, MakeAppeal
from conversations.screen import Choice, Screen
from conversations.voice import complaint_due, has_open_complaint, standing_result
from review.appeals import Appeal
from review.decisions import Decision

EXPLAINED = "✅ Đã ghi ý kiến giải thích. Bí thư chi bộ và cán bộ cấp ủy xem được."
COMPLAINED = "✅ Đã gửi khiếu nại. Tôi sẽ báo khi có trả lời."
FORGOTTEN = "Đã bỏ. Không có gì được gửi đi."
ONE_AT_A_TIME = (
    "Khiếu nại trước của đồng chí đang được xem xét, nên chưa cần gửi thêm. "
    "Có trả lời rồi, nếu thấy vẫn chưa đúng, đồng chí gửi tiếp được."
)
BACK = Choice("Quay lại kết quả", to=RESULT)
WRITE = Place("complain")


def show_explain(place: Place, facts: Facts) -> Screen:
    if _decision(facts) is None:
        return Screen(NOT_YET, (HOME_CHOICE,))
    return Screen(
        "**Giải thích thêm về kết quả xếp loại**\n\n"
        "Đồng chí nói rõ điều gì chưa được xét đến: việc gì, khi nào, có gì làm chứng. Ý kiến được lưu cạnh kết quả; "
        "bí thư chi bộ và cán bộ cấp ủy đọc được.\n\n"
        "✍️ Đồng chí viết rồi gửi.",
        (Choice("Thôi, quay lại kết quả", to=RESULT),),
        waits_for="text",
    )


def write_explain(place: Place, text: str, facts: Facts) -> Move:
    return Move(RESULT, (MakeAppeal(_result(facts).id, "explanation", text),), note=EXPLAINED)


def show_complain(place: Place, facts: Facts) -> Screen:
    decision = _decision(facts)
    if decision is None:
        return Screen(NOT_YET, (HOME_CHOICE,))
    if has_open_complaint(facts, decision.id):
        return Screen(ONE_AT_A_TIME, (BACK,))
    kept = facts.appeals.unsent(_name(decision))
    read = (Choice("Đọc lại bản đã viết, chưa gửi", to=_send(1)),) if kept else ()
    return Screen(
        "**Khiếu nại kết quả xếp loại**\n\n"
        "Người xem xét là cán bộ không tham gia việc xếp loại này. Chỉ người ấy đọc được khiếu nại, và phải trả lời "
        f"có lý do chậm nhất ngày {words.full_day(complaint_due(facts))}. Trong lúc chờ, kết quả vẫn giữ nguyên. "
        "Khiếu nại là quyền của đồng chí.\n\n"
        "✍️ Đồng chí viết điều chưa đúng và vì sao. Viết xong tôi cho xem lại rồi mới gửi.",
        (*read, Choice("Thôi, quay lại kết quả", to=RESULT)),
        waits_for="text",
    )


def write_complain(place: Place, text: str, facts: Facts) -> Move:
    return Move(_send(1), (KeepUnsent(_name(_result(facts)), text),))


def show_send(place: Place, facts: Facts) -> Screen:
    decision = _decision(facts)
    text = facts.appeals.unsent(_name(decision)) if decision else ""
    if not text:
        return Screen("Chưa có khiếu nại nào chờ gửi.", (BACK,))
    shown = readback.Readback(
        "Xem lại trước khi gửi khiếu nại",
        "",
        text,
        Place("complain_send"),
        "Gửi khiếu nại",
        (Choice("Viết lại", to=WRITE), Choice("Thôi, không gửi", act="forget")),
    )
    return readback.show(shown, place.number())


def choose_send(place: Place, act: str, facts: Facts) -> Move:
    decision = _result(facts)
    name = _name(decision)
    forget = KeepUnsent(name, "")
    if act == "forget":
        return Move(RESULT, (forget,), note=FORGOTTEN)
    text = facts.appeals.unsent(name)
    return Move(RESULT, (MakeAppeal(decision.id, "complaint", text), forget), note=COMPLAINED)


def show_said(place: Place, facts: Facts) -> Screen:
    """The own explanations and complaints with their answers, the newest first."""
    mine = facts.appeals.by_person(facts.me.id) if facts.me else ()
    texts = [part for one in reversed(mine) for part in _said(one, facts)] or ["Đồng chí chưa gửi ý kiến nào."]
    page = page_of(leaves(texts), place.number(), size=1)
    return Screen(
        f"**Ý kiến đồng chí đã gửi**{page.mark}\n\n{''.join(page.rows)}", (*turn_pages(page, "result_said"), BACK)
    )


def _said(appeal: Appeal, facts: Facts) -> list[str]:
    if appeal.kind == "explanation":
        return [f"**Giải thích ngày {words.full_day(appeal.made_at)}**\n{plain(appeal.text)}"]
    said = [f"{complaint_line(appeal, facts)}\n{plain(appeal.text)}"]
    if appeal.outcome:
        end = "giữ nguyên kết quả" if appeal.outcome == "kept" else "xếp loại lại"
        said.insert(0, f"**Trả lời: {end}**\n{plain(appeal.answer)}")
    return said


def _decision(facts: Facts) -> Decision | None:
    return standing_result(facts, facts.me.id) if facts.me else None


def _result(facts: Facts) -> Decision:
    decision = _decision(facts)
    assert decision, "only then the screen waits for words or offers to send"
    return decision


def _name(decision: Decision) -> str:
    return f"complaint.{decision.id}"


def _send(number: int) -> Place:
    return Place.of("complain_send", number)
