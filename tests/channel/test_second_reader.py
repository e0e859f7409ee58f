"""Everything aiogram sends and the fake answers is read once more by python-telegram-bot's own classes."""

import pytest
import telegram

from conversations.screen import Paper, Screen
from handlers.telegram.polling import Poller
from tests.channel.house import MENU, MemoryTurns
from tests.fakes.bot_api import FakeBotApi


async def test_python_telegram_bot_reads_the_same_conversation(
    api: FakeBotApi, turns: MemoryTurns, polling: Poller
) -> None:
    turns.draw = lambda incoming, serial: Screen(
        f"**Đậm {serial}** và _nghiêng_ <&>",
        MENU,
        papers=(Paper("self_review", 1, "Bản"), Paper("progress_chart", 1, "Ảnh")),
    )
    hoa = api.person()
    await hoa.start("MA")
    await hoa.screen()
    await hoa.tap(1)
    await hoa.screen()
    await hoa.send_kind("photo")
    await hoa.screen_with("Đậm 3")
    await turns.settled()
    for call in (call for call in api.calls if call.method.startswith(("send", "edit"))):
        message = telegram.Message.de_json(call.answer["result"], None)
        assert message.chat.id == hoa.chat.id
        if "reply_markup" in call.fields:
            markup = telegram.InlineKeyboardMarkup.de_json(call.fields["reply_markup"], None)
            assert markup == message.reply_markup
            assert next(button.callback_data for row in markup.inline_keyboard for button in row).endswith(".>form")
        if message.text:
            assert message.text_html.startswith(call.fields["text"][:20])
    for call in api.called("getUpdates"):
        assert all(telegram.Update.de_json(update, None).effective_chat for update in call.answer["result"])


@pytest.mark.parametrize("command", ["menu", "trogiup"])
async def test_the_menu_is_readable_too(api: FakeBotApi, polling: Poller, command: str) -> None:
    (call,) = await api.until(lambda: api.called("setMyCommands"))
    commands = telegram.BotCommand.de_list(call.fields["commands"], None)
    assert command in {known.command for known in commands}
    assert telegram.BotCommandScope.de_json(call.fields["scope"], None).type == "all_private_chats"
