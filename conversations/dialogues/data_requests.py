"""For the officer: open requests about personal data, the nearest date first; take one, conclude, say why, send."""

from conversations import readback, words
from conversations.data_words import KIND, erasure_lines, may_answer, to_handle, until
from conversations.dialogue import Move
from conversations.facts import Facts
from conversations.form_answers import plain
from conversations.paging import leaves, page_of, turn_pages
from conversations.place import HOME, Place
from conversations.request_effects import (
    AnswerRequest,
    ExtendRequest,
    KeepWords,
    LookedAtRequest,
    RequestStep,
    TakeRequest,
)
from conversations.screen import Choice, Screen
from review.privacy_rules import privacy_rules
from review.requests import DataRequest, RequestKind

NOTHING = "Hiện không có yêu cầu về dữ liệu nào chờ đồng chí trả lời."
TAKEN = "✅ Đã nhận. Đồng chí ấy thấy yêu cầu đang được xem xét."
SENT = "✅ Đã gửi trả lời. Đồng chí ấy được báo ngay."
EXTENDED = "✅ Đã gia hạn. Đồng chí ấy được báo ngay."
FORGOTTEN = "Đã bỏ. Chưa có gì được gửi đi."
STEPS: dict[RequestStep, str] = {"done": "Đã làm xong", "refused": "Từ chối, có lý do", "extended": "Gia hạn một lần"}
BEFORE_DONE: dict[RequestKind, str] = {
    "correct": "Sửa trong danh sách (tệp Excel của văn phòng) xong rồi mới chọn «Đã làm xong».",
    "restrict": "Chọn «Đã làm xong» khi những người dùng dữ liệu ấy đã được báo ngừng.",
    "object": "Chọn «Đã làm xong» khi những người dùng dữ liệu ấy đã được báo ngừng.",
    "access": "Chọn «Đã làm xong» khi đã đưa đủ điều đồng chí ấy hỏi.",
}
ROWS = 6
LIST = Place.of("data_requests", 1)
BACK = Choice("Về danh sách yêu cầu", to=LIST)
HOME_CHOICE = Choice(words.BACK_HOME, to=HOME)


def show(place: Place, facts: Facts) -> Screen:
    waiting = to_handle(facts)
    if not waiting:
        return Screen(NOTHING, (HOME_CHOICE,))
    page = page_of(waiting, place.number(), ROWS)
    rows = [f"**{one.number} · {KIND[one.kind]}** · {_name(facts, one)}\n{until(one, facts)}" for one in page.rows]
    return Screen(
        f"**Yêu cầu về dữ liệu: {len(waiting)}**{page.mark}\n\n" + "\n\n".join(rows),
        (
            *(Choice(words.cut(f"{one.number}: {_name(facts, one)}", 60), act=f"look.{one.id}") for one in page.rows),
            *turn_pages(page, "data_requests"),
            HOME_CHOICE,
        ),
    )


def choose(place: Place, act: str, facts: Facts) -> Move:
    request_id = int(act.removeprefix("look."))
    return Move(Place.of("data_request", request_id, 1), (LookedAtRequest(request_id),))


def show_one(place: Place, facts: Facts) -> Screen:
    request = _mine(place, facts)
    if request is None:
        return _refused()
    told = [
        f"Gửi lúc {words.moment(request.received_at)}; trả lời chậm nhất ngày {words.full_day(request.until)}.",
        *([f"**Đã gia hạn, lý do**\n{plain(request.extension_reason)}"] if request.extended_at else []),
        f"**Yêu cầu**\n{plain(request.text)}",
    ]
    page = page_of(leaves(told), place.number(1), size=1)
    answer = Choice("Trả lời", to=Place.of("data_request_end", request.id))
    forward = answer if _took(request, facts) else Choice("Nhận xử lý", act=f"take.{request.id}")
    return Screen(
        f"**{request.number} · {KIND[request.kind]}**\n{_name(facts, request)} · {until(request, facts)}{page.mark}"
        f"\n\n{''.join(page.rows)}",
        (*turn_pages(page, "data_request", request.id), forward, BACK),
    )


