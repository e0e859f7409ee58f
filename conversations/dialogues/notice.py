"""What a reminder says, from what is true when it is read: a number, a date, minutes. No answer, no grade.

Only a secretary who must act on it is told a name (wrong_person, help_wanted, unreachable).
"""

from collections.abc import Callable

from conversations import words
from conversations.cell_meeting import cell_counts, unclosed_cells
from conversations.collective import home_work, own_reviews
from conversations.dialogue import Move
from conversations.dialogues import remedies
from conversations.dialogues.dates import changed_dates
from conversations.dialogues.helping import TOLD, ask_for_help, secretary_to_ask
from conversations.dialogues.notice_of_requests import REQUEST_SCREENS
from conversations.dialogues.notice_of_results import RESULT_SCREENS
from conversations.dialogues.remarks import areas
from conversations.effects import NoticeKind, Notify
from conversations.facts import Facts, Notice
from conversations.form_status import FormStatus, collective_status, form_place, form_status
from conversations.notices import is_needed, member_of, owes_remarks, owes_self_review, pointed_at
from conversations.oversight import led, reviewing
from conversations.place import HOME, Place
from conversations.remark_sitting import question_place, sitting
from conversations.reminding import reminding
from conversations.screen import Choice, Screen
from conversations.unit_dates import nearest_day
from review.calendar import DateName
from review.people import Unit

DONE = "Việc này đã xong, đồng chí không phải làm gì thêm. Cảm ơn đồng chí."
HOW_TO_STOP = "_Nộp xong là tôi thôi nhắc; /dulieu để đổi._"
SNOOZED = "Được, tối mai tôi nhắc lại."
DASHBOARD = Choice("Xem tổng hợp", to=Place("dashboard"))
HOME_CHOICE = Choice(words.BACK_HOME, to=HOME)
LEADS = {7: "Còn một tuần nữa. ", 3: "Sắp đến hạn. ", 1: "Ngày mai là hạn. ", 0: "Hôm nay là hạn. "}
LATE = "Muộn một chút vẫn kịp. "
SECONDS_A_QUESTION = 40
LEAST_MINUTES = 2


def show(place: Place, facts: Facts) -> Screen:
    notice = facts.notice(place.number())
    if notice is None or not is_needed(notice, facts):
        return Screen(DONE, (HOME_CHOICE,))
    return SCREENS[notice.kind](notice, facts)


def choose(place: Place, act: str, facts: Facts) -> Move:
    if act == "help":
        return Move(HOME, ask_for_help(facts), note=TOLD)
    assert facts.me
    today = facts.today.isoformat()
    return Move(HOME, (Notify(facts.me.id, "snoozed", today, after_days=1),), note=SNOOZED)


def _opening(notice: Notice, facts: Facts) -> Screen:
    assert facts.cycle
    opened = f"🔔 Đợt kiểm điểm năm {facts.cycle.year} đã mở."
    if owes_self_review(facts):
        return _work(f"{opened} {_self_review_line(facts)}", _self_review_choice(facts), facts)
    if owes_remarks(facts):
        return _work(f"{opened} {_remarks_line(facts)}", _remarks_choice(facts), facts)
    text = f"{opened} Đồng chí xem các chi bộ ở bảng tổng hợp.\n\n_Tin này chỉ gửi một lần; /dulieu để đổi._"
    return Screen(text, (DASHBOARD, HOME_CHOICE))


def _self_review_due(notice: Notice, facts: Facts) -> Screen:
    text = f"🔔 {_lead('self_reviews_due', _own(facts), facts)}{_self_review_line(facts)}"
    return _work(text, _self_review_choice(facts), facts)


def _remarks_due(notice: Notice, facts: Facts) -> Screen:
    text = f"🔔 {_lead('residence_remarks_due', _areas(facts), facts)}{_remarks_line(facts)}"
    return _work(text, _remarks_choice(facts), facts)


def _asked_by_secretary(notice: Notice, facts: Facts) -> Screen:
    return _work(f"🔔 Bí thư chi bộ nhờ tôi nhắc. {_self_review_line(facts)}", _self_review_choice(facts), facts)


def _snoozed(notice: Notice, facts: Facts) -> Screen:
    said = "🔔 Đồng chí dặn tôi nhắc lại. "
    if owes_self_review(facts):
        return _work(said + _self_review_line(facts), _self_review_choice(facts), facts)
    if owes_remarks(facts):
        return _work(said + _remarks_line(facts), _remarks_choice(facts), facts)
    return _work(said + _collective_words(facts), home_work(facts)[0], facts)


def _collective_due(notice: Notice, facts: Facts) -> Screen:
    lead = _lead("collective_review_due", reviewing(facts), facts)
    return _work(f"🔔 {lead}{_collective_words(facts)}", home_work(facts)[0], facts)


def _collective_words(facts: Facts) -> str:
    cell, status = next((cell, status) for cell, status in own_reviews(facts) if status.is_open)
    until = _until("collective_review_due", (cell,), facts)
    if not status.next_name:
        return f"Bản kiểm điểm tập thể của {words.cut(cell.name, 80)} đã viết đủ, chỉ còn bấm **Nộp**{until}."
    left = max(status.total - status.answered, 1)
    return f"Bản kiểm điểm tập thể của {words.cut(cell.name, 80)} còn **{left} câu**{until}. Bản này nên xong trước."


