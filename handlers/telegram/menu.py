"""The command menu beside the typing field: everybody's, and longer ones for who leads or oversees."""

from collections.abc import Mapping

from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from conversations.incoming import Event, Typed
from handlers.port import Menu

EVERYBODY = {
    "menu": "Việc của tôi",
    "huy": "Rời bước đang làm, bản nháp vẫn còn",
    "dulieu": "Dữ liệu của tôi và sự đồng ý",
    "trogiup": "Trợ giúp",
}
WITHOUT_CONTENT = {
    "menu": "Nhận liên kết",
    "trogiup": "Trợ giúp",
}
"""Where chats carry only links: the same for all, as a menu tells Telegram who leads."""
_MORE: dict[Menu, dict[str, str]] = {
    "everybody": {},
    "leader": {"tonghop": "Tổng hợp của chi bộ", "nhac": "Nhắc người chưa nộp"},
    "officer": {"tonghop": "Tổng hợp các chi bộ"},
}
_REMEMBERED_CHATS = 10_000


async def set_menu(bot: Bot, texts: Mapping[str, str] = EVERYBODY) -> None:
    """The menu of every private chat."""
    await bot.set_my_commands(_commands(texts), scope=BotCommandScopeAllPrivateChats())


class ChatMenus:
    """A chat has a menu of its own only while its person has a role.

    What was set in this life is remembered. What an earlier one has set is put right when the person writes a
    command: so a role that was lost, or a chat that has passed to another person, leaves no foreign command behind.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._known: dict[str, Menu] = {}

    def is_due(self, chat: str, menu: Menu, event: Event) -> bool:
        known = self._known.get(chat)
        if known is None and menu == "everybody":
            return isinstance(event, Typed) and event.text.startswith("/")
        return known != menu

    async def set(self, chat: str, menu: Menu) -> None:
        scope = BotCommandScopeChat(chat_id=chat)
        if menu == "everybody":
            await self._bot.delete_my_commands(scope=scope)
        else:
            await self._bot.set_my_commands(_commands(_MORE[menu] | EVERYBODY), scope=scope)
        self._known[chat] = menu
        if len(self._known) > _REMEMBERED_CHATS:
            del self._known[next(iter(self._known))]


def _commands(texts: Mapping[str, str]) -> list[BotCommand]:
    return [BotCommand(command=name, description=text) for name, text in texts.items()]
