"""Chats and their messages, as the Bot API server keeps them."""

import time
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.bot_api.errors import ApiError


@dataclass(slots=True)
class Event:
    """One thing the bot did in a chat: a message sent or an edit made."""

    message: dict[str, Any]
    source: str
    edited: bool = False
    content: bytes = b""


@dataclass(slots=True)
class Chat:
    """A private chat, group or channel. The bot may write once `started`, and not while `blocked`."""

    id: int
    about: dict[str, Any]
    started: bool = False
    blocked: bool = False
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def check_reachable(self) -> None:
        if self.blocked:
            raise ApiError(403, "bot was blocked by the user")
        if not self.started:
            raise ApiError(403, "bot can't initiate conversation with a user")


@dataclass(slots=True)
class Query:
    """A tapped button. `expired` ones can no longer be answered; `answers` holds what the bot answered."""

    id: str
    expired: bool = False
    answers: list[dict[str, Any]] = field(default_factory=list)


class Chats:
    def __init__(self, bot: dict[str, Any]) -> None:
        self.bot = bot
        self.all: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.commands: dict[str, list[str]] = {}
        self._last_message = 0

    def add(self, about: dict[str, Any], started: bool) -> Chat:
        chat = self.all[about["id"]] = Chat(about["id"], about, started)
        return chat

    def of(self, chat_id: int) -> Chat:
        if chat_id not in self.all:
            raise ApiError(400, "chat not found")
        return self.all[chat_id]

    def message(self, chat: Chat, sender: dict[str, Any], **content: Any) -> dict[str, Any]:
        """A new message in the chat, in the Bot API's shape; empty contents are left out."""
        self._last_message += 1
        message = {
            "message_id": self._last_message,
            "date": int(time.time()),
            "chat": chat.about,
            "from": sender,
        } | {name: value for name, value in content.items() if value}
        chat.messages[self._last_message] = message
        return message

    def query(self, expired: bool) -> Query:
        query = Query(str(4_000_000_000 + len(self.queries)), expired)
        self.queries[query.id] = query
        return query
