"""The account itself: its tokens, the people who follow it, and what it refuses. No network."""

import itertools
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.fakes.bot_api.bell import Bell
from tests.fakes.texting import TextPhone

ACCESS_LASTS, REFRESH_LASTS = timedelta(seconds=90_000), timedelta(days=90)
FREE, PAID = timedelta(hours=48), timedelta(days=7)
MOST_CHARACTERS, MOST_BUTTONS, MOST_TITLE, MOST_PAYLOAD = 2000, 5, 100, 1000
BUTTON_TYPES = {"oa.query.show", "oa.query.hide", "oa.open.url", "oa.open.phone"}
MINUTE = timedelta(minutes=1)


class RefusedError(Exception):
    """An answer with an `error` other than 0."""

    def __init__(self, code: int, why: str = "refused") -> None:
        super().__init__(why)
        self.code = code


class MovedClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2026, 12, 1, 2, 30, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


class OaPhone(TextPhone):
    """One person's Zalo. `buttons` are those of the newest message: label and payload."""

    def __init__(self, bell: Bell, chat: str, send: Callable[..., Any]) -> None:
        super().__init__(bell, chat)
        self._send = send
        self.buttons: list[tuple[str, str]] = []
        self.has_left = False
        self.last_interaction: datetime | None = None

    async def say(self, text: str) -> None:
        """Whoever writes may be answered, follower or not."""
        self.has_left = False
        await self._send("user_send_text", self, text=text)

    async def press(self, number: int) -> str:
        """A button of the newest message; the answer."""
        self._read = len(self.received)
        await self.say(self.buttons[number - 1][1])
        return await self.answer()

    async def send_kind(self, kind: str) -> None:
        await self._send(f"user_send_{kind}", self)

    async def follow(self) -> None:
        self.has_left = False
        await self._send("follow", self)

    async def unfollow(self) -> None:
        self.has_left = True
        await self._send("unfollow", self)


@dataclass
class Account:
    """`paid` counts the messages between the 48th hour and the seventh day."""

    clock: Callable[[], datetime]
    bell: Bell = field(default_factory=Bell)
    app_id: str = "4182736451029384756"
    app_secret: str = "app-Secret_of-the-fake"
    secret: str = "oa-Secret_of-the-fake"
    per_minute: int = 100
    plan_has_api: bool = True
    phones: dict[str, OaPhone] = field(default_factory=dict)
    refusals: deque[int] = field(default_factory=deque)
    paid: int = 0
    access: dict[str, datetime] = field(default_factory=dict)
    refresh: dict[str, datetime] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    exchanges: list[str] = field(default_factory=list)
    _requests: deque[datetime] = field(default_factory=deque)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def granted(self) -> str:
        """An administrator grants in the browser: a first refresh token."""
        token = f"refresh-{next(self._numbers):03}-of-the-fake"
        self.refresh[token] = self.clock() + REFRESH_LASTS
        return token

    def exchange(self, form: dict[str, str], secret_key: str) -> dict[str, str]:
        """Both older tokens are worth nothing from now on."""
        if set(form) != {"refresh_token", "app_id", "grant_type"} or form["grant_type"] != "refresh_token":
            raise RefusedError(-14002, "invalid request")
        if form["app_id"] != self.app_id or secret_key != self.app_secret:
            raise RefusedError(-14004, "invalid app or secret")
        token = form["refresh_token"]
        self.exchanges.append(token)
        if token in self.used or self.refresh.get(token, self.clock()) <= self.clock():
            raise RefusedError(-14020, "invalid refresh token")
        self.used.add(token)
        access = f"access-{next(self._numbers):03}-of-the-fake"
        self.access = {access: self.clock() + ACCESS_LASTS}
        return {"access_token": access, "refresh_token": self.granted(), "expires_in": "90000"}

    def show(self, token: str, content: dict[str, Any]) -> dict[str, Any]:
        """A consultation message."""
        now = self.clock()
        self._count(now)
        if self.refusals:
            raise RefusedError(self.refusals.popleft())
        if self.access.get(token, now) <= now:
            raise RefusedError(-216, "access token is invalid")
        if not self.plan_has_api:
            raise RefusedError(-224, "OA has not upgraded")
        if set(content) != {"recipient", "message"} or set(content["recipient"]) != {"user_id"}:
            raise RefusedError(-201, "params")
        phone = self.phones.get(content["recipient"]["user_id"])
        text, buttons = _checked(content["message"])
        if phone is None or phone.has_left:
            raise RefusedError(-213, "user has not followed")
        self._charge(phone, now)
        phone.received.append(text)
        phone.buttons = buttons
        self.bell.ring()
        return {"message_id": f"b{next(self._numbers)}", "user_id": phone.chat}

    def _count(self, now: datetime) -> None:
        while self._requests and self._requests[0] <= now - MINUTE:
            self._requests.popleft()
        if len(self._requests) >= self.per_minute:
            raise RefusedError(-32, "too many requests")
        self._requests.append(now)

    def _charge(self, phone: OaPhone, now: datetime) -> None:
        if phone.last_interaction is None:
            raise RefusedError(-232, "no interaction")
        quiet_for = now - phone.last_interaction
        if quiet_for > PAID:
            raise RefusedError(-230, "no interaction in 7 days")
        self.paid += quiet_for > FREE


def _checked(message: dict[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    text = message.get("text")
    if not isinstance(text, str) or not text or set(message) - {"text", "attachment"}:
        raise RefusedError(-201, "text")
    if len(text) > MOST_CHARACTERS:
        raise RefusedError(-210, f"{len(text)} characters")
    attachment = message.get("attachment")
    if attachment is None:
        return text, []
    if set(attachment) != {"type", "payload"} or attachment["type"] != "template":
        raise RefusedError(-201, "attachment")
    buttons = attachment["payload"].get("buttons")
    if set(attachment["payload"]) != {"buttons"} or not 1 <= len(buttons) <= MOST_BUTTONS:
        raise RefusedError(-201, "buttons")
    return text, [_button(button) for button in buttons]


def _button(button: dict[str, Any]) -> tuple[str, str]:
    if set(button) != {"title", "type", "payload"} or button["type"] not in BUTTON_TYPES:
        raise RefusedError(-201, "button")
    title, payload = button["title"], button["payload"]
    if not (isinstance(title, str) and 0 < len(title) <= MOST_TITLE):
        raise RefusedError(-201, "title")
    if not (isinstance(payload, str) and 0 < len(payload) <= MOST_PAYLOAD):
        raise RefusedError(-201, "payload")
    return title, payload