def _collective_part(notice: Notice, facts: Facts) -> Screen:
    assert facts.me
    forward = Choice("Bổ sung phần V", to=form_place("form_withdraw", "self_review", facts.me.id))
    return Screen(
        "🔔 Bản kiểm điểm tập thể có thêm nội dung ở phần V của đồng chí. "
        "Đồng chí rút bản đã nộp lại, viết thêm rồi nộp lại; không mất chữ nào.",
        (forward, Choice("Để sau", to=HOME)),
    )


def _point_raised(notice: Notice, facts: Facts) -> Screen:
    subject = pointed_at(notice, facts)
    assert subject, "is_needed asks for it"
    status = collective_status(facts, subject) if isinstance(subject, Unit) else form_status(facts, subject)
    who = f"với {words.cut(subject.name, 80)}" if isinstance(subject, Unit) else "với đồng chí"
    back = ""
    if status and status.response and status.response.status == "returned":
        back = " Bản đã nộp được trả lại để viết thêm, không mất chữ nào."
    forward = (Choice("Trả lời ngay", to=status.next_place),) if status else ()
    return Screen(
        f"🔔 Cấp trên có gợi ý kiểm điểm {who}. Trả lời ở phần IV rồi mới nộp được.{back}",
        (*forward, Choice("Để sau", to=HOME)),
    )


def _digest(notice: Notice, facts: Facts) -> Screen:
    cells = led(facts)
    counts = facts.cell_counts(tuple(cell.id for cell in cells))
    where = words.cut(cells[0].name, 80) if len(cells) == 1 else f"{len(cells)} chi bộ"
    done, due = sum(c.submitted for c in counts), sum(c.due for c in counts)
    rest = (
        f"Đang viết {sum(c.drafting for c in counts)} · Chưa bắt đầu {sum(c.not_started for c in counts)} · "
        f"Chưa vào {sum(c.not_joined for c in counts)}"
    )
    until = _until("self_reviews_due", cells, facts)
    return Screen(
        f"🔔 **{where}**{until}\nĐã nộp {done}/{due} {words.bar(done, due)}\n{rest}\n\n{_to_meet(cells, facts)}"
        "Bấm /tonghop lúc nào cũng xem được. _Mọi người nộp đủ là tôi thôi báo; /dulieu để đổi._",
        (DASHBOARD, Choice("Nhắc người chưa nộp", to=Place("remind")), HOME_CHOICE),
    )


def _to_meet(cells: tuple[Unit, ...], facts: Facts) -> str:
    """On the last day: how many no message reaches."""
    is_last_day = nearest_day("self_reviews_due", cells, facts) == facts.today
    count = reminding(facts, cells).to_meet if is_last_day else 0
    if not count:
        return ""
    return f"**{count} đồng chí** tôi không nhắn tới được, cần gặp trực tiếp hôm nay: bấm /nhac để lấy danh sách.\n\n"


def _wrong_person(notice: Notice, facts: Facts) -> Screen:
    return _about_member(
        notice,
        facts,
        "Mã mời của đồng chí {} đã tới nhầm người và tôi đã khóa mã ấy. Đồng chí cấp mã mới rồi trao tận tay giúp tôi.",
    )


def _help_wanted(notice: Notice, facts: Facts) -> Screen:
    return _about_member(
        notice, facts, "Đồng chí {} cần giúp việc kiểm điểm trên điện thoại. Đồng chí gọi hoặc ghé nhé."
    )


def _unreachable(notice: Notice, facts: Facts) -> Screen:
    return _about_member(notice, facts, "Tôi không nhắn được cho đồng chí {} nữa. Đồng chí gặp trực tiếp giúp tôi.")


def _remark_arrived(notice: Notice, facts: Facts) -> Screen:
    return Screen(
        "🔔 Nơi cư trú đã gửi nhận xét về đồng chí. Đồng chí xem và có thể thêm ý kiến của mình.",
        (Choice("Xem nhận xét", to=Place("remark_me")), Choice("Để sau", to=HOME)),
    )


def _typed_in(notice: Notice, facts: Facts) -> Screen:
    """It is the member's own paper: to be read, and taken back while the cell has not met."""
    me = facts.me.id if facts.me else 0
    return Screen(
        "🔔 Chi bộ đã nhập thay bản kiểm điểm đồng chí nộp trên giấy. "
        "Đồng chí xem lại giúp tôi; chỗ nào chưa đúng thì rút lại để sửa.",
        (
            Choice("Đọc bản đã nhập", to=form_place("form_text", "self_review", me, 1)),
            Choice("Rút lại để sửa", to=form_place("form_withdraw", "self_review", me)),
            Choice("Để sau", to=HOME),
        ),
    )


