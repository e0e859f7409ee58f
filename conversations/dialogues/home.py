"""Home: what this person has to do now, the nearest first."""

from datetime import date

from conversations import collective, words
from conversations.after_decision import (
    duty_lines,
    duty_ways,
    redo_due,
    redo_lines,
    request_lines,
    request_ways,
    result_lines,
    result_ways,
)
from conversations.collective import comes_first, home_work, parts_to_add
from conversations.dialogues.remark_me import sent_remark
from conversations.dialogues.remarks import areas
from conversations.facts import Facts
from conversations.form_lines import onward_to, status_line
from conversations.form_status import FormStatus, form_place, form_status
from conversations.oversight import Tree, overseen, reviewing
from conversations.place import Place
from conversations.pointing import open_about
from conversations.remark_sitting import Sitting, question_place, sitting
from conversations.remedy_words import home_choices, home_lines
from conversations.screen import Choice, Screen
from conversations.unit_dates import cycle_of, nearest_day
from review.people import Person, Unit

NO_CYCLE = (
    "**Chào đồng chí.** Hiện chưa có đợt kiểm điểm nào đang mở, đồng chí chưa phải làm gì. Khi đợt mới mở, tôi sẽ nhắn."
)
BETWEEN = "**Chào đồng chí.** Hiện chưa có đợt kiểm điểm nào đang mở. Khi đợt mới mở, tôi sẽ nhắn."
NOTHING = "Đợt này đồng chí không có việc gì cần làm ở đây. Cảm ơn đồng chí đã ghé."
PART_TO_ADD = (
    "⏳ Bản kiểm điểm tập thể có thêm nội dung ở phần V của đồng chí: "
    "rút bản đã nộp lại, viết thêm rồi nộp lại, không mất chữ nào."
)
ALWAYS = (Choice("Dữ liệu của tôi", to=Place("my_data")), Choice("Trợ giúp", to=Place("help")))


def show(place: Place, facts: Facts) -> Screen:
    me = facts.me
    assert me, "the gate lets only joined people in"
    if facts.cycle is None or facts.cycle.closed:
        return _between_reviews(facts)
    status, remarks = form_status(facts, me), sitting(facts)
    own, cells = _self_review_lines(status, me, facts), collective.home_lines(facts)
    lines = [
        *result_lines(me, facts),
        *((*cells, *own) if comes_first(facts) else (*own, *cells)),
        *redo_lines(me, facts),
        *_remark_about_me(me, facts),
        *_remarks_lines(remarks),
        *home_lines(facts),
        *_cell_lines(facts),
        *duty_lines(facts),
    ]
    title = f"**Việc của đồng chí**{_left(status, remarks, facts)}"
    return Screen(
        f"{title}\n\n" + ("\n".join(lines) or NOTHING),
        (*_work(status, remarks, facts), *_looks(status, facts), *ALWAYS),
    )


def _between_reviews(facts: Facts) -> Screen:
    """Nothing to write; what was promised in the last review goes on."""
    promised = home_lines(facts) + request_lines(facts)
    text = "\n\n".join([BETWEEN, *promised]) if promised else NO_CYCLE
    return Screen(text, (*home_choices(facts), *request_ways(facts), *ALWAYS))


def _work(status: FormStatus | None, remarks: Sitting | None, facts: Facts) -> list[Choice]:
    """What is not done yet, in the order in which it is best done."""
    own, cells = _own_work(status, facts), home_work(facts)
    choices = [*cells, *own] if comes_first(facts) else [*own, *cells]
    if remarks and remarks.unfinished:
        to = question_place(remarks.unfinished[0], remarks.form) if not remarks.done else Place("remarks")
        choices.append(Choice(f"Nhận xét nơi cư trú: còn {len(remarks.unfinished)} người", to=to))
    elif remarks and remarks.ready:
        choices.append(Choice(f"Gửi nhận xét của {len(remarks.ready)} người", to=Place("remarks_send")))
    choices += duty_ways(facts)
    choices += home_choices(facts)
    if overseen(facts):
        choices.append(Choice("Bảng tổng hợp", to=Place("dashboard")))
    if remarks and not remarks.unfinished and not remarks.ready:
        choices.append(Choice("Nhận xét nơi cư trú đã gửi", to=Place("remarks")))
    return choices


def _own_work(status: FormStatus | None, facts: Facts) -> list[Choice]:
    if status and status.is_open:
        return [onward_to(status, "Bắt đầu bản kiểm điểm", "Viết tiếp", "Xem lại và nộp")]
    if status and parts_to_add(facts):
        return [Choice("Bổ sung phần V", to=form_place("form_withdraw", "self_review", facts.me.id if facts.me else 0))]
    return []


