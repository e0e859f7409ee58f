"""A person with a phone: sends, taps and reads, as seen from the other side of the chat."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.bot_api.chats import Chat, Event, Query

if TYPE_CHECKING:
    from tests.fakes.bot_api.server import FakeBotApi

_CONTENT: dict[str, dict[str, Any]] = {
    "photo": {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]},
    "voice": {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
    "document": {"document": {"file_id": "d", "file_unique_id": "d"}},
    "sticker": {
        "sticker": {
            "file_id": "s",
            "file_unique_id": "s",
            "type": "regular",
            "width": 9,
            "height": 9,
            "is_animated": False,
            "is_video": False,
        }
    },
    "video": {"video": {"file_id": "w", "file_unique_id": "w", "width": 9, "height": 9, "duration": 3}},
    "location": {"location": {"latitude": 18.67, "longitude": 105.69}},
    "contact": {"contact": {"phone_number": "+84900000000", "first_name": "Hoa"}},
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A text message of the bot on the phone. `buttons` are (label, data) in order; `source` is the HTML sent."""

    message_id: int
    text: str
    buttons: tuple[tuple[str, str], ...]
    edited: bool
    source: str

    @property
    def labels(self) -> list[str]:
        return [label for label, _ in self.buttons]

    def data_of(self, choice: int | str) -> str:
        """The data of the button with this number, or the first whose label contains this text."""
        for label, data in self.buttons:
            if label.split(" ", 1)[0] == str(choice) or (isinstance(choice, str) and choice in label):
                return data
        raise AssertionError(f"no button {choice!r} among {self.labels}")


@dataclass(frozen=True, slots=True)
class Received:
    """A document or photo the bot sent."""

    kind: str
    filename: str
    caption: str
    content: bytes


class Person:
    def __init__(self, api: "FakeBotApi", user: dict[str, Any], chat: Chat) -> None:
        self.api = api
        self.user = user
        self.chat = chat
        self._read = 0
        self._read_papers = 0
        self._shown: list[Shown] = []
        self._papers: list[Received] = []
        self._events = 0

    # -- what the person does ---------------------------------------------------------------------------------

    async def start(self, payload: str = "") -> int:
        """Open the bot by its link t.me/bot?start=payload."""
        return await self.send(f"/start {payload}".strip())

    async def send(self, text: str, **more: Any) -> int:
        """Write a message; returns the update's id."""
        self.chat.started = True
        if text.startswith("/"):
            command = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
            more = {"entities": [command]} | more
        return self._say(text=text, **more)

    async def send_kind(self, kind: str) -> int:
        """Send something that is not text: photo, voice, document, sticker, video, location, contact, dice."""
        self.chat.started = True
        return self._say(**_CONTENT[kind])

    async def edit(self, text: str, message_id: int = 0) -> int:
        """Change a message sent before (the last one)."""
        mine = [m for m in self.chat.messages.values() if m["from"] == self.user]
        message = self.chat.messages[message_id] if message_id else mine[-1]
        message |= {"text": text, "edit_date": message["date"] + 1}
        return self.api.updates.put("edited_message", dict(message))

    async def tap(self, choice: int | str, of: Shown | None = None, expired: bool = False) -> Query:
        """Tap a button by number or label: of the newest screen that has buttons, or of an older one."""
        shown = of or self.newest
        return await self.tap_data(shown.data_of(choice), shown.message_id, expired)

    async def tap_data(self, data: str, message_id: int | None = None, expired: bool = False) -> Query:
        """Send any callback data at all, as a forged client could."""
        query = self.api.chats.query(expired)
        message = self.chat.messages.get(message_id or 0)
        gone = {"message_id": message_id or 1, "date": 0, "chat": self.chat.about}
        content = {"id": query.id, "from": self.user, "chat_instance": "1", "data": data, "message": message or gone}
        self.api.updates.put("callback_query", content)
        return query

    async def answered(self, query: Query) -> dict[str, Any]:
        """Wait until the phone's spinner on this button stops."""
        await self.api.until(lambda: query.answers)
        return query.answers[0]

    async def block(self) -> int:
        self.chat.blocked = True
        return self._membership("member", "kicked")

    async def unblock(self) -> int:
        self.chat.blocked = False
        return self._membership("kicked", "member")

    def delete(self, message_id: int) -> None:
        """Clear a message from the chat; the bot cannot edit it any more."""
        del self.chat.messages[message_id]

    # -- what the person sees ---------------------------------------------------------------------------------

    @property
    def shown(self) -> list[Shown]:
        """All text messages and edits so far, oldest first."""
        self._look()
        return self._shown

    @property
    def menu(self) -> list[str]:
        """The commands beside the typing field."""
        commands = self.api.chats.commands
        return commands.get(str(self.chat.id)) or commands.get("all_private_chats", [])

    @property
    def newest(self) -> Shown:
        """The newest message that still has buttons."""
        return next(shown for shown in reversed(self.shown) if shown.buttons)

    async def screen(self, seconds: float = 20) -> Shown:
        """The next message or edit of the bot not read yet; waits for it. A file does not count, see `paper`."""
        await self.api.bell.until(lambda: len(self.shown) > self._read, seconds, self._transcript)
        self._read += 1
        return self.shown[self._read - 1]

    async def screen_with(self, text: str, seconds: float = 20) -> Shown:
        """Read on until a screen contains this text (repeats and parts before it are skipped)."""
        while text not in (shown := await self.screen(seconds)).text:
            pass
        return shown

    async def paper(self, seconds: float = 20) -> Received:
        """The next document or photo not read yet; waits for it."""
        await self.api.bell.until(lambda: len(self.papers) > self._read_papers, seconds, self._transcript)
        self._read_papers += 1
        return self.papers[self._read_papers - 1]

    @property
    def papers(self) -> list[Received]:
        self._look()
        return self._papers

    def skip(self) -> None:
        """Count everything so far as read."""
        self._read, self._read_papers = len(self.shown), len(self.papers)

    def _look(self) -> None:
        for event in self.chat.events[self._events :]:
            if "text" in event.message:
                self._shown.append(_shown(event))
            else:
                self._papers.append(_received(event))
        self._events = len(self.chat.events)

    def _say(self, **content: Any) -> int:
        kind = "channel_post" if self.chat.about["type"] == "channel" else "message"
        return self.api.updates.put(kind, self.api.chats.message(self.chat, self.user, **content))

    def _membership(self, old: str, new: str) -> int:
        def member(status: str) -> dict[str, Any]:
            return {"user": self.api.bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})

        change = {"chat": self.chat.about, "from": self.user, "date": 1_790_000_000}
        return self.api.updates.put(
            "my_chat_member", change | {"old_chat_member": member(old), "new_chat_member": member(new)}
        )

    def _transcript(self) -> str:
        lines = [f"{shown.text} {shown.labels}" for shown in self.shown[-4:]]
        calls = [f"{call.method} {call.status}" for call in self.api.calls[-8:]]
        return "nothing new came; last screens:\n" + "\n---\n".join(lines) + f"\nlast calls: {calls}"


def _shown(event: Event) -> Shown:
    rows = event.message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = tuple((button["text"], button.get("callback_data", "")) for row in rows for button in row)
    return Shown(event.message["message_id"], event.message["text"], buttons, event.edited, event.source)


def _received(event: Event) -> Received:
    kind = "photo" if "photo" in event.message else "document"
    return Received(kind, event.message["file_name"], event.message.get("caption", ""), event.content)
