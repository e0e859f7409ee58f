"""/nhac: the secretary asks those who are late, once a day and only after seeing how many they are."""

from conversations import words
from conversations.dialogue import Move
from conversations.effects import Notify
from conversations.facts import Facts
from conversations.place import HOME, Place
from conversations.reminding import Reminding, reminded_cells, reminding
from conversations.screen import Choice, Screen
from review.people import Person, Unit

MOST_NAMES = 10
NOT_YOURS = "Việc nhắc do bí thư, phó bí thư chi bộ làm. Đồng chí cần báo ai điều gì thì nhắn bí thư chi bộ nhé."
CALL_LIST = "Danh sách cần gặp (.docx)"
NO_CYCLE = "Hiện chưa có đợt kiểm điểm nào đang mở nên chưa cần nhắc ai."


def show(place: Place, facts: Facts) -> Screen:
    cells = reminded_cells(facts, place.number())
    if not cells:
        return Screen(NOT_YOURS, (Choice(words.BACK_HOME, to=HOME),))
    if facts.cycle is None:
        return Screen(NO_CYCLE, (Choice(words.BACK_HOME, to=HOME),))
    now = reminding(facts, cells)
    choices = [Choice("Về bảng tổng hợp", to=_back(place))]
    if now.people:
        choices.insert(0, Choice(f"Gửi lời nhắc cho {len(now.people)} người", act=_act(now, facts)))
    if now.to_meet:
        choices.append(Choice(CALL_LIST, to=Place.of("paper", "call_list", place.number())))
    return Screen(_text(cells, now), tuple(choices))


def choose(place: Place, act: str, facts: Facts) -> Move:
    now = reminding(facts, reminded_cells(facts, place.number()))
    day = facts.today.isoformat()
    return Move(
        _back(place),
        tuple(Notify(person.id, "asked_by_secretary", day) for person in now.people),
        note=f"🔔 Đã gửi lời nhắc cho {len(now.people)} người. Ai nộp xong thì thôi nhắc.",
    )


def _act(now: Reminding, facts: Facts) -> str:
    return f"remind.{facts.today.isoformat()}.{len(now.people)}"


def _back(place: Place) -> Place:
    return Place.of("cell", place.number()) if place.number() else Place("dashboard")


def _text(cells: tuple[Unit, ...], now: Reminding) -> str:
    where = words.cut(cells[0].name, 80) if len(cells) == 1 else f"{len(cells)} chi bộ"
    if now.people:
        lines = [
            f"**Nhắc {len(now.people)} người chưa nộp** · {where}",
            "Mỗi người nhận một tin ngắn, chỉ nói việc của chính người đó. Trong ngày không ai bị nhắc hai lần.",
        ]
    else:
        lines = [f"**Nhắc người chưa nộp** · {where}", "Hôm nay không còn ai cần nhắc."]
    if now.reminded:
        lines.append(f"Hôm nay đã nhắc {len(now.reminded)} người.")
    if now.not_joined:
        lines.append(f"Chưa vào, nên gặp trực tiếp: {names(now.not_joined)}.")
    if now.unreachable:
        lines.append(f"Đã chặn tin nhắn, nên gặp trực tiếp: {names(now.unreachable)}.")
    if now.silent:
        lines.append(
            f"Lâu chưa nhắn lại nên Zalo không cho tôi nhắn trước, nên gặp trực tiếp: {names(now.silent)}. "
            "Đồng chí ấy nhắn một chữ là tôi nhắc được ngay."
        )
    return "\n\n".join(lines)


def names(people: tuple[Person, ...]) -> str:
    """ "Lê Văn An, Hồ Thị Ba và 3 người khác" """
    said = ", ".join(words.cut(person.name, 60) for person in people[:MOST_NAMES])
    more = len(people) - MOST_NAMES
    return f"{said} và {more} người khác" if more > 0 else said
