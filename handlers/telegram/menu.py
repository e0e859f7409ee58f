"""The command menu beside the typing field: everybody's, and a longer one for who leads a cell."""

from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

_EVERYBODY = {
    "menu": "Việc của tôi",
    "huy": "Rời bước đang làm, bản nháp vẫn còn",
    "dulieu": "Dữ liệu của tôi và sự đồng ý",
    "trogiup": "Trợ giúp",
}
_LEADERS = {
    "tonghop": "Tổng hợp của chi bộ",
    "nhac": "Nhắc người chưa nộp",
}


async def set_menu(bot: Bot) -> None:
    """The menu of every private chat."""
    await bot.set_my_commands(_commands(_EVERYBODY), scope=BotCommandScopeAllPrivateChats())


async def set_leader_menu(bot: Bot, chat: str) -> None:
    """The menu in the chat of a secretary, a deputy or a committee officer."""
    await bot.set_my_commands(_commands(_LEADERS | _EVERYBODY), scope=BotCommandScopeChat(chat_id=chat))


def _commands(texts: dict[str, str]) -> list[BotCommand]:
    return [BotCommand(command=name, description=text) for name, text in texts.items()]
