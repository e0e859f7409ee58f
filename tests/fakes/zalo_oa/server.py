"""The account over HTTP: its API, its OAuth server, and the webhook it calls."""

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

import aiohttp
from aiohttp import web

from tests.fakes.zalo_oa.account import Account, OaPhone, RefusedError

Trouble = Literal["502", "cut", "hang"]


class FakeZaloOa:
    """`troubles` meet the next sendings, `oauth_troubles` the next exchanges, after they were done ("cut", "hang")
    or before ("502"). `webhook` is what the operator wrote at developers.zalo.me.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.account = Account(clock)
        self.bell = self.account.bell
        self.clock = clock
        self.webhook = ""
        self.form = "sha256"
        self.repeats = 1
        self.calls: list[str] = []
        self.pushed: list[tuple[int, float]] = []
        self.troubles: deque[Trouble] = deque()
        self.oauth_troubles: deque[Trouble] = deque()
        self.base_url = ""
        self._numbers = itertools.count(1)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> "FakeZaloOa":
        app = web.Application()
        app.router.add_post("/v3.0/oa/message/cs", self._message)
        app.router.add_post("/v4/oa/access_token", self._token)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner:
            await self._runner.cleanup()

    def phone(self, chat: str = "") -> OaPhone:
        chat = chat or f"oa{len(self.account.phones) + 1:03}"
        self.account.phones[chat] = OaPhone(self.bell, chat, self.deliver)
        return self.account.phones[chat]

    async def deliver(self, name: str, phone: OaPhone, **content: Any) -> None:
        phone.last_interaction = self.clock()
        event: dict[str, Any] = {"app_id": self.account.app_id, "event_name": name, "timestamp": self._timestamp()}
        if name in ("follow", "unfollow"):
            event |= {"oa_id": "388613280878808645", "follower": {"id": phone.chat}, "source": "oa_profile"}
        else:
            message = {"msg_id": f"m{next(self._numbers):05}", **content}
            event |= {"sender": {"id": phone.chat}, "recipient": {"id": "388613280878808645"}, "message": message}
        await self.put(event)

    async def put(self, event: Any, signed: str | None = None) -> int:
        """Any event at all; the status of the last answer. `signed` in place of the right signature."""
        body = json.dumps(event, ensure_ascii=False).encode()
        signature = self.signature(body, event) if signed is None else signed
        headers = {"X-ZEvent-Signature": signature, "Content-Type": "application/json"}
        async with aiohttp.ClientSession() as session:
            for _ in range(self.repeats):
                began = time.monotonic()
                async with session.post(self.webhook, data=body, headers=headers) as answer:
                    self.pushed.append((answer.status, time.monotonic() - began))
        return self.pushed[-1][0]

    def signature(self, body: bytes, event: Any) -> str:
        if self.form == "hmac":
            return hmac.new(self.account.secret.encode(), body, "sha256").hexdigest()
        stamp = event.get("timestamp", "") if isinstance(event, dict) else ""
        text = f"{self.account.app_id}{body.decode()}{stamp}{self.account.secret}"
        return f"mac={hashlib.sha256(text.encode()).hexdigest()}"

    def _timestamp(self) -> str:
        """Milliseconds, later for every event although the clock may stand still."""
        return str(int(self.clock().timestamp() * 1000) + next(self._numbers))

    async def _message(self, request: web.Request) -> web.StreamResponse:
        token, content = request.headers.get("access_token", ""), await request.json()
        return await self._answer(request, self.troubles, lambda: {"data": self.account.show(token, content)})

    async def _token(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        secret = request.headers.get("secret_key", "")
        return await self._answer(request, self.oauth_troubles, lambda: dict(self.account.exchange(form, secret)))

    async def _answer(
        self, request: web.Request, troubles: deque[Trouble], act: Callable[[], dict[str, Any]]
    ) -> web.StreamResponse:
        trouble = troubles.popleft() if troubles else None
        self.calls.append(request.path)
        self.bell.ring()
        if trouble == "502":
            return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
        try:
            content = {"error": 0, "message": "Success"} | act()
        except RefusedError as refused:
            content = {"error": refused.code, "message": str(refused)}
        if trouble == "hang":
            await asyncio.Event().wait()
        if trouble == "cut" and request.transport:
            request.transport.abort()
        return web.json_response(content)
