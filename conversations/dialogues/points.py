"""Points raised by the upper level (gợi ý kiểm điểm): listed, written, looked at again, sent; taken back in time."""

from conversations import readback, words
from conversations.dialogue import Move, stay
from conversations.facts import Facts
from conversations.form_answers import plain
from conversations.paging import page_of, turn_pages
from conversations.place import HOME, Place
from conversations.pointing import Subject, subject_of, too_late
from conversations.points_effects import RaisePoint, TakeBackPoint, WritePoint
from conversations.points_facts import Point
from conversations.screen import Choice, Screen
from review.answers import NO_WORDS, is_visible

PER_PAGE = 4
MAX_POINT = 1000
LONGEST_IN_LIST = 220
NOT_YOURS = (
    "Gợi ý kiểm điểm do cán bộ cấp ủy nêu với chi bộ và đảng viên mình phụ trách. "
    "Ở đây đồng chí không nêu được; cần trao đổi thì đồng chí báo cấp ủy nhé."
)
TOO_LATE = "Chi bộ đã họp nên không gửi thêm gợi ý được nữa. Những điều đã gửi vẫn xem được ở đây."
TOO_LONG = "Điều này dài {} chữ cái, nhiều nhất {} nên **chưa được lưu**. Đồng chí nêu gọn một việc rồi gửi lại."
WRITE = (
    "Đồng chí nêu **một việc** cần làm rõ: việc gì, ở đâu, khi nào. Mỗi lần một việc.\n"
    "_Ví dụ: Làm rõ vì sao ba hộ khối 5 được hỗ trợ chậm hai tháng._\n\n"
    "✍️ Đồng chí viết rồi gửi. Tôi sẽ cho xem lại trước khi chuyển đi."
)
SENT = "✅ Đã gửi gợi ý. Tôi đã báo người phải trả lời."
TAKEN_BACK = "Đã rút lại. Người được gợi ý không phải trả lời điều này nữa."
GONE = "Điều này không còn rút lại được: đã được trả lời, hoặc đã rút rồi."


def show_points(place: Place, facts: Facts) -> Screen:
    subject = subject_of(place, facts)
    if subject is None:
        return _refusal()
    page = page_of(facts.points.points(subject.about, subject.who.id), place.number(2), PER_PAGE)
    rows = [
        f"{nth}. “{_cut(point, LONGEST_IN_LIST)}”\n{_state(point)}" for nth, point in enumerate(page.rows, page.first)
    ]
    backs = (
        Choice(f"Rút lại điều {nth}", to=subject.place("point_back", point.id))
        for nth, point in enumerate(page.rows, page.first)
        if point.is_open and not point.begun
    )
    late = too_late(subject, facts)
    lines = [f"**Gợi ý kiểm điểm · {words.cut(subject.who.name, 90)}**{page.mark}", *(rows or ["Chưa có gợi ý nào."])]
    return Screen(
        "\n\n".join([*lines, *([TOO_LATE] if late else [])]),
        (
            *(() if late else (_add(subject, facts),)),
            *backs,
            *turn_pages(page, "points", *subject.place("points").args),
            Choice("Quay lại", to=subject.back()),
        ),
    )


def show_write(place: Place, facts: Facts) -> Screen:
    subject = subject_of(place, facts)
    if subject is None:
        return _refusal()
    if too_late(subject, facts):
        return Screen(TOO_LATE, (Choice("Quay lại", to=subject.place("points", 1)),))
    title = f"**Gợi ý kiểm điểm cho {words.cut(subject.who.name, 90)}**"
    return Screen(f"{title}\n\n{WRITE}", (Choice("Để sau", to=subject.place("points", 1)),), "text")


def write_point(place: Place, text: str, facts: Facts) -> Move:
    subject = subject_of(place, facts)
    assert subject, "only the screen of a point waits for words"
    if not is_visible(text):
        return stay(NO_WORDS)
    if len(text) > MAX_POINT:
        return stay(TOO_LONG.format(len(text), MAX_POINT))
    return Move(subject.place("point_check"), (WritePoint(subject.about, subject.who.id, text),))


def show_check(place: Place, facts: Facts) -> Screen:
    """The words as the subject will see them, and what follows from sending them."""
    subject = subject_of(place, facts)
    point = facts.points.drafted(subject.about, subject.who.id) if subject else None
    if subject is None:
        return _refusal()
    if point is None or too_late(subject, facts):
        gone = TOO_LATE if point else "Điều này đã được gửi rồi."
        return Screen(gone, (Choice("Xem các gợi ý", to=subject.place("points", 1)),))
    return Screen(
        f"**Xem lại trước khi gửi** — {words.cut(subject.who.name, 90)}\n\n“{_cut(point, MAX_POINT)}”\n\n"
        f"{_consequence(subject)}",
        (
            Choice("Gửi gợi ý", act=_raise_act(point)),
            Choice("Viết lại", to=subject.place("point_write")),
            Choice("Để sau", to=subject.place("points", 1)),
        ),
    )


def choose_check(place: Place, act: str, facts: Facts) -> Move:
    """The act names the words that were looked at: other words typed meanwhile are shown before they are sent."""
    subject = subject_of(place, facts)
    assert subject, "only the subject's own screen offers the act"
    return Move(subject.place("points", 1), (RaisePoint(int(act.split(".")[1])),), note=SENT)


def show_back(place: Place, facts: Facts) -> Screen:
    subject, point = subject_of(place, facts), facts.points.point(place.number(2))
    if subject is None or point is None or (point.about, point.subject_id) != (subject.about, subject.who.id):
        return _refusal()
    keep = subject.place("points", 1)
    if point.begun or not point.is_open:
        return Screen(GONE, (Choice("Xem các gợi ý", to=keep),))
    return Screen(
        f"**Rút lại gợi ý này?**\n\n“{_cut(point, MAX_POINT)}”",
        (Choice("Không, giữ lại", to=keep), Choice("Rút lại", act=f"back.{point.id}")),
    )


def choose_back(place: Place, act: str, facts: Facts) -> Move:
    subject = subject_of(place, facts)
    assert subject, "only the subject's own screen offers the act"
    return Move(subject.place("points", 1), (TakeBackPoint(int(act.removeprefix("back."))),), note=TAKEN_BACK)


def _refusal() -> Screen:
    return Screen(NOT_YOURS, (Choice(words.BACK_HOME, to=HOME),))


def _add(subject: Subject, facts: Facts) -> Choice:
    if facts.points.drafted(subject.about, subject.who.id):
        return Choice("Xem lại điều đang viết", to=subject.place("point_check"))
    return Choice("Thêm gợi ý", to=subject.place("point_write"))


def _state(point: Point) -> str:
    if point.withdrawn_at:
        return f"Đã rút lại ngày {words.day(point.withdrawn_at.date())}"
    raised = f" · gửi ngày {words.day(point.raised_at.date())}" if point.raised_at else ""
    return f"✅ Đã trả lời{raised}" if point.answered else f"⏳ Chưa trả lời{raised}"


def _consequence(subject: Subject) -> str:
    who, form = ("Chi bộ", "bản kiểm điểm tập thể") if subject.is_cell else ("Đồng chí ấy", "bản kiểm điểm")
    said = f"{who} phải trả lời điều này ở phần IV rồi mới nộp được {form}."
    if subject.review and subject.review.status == "submitted":
        said += " Bản đã nộp sẽ được trả lại để viết thêm, không mất chữ nào."
    return said


def _raise_act(point: Point) -> str:
    return f"raise.{point.id}.{readback.tag(point.text)}"


def _cut(point: Point, length: int) -> str:
    return plain(words.cut(point.text, length))