def choose_one(place: Place, act: str, facts: Facts) -> Move:
    return Move(Place.of("data_request", place.number(), 1), (TakeRequest(place.number()),), note=TAKEN)


def show_end(place: Place, facts: Facts) -> Screen:
    """What may be concluded; before a deletion, what it would remove."""
    request = _taken(place, facts)
    if request is None:
        return _refused()
    said = [f"**Trả lời {request.number}: {KIND[request.kind]}**"]
    if request.kind == "delete":
        said += erasure_lines(facts.privacy.erasure(request), facts, "Chọn «Đã làm xong» là xóa ngay")
    else:
        said.append(BEFORE_DONE[request.kind])
    read = Choice("Đọc lại yêu cầu", to=Place.of("data_request", request.id, 1))
    steps = (Choice(STEPS[step], to=Place.of("data_request_why", request.id, step)) for step in _steps(request))
    return Screen("\n\n".join([*said, "Đồng chí kết luận thế nào?"]), (read, *steps, BACK))


def show_why(place: Place, facts: Facts) -> Screen:
    request, step = _taken(place, facts), _step(place, facts)
    if request is None or step is None:
        return _refused()
    by = f" Hạn mới: {words.full_day(privacy_rules().extended(request.due))}." if step == "extended" else ""
    return Screen(
        f"**{STEPS[step]}**\n\n"
        f"Đồng chí viết vài câu: đã làm gì, hoặc vì sao. Người yêu cầu đọc nguyên văn.{by}\n\n"
        "✍️ Đồng chí viết rồi gửi; tôi cho xem lại trước.",
        (Choice("Chọn lại kết luận", to=Place.of("data_request_end", request.id)),),
        waits_for="text",
    )


def write_why(place: Place, text: str, facts: Facts) -> Move:
    send = Place.of("data_request_send", place.number(), place.word(1), 1)
    return Move(send, (KeepWords(_words(place), text),))


def show_send(place: Place, facts: Facts) -> Screen:
    request, step = _taken(place, facts), _step(place, facts)
    text = facts.privacy.words(_words(place))
    if request is None or step is None or not text:
        return _refused()
    shown = readback.Readback(
        "Xem lại trước khi gửi trả lời",
        f"{request.number} · đồng chí {_name(facts, request)} · **{STEPS[step]}**",
        text,
        Place.of("data_request_send", request.id, step),
        "Gửi trả lời",
        (Choice("Viết lại", to=Place.of("data_request_why", request.id, step)), Choice("Thôi, chưa gửi", act="forget")),
    )
    return readback.show(shown, place.number(2))


def choose_send(place: Place, act: str, facts: Facts) -> Move:
    request_id, step, forget = place.number(), _step(place, facts), KeepWords(_words(place), "")
    assert step
    if act == "forget":
        return Move(Place.of("data_request", request_id, 1), (forget,), note=FORGOTTEN)
    text = facts.privacy.words(_words(place))
    if step == "extended":
        return Move(LIST, (ExtendRequest(request_id, text), forget), note=EXTENDED)
    return Move(LIST, (AnswerRequest(request_id, step, text), forget), note=SENT)


def _steps(request: DataRequest) -> tuple[RequestStep, ...]:
    return tuple(step for step in STEPS if step != "extended" or not request.extended_at)


def _step(place: Place, facts: Facts) -> RequestStep | None:
    request = _mine(place, facts)
    return next((step for step in (_steps(request) if request else ()) if step == place.word(1)), None)


def _mine(place: Place, facts: Facts) -> DataRequest | None:
    request = facts.privacy.find(place.number())
    return request if request and may_answer(facts, request) else None


def _taken(place: Place, facts: Facts) -> DataRequest | None:
    request = _mine(place, facts)
    return request if request and _took(request, facts) else None


def _took(request: DataRequest, facts: Facts) -> bool:
    return facts.me is not None and request.handler_id == facts.me.id


def _words(place: Place) -> str:
    return f"answer.{place.number()}.{place.word(1)}"


def _refused() -> Screen:
    return Screen(NOTHING, (BACK, HOME_CHOICE))


def _name(facts: Facts, request: DataRequest) -> str:
    person = facts.person(request.person_id)
    return words.cut(person.name, 40) if person else ""
