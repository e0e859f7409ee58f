"""/dulieu: requests about the own data. They need no consent; each has a number, a date and an answer to be read."""

from conversations import readback, words
from conversations.data_words import KIND, erasure_lines, state
from conversations.dialogue import Move
from conversations.facts import Facts
from conversations.form_answers import plain
from conversations.paging import leaves, page_of, turn_pages
from conversations.place import Place
from conversations.request_effects import KeepWords, MakeRequest
from conversations.screen import Choice, Screen
from review.privacy_rules import privacy_rules
from review.requests import DataRequest, RequestKind

MADE = "✅ Đã gửi yêu cầu. Số và hạn trả lời ở ngay dưới đây; có trả lời tôi báo."
FORGOTTEN = "Đã bỏ. Không có gì được gửi đi."
NO_SUCH = "Tôi không thấy yêu cầu này."
ASKS: dict[RequestKind, str] = {
    "correct": "Họ tên, ngày sinh, chi bộ, chức vụ do chi bộ cung cấp. Đồng chí viết chỗ nào sai và đúng ra là gì.",
    "delete": (
        "Xóa được: bản nháp, câu đã sửa không thuộc bản đã nộp, phiên web ở máy khác. "
        "Hồ sơ đã nộp phải lưu đủ số năm quy định. Đồng chí viết muốn xóa gì, vì sao."
    ),
    "restrict": "Đồng chí viết dữ liệu nào tạm thời không nên dùng, vì sao.",
    "object": "Đồng chí viết không đồng ý cách dùng dữ liệu nào, vì sao.",
    "access": "Bản sao tải ngay được ở «Tải bản sao». Cần gì thêm, đồng chí viết ra đây.",
}
MY_DATA = Choice("Về dữ liệu của tôi", to=Place("my_data"))
LIST = Place.of("my_requests", 1)


def show(place: Place, facts: Facts) -> Screen:
    """The newest first."""
    mine = tuple(reversed(facts.privacy.mine()))
    page = page_of(mine, place.number(), size=5)
    rows = [f"**{one.number} · {KIND[one.kind]}**\n{state(one)}" for one in page.rows]
    return Screen(
        f"**Yêu cầu của đồng chí về dữ liệu**{page.mark}\n\n" + ("\n\n".join(rows) or "Đồng chí chưa gửi yêu cầu nào."),
        (
            MY_DATA,
            *(Choice(f"Đọc {one.number}: {KIND[one.kind]}", to=Place.of("my_request", one.id, 1)) for one in page.rows),
            *turn_pages(page, "my_requests"),
            Choice("Gửi yêu cầu mới", to=Place("ask_kind")),
        ),
    )


def show_one(place: Place, facts: Facts) -> Screen:
    request = next((one for one in facts.privacy.mine() if one.id == place.number()), None)
    back = Choice("Các yêu cầu của tôi", to=LIST)
    if request is None:
        return Screen(NO_SUCH, (back,))
    page = page_of(leaves(_told(request, facts)), place.number(1), size=1)
    return Screen(
        f"**{request.number} · {KIND[request.kind]}**{page.mark}\n\n{''.join(page.rows)}",
        (*turn_pages(page, "my_request", request.id), back),
    )


def _told(request: DataRequest, facts: Facts) -> list[str]:
    told = [state(request)]
    if request.answered_at:
        told.append(f"**Trả lời**\n{plain(request.answer)}")
    if request.erased:
        told += erasure_lines(request.erased, facts)
    if request.extended_at:
        told.append(f"**Gia hạn đến ngày {words.full_day(request.until)}**\n{plain(request.extension_reason)}")
    said = f"\n{plain(request.text)}" if request.text else ""
    return [*told, f"**Gửi lúc {words.moment(request.received_at)}**{said}"]


def show_kind(place: Place, facts: Facts) -> Screen:
    return Screen(
        "**Đồng chí muốn yêu cầu điều gì?**\n\nCán bộ không tham gia việc xếp loại đồng chí sẽ xem xét. "
        "Rút lại đồng ý thì không cần yêu cầu: có nút ở «Dữ liệu của tôi».",
        (MY_DATA, *(Choice(KIND[kind], to=Place.of("ask_data", kind)) for kind in ASKS)),
    )


def show_ask(place: Place, facts: Facts) -> Screen:
    kind = _kind(place)
    if kind is None:
        return show_kind(place, facts)
    _, due = privacy_rules().due_dates(kind, facts.today)
    kept = facts.privacy.words(_name(kind))
    read = (Choice("Đọc lại bản đã viết, chưa gửi", to=Place.of("ask_send", kind, 1)),) if kept else ()
    return Screen(
        f"**{KIND[kind]}**\n\n{ASKS[kind]}\n\nGửi hôm nay thì được trả lời chậm nhất ngày {words.full_day(due)}.\n\n"
        "✍️ Đồng chí viết rồi gửi; tôi cho xem lại trước.",
        (*read, Choice("Thôi, quay lại", to=LIST)),
        waits_for="text",
    )


def write_ask(place: Place, text: str, facts: Facts) -> Move:
    kind = _kind(place)
    assert kind, "only then the screen waits for words"
    return Move(Place.of("ask_send", kind, 1), (KeepWords(_name(kind), text),))


def show_send(place: Place, facts: Facts) -> Screen:
    kind = _kind(place)
    text = facts.privacy.words(_name(kind)) if kind else ""
    if kind is None or not text:
        return Screen("Chưa có yêu cầu nào chờ gửi.", (Choice("Các yêu cầu của tôi", to=LIST),))
    shown = readback.Readback(
        "Xem lại trước khi gửi",
        f"**{KIND[kind]}**",
        text,
        Place.of("ask_send", kind),
        "Gửi yêu cầu",
        (Choice("Viết lại", to=Place.of("ask_data", kind)), Choice("Thôi, không gửi", act="forget")),
    )
    return readback.show(shown, place.number(1))


def choose_send(place: Place, act: str, facts: Facts) -> Move:
    kind = _kind(place)
    assert kind
    forget = KeepWords(_name(kind), "")
    if act == "forget":
        return Move(LIST, (forget,), note=FORGOTTEN)
    return Move(LIST, (MakeRequest(kind, facts.privacy.words(_name(kind))), forget), note=MADE)


def _kind(place: Place) -> RequestKind | None:
    return next((kind for kind in ASKS if kind == place.word()), None)


def _name(kind: RequestKind) -> str:
    return f"ask.{kind}"
