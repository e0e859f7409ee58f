"""Residence remarks, the frame: where the contact stands, the list of people, sending what is complete."""

from conversations import words
from conversations.dialogue import Move
from conversations.effects import Submit
from conversations.facts import Facts
from conversations.paging import page_of, turn_pages
from conversations.place import HOME, Place
from conversations.remark_sitting import RemarkState, Sitting, question_place, sitting
from conversations.screen import Choice, Screen
from conversations.unit_dates import nearest_day
from review.people import Unit

NOT_A_CONTACT = (
    "Phần nhận xét nơi cư trú dành cho đầu mối của chi bộ nơi đảng viên ở. "
    "Hiện chưa có danh sách nào giao cho đồng chí."
)
MARKS: dict[RemarkState, str] = {"empty": "⏳", "writing": "⏳", "ready": "✅", "sent": "✅"}
SAID: dict[RemarkState, str] = {
    "empty": "",
    "writing": " · đang viết",
    "ready": " · chưa gửi",
    "sent": " · đã gửi",
}


def show(place: Place, facts: Facts) -> Screen:
    now = sitting(facts)
    if now is None:
        return Screen(NOT_A_CONTACT, (Choice(words.BACK_HOME, to=HOME),))
    choices = [*_forward(now), Choice("Xem danh sách", to=Place.of("remark_people", 1))]
    if now.ready and now.unfinished:
        choices.append(Choice(f"Gửi {len(now.ready)} người đã xong", to=Place("remarks_send")))
    choices += [
        Choice(words.cut(f"Phiếu trắng để ghi tay (.docx): {area_name(area)}", 60), to=_blank_slip(area))
        for area in areas(now)[:3]
    ]
    return Screen(
        f"{heading(now, facts)}\n\n{_where(now)}",
        (*choices, *_home(now)),
    )


def heading(now: Sitting, facts: Facts) -> str:
    """ "**Nhận xét đảng viên cư trú tại Khối 5** · 3/17 người, còn 6 ngày" """
    return f"**Nhận xét đảng viên cư trú tại {_where_they_live(now)}** · {_counted(now, facts)}"


def position(now: Sitting, facts: Facts) -> str:
    """The same in small above a person: "Nhận xét tại Khối 5 · 3/17 người, còn 6 ngày" """
    return f"Nhận xét tại {_where_they_live(now)} · {_counted(now, facts)}"


def _where_they_live(now: Sitting) -> str:
    return ", ".join(area_name(area) for area in areas(now)[:2]) + ("…" if len(areas(now)) > 2 else "")


def _counted(now: Sitting, facts: Facts) -> str:
    due = nearest_day("residence_remarks_due", areas(now), facts)
    days = f", {words.days_left((due - facts.today).days)}" if due and (now.unfinished or now.ready) else ""
    return f"{now.done}/{len(now.lines)} người{days}"


def area_name(area: Unit) -> str:
    """ "Chi bộ Khối 5" is the body, "Khối 5" the place where people live."""
    return area.name.removeprefix("Chi bộ ").strip() or area.name


def areas(now: Sitting) -> tuple[Unit, ...]:
    return tuple(dict.fromkeys(line.area for line in now.lines))


def show_people(place: Place, facts: Facts) -> Screen:
    now = sitting(facts)
    if now is None:
        return show(place, facts)
    rows = list(zip(now.lines, now.states, strict=True))
    page = page_of(rows, place.number())
    people = (
        Choice(
            words.cut(f"{MARKS[state]} {line.person.name}", 34) + SAID[state],
            to=question_place(line, now.form)
            if state in ("empty", "writing")
            else Place.of("remark_person", line.person.id),
        )
        for line, state in page.rows
    )
    onward = (_next(now),) if now.unfinished else ()
    return Screen(
        f"{heading(now, facts)}\n\nDanh sách theo tên{page.mark}. Đồng chí chọn một người.",
        (*onward, *people, *turn_pages(page, "remark_people"), Choice("Về phần nhận xét", to=Place("remarks"))),
    )


def show_send(place: Place, facts: Facts) -> Screen:
    """What is complete can be sent; whoever is not finished is named as a number and comes first."""
    now = sitting(facts)
    if now is None or not now.ready:
        return show(place, facts)
    left = len(now.unfinished)
    lines = [f"**Gửi nhận xét của {len(now.ready)} người**"]
    choices = []
    if left:
        lines.append(
            f"⏳ Còn {left} người chưa xong. Đồng chí có thể gửi trước những người đã xong, phần còn lại gửi sau."
        )
        choices.append(_next(now))
    lines.append(
        "Gửi rồi thì từng đảng viên được xem nhận xét về mình; bí thư chi bộ nơi đồng chí ấy sinh hoạt cũng xem được."
    )
    send = f"send.{facts.cycle.id if facts.cycle else 0}.{len(now.ready)}"
    choices += [
        Choice(f"Gửi nhận xét của {len(now.ready)} người", act=send),
        Choice("Xem lại danh sách", to=Place.of("remark_people", 1)),
        Choice("Để sau", to=Place("remarks")),
    ]
    return Screen("\n\n".join(lines), tuple(choices))


def choose_send(place: Place, act: str, facts: Facts) -> Move:
    now = sitting(facts)
    sent = [line.response.id for line in now.ready if line.response] if now else []
    return Move(
        Place("remarks"),
        tuple(Submit(response_id) for response_id in sent),
        note=f"✅ Đã gửi nhận xét của {len(sent)} người lúc {words.moment(facts.now)}. Cảm ơn đồng chí.",
    )


def _forward(now: Sitting) -> tuple[Choice, ...]:
    if now.unfinished:
        return (_next(now),)
    if now.ready:
        return (Choice(f"Gửi nhận xét của {len(now.ready)} người", to=Place("remarks_send")),)
    return (Choice("Xong, về màn hình chính", to=HOME),)


def _home(now: Sitting) -> tuple[Choice, ...]:
    """At the end unless it already is the way forward."""
    return (Choice(words.BACK_HOME, to=HOME),) if now.unfinished or now.ready else ()


def _next(now: Sitting) -> Choice:
    line = now.unfinished[0]
    start = "Nhận xét tiếp" if now.done else "Bắt đầu"
    return Choice(words.cut(f"{start}: {line.person.name}", 60), to=question_place(line, now.form))


def _where(now: Sitting) -> str:
    sent = now.states.count("sent")
    lines = [f"✅ Đã gửi {sent} người."] if sent else []
    lines += [f"✅ Xong, chưa gửi: {len(now.ready)} người."] if now.ready else []
    lines += [f"⏳ Chưa xong: {len(now.unfinished)} người."] if now.unfinished else []
    if now.unfinished:
        lines.append(
            "\nMỗi người khoảng năm lần bấm. Không nắm được thì chọn «Không nắm được», đó cũng là câu trả lời."
        )
    return "\n".join(lines)


def _blank_slip(area: Unit) -> Place:
    return Place.of("paper", "blank_remark_slip", area.id)
