"""From the platform's updates to what can come in. Its own pages differ in field names, so the reading forgives."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conversations.incoming import Event, Incoming, Typed, Unreadable
from handlers.updates import LONGEST_ID, digest, id_of, order_of

_KINDS = {"image": "photo", "photo": "photo", "sticker": "sticker", "voice": "voice", "link": "other"}
_SILENT = ("reaction",)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Said in a group: the bot only points to the private chat."""

    chat: str


def read_update(raw: object) -> Incoming | Elsewhere | None:
    """What to do with an update; None = nothing (a reaction, a sender that cannot be answered, no update at all)."""
    update = _inside(raw)
    message = update.get("message")
    if not isinstance(message, Mapping):
        return None
    chat, kind = _chat(message)
    if not chat:
        return None
    if kind.upper() == "GROUP":
        return Elsewhere(chat)
    event = _event(str(update.get("event_name", "")), message)
    if event is None:
        return None
    delivery = id_of(message.get("message_id")) or id_of(message.get("msg_id")) or digest(update)
    return Incoming("zalo_bot", delivery[:LONGEST_ID], chat, event, order=order_of(message.get("date")))


def _inside(raw: object) -> Mapping[str, Any]:
    """A webhook sometimes wraps the update as an answer: {"ok": true, "result": {…}}."""
    if not isinstance(raw, Mapping):
        return {}
    wrapped = raw.get("result")
    return wrapped if isinstance(wrapped, Mapping) else raw


def _chat(message: Mapping[str, Any]) -> tuple[str, str]:
    """Id and kind of the chat; a private chat may be named by its sender alone."""
    chat, sender = message.get("chat"), message.get("from")
    if isinstance(chat, Mapping) and chat.get("id"):
        return id_of(chat["id"]), str(chat.get("chat_type") or chat.get("type") or "PRIVATE")
    return (id_of(sender.get("id")) if isinstance(sender, Mapping) else ""), "PRIVATE"


def _event(name: str, message: Mapping[str, Any]) -> Event | None:
    sender = message.get("from")
    if isinstance(sender, Mapping) and sender.get("is_bot"):
        return None
    if isinstance(message.get("text"), str):
        return Typed(message["text"])
    kind = name.split(".")[1] if name.count(".") == 2 else ""
    if kind in _SILENT:
        return None
    return Unreadable(_KINDS.get(kind, "other"))
