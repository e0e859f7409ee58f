"""From the account's events to what can come in. Anything it does not know, and what the account itself says, is left.

A pressed button comes as an ordinary `user_send_text` whose text is the button's payload: the number of the choice.
"""

from collections.abc import Mapping
from typing import Any

from conversations.incoming import Asked, Event, Incoming, Reached, Typed, Unreadable
from handlers.updates import LONGEST_ID, digest, id_of, order_of

_KINDS = {
    "user_send_image": "photo",
    "user_send_gif": "photo",
    "user_send_sticker": "sticker",
    "user_send_audio": "voice",
    "user_send_file": "file",
    "user_send_video": "other",
    "user_send_link": "other",
    "user_send_location": "other",
    "user_send_business_card": "other",
}
_WITH_WORDS = ("user_send_text", "user_send_link")
"""Words with an address in them are reported as a link."""


def read_event(raw: object) -> tuple[Incoming, ...]:
    """What to do with an event, in order; empty = nothing."""
    if not isinstance(raw, Mapping):
        return ()
    name = raw.get("event_name")
    if name in ("follow", "unfollow"):
        return _followed(raw, came=name == "follow")
    message, chat = raw.get("message"), _id_of(raw.get("sender"))
    if not isinstance(name, str) or not isinstance(message, Mapping) or not chat:
        return ()
    event = _event(name, message)
    if event is None:
        return ()
    delivery = id_of(message.get("msg_id")) or id_of(message.get("message_id")) or digest(raw)
    return (_incoming(raw, delivery, chat, event),)


def _event(name: str, message: Mapping[str, Any]) -> Event | None:
    text = message.get("text")
    if name in _WITH_WORDS and isinstance(text, str):
        return Typed(text)
    return Unreadable(_KINDS[name]) if name in _KINDS else None


def _followed(raw: Mapping[str, Any], came: bool) -> tuple[Incoming, ...]:
    """Whoever follows may be written to and is greeted; whoever leaves may not be."""
    chat = _id_of(raw.get("follower"))
    if not chat:
        return ()
    delivery = f"{raw['event_name']}:{digest(raw)}"
    reached = _incoming(raw, delivery, chat, Reached(can_be_reached=came))
    return (reached, _incoming(raw, f"hello:{delivery}", chat, Asked("start"))) if came else (reached,)


def _incoming(raw: Mapping[str, Any], delivery: str, chat: str, event: Event) -> Incoming:
    order = order_of(raw.get("timestamp"))
    return Incoming("zalo_oa", delivery[:LONGEST_ID], chat, event, order=order)


def _id_of(who: object) -> str:
    return id_of(who.get("id")) if isinstance(who, Mapping) else ""