def _meeting_due(notice: Notice, facts: Facts) -> Screen:
    cell = unclosed_cells(facts)[0]
    meeting = facts.grading.meeting(cell.id)
    said = "chưa ghi cuộc họp kiểm điểm"
    if meeting:
        done, due = cell_counts(cell.id, facts)
        said = f"đã ghi biểu quyết {done}/{due}, chưa chốt"
    lead, until = _lead("cell_meeting_due", (cell,), facts), _until("cell_meeting_due", (cell,), facts)
    return Screen(
        f"🔔 {lead}**{words.cut(cell.name, 80)}** {said}{until}.\n\n"
        "_Chốt kết quả họp là tôi thôi nhắc; /dulieu để đổi._",
        (Choice("Ghi kết quả họp", to=Place.of("meeting", cell.id)), DASHBOARD, HOME_CHOICE),
    )


def _about_member(notice: Notice, facts: Facts, text: str) -> Screen:
    member = member_of(notice, facts)
    assert member, "is_needed asks for it"
    return Screen(f"🔔 {text.format(f'**{words.cut(member.name, 80)}**')}", (Choice("Đã rõ", to=HOME), DASHBOARD))


def _work(text: str, forward: Choice, facts: Facts) -> Screen:
    choices = [forward, Choice("Nhắc tôi tối mai", act="snooze")]
    if secretary_to_ask(facts):
        choices.append(Choice("Tôi cần giúp", act="help"))
    return Screen(f"{text}\n\n{HOW_TO_STOP}", (*choices, HOME_CHOICE))


def _status(facts: Facts) -> FormStatus:
    status = form_status(facts, facts.me) if facts.me else None
    assert status, "is_needed asks for it"
    return status


def _self_review_line(facts: Facts) -> str:
    status, until = _status(facts), _until("self_reviews_due", _own(facts), facts)
    if not status.next_name:
        return f"Bản kiểm điểm của đồng chí đã viết đủ, chỉ còn bấm **Nộp**{until}."
    left = max(status.total - status.answered, 1)
    minutes = max(LEAST_MINUTES, round(left * SECONDS_A_QUESTION / 60))
    start = "Viết tiếp" if status.answered else "Viết"
    return f"Đồng chí còn **{left} câu** trong bản kiểm điểm{until}. {start} mất khoảng {minutes} phút."


def _self_review_choice(facts: Facts) -> Choice:
    status = _status(facts)
    started = "Viết tiếp" if status.answered else "Bắt đầu"
    return Choice(started if status.next_name else "Xem lại và nộp", to=status.next_place)


def _remarks_line(facts: Facts) -> str:
    now = sitting(facts)
    left, until = len(now.unfinished) if now else 0, _until("residence_remarks_due", _areas(facts), facts)
    if left:
        return f"Đồng chí còn **{left} người** chưa nhận xét nơi cư trú{until}. Mỗi người khoảng năm lần bấm."
    return f"Nhận xét nơi cư trú đã viết xong, chỉ còn bấm **Gửi**{until}."


def _remarks_choice(facts: Facts) -> Choice:
    now = sitting(facts)
    if now and now.unfinished:
        return Choice("Nhận xét tiếp", to=question_place(now.unfinished[0], now.form))
    return Choice("Xem lại và gửi", to=Place("remarks_send"))


def _own(facts: Facts) -> tuple[Unit | None, ...]:
    """Whose dates count for one's own papers."""
    return (facts.me.unit if facts.me else None,)


def _areas(facts: Facts) -> tuple[Unit | None, ...]:
    now = sitting(facts)
    return areas(now) if now else ()


def _until(name: DateName, units: tuple[Unit | None, ...], facts: Facts) -> str:
    """ ", hạn **10/12 (còn 3 ngày)**"; empty where the calendar sets no date."""
    due = nearest_day(name, units, facts)
    if due is None:
        return ""
    days = (due - facts.today).days
    left = f"còn {days} ngày" if days > 0 else f"đã quá {-days} ngày" if days else "hôm nay"
    return f", hạn **{words.day(due)} ({left})**"


def _lead(name: DateName, units: tuple[Unit | None, ...], facts: Facts) -> str:
    """A first sentence by how near the date is: so no two reminders read alike."""
    due = nearest_day(name, units, facts)
    if due is None:
        return ""
    days = (due - facts.today).days
    return LATE if days < 0 else LEADS.get(days, "")


def _dates_changed(notice: Notice, facts: Facts) -> Screen:
    return changed_dates(led(facts), facts)


SCREENS: dict[NoticeKind, Callable[[Notice, Facts], Screen]] = {
    "opening": _opening,
    "self_review_due": _self_review_due,
    "remarks_due": _remarks_due,
    "digest": _digest,
    "asked_by_secretary": _asked_by_secretary,
    "snoozed": _snoozed,
    "wrong_person": _wrong_person,
    "help_wanted": _help_wanted,
    "unreachable": _unreachable,
    "remark_arrived": _remark_arrived,
    "typed_in": _typed_in,
    "meeting_due": _meeting_due,
    **RESULT_SCREENS,
    **REQUEST_SCREENS,
    "dates_changed": _dates_changed,
    "remedy_plan": remedies.show_plan,
    "remedy_check": remedies.show_check,
    "collective_due": _collective_due,
    "collective_part": _collective_part,
    "point_raised": _point_raised,
}
