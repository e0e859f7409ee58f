"""/dulieu: what is kept about this person, a copy of it, and taking the consent back. Works before consent too."""

from conversations import words
from conversations.data_words import SECTIONS
from conversations.dialogue import Move
from conversations.effects import SetConsent
from conversations.facts import Facts
from conversations.place import HOME, Place
from conversations.screen import Choice, Paper, Screen
from conversations.typed_in import typist
from review.consents import CURRENT
from review.responses import Response

WITHDRAWN = "Đã ghi việc rút lại đồng ý. Từ giờ tôi không lưu thêm câu trả lời nào và không nhắn nhắc nữa."
NOWHERE_ELSE = (
    "Dữ liệu chỉ ở trên máy chủ này, không gửi cho bên thứ ba; điều đồng chí nhắn thì đi qua kênh đồng chí đang dùng."
)
SAID = {"draft": "bản nháp", "returned": "được trả lại để bổ sung", "submitted": "đã nộp", "accepted": "đã tiếp nhận"}


def show(place: Place, facts: Facts) -> Screen:
    me = facts.me
    assert me, "the gate lets only joined people in"
    response = facts.response("self_review", me.id)
    lines = [
        "**Dữ liệu của đồng chí**",
        "\n".join(
            [
                f"Hồ sơ do chi bộ cung cấp: {words.cut(me.name, 60)}"
                + (f", sinh {words.full_day(me.birth_date)}" if me.birth_date else "")
                + (f", {words.cut(me.unit.name, 80)}" if me.unit else ""),
                _own_review(response, facts),
                _remark(facts.response("residence_remark", me.id), facts),
                *_remarks_given(facts),
                f"Đồng ý cho lưu: {'✅ đã đồng ý' if facts.consented else 'chưa, hoặc đã rút lại'}",
            ]
        ),
        _kept(facts),
        NOWHERE_ELSE,
        _asked(facts),
    ]
    return Screen("\n\n".join(line for line in lines if line), _choices(facts))


def show_withdraw(place: Place, facts: Facts) -> Screen:
    return Screen(
        "**Rút lại đồng ý?**\n\n"
        "Tôi sẽ không lưu thêm câu trả lời và không nhắn nhắc nữa. Những gì đã nộp vẫn thuộc hồ sơ của chi bộ; "
        "bản nháp được giữ nguyên để đồng chí dùng lại nếu đổi ý. Muốn xóa hẳn, đồng chí vào «Yêu cầu về dữ liệu».\n\n"
        "Đồng chí vẫn kiểm điểm trên giấy như trước nay.",
        (
            Choice("Không, giữ như hiện nay", to=Place("my_data")),
            Choice("Rút lại đồng ý", act=f"withdraw.{CURRENT}"),
        ),
    )


def choose_withdraw(place: Place, act: str, facts: Facts) -> Move:
    return Move(Place("my_data"), (SetConsent(False, CURRENT),), note=WITHDRAWN)


def show_copy(place: Place, facts: Facts) -> Screen:
    """Everything kept about the person, to read and for other programs; the own form as the Party prints it."""
    me = facts.me
    assert me, "the gate lets only joined people in"
    response = facts.response("self_review", me.id)
    form = (Paper("self_review", response.id, "Bản kiểm điểm của tôi (.docx)"),) if response else ()
    return Screen(
        "📄 Bản sao mọi điều đang được lưu về đồng chí: một bản để đọc, một bản cho máy tính đọc. "
        "Trong bản sao không có số phiếu và không có bản nháp của người khác.",
        (Choice("Về dữ liệu của tôi", to=Place("my_data")),),
        papers=(
            Paper("my_data_copy", me.id, "Dữ liệu của tôi (.docx)"),
            Paper("my_data_file", me.id, "Dữ liệu của tôi (.json)"),
            *form,
        ),
    )


def show_all(place: Place, facts: Facts) -> Screen:
    """How many records of every kind; what they say is in the copy."""
    me = facts.me
    assert me, "the gate lets only joined people in"
    posts = "; ".join(post for post in (me.party_post, me.state_post, me.union_post, me.workplace) if post)
    profile = [
        f"Họ tên: {words.cut(me.name, 80)}",
        *([f"Chức vụ, nơi làm việc: {words.cut(posts, 200)}"] if posts else []),
        *([f"Nơi cư trú: {words.cut(me.residence.name, 80)}"] if me.residence else []),
    ]
    counted = [f"{SECTIONS[kept.section]}: {kept.count}" for kept in facts.privacy.kept()]
    return Screen(
        "**Mọi điều đang được lưu về đồng chí**\n\n"
        + "\n".join(profile)
        + "\n\n"
        + ("\n".join(counted) or "Ngoài hồ sơ trên chưa lưu gì.")
        + "\n\nNội dung từng mục ở «Tải bản sao».",
        (
            Choice("Về dữ liệu của tôi", to=Place("my_data")),
            Choice("Tải bản sao", to=Place("my_data_copy")),
            Choice("Yêu cầu sửa thông tin", to=Place.of("ask_data", "correct")),
        ),
    )


def _choices(facts: Facts) -> tuple[Choice, ...]:
    choices = [Choice(words.BACK_HOME, to=HOME)]
    if not facts.consented:
        choices = [Choice("Xem lại và đồng ý", to=Place("consent"))]
    choices += [
        Choice("Xem mọi điều đang lưu", to=Place("my_data_all")),
        Choice("Tải bản sao", to=Place("my_data_copy")),
        Choice("Yêu cầu về dữ liệu", to=Place.of("my_requests", 1)),
        Choice("Máy và kênh của tôi", to=Place("chats")),
    ]
    if facts.consented:
        choices.append(Choice("Rút lại đồng ý", to=Place("my_data_withdraw")))
    return tuple(choices)


def _asked(facts: Facts) -> str:
    waiting = sum(one.is_open for one in facts.privacy.mine())
    return f"⏳ Yêu cầu của đồng chí đang chờ trả lời: {waiting}" if waiting else ""


def _own_review(response: Response | None, facts: Facts) -> str:
    if response is None:
        return "Bản kiểm điểm: chưa lưu câu nào"
    at = response.submitted_at or response.saved_at
    when = f", {words.moment(at)}" if at else ""
    typed = f"; đồng chí {name} nhập thay theo bản giấy" if (name := typist(response, facts)) else ""
    return f"Bản kiểm điểm: {len(response.answers)} câu trả lời, {SAID[response.status]}{when}{typed}"


def _remark(remark: Response | None, facts: Facts) -> str:
    if remark is None or remark.is_open:
        return "Nhận xét nơi cư trú: chưa có"
    at = f", {words.moment(remark.submitted_at)}" if remark.submitted_at else ""
    return f"Nhận xét nơi cư trú: đã có{at}" + (", kèm ý kiến của đồng chí" if facts.remark_answer(remark.id) else "")


def _remarks_given(facts: Facts) -> list[str]:
    mine = [line for line in facts.remark_lines() if line.response and facts.me]
    given = [line for line in mine if line.response and facts.me and line.response.respondent_id == facts.me.id]
    return [f"Nhận xét đồng chí đã viết về người khác: {len(given)}"] if given else []


def _kept(facts: Facts) -> str:
    years = f" Dữ liệu được lưu {facts.pack.retention_years} năm." if facts.pack else ""
    return f"Người xem được: đồng chí, bí thư, phó bí thư chi bộ, cán bộ tổ chức của cấp trên.{years}"
