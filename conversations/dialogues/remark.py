"""Residence remarks, one person: about five taps and, if there is something to add, one line of one's own."""

from conversations import words
from conversations.dialogue import Move
from conversations.dialogues import remarks
from conversations.facts import Facts
from conversations.form_answers import plain, value_text
from conversations.form_screens import answer_choices, chosen_value, quoted
from conversations.place import Place
from conversations.remark_seat import Seat, seat
from conversations.screen import Choice, Screen
from review.forms import Asked, is_blank
from review.responses import Value

STATUS = {"sent": "✅ Đã gửi. Muốn sửa, đồng chí báo bí thư chi bộ của đảng viên.", "ready": "✅ Đã xong, chưa gửi."}
UNFINISHED = "⏳ Chưa xong."
LONGEST_ANSWER = 600
TO_LIST = Choice("Danh sách", to=Place.of("remark_people", 1))


def show(place: Place, facts: Facts) -> Screen:
    at = seat(place, facts)
    if at is None:
        return remarks.show(place, facts)
    asked = at.asked(place.word(1))
    if asked is None or at.state == "sent":
        return show_person(place, facts)
    stored = at.answers.get(asked.key)
    parts = [f"{remarks.position(at.now, facts)}\n{_who(at)}", asked.question.ask]
    if asked.question.kind != "choice":
        parts += _writing(asked, stored)
        return Screen("\n\n".join(parts), (*_past_writing(at, asked), *_ways_back(at, asked)), waits_for="text")
    parts += [] if is_blank(stored) else [f"Đang lưu: _{quoted(asked.question, stored)}_"]
    return Screen("\n\n".join(parts), (*answer_choices(asked, stored, at.tag), *_ways_back(at, asked)))


def choose(place: Place, act: str, facts: Facts) -> Move:
    at, asked = _question(place, facts)
    value = None if act == _drop(at, asked) else chosen_value(asked, act, at.tag, at.answers.get(asked.key))
    return Move(at.after(asked, value), (at.save(asked, value),))


def write(place: Place, text: str, facts: Facts) -> Move:
    """A free remark is kept first; when it is another person's word for word, that is said once afterwards."""
    at, asked = _question(place, facts)
    twin = at.twin(asked, text)
    if twin:
        return Move(Place.of("remark_alike", at.subject, asked.key, twin.person.id), (at.save(asked, text),))
    return Move(at.after(asked, text), (at.save(asked, text),))


def show_alike(place: Place, facts: Facts) -> Screen:
    at = seat(place, facts)
    asked = at.asked(place.word(1)) if at else None
    other = facts.person(place.number(2))
    if at is None or asked is None or other is None:
        return remarks.show(place, facts)
    stored = at.answers.get(asked.key)
    return Screen(
        f"Đã lưu. Lời nhận xét này giống từng chữ lời về đồng chí {words.cut(other.name, 60)}:\n\n"
        f"_{quoted(asked.question, stored)}_\n\n"
        f"Nếu được, đồng chí thêm một việc riêng của đồng chí {words.cut(at.line.person.name, 60)}.",
        (
            Choice("Giữ nguyên, đi tiếp", to=at.after(asked, stored)),
            Choice("Viết lại", to=at.place(asked)),
            TO_LIST,
        ),
    )


def show_person(place: Place, facts: Facts) -> Screen:
    """What has been said about one person; what was sent can only be read."""
    at = seat(place, facts)
    if at is None:
        return remarks.show(place, facts)
    said = "\n".join(_line(asked, at.answers[asked.key]) for asked in at.walked if asked.key in at.answers)
    parts = [_who(at), said, STATUS.get(at.state, UNFINISHED)]
    return Screen("\n\n".join(part for part in parts if part), _person_choices(at))


def _question(place: Place, facts: Facts) -> tuple[Seat, Asked]:
    """For acts and typed words: the step passes them on only while the question is on the screen."""
    at = seat(place, facts)
    asked = at.asked(place.word(1)) if at else None
    assert at
    assert asked
    return at, asked


def _line(asked: Asked, value: Value) -> str:
    return f"_{asked.question.title}:_ {plain(words.cut(value_text(asked.question, value), LONGEST_ANSWER))}"


def _person_choices(at: Seat) -> tuple[Choice, ...]:
    onward = at.now.following(at.subject)
    if onward.name == "remark":
        first = Choice("Sang người tiếp theo", to=onward)
    elif at.now.ready:
        first = Choice("Đi tới bước gửi", to=onward)
    else:
        first = Choice("Về phần nhận xét", to=Place("remarks"))
    choices = [first]
    if at.state != "sent":
        choices.append(Choice("Sửa từ câu đầu", to=at.place(at.walked[0])))
    if at.line.response and at.state in ("sent", "ready"):
        choices.append(Choice("Phiếu đã điền (.docx)", to=Place.of("paper", "remark_slip", at.line.response.id)))
    return (*choices, TO_LIST)


def _who(at: Seat) -> str:
    person = at.line.person
    cell = f" — {words.cut(person.unit.name, 90)}" if person.unit else ""
    return f"**{at.nth}. {words.cut(person.name, 80)}**{cell}"


def _writing(asked: Asked, stored: Value) -> list[str]:
    if not is_blank(stored):
        return [f"Đang lưu: _{quoted(asked.question, stored)}_", "✍️ Câu mới sẽ thay câu đang lưu."]
    example = [f"_Ví dụ: {plain(asked.question.example)}_"] if asked.question.example else []
    return [*example, "✍️ Nếu có, đồng chí viết một câu rồi gửi."]


def _past_writing(at: Seat, asked: Asked) -> tuple[Choice, ...]:
    stored = at.answers.get(asked.key)
    onward = at.after(asked, stored)
    if not is_blank(stored):
        drop = () if asked.question.required else (Choice("Bỏ ý kiến này", act=_drop(at, asked)),)
        return (Choice(f"Giữ nguyên, {_to_next(onward, at)}", to=onward), *drop)
    return () if asked.question.required else (Choice(f"Không thêm, {_to_next(onward, at)}", to=onward),)


def _to_next(onward: Place, at: Seat) -> str:
    if onward.name != "remark":
        return "xem lại rồi gửi"
    return "sang câu tiếp" if onward.number() == at.subject else "sang người tiếp theo"


def _drop(at: Seat, asked: Asked) -> str:
    return f"drop.{at.tag}.{asked.key}"


def _ways_back(at: Seat, asked: Asked) -> tuple[Choice, ...]:
    before = at.before(asked)
    return (*((Choice("Quay lại câu trước", to=at.place(before)),) if before else ()), TO_LIST)
