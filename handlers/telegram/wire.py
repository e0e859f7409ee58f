"""From Telegram's updates to what can come in. Only private chats are taken; elsewhere the bot only points to one."""

import re
from dataclasses import dataclass, replace

from aiogram.enums import ChatType, ContentType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, Update, User

from conversations.incoming import Chose, Event, Incoming, Reached, Typed, Unreadable
from handlers.updates import LONGEST_ID, order_of

TAKEN_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
"""What Telegram is asked to send. Posts of channels are not: the bot has nothing to say there."""

_DATA = re.compile(r"(\d{1,10})(k?)\.(.+)", re.DOTALL)
_KINDS = {
    ContentType.PHOTO: "photo",
    ContentType.LIVE_PHOTO: "photo",
    ContentType.VOICE: "voice",
    ContentType.AUDIO: "voice",
    ContentType.DOCUMENT: "file",
    ContentType.STICKER: "sticker",
    ContentType.ANIMATION: "other",
    ContentType.VIDEO: "other",
    ContentType.VIDEO_NOTE: "other",
    ContentType.PAID_MEDIA: "other",
    ContentType.STORY: "other",
    ContentType.CHECKLIST: "other",
    ContentType.CONTACT: "other",
    ContentType.DICE: "other",
    ContentType.GAME: "other",
    ContentType.POLL: "other",
    ContentType.VENUE: "other",
    ContentType.LOCATION: "other",
    ContentType.RICH_MESSAGE: "other",
    ContentType.UNKNOWN: "other",
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Words or a tap in a group or channel. Nobody there is taken for a person of the roster."""

    chat: int
    text: str = ""
    answers_to: int | None = None
    query_id: str = ""

    def calls(self, me: User) -> bool:
        """Whether the bot is meant: a tap, a command not for another bot, its name, or an answer to its message."""
        name = f"@{me.username}".lower()
        first = self.text.split(maxsplit=1)[0].lower() if self.text.strip() else ""
        is_command = first.startswith("/") and ("@" not in first or first.endswith(name))
        return bool(self.query_id) or is_command or name in self.text.lower() or self.answers_to == me.id


def read_update(update: Update) -> Incoming | Elsewhere | None:
    """What to do with an update; None = nothing (a service message, a kind of update nobody asked for)."""
    if update.callback_query:
        return _read_tap(update.update_id, update.callback_query)
    if update.message:
        return _read_message(update.update_id, update.message)
    if update.edited_message:
        return _read_edit(update.update_id, update.edited_message)
    if update.my_chat_member:
        return _read_membership(update.update_id, update.my_chat_member)
    return None


def chat_of(update: Update) -> int:
    """The chat whose updates must be taken one after the other; 0 for what belongs to none."""
    tap = update.callback_query
    found = update.message or update.edited_message or update.my_chat_member or (tap and tap.message)
    return found.chat.id if found else tap.from_user.id if tap else 0


def keeps_message(data: str | None) -> bool:
    """Whether the tapped button hangs on a screen that is to stay in the chat (see `draw.button_data`)."""
    match = _DATA.fullmatch(data or "")
    return bool(match and match[2])


def _incoming(update_id: int, chat: int, event: Event) -> Incoming:
    """Numbers that Telegram never gives are no order, and cut to what can be kept."""
    return Incoming("telegram", str(update_id)[:LONGEST_ID], str(chat)[:LONGEST_ID], event, order=order_of(update_id))


def _read_tap(update_id: int, tap: CallbackQuery) -> Incoming | Elsewhere:
    chat = tap.message.chat if tap.message else None
    if chat and chat.type != ChatType.PRIVATE:
        return Elsewhere(chat.id, query_id=tap.id)
    match = _DATA.fullmatch(tap.data or "")
    event = Chose(int(match[1]), match[3]) if match else Chose(-1, "")
    return _incoming(update_id, chat.id if chat else tap.from_user.id, event)


def _read_message(update_id: int, message: Message) -> Incoming | Elsewhere | None:
    if message.chat.type != ChatType.PRIVATE:
        answered = message.reply_to_message and message.reply_to_message.from_user
        return Elsewhere(message.chat.id, message.text or message.caption or "", answered.id if answered else None)
    if message.text is not None:
        return replace(_incoming(update_id, message.chat.id, Typed(message.text)), number=message.message_id)
    kind = _KINDS.get(ContentType(message.content_type))
    return _incoming(update_id, message.chat.id, Unreadable(kind)) if kind else None


def _read_edit(update_id: int, message: Message) -> Incoming | None:
    """A live location edits itself every few seconds: that is nobody's word."""
    if message.chat.type != ChatType.PRIVATE or message.location:
        return None
    return _incoming(update_id, message.chat.id, Unreadable("edited"))


def _read_membership(update_id: int, change: ChatMemberUpdated) -> Incoming | None:
    if change.chat.type != ChatType.PRIVATE:
        return None
    can_be_reached = change.new_chat_member.status not in {"kicked", "left"}
    return _incoming(update_id, change.chat.id, Reached(can_be_reached))
