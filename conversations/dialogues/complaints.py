"""For the officer who answers a complaint: read it, look at the papers, conclude, give grounds, send."""

from conversations import readback, words
from conversations.dialogue import Move
from conversations.dialogues.result import stage_lines
from conversations.effects import Looked
from conversations.facts import Facts
from conversations.form_answers import plain
from conversations.oversight import readable
from conversations.paging import leaves, page_of, turn_pages
from conversations.place import HOME, Place
from conversations.result_effects import AnswerAppeal, KeepUnsent, LookedAtAppeal
from conversations.screen import Choice, Screen
from conversations.voice import late_elsewhere, result_of, to_answer
from review.appeals import Appeal, Outcome
from review.people import Person
from review.responses import Response

NOTHING = "Hiện không có khiếu nại nào chờ đồng chí trả lời."
SENT = "✅ Đã gửi trả lời. Đồng chí ấy được báo ngay."
SENT_AGAIN = "✅ Đã gửi trả lời và mở việc xếp loại lại. Đồng chí ấy và bí thư chi bộ được báo."
FORGOTTEN = "Đã bỏ. Trả lời chưa được gửi."
OUTCOMES: dict[Outcome, str] = {"kept": "Giữ nguyên kết quả", "changed": "Xếp loại lại"}
READ_BY: dict[Outcome, str] = {
    "kept": "Người khiếu nại đọc nguyên văn.",
    "changed": "Người khiếu nại, cấp ủy và bí thư chi bộ đọc nguyên văn.",
}
MOST = 8
LIST = Place("complaints")
HOME_CHOICE = Choice(words.BACK_HOME, to=HOME)


def show_list(place: Place, facts: Facts) -> Screen:
    mine, late = to_answer(facts), late_elsewhere(facts)
    if not mine and not late:
        return Screen(NOTHING, (HOME_CHOICE,))
    parts = ["**Khiếu nại về xếp loại**"]
    if mine:
        parts.append(f"Có {len(mine)} khiếu nại chờ đồng chí trả lời. Đồng chí chọn một.")
    if late:
        rows = "\n".join(
            f"⏳ {_name(facts, one)} · {_until(one, facts)}, {_handler(facts, one)}" for one in late[:MOST]
        )
        parts.append(f"Quá hạn trả lời, do người khác xem xét:\n{rows}")
    choices = (
        Choice(words.cut(f"{_name(facts, one)}: {_until(one, facts)}", 60), act=f"look.{one.id}") for one in mine
    )
    return Screen("\n\n".join(parts), (*list(choices)[:MOST], HOME_CHOICE))


def choose_list(place: Place, act: str, facts: Facts) -> Move:
    appeal_id = int(act.removeprefix("look."))
    return Move(Place.of("complaint", appeal_id, 1), (LookedAtAppeal(appeal_id),))


def show_complaint(place: Place, facts: Facts) -> Screen:
    """What is complained of, the three stages, the member's own words."""
    appeal = _mine(place, facts)
    person = facts.person(appeal.person_id) if appeal else None
    if appeal is None or person is None:
        return _refused()
    result = result_of(facts, person.id)
    said = [
        *(["\n".join(stage_lines(result, facts))] if result else []),
        f"**Khiếu nại ngày {words.full_day(appeal.made_at)}**\n{plain(appeal.text)}",
    ]
    page = page_of(leaves(said), place.number(1), size=1)
    where = f" — {words.cut(person.unit.name, 60)}" if person.unit else ""
    return Screen(
        f"**{words.cut(person.name, 60)}**{where} · {_until(appeal, facts)}{page.mark}\n\n{''.join(page.rows)}",
        (
            *turn_pages(page, "complaint", appeal.id),
            Choice("Trả lời", to=Place.of("complaint_end", appeal.id)),
            *(Choice(label, act=f"look.{response.id}") for label, response in _papers(person, facts)),
            Choice("Về danh sách khiếu nại", to=LIST),
        ),
    )


def choose_complaint(place: Place, act: str, facts: Facts) -> Move:
    response_id = int(act.removeprefix("look."))
    return Move(Place.of("response", response_id, 1), (Looked(response_id),))


