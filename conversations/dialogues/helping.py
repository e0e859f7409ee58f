"""Help: who to call and what each command does, in the words of this person's roles; and asking for a visit."""

from conversations import words
from conversations.dialogue import Move
from conversations.effects import Notify
from conversations.facts import Facts
from conversations.oversight import led, overseen
from conversations.place import HOME, Place
from conversations.screen import Choice, Screen
from review.people import Person

BEFORE_JOINING = (
    "**Mã mời là gì**\n\n"
    "Mã mời là dòng chữ và số ghi trên phiếu mà chi bộ phát riêng cho từng đồng chí, kèm ô vuông để quét. "
    "Mỗi mã chỉ dùng cho một người, một lần.\n\n"
    "Chưa có mã, mất phiếu hoặc mã không dùng được: đồng chí gặp hoặc gọi bí thư chi bộ của mình để nhận mã mới. "
    "Đồng chí không đưa mã cho người khác."
)
TOLD = "✅ Tôi đã báo bí thư chi bộ. Đồng chí ấy sẽ liên hệ."


def show(place: Place, facts: Facts) -> Screen:
    if facts.me is None:
        return Screen(BEFORE_JOINING, (Choice("Tôi đã có mã", to=Place("welcome")),))
    choices = [Choice(words.BACK_HOME, to=HOME)]
    if secretary_to_ask(facts):
        choices.append(Choice("Tôi cần giúp", act="help"))
    choices.append(Choice("Dữ liệu của tôi", to=Place("my_data")))
    return Screen("\n\n".join(["**Trợ giúp**", *_about(facts), _whom(facts), _commands(facts)]), tuple(choices))


def choose(place: Place, act: str, facts: Facts) -> Move:
    return Move(HOME, ask_for_help(facts), note=TOLD)


def secretary_to_ask(facts: Facts) -> Person | None:
    """The secretary (or deputy) of the own cell, of the area, or of the cell above; never oneself."""
    if facts.me is None:
        return None
    units = [facts.me.unit, *(role.unit for role in facts.me.roles), facts.committee]
    leaders = (leader for unit in units if unit for leader in facts.secretaries_of(unit.id))
    return next((leader for leader in leaders if leader.id != facts.me.id), None)


def ask_for_help(facts: Facts) -> tuple[Notify, ...]:
    """One notice a day to the secretary, who then calls or comes by."""
    secretary = secretary_to_ask(facts)
    if secretary is None or facts.me is None:
        return ()
    slot = f"{facts.me.id}:{facts.today.isoformat()}"
    return (Notify(secretary.id, "help_wanted", slot, {"person_id": str(facts.me.id)}),)


def _about(facts: Facts) -> list[str]:
    assert facts.me
    said = []
    if facts.me.is_reviewed:
        said.append(
            "Bản kiểm điểm hỏi từng câu một; trả lời xong câu nào là lưu câu ấy. Đồng chí nghỉ lúc nào cũng được, "
            "hôm sau viết tiếp. Muốn chọn, bấm nút hoặc gửi số. Có dấu cây bút là tôi chờ đồng chí viết."
        )
    if facts.me.units_as("contact"):
        said.append("Nhận xét nơi cư trú: mỗi người khoảng năm lần bấm. Không nắm được cũng là một câu trả lời.")
    if led(facts):
        said.append("Bí thư, phó bí thư: /tonghop để xem chi bộ, /nhac để nhắc người chưa nộp.")
    elif overseen(facts):
        said.append("Cán bộ cấp ủy: /tonghop để xem các chi bộ.")
    return said


def _whom(facts: Facts) -> str:
    secretary = secretary_to_ask(facts)
    if secretary is None:
        return f"Cần hỏi thêm, đồng chí liên hệ {facts.committee.name if facts.committee else 'cấp ủy'}."
    return f"Cần hỏi thêm, đồng chí gọi đồng chí **{words.cut(secretary.name, 60)}**."


def _commands(facts: Facts) -> str:
    lines = ["/menu: việc của đồng chí", "/huy: rời bước đang làm, bản nháp vẫn còn"]
    if overseen(facts):
        lines.append("/tonghop: bảng tổng hợp")
    if led(facts):
        lines.append("/nhac: nhắc người chưa nộp")
    lines += ["/dulieu: dữ liệu của tôi, rút lại đồng ý", "/trogiup: màn hình này"]
    return "\n".join(lines)
