"""The command menu beside the typing field: everybody's, and a longer one for who leads a cell."""

from collections.abc import Mapping

from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

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
_LEADERS = {
    "tonghop": "Tổng hợp của chi bộ",
    "nhac": "Nhắc người chưa nộp",
}


async def set_menu(bot: Bot, texts: Mapping[str, str] = EVERYBODY) -> None:
    """The menu of every private chat."""
    await bot.set_my_commands(_commands(texts), scope=BotCommandScopeAllPrivateChats())


async def set_leader_menu(bot: Bot, chat: str) -> None:
    """The menu in the chat of a secretary, a deputy or a committee officer."""
    await bot.set_my_commands(_commands(_LEADERS | EVERYBODY), scope=BotCommandScopeChat(chat_id=chat))


def _commands(texts: Mapping[str, str]) -> list[BotCommand]:
    return [BotCommand(command=name, description=text) for name, text in texts.items()]