def show_end(place: Place, facts: Facts) -> Screen:
    appeal = _mine(place, facts)
    if appeal is None:
        return _refused()
    return Screen(
        f"**Trả lời khiếu nại của đồng chí {_name(facts, appeal)}**\n\n"
        "Đồng chí kết luận thế nào? Chọn xong, đồng chí viết lý do rồi xem lại trước khi gửi. "
        "«Xếp loại lại» chưa đổi mức nào: cấp ủy quyết định lại từ đầu.",
        (
            *(Choice(label, to=Place.of("complaint_why", appeal.id, end)) for end, label in OUTCOMES.items()),
            Choice("Đọc lại khiếu nại", to=Place.of("complaint", appeal.id, 1)),
        ),
    )


def show_why(place: Place, facts: Facts) -> Screen:
    appeal, outcome = _mine(place, facts), _outcome(place)
    if appeal is None or outcome is None:
        return _refused()
    return Screen(
        f"**{OUTCOMES[outcome]}: vì sao?**\n\n"
        f"Đồng chí viết lý do, dựa vào việc gì, giấy tờ nào. {READ_BY[outcome]}\n\n"
        "✍️ Đồng chí viết rồi gửi; tôi cho xem lại trước.",
        (Choice("Chọn lại kết luận", to=Place.of("complaint_end", appeal.id)),),
        waits_for="text",
    )


def write_why(place: Place, text: str, facts: Facts) -> Move:
    send = Place.of("complaint_send", place.number(), place.word(1), 1)
    return Move(send, (KeepUnsent(_unsent(place.number()), text),))


def show_send(place: Place, facts: Facts) -> Screen:
    appeal, outcome = _mine(place, facts), _outcome(place)
    text = facts.appeals.unsent(_unsent(place.number()))
    if appeal is None or outcome is None or not text:
        return _refused()
    shown = readback.Readback(
        "Xem lại trước khi gửi trả lời",
        f"Đồng chí {_name(facts, appeal)} · **{OUTCOMES[outcome]}**",
        text,
        Place.of("complaint_send", appeal.id, outcome),
        "Gửi trả lời",
        (
            Choice("Viết lại", to=Place.of("complaint_why", appeal.id, outcome)),
            Choice("Thôi, không gửi", act="forget"),
        ),
    )
    return readback.show(shown, place.number(2))


def choose_send(place: Place, act: str, facts: Facts) -> Move:
    appeal_id, outcome = place.number(), _outcome(place)
    assert outcome
    forget = KeepUnsent(_unsent(appeal_id), "")
    if act == "forget":
        return Move(Place.of("complaint", appeal_id, 1), (forget,), note=FORGOTTEN)
    answer = AnswerAppeal(appeal_id, outcome, facts.appeals.unsent(_unsent(appeal_id)))
    return Move(HOME, (answer, forget), note=SENT if outcome == "kept" else SENT_AGAIN)


def _mine(place: Place, facts: Facts) -> Appeal | None:
    return next((one for one in to_answer(facts) if one.id == place.number()), None)


def _outcome(place: Place) -> Outcome | None:
    return next((outcome for outcome in OUTCOMES if outcome == place.word(1)), None)


def _unsent(appeal_id: int) -> str:
    return f"answer.{appeal_id}"


def _refused() -> Screen:
    return Screen(NOTHING, (Choice("Về danh sách khiếu nại", to=LIST), HOME_CHOICE))


def _name(facts: Facts, appeal: Appeal) -> str:
    person = facts.person(appeal.person_id)
    return words.cut(person.name, 40) if person else ""


def _handler(facts: Facts, appeal: Appeal) -> str:
    handler = facts.person(appeal.handler_id) if appeal.handler_id else None
    return f"đồng chí {words.cut(handler.name, 40)} xem xét" if handler else "chưa có người xem xét"


def _until(appeal: Appeal, facts: Facts) -> str:
    assert appeal.answer_due, "a complaint has a day for its answer"
    return f"hạn {words.day(appeal.answer_due)} ({words.days_left((appeal.answer_due - facts.today).days)})"


def _papers(person: Person, facts: Facts) -> list[tuple[str, Response]]:
    found = [
        ("Đọc bản kiểm điểm", facts.response("self_review", person.id)),
        ("Đọc nhận xét nơi cư trú", facts.response("residence_remark", person.id)),
    ]
    return [(label, response) for label, response in found if response and readable(facts, response.id)]
