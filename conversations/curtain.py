"""The curtain: with CHAT_CONTENT=links a chat says only that there is something to do, and where. Pure, as the step.

Names, questions, answers, grades and roles stay on the bot's own pages. What a chat says is one of the sentences below
and the link, whatever is stored: not even the note of a state is repeated unless it stands here.
"""

from conversations.dialogues import joining
from conversations.facts import Facts
from conversations.gate import nudged_place
from conversations.incoming import Asked, Chose, Event, Nudged, Reached, Typed, Unreadable
from conversations.place import HOME, Place, State
from conversations.screen import Choice, Screen
from conversations.step import Decision
from conversations.step import decide as decide_openly
from conversations.typed import LONGEST_COMMAND, clean, command_of, number_of

ANOTHER_LINK = Choice("Gửi liên kết mới", act="link")
WITHOUT_CODE = Choice("Tôi chưa có mã", act="no_code")

WELCOME = (
    "**Chào đồng chí.** Ở đây tôi chỉ báo khi có việc và gửi liên kết tới trang riêng của đồng chí.\n\n"
    "✍️ Đồng chí gửi **mã mời** ghi trên phiếu đã nhận."
)
PAGE = "Trang riêng của đồng chí ở liên kết này, mở được một lần trong 24 giờ:"
REMINDER = "🔔 Đồng chí có việc cần làm trong đợt kiểm điểm. Làm xong là tôi thôi nhắc."

NOT_HERE = "Ở đây tôi **không lưu** tin nào: đồng chí viết câu trả lời ở trang sau liên kết."
NOT_A_CODE = "Tôi chưa thấy mã mời trong tin vừa gửi."
NO_CODE = "Mã mời là dòng chữ và số trên phiếu phát riêng cho đồng chí. Chưa có phiếu, đồng chí hỏi nơi phát phiếu."
HELP = "Tôi chỉ báo khi có việc và gửi liên kết. Câu hỏi, câu trả lời và cách dừng nhắc đều ở trang sau liên kết."
FAULT = "Có trục trặc ở phía máy chủ. Đồng chí thử lại giúp sau một phút."
ABOUT_CODES = {
    "": "",
    joining.WRONG_CODE: joining.WRONG_CODE,
    joining.USED_CODE: "Mã mời này đã dùng rồi. Nếu đồng chí chưa từng dùng, đồng chí xin nơi phát phiếu một mã mới.",
    joining.EXPIRED_CODE: "Mã mời này đã hết hạn. Đồng chí xin nơi phát phiếu một mã mới.",
    joining.LOCKED: "Đồng chí đã gõ sai mã nhiều lần nên tôi tạm dừng nhận mã một lúc. Đồng chí thử lại sau.",
}
NOTES = frozenset({NOT_HERE, NOT_A_CODE, NO_CODE, HELP, FAULT, *ABOUT_CODES.values()})


def decide(state: State, event: Event, facts: Facts) -> Decision:
    """Only a code, a block and a turn of the clock change anything; everything else is answered with a link."""
    match event:
        case Reached() | Nudged():
            return decide_openly(state, event, facts)
        case Asked():
            return _asked(state, event, facts)
        case Chose(_, action):
            return Decision(state.noted(_about_button(action, state, facts)))
        case Unreadable():
            return Decision(state.noted(_about_words(state, facts)))
    return _typed(state, event, facts)


def show(state: State, facts: Facts, link: str) -> Screen:
    """`link` stands on a line of its own; where a code is awaited there is none."""
    note = state.note if state.note in NOTES else ""
    if not needs_link(state, facts):
        return Screen("\n\n".join(filter(None, (note, WELCOME))), (WITHOUT_CODE,), waits_for="text", note=note)
    said = REMINDER if state.place.name == "notice" and entry_place(state, facts) != HOME else PAGE
    return Screen("\n\n".join(filter(None, (note, f"{said}\n{link}"))), (ANOTHER_LINK,), note=note)


def needs_link(state: State, facts: Facts) -> bool:
    """A chat that is nobody's leads nowhere before a good code was given in it."""
    if facts.me is not None:
        return True
    invitation = facts.invitation_by_id(state.place.number()) if state.place.name == "who" else None
    return invitation is not None and invitation.state == "open"


def entry_place(state: State, facts: Facts) -> Place:
    """Where the page behind a link begins: where the chat stands, at home once its reminder is no longer needed."""
    if state.place.name == "notice" and nudged_place(state.place.number(), facts) is None:
        return HOME
    return state.place


def _asked(state: State, command: Asked, facts: Facts) -> Decision:
    if command.name == "start" and command.argument:
        return _with_code(state, command.argument, facts)
    if command.name in ("start", "menu"):
        return Decision(state.noted(""))
    if command.name == "trogiup":
        return Decision(state.noted(HELP if needs_link(state, facts) else NO_CODE))
    return Decision(state.noted(_about_words(state, facts)))


def _typed(state: State, typed: Typed, facts: Facts) -> Decision:
    text = clean(typed.text)
    if command := command_of(text):
        return _asked(state, command, facts)
    if number_of(text) == 1:
        first = ANOTHER_LINK if needs_link(state, facts) else WITHOUT_CODE
        return Decision(state.noted(_about_button(first.action, state, facts)))
    if 0 < len(text) <= LONGEST_COMMAND and not needs_link(state, facts):
        return _with_code(state, text, facts)
    return Decision(state.noted(_about_words(state, facts)))


def _with_code(state: State, code: str, facts: Facts) -> Decision:
    """Looked up as ever; who it is for is asked on the page."""
    move = joining.with_code(code, facts)
    return Decision(state.moved(move.to or HOME, ABOUT_CODES[move.note]), move.effects)


def _about_button(action: str, state: State, facts: Facts) -> str:
    if action == ANOTHER_LINK.action:
        return ""
    return NO_CODE if action == WITHOUT_CODE.action else _about_words(state, facts)


def _about_words(state: State, facts: Facts) -> str:
    return NOT_HERE if needs_link(state, facts) else NOT_A_CODE
