"""What a member handed in on paper: taking it over, printing it for the signature, noting that it was signed."""

from collections.abc import Callable
from datetime import date

from conversations import words
from conversations.dialogue import Move, stay
from conversations.dialogues.dashboard import refusal
from conversations.effects import NoteSignature, TypeIn
from conversations.facts import Facts
from conversations.form_status import form_place, form_status
from conversations.place import Place
from conversations.screen import Choice, Screen
from conversations.typed_in import first_day, may_be_signed, signature_of, typed_line, types_for
from review.answers import Refusal, read_answer
from review.forms import Question
from review.people import Person
from review.responses import Response

JOINED = (
    "Đồng chí ấy đã vào bằng điện thoại và tự viết được. Chỉ nhập thay khi đồng chí ấy nộp bản giấy; "
    "nhập xong, đồng chí ấy được báo để xem lại."
)
HOW = (
    "Đồng chí cầm bản giấy đã ký của đồng chí ấy rồi chép đúng từng câu. Nhập đến đâu lưu đến đấy; "
    "bản này ghi là «nhập thay» ở mọi nơi. Nộp xong, đồng chí in ra để đồng chí ấy ký."
)
NO_SUCH_DAY = "Ngày ký phải từ ngày nhập xong ({}) đến hôm nay. Đồng chí gửi lại giúp tôi."
NOTED = "✅ Đã ghi chữ ký."
TAKEN_BACK = "Đã bỏ ghi chữ ký."
_DAY = Question("day", "date", "", "")


def show_begin(place: Place, facts: Facts) -> Screen:
    """Asked each time: this is the screen on which one sees whose paper one holds."""
    person = facts.person(place.number())
    status = form_status(facts, person) if person else None
    if person is None or status is None or not status.is_open or not types_for(facts, person):
        return refusal(facts)
    born = f", sinh {words.full_day(person.birth_date)}" if person.birth_date else ""
    lines = [f"**Nhập thay cho {words.cut(person.name, 80)}**{born} (mẫu {status.form_id})", HOW]
    if _has_joined(person, facts):
        lines.insert(1, JOINED)
    start = f"Nhập tiếp {status.next_name}" if status.answered and status.next_name else "Có bản giấy, bắt đầu nhập"
    return Screen(
        "\n\n".join(lines),
        (
            Choice(start if status.next_name else "Xem lại và nộp", act=f"type.{person.id}"),
            Choice("Không, về đồng chí này", to=_person(person)),
        ),
    )


def choose_begin(place: Place, act: str, facts: Facts) -> Move:
    person = facts.person(place.number())
    status = form_status(facts, person) if person else None
    assert person
    assert status
    return Move(status.next_place, (TypeIn(person.id),))


def _about(
    screen: Callable[[Person, Response, Place, Facts], Screen],
) -> Callable[[Place, Facts], Screen]:
    """For whoever keeps the signature on the print of this member."""

    def show(place: Place, facts: Facts) -> Screen:
        person = facts.person(place.number())
        response = signature_of(facts, person) if person else None
        return screen(person, response, place, facts) if person and response else refusal(facts)

    return show


@_about
def show_typed(person: Person, response: Response, place: Place, facts: Facts) -> Screen:
    """After it was submitted: the print, the signature, and for whoever typed it the receipt."""
    choices = [Choice("Bản in để ký (.docx)", to=Place.of("paper", "self_review", response.id))]
    if response.signed_on:
        choices.append(Choice("Sửa ngày ký", to=Place.of("signature", person.id)))
    else:
        choices.append(Choice("Ghi đã ký bản in", to=Place.of("signature", person.id)))
    if types_for(facts, person):
        choices.append(Choice("Biên nhận, rút lại để sửa", to=form_place("form_receipt", "self_review", person.id)))
    return Screen(
        f"**Nhập thay cho {words.cut(person.name, 80)}**\n\n{typed_line(response, facts)}",
        (*choices, Choice("Về đồng chí này", to=_person(person))),
    )


@_about
def show_signature(person: Person, response: Response, place: Place, facts: Facts) -> Screen:
    signed = response.signed_on
    stands = f"\n\nĐang ghi: đã ký ngày {words.full_day(signed)}." if signed else ""
    take_back = (Choice("Bỏ ghi chữ ký", act=f"unsigned.{response.id}"),) if signed else ()
    return Screen(
        f"**{words.cut(person.name, 80)}** đã ký bản in ngày nào?{stands}",
        (
            Choice(f"Hôm nay, {words.day(facts.today)}", act=f"signed.{response.id}"),
            Choice("Ngày khác", to=Place.of("signature_day", person.id)),
            *take_back,
            Choice("Chưa ký, quay lại", to=_typed(person)),
        ),
    )


def choose_signature(place: Place, act: str, facts: Facts) -> Move:
    person = facts.person(place.number())
    assert person
    said, _, number = act.partition(".")
    day = facts.today if said == "signed" else None
    return Move(_typed(person), (NoteSignature(int(number), day),), note=NOTED if day else TAKEN_BACK)


@_about
def show_day(person: Person, response: Response, place: Place, facts: Facts) -> Screen:
    return Screen(
        f"**{words.cut(person.name, 80)}** đã ký bản in ngày nào?\n\n"
        "✍️ Đồng chí gửi ngày theo kiểu ngày/tháng/năm, ví dụ 02/12/2026.",
        (Choice("Quay lại", to=Place.of("signature", person.id)),),
        waits_for="date",
    )


def write_day(place: Place, text: str, facts: Facts) -> Move:
    person = facts.person(place.number())
    response = signature_of(facts, person) if person else None
    assert person
    assert response
    value = read_answer(_DAY, text, facts.today)
    if isinstance(value, Refusal):
        return stay(value.message)
    day = date.fromisoformat(str(value))
    if not may_be_signed(response, day, facts.today):
        return stay(NO_SUCH_DAY.format(words.full_day(first_day(response))))
    return Move(_typed(person), (NoteSignature(response.id, day),), note=NOTED)


def _has_joined(person: Person, facts: Facts) -> bool:
    rows = facts.people_progress(person.unit.id) if person.unit else ()
    return any(row.person.id == person.id and row.joined for row in rows)


def _typed(person: Person) -> Place:
    return Place.of("typed_in", person.id)


def _person(person: Person) -> Place:
    return Place.of("cell_person", person.unit.id if person.unit else 0, person.id)
