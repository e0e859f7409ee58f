"""How one's devices and chats are called."""

from datetime import date, datetime

from conversations import words
from conversations.facts import Facts
from conversations.incoming import ChannelName
from conversations.reach_facts import Chat

KINDS: dict[ChannelName, str] = {"web": "Trang web", "telegram": "Telegram", "zalo_bot": "Zalo", "zalo_oa": "Zalo"}


def name_of(chat: Chat, facts: Facts) -> str:
    """ "Trang web trên máy này", "Trang web, máy khác, dùng lần cuối hôm qua lúc 20:14" """
    kind, here = KINDS[chat.channel], chat.id == facts.account.id
    if here:
        return f"{kind} trên máy này" if chat.channel == "web" else f"{kind}, đang mở ở đây"
    other = f"{kind}, máy khác" if chat.channel == "web" else kind
    return f"{other}, dùng lần cuối {when(chat.last_used, facts.today)}" if chat.last_used else other


def signs(chat: Chat) -> str:
    """What else its line says."""
    if chat.unreachable:
        return " · hiện không nhắn được tới đây"
    return " · 🔔 nhận nhắc việc" if chat.reminded else ""


def when(at: datetime, today: date) -> str:
    days = (today - at.date()).days
    day = {0: "hôm nay", 1: "hôm qua"}.get(days, f"ngày {words.full_day(at.date())}")
    return f"{day} lúc {at:%H:%M}"
