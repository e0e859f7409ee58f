"""Everything the bot sent and the fake answered, read once more by python-telegram-bot's own classes."""

from collections.abc import Sequence

import telegram

from tests.fakes.bot_api.server import Call


def read_again(calls: Sequence[Call]) -> int:
    """Assert that both libraries mean the same; how many messages there were."""
    messages = [call for call in calls if call.method.startswith(("send", "edit")) and call.answer.get("ok")]
    for call in messages:
        message = telegram.Message.de_json(call.answer["result"], None)
        assert message.chat.id == call.fields["chat_id"]
        if "reply_markup" in call.fields:
            markup = telegram.InlineKeyboardMarkup.de_json(call.fields["reply_markup"], None)
            assert markup == message.reply_markup
            assert all(button.callback_data for row in markup.inline_keyboard for button in row)
        if message.text:
            assert message.text_html.strip() == call.fields["text"].strip().replace("&quot;", '"').replace(
                "&#x27;", "'"
            )
    for call in calls:
        if call.method == "getUpdates" and call.answer.get("ok"):
            assert all(telegram.Update.de_json(update, None).effective_chat for update in call.answer["result"])
    return len(messages)
