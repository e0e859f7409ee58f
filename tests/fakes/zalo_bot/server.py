"""The server, and a person's phone as seen from the other side of the chat."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

import aiohttp
from aiohttp import web

from tests.fakes.bot_api.bell import Bell
from tests.fakes.texting import TextPhone

T = TypeVar("T")
TOKEN = "bot1234567890:TEST-token_for_the_fake_zalo"
MOST_CHARACTERS = 2000
FIELDS = {
    "getMe": set[str](),
    "getUpdates": {"timeout"},
    "setWebhook": {"url", "secret_token"},
    "deleteWebhook": set[str](),
    "sendMessage": {"chat_id", "text"},
}


class RefusedError(Exception):
    """An answer with `ok` false."""

    def __init__(self, code: int, description: str = "refused") -> None:
        super().__init__(description)
        self.code = code


class ZaloPhone(TextPhone):
    """One person's Zalo."""

    def __init__(self, api: "FakeZaloBot", chat: str) -> None:
        super().__init__(api.bell, chat)
        self.api = api
        self.blocked = False

    async def say(self, text: str) -> None:
        """Delivered by whatever way the bot listens. Nobody listening: gone."""
        await self.api.deliver("message.text.received", self, text=text)

    async def send_kind(self, kind: str) -> None:
        await self.api.deliver(f"message.{kind}.received", self)


class FakeZaloBot:
    def __init__(self) -> None:
        self.token = TOKEN
        self.bell = Bell()
        self.phones: dict[str, ZaloPhone] = {}
        self.waiting: deque[dict[str, Any]] = deque()
        self.webhook: dict[str, str] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refusals: deque[int] = deque()
        self.pushed: list[int] = []
        self.repeats = 1
        self._polls = 0
        self._number = 0
        self._runner: web.AppRunner | None = None
        self.base_url = ""

    async def __aenter__(self) -> "FakeZaloBot":
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner:
            await self._runner.cleanup()

    def phone(self, chat: str = "") -> ZaloPhone:
        chat = chat or f"z{len(self.phones) + 1:03}"
        self.phones[chat] = ZaloPhone(self, chat)
        return self.phones[chat]

    async def until(self, found: Callable[[], T], seconds: float = 20) -> T:
        return await self.bell.until(found, seconds, lambda: f"calls: {[name for name, _ in self.calls][-9:]}")

    async def deliver(self, event: str, phone: ZaloPhone, kind: str = "PRIVATE", **content: Any) -> None:
        self._number += 1
        message = {
            "message_id": f"m{self._number:05}",
            "date": 1_790_000_000_000 + self._number,
            "chat": {"id": phone.chat, "chat_type": kind},
            "from": {"id": phone.chat, "display_name": "Người dùng", "is_bot": False},
            **content,
        }
        await self.put({"event_name": event, "message": message})

    async def put(self, update: Any) -> None:
        """Any update at all."""
        if not self.webhook:
            self.waiting.extend([update] * self.repeats)
            self.bell.ring()
            return
        headers = {"X-Bot-Api-Secret-Token": self.webhook["secret_token"]}
        async with aiohttp.ClientSession() as session:
            for _ in range(self.repeats):
                async with session.post(self.webhook["url"], json=update, headers=headers) as answer:
                    self.pushed.append(answer.status)

    async def _serve(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        fields = await request.json() if request.can_read_body else {}
        self.calls.append((method, fields))
        self.bell.ring()
        try:
            if request.match_info["token"] != self.token:
                raise RefusedError(401, "Unauthorized")
            if method not in FIELDS or set(fields) - FIELDS[method]:
                raise RefusedError(404 if method not in FIELDS else 400, f"{method}: {sorted(fields)}")
            if method == "sendMessage" and self.refusals:
                raise RefusedError(self.refusals.popleft())
            result = await self._act(method, fields)
        except RefusedError as refused:
            if refused.code >= 500:
                return web.Response(status=refused.code, text="<html>Bad Gateway</html>", content_type="text/html")
            return web.json_response({"ok": False, "error_code": refused.code, "description": str(refused)})
        return web.json_response({"ok": True, "result": result})

    async def _act(self, method: str, fields: dict[str, Any]) -> Any:
        if method == "getUpdates":
            return await self._next_update(float(fields.get("timeout", 30)))
        if method == "setWebhook":
            if not 8 <= len(fields.get("secret_token", "")) <= 256:
                raise RefusedError(400, "secret_token")
            self.webhook = dict(fields)
        elif method == "deleteWebhook":
            self.webhook = {}
        elif method == "sendMessage":
            self._show(fields)
            return {"message_id": f"b{len(self.calls)}", "date": 1_790_000_000_000}
        return {"id": "1", "account_name": "bot.tusoi", "account_type": "BASIC", "can_join_groups": False}

    async def _next_update(self, seconds: float) -> dict[str, Any]:
        if self.webhook:
            raise RefusedError(400, "a webhook is set")
        try:
            async with asyncio.timeout(seconds):
                while not self.waiting:
                    await self.bell.rung()
        except TimeoutError:
            raise RefusedError(408, "Request timeout") from None
        return self.waiting.popleft()

    def _show(self, fields: dict[str, Any]) -> None:
        phone = self.phones.get(fields["chat_id"])
        if phone is None or phone.blocked:
            raise RefusedError(403, "chat not found")
        text = fields["text"]
        if not 1 <= len(text) <= MOST_CHARACTERS:
            raise RefusedError(400, f"text of {len(text)} characters")
        phone.received.append(text)
        self.bell.ring()
