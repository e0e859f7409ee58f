"""What the methods of the Bot API do, after `checks` has read their fields."""

import time
from collections.abc import Callable
from typing import Any

from telegram.constants import CallbackQueryLimit, MessageLimit

from tests.fakes.bot_api.chats import Chats, Event
from tests.fakes.bot_api.checks import check_markup, read_text
from tests.fakes.bot_api.errors import ApiError

Fields = dict[str, Any]
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def send_message(chats: Chats, fields: Fields) -> Any:
    text, entities = read_text(fields, "text", 1, MessageLimit.MAX_TEXT_LENGTH)
    markup = check_markup(fields.get("reply_markup"))
    chat = chats.of(fields["chat_id"])
    chat.check_reachable()
    message = chats.message(chat, chats.bot, text=text.strip(), entities=entities, reply_markup=markup)
    chat.events.append(Event(dict(message), fields["text"]))
    return message


def send_file(chats: Chats, fields: Fields) -> Any:
    kind = "photo" if "photo" in fields else "document"
    caption, entities = read_text(fields, "caption", 0, MessageLimit.CAPTION_LENGTH)
    markup = check_markup(fields.get("reply_markup"))
    chat = chats.of(fields["chat_id"])
    chat.check_reachable()
    filename, content = fields[kind]
    if not content:
        raise ApiError(400, "file must be non-empty")
    file = {
        "file_id": f"file{len(chat.messages)}",
        "file_unique_id": f"u{len(chat.messages)}",
        "file_size": len(content),
    }
    sent = [file | {"width": 90, "height": 90}] if kind == "photo" else file | {"file_name": filename}
    message = chats.message(
        chat, chats.bot, caption=caption, caption_entities=entities, reply_markup=markup, **{kind: sent}
    )
    chat.events.append(Event(dict(message) | {"file_name": filename}, fields.get("caption", ""), content=content))
    return message


def edit_text(chats: Chats, fields: Fields) -> Any:
    text, entities = read_text(fields, "text", 1, MessageLimit.MAX_TEXT_LENGTH)
    return _edit(chats, fields, {"text": text.strip(), "entities": entities}, fields["text"])


def edit_markup(chats: Chats, fields: Fields) -> Any:
    return _edit(chats, fields, {}, "")


def _edit(chats: Chats, fields: Fields, content: dict[str, Any], source: str) -> Any:
    chat = chats.of(fields["chat_id"])
    chat.check_reachable()
    message = chat.messages.get(fields["message_id"])
    if message is None:
        raise ApiError(400, "message to edit not found")
    if message["from"] != chats.bot or ("text" in content and "text" not in message):
        raise ApiError(400, "message can't be edited")
    changed = message | content | {"reply_markup": check_markup(fields.get("reply_markup"))}
    changed = {name: value for name, value in changed.items() if value}
    if changed == {name: value for name, value in message.items() if name != "edit_date"}:
        raise ApiError(400, _NOT_MODIFIED)
    changed["edit_date"] = int(time.time())
    chat.messages[message["message_id"]] = changed
    chat.events.append(Event(dict(changed), source, edited=True))
    return changed


def answer_query(chats: Chats, fields: Fields) -> Any:
    if len(fields.get("text", "")) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
        raise ApiError(400, "MESSAGE_TOO_LONG")
    query = chats.queries.get(fields["callback_query_id"])
    if query is None or query.expired:
        raise ApiError(400, "query is too old and response timeout expired or query ID is invalid")
    query.answers.append(fields)
    return True


def set_commands(chats: Chats, fields: Fields) -> Any:
    for command in fields["commands"]:
        name, told = command["command"], command["description"]
        if set(command) != {"command", "description"} or not 1 <= len(told) <= 256:
            raise ApiError(400, "BOT_COMMAND_DESCRIPTION_INVALID")
        if not (1 <= len(name) <= 32 and name.isascii() and name.replace("_", "a").isalnum() and name.islower()):
            raise ApiError(400, "BOT_COMMAND_INVALID")
    chats.commands[_scope(fields)] = [command["command"] for command in fields["commands"]]
    return True


def delete_commands(chats: Chats, fields: Fields) -> Any:
    chats.commands.pop(_scope(fields), None)
    return True


def _scope(fields: Fields) -> str:
    """The chat a menu is for, or the kind of chats."""
    scope = fields.get("scope") or {"type": "default"}
    return str(scope.get("chat_id", scope["type"]))


METHODS: dict[str, Callable[[Chats, Fields], Any]] = {
    "getMe": lambda chats, fields: chats.bot | {"can_join_groups": True, "can_read_all_group_messages": False},
    "sendMessage": send_message,
    "sendDocument": send_file,
    "sendPhoto": send_file,
    "editMessageText": edit_text,
    "editMessageReplyMarkup": edit_markup,
    "answerCallbackQuery": answer_query,
    "setMyCommands": set_commands,
    "deleteMyCommands": delete_commands,
    "setChatMenuButton": lambda chats, fields: True,
}
