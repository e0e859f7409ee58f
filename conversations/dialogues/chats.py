"""One's own devices and channels: which there are, where reminders come, signing out of them."""

from conversations import words
from conversations.chat_words import KINDS, name_of, signs
from conversations.dialogue import Move
from conversations.facts import Facts
from conversations.paging import page_of, turn_pages
from conversations.place import HOME, Place
from conversations.reach_effects import LinkAnother, SignedOut, SignOut, TakeNoticesHere
from conversations.reach_facts import Chat
from conversations.screen import Choice, Screen

CHATS = Place("chats")
BACK = Choice("Về máy và kênh của tôi", to=CHATS)
CHATS_PER_PAGE = 4
LINK = "link"
GONE = "Máy hoặc kênh này đã được đăng xuất."
SIGNED_OUT_THERE = "✅ Đã đăng xuất. Bản nháp vẫn còn."
TAKEN = "✅ Từ giờ tôi nhắn nhắc việc ở đó."
WHAT_HAPPENS = (
    "Bản nháp và những gì đã nộp vẫn còn nguyên. Muốn vào lại ở đó, đồng chí dùng mã mời mới: "
    "tự lấy trên máy còn đang vào, hoặc xin bí thư chi bộ."
)


def show(place: Place, facts: Facts) -> Screen:
    chats = facts.reach.chats()
    page = page_of(chats, place.number(), CHATS_PER_PAGE)
    lines = [f"{name_of(chat, facts)}{signs(chat)}" for chat in page.rows]
    return Screen(
        f"**Máy và kênh của tôi**{page.mark}\n\n" + "\n".join(lines) + "\n\n"
        "Chọn một dòng để đổi nơi nhận nhắc việc hoặc để đăng xuất.",
        (
            Choice(words.BACK_HOME, to=HOME),
            *(Choice(name_of(chat, facts), to=Place.of("chat", chat.id)) for chat in page.rows),
            *turn_pages(page, "chats"),
            to_linking(facts),
            *([Choice("Đăng xuất mọi nơi khác", to=Place.of("chats_out", "others"))] if len(chats) > 1 else []),
            Choice("Đăng xuất mọi nơi", to=Place.of("chats_out", "all")),
        ),
    )


def to_linking(facts: Facts) -> Choice:
    """To the code that is still good, or to a new one."""
    label = "Thêm máy hoặc kênh khác"
    return Choice(label, to=Place("link")) if facts.reach.linking() else Choice(label, act=LINK)


def choose(place: Place, act: str, facts: Facts) -> Move:
    return Move(Place("link"), (LinkAnother(),))


def show_chat(place: Place, facts: Facts) -> Screen:
    chat = _chat(place, facts)
    if chat is None:
        return Screen(GONE, (BACK, Choice(words.BACK_HOME, to=HOME)))
    choices = [BACK]
    if not chat.reminded and not chat.unreachable:
        choices.append(Choice("Nhận nhắc việc ở đây", act=f"take.{chat.id}"))
    choices.append(Choice(_sign_out(chat), to=Place.of("chat_out", chat.id)))
    lines = [f"**{name_of(chat, facts)}**", _about(chat)]
    if chat.channel == "web" and not chat.unreachable:
        lines.append("Ở trang web, đồng chí chỉ thấy nhắc việc khi mở trang.")
    return Screen("\n\n".join(lines), (*choices, Choice(words.BACK_HOME, to=HOME)))


def choose_chat(place: Place, act: str, facts: Facts) -> Move:
    return Move(CHATS, (TakeNoticesHere(place.number()),), note=TAKEN)


def show_chat_out(place: Place, facts: Facts) -> Screen:
    chat = _chat(place, facts)
    if chat is None:
        return Screen(GONE, (BACK, Choice(words.BACK_HOME, to=HOME)))
    return Screen(
        f"**{_sign_out(chat)}?**\n\n{name_of(chat, facts)}.\n\n{WHAT_HAPPENS}",
        (
            Choice("Không, giữ như hiện nay", to=Place.of("chat", chat.id)),
            Choice(_sign_out(chat), act=f"out.{chat.id}"),
            Choice(words.BACK_HOME, to=HOME),
        ),
    )


def choose_chat_out(place: Place, act: str, facts: Facts) -> Move:
    return _signing_out("one", facts, place.number())


def show_chats_out(place: Place, facts: Facts) -> Screen:
    others = place.word() == "others"
    title = "Đăng xuất mọi nơi khác" if others else "Đăng xuất mọi nơi"
    which = (
        "Mọi máy và kênh khác của đồng chí bị đăng xuất ngay; ở đây đồng chí vẫn dùng tiếp."
        if others
        else "Mọi máy và kênh của đồng chí, cả nơi này, bị đăng xuất ngay. Không còn máy nào để tự lấy mã, "
        "nên đồng chí xin bí thư chi bộ hoặc cấp trên mã mời mới thì mới vào lại được."
    )
    kept = WHAT_HAPPENS if others else "Bản nháp và những gì đã nộp vẫn còn nguyên."
    return Screen(
        f"**{title}?**\n\n{which}\n\n{kept}",
        (
            Choice("Không, giữ như hiện nay", to=CHATS),
            Choice(title, act="others" if others else "all"),
            Choice(words.BACK_HOME, to=HOME),
        ),
    )


def choose_chats_out(place: Place, act: str, facts: Facts) -> Move:
    return _signing_out("others" if act == "others" else "all", facts)


def _signing_out(which: SignedOut, facts: Facts, account_id: int = 0) -> Move:
    """Whoever signs out of the present chat reads one last sentence in it."""
    ends_here = which == "all" or (which == "one" and account_id == facts.account.id)
    note = words.SIGNED_OUT if ends_here else SIGNED_OUT_THERE
    return Move(HOME if ends_here else CHATS, (SignOut(which, account_id),), note=note)


def _chat(place: Place, facts: Facts) -> Chat | None:
    return next((chat for chat in facts.reach.chats() if chat.id == place.number()), None)


def _sign_out(chat: Chat) -> str:
    return "Đăng xuất máy này" if chat.channel == "web" else f"Đăng xuất {KINDS[chat.channel]}"


def _about(chat: Chat) -> str:
    if chat.unreachable:
        return "Hiện tôi không nhắn được tới đây."
    return "🔔 Nhắc việc đang đến đây." if chat.reminded else "Nhắc việc đang đến nơi khác."