def _looks(status: FormStatus | None, facts: Facts) -> list[Choice]:
    """What one may look at again; taking the form back stands last."""
    choices = []
    me = facts.me.id if facts.me else 0
    choices += result_ways(me, facts)
    if status and status.response and status.is_open and status.next_name:
        choices.append(Choice("Xem lại bản nháp", to=form_place("form_preview", "self_review", me)))
    if status and not status.is_open:
        choices.append(Choice("Xem bản đã nộp", to=status.next_place))
    if sent_remark(facts):
        choices.append(Choice("Nhận xét nơi cư trú về tôi", to=Place("remark_me")))
    if status and status.response and status.response.status == "submitted":
        choices.append(Choice("Rút lại để sửa", to=form_place("form_withdraw", "self_review", me)))
    return choices


def _left(status: FormStatus | None, remarks: Sitting | None, facts: Facts) -> str:
    """ " · còn 9 ngày (hạn 10/12)": the nearest date of what is still to be done here."""
    mine = [facts.me.unit if facts.me else None] if status and status.is_open else []
    again = redo_due(facts.me, facts) if facts.me and mine else None
    due: list[date | None] = [again or nearest_day("self_reviews_due", [*mine, *_still_to_meet(facts)], facts)]
    if home_work(facts):
        due.append(nearest_day("collective_review_due", reviewing(facts), facts))
    if remarks and (remarks.unfinished or remarks.ready):
        due.append(nearest_day("residence_remarks_due", areas(remarks), facts))
    nearest = min((day for day in due if day), default=None)
    if nearest is None:
        return ""
    return f" · {words.days_left((nearest - facts.today).days)} (hạn {words.day(nearest)})"


def _still_to_meet(facts: Facts) -> list[Unit]:
    """What this person looks after and waits for: once the day of the meeting has passed, nobody counts days."""
    cycles = ((unit, cycle_of(unit, facts)) for unit in Tree(facts).roots)
    return [unit for unit, cycle in cycles if cycle and not cycle.cell_has_met(facts.today)]


def _self_review_lines(status: FormStatus | None, me: Person, facts: Facts) -> list[str]:
    if status is None:
        return _no_self_review(me)
    lines = [status_line(f"Bản kiểm điểm cá nhân (mẫu {status.form_id})", status, facts)]
    waiting = open_about("person", me.id, facts)
    if status.is_open and waiting:
        lines.append(f"⏳ Cấp trên gợi ý {waiting} điều; đồng chí trả lời ở phần IV rồi mới nộp được.")
    return [*lines, PART_TO_ADD] if parts_to_add(facts) else lines


def _no_self_review(me: Person) -> list[str]:
    if me.status == "exempt":
        return ["Đồng chí được miễn sinh hoạt đảng nên không phải làm bản kiểm điểm."]
    if me.status == "suspended":
        return ["Đồng chí đang bị đình chỉ sinh hoạt đảng nên đợt này không phải làm bản kiểm điểm."]
    if me.unit:
        return ["Danh sách chưa ghi mẫu kiểm điểm của đồng chí. Đồng chí báo bí thư chi bộ giúp tôi."]
    return []


def _remark_about_me(me: Person, facts: Facts) -> list[str]:
    if me.residence is None or not me.is_reviewed:
        return []
    where = words.cut(me.residence.name, 80)
    sent = sent_remark(facts)
    return [f"✅ Nhận xét nơi cư trú: {where} đã gửi" if sent else f"⏳ Nhận xét nơi cư trú: {where} chưa gửi"]


def _remarks_lines(remarks: Sitting | None) -> list[str]:
    if remarks is None:
        return []
    mark = "⏳" if remarks.unfinished or remarks.ready else "✅"
    unsent = f", {len(remarks.ready)} người chưa gửi" if remarks.ready else ""
    return [f"{mark} Nhận xét đảng viên cư trú: {remarks.done}/{len(remarks.lines)} người{unsent}"]


def _cell_lines(facts: Facts) -> list[str]:
    cells = overseen(facts)
    counts = facts.cell_counts(tuple(cell.id for cell in cells)) if cells else ()
    done, due = sum(c.submitted for c in counts), sum(c.due for c in counts)
    if not due:
        return []
    where = words.cut(cells[0].name, 80) if len(cells) == 1 else f"{len(cells)} chi bộ"
    return [f"{'✅' if done == due else '⏳'} {where}: {done}/{due} đồng chí đã nộp"]
