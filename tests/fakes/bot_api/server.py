"""The fake Bot API server over HTTP."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from aiohttp import web

from tests.fakes.bot_api.bell import Bell
from tests.fakes.bot_api.chats import Chats
from tests.fakes.bot_api.checks import FIELDS, read_fields
from tests.fakes.bot_api.errors import ApiError, too_many
from tests.fakes.bot_api.faults import Fault, Faults
from tests.fakes.bot_api.limits import Limits
from tests.fakes.bot_api.methods import METHODS
from tests.fakes.bot_api.person import Person
from tests.fakes.bot_api.schema import fault_of_answer, fault_of_call
from tests.fakes.bot_api.updates import Updates

T = TypeVar("T")
TOKEN = "7000000001:TEST-token_for_the_fake_server_only"


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot and the answer it got (`status` 0 = the connection was broken)."""

    method: str
    fields: dict[str, Any]
    status: int
    answer: dict[str, Any]


class FakeBotApi:
    """See the package's docstring for how to use it."""

    def __init__(self, limits: Limits | None = None, latency: Callable[[], float] = lambda: 0) -> None:
        """`latency`: seconds between what a call does and its answer; `getUpdates` answers at once."""
        self.token = TOKEN
        self.username = "tusoi_thu_bot"
        self.bot = {"id": 7000000001, "is_bot": True, "first_name": "Tự Soi", "username": self.username}
        self.bell = Bell()
        self.chats = Chats(self.bot)
        self.schema_faults: list[str] = []
        self.updates = Updates(self.bell, self.schema_faults)
        self.faults = Faults()
        self.limits = limits
        self.latency = latency
        self.in_the_air = 0
        self.most_in_the_air = 0
        self.calls: list[Call] = []
        self._hanging = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.base_url = ""

    async def __aenter__(self) -> "FakeBotApi":
        app = web.Application(client_max_size=60 * 1024**2)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, failed: type[BaseException] | None, *_: object) -> None:
        self.updates.stop()
        self._hanging.set()
        if self._runner:
            await self._runner.cleanup()
        assert failed or not self.schema_faults, self.schema_faults

    def person(self, name: str = "Nguyễn Thị Hoa", *, started: bool = False) -> Person:
        """A phone with a chat of its own. Unless `started`, the bot may not write first."""
        user = {"id": 100_000 + len(self.chats.all), "is_bot": False, "first_name": name}
        about = {"id": user["id"], "type": "private", "first_name": name}
        return Person(self, user, self.chats.add(about, started))

    def group(self, member: Person, kind: str = "supergroup") -> Person:
        """The same person speaking in a new group ("group", "supergroup") or "channel"."""
        about = {"id": -1_000_000 - len(self.chats.all), "type": kind, "title": "Nhóm thử"}
        return Person(self, member.user, self.chats.add(about, True))

    def called(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    async def until(self, found: Callable[[], T], seconds: float = 20) -> T:
        """Wait for any condition on this server; checked whenever something happens."""
        return await self.bell.until(found, seconds, lambda: f"not reached; calls: {[c.method for c in self.calls]}")

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fields: dict[str, Any] = {}
        try:
            if request.match_info["token"] != self.token:
                raise ApiError(401)
            if method not in FIELDS:
                raise ApiError(404, "method not found")
            fields = read_fields(method, await _raw_fields(request))
            self._note(method, fault_of_call(method, fields))
            trouble = self.faults.take(method, fields)
            if trouble and (refusal := await self._before(trouble, request)):
                return self._record(method, fields, 0 if trouble.cut else refusal.status, {}, refusal)
            answer: dict[str, Any] = {"ok": True, "result": await self._act(method, fields)}
            if method != "getUpdates":  # its updates were checked one by one; a test may have put in an odd one
                self._note(f"answer to {method}", fault_of_answer(method, answer["result"]))
            status = 200
            await self._travel(method)
            if trouble and (trouble.cut or trouble.hang):
                return await self._break(method, fields, answer, trouble, request)
        except ApiError as error:
            status, answer = error.code, error.body()
        return self._record(method, fields, status, answer, web.json_response(answer, status=status))

    def _record(
        self, method: str, fields: dict[str, Any], status: int, answer: dict[str, Any], response: web.StreamResponse
    ) -> web.StreamResponse:
        self.calls.append(Call(method, fields, status, json.loads(json.dumps(answer))))
        self.bell.ring()
        return response

    def _note(self, what: str, fault: str) -> None:
        """The test fails at its end: what the schema does not know is wrong on one of the two sides."""
        if fault:
            self.schema_faults.append(f"{what} {fault}")

    async def _travel(self, method: str) -> None:
        """The time a call is under way."""
        if method == "getUpdates" or not (seconds := self.latency()):
            return
        self.in_the_air += 1
        self.most_in_the_air = max(self.most_in_the_air, self.in_the_air)
        try:
            await asyncio.sleep(seconds)
        finally:
            self.in_the_air -= 1

    async def _before(self, fault: Fault, request: web.Request) -> web.StreamResponse | None:
        """The refusal of a fault that strikes before anything is done."""
        if fault.cut == "before":
            _cut(request)
            return web.Response()
        if fault.plain:
            return web.Response(status=fault.status, text="<html>Bad Gateway</html>", content_type="text/html")
        if fault.status == 429:
            raise too_many(fault.retry_after)
        if fault.status:
            moved = {"migrate_to_chat_id": fault.migrate_to} if fault.migrate_to else {}
            raise ApiError(fault.status, fault.description or "ordered by the test", **moved)
        return None

    async def _break(
        self, method: str, fields: dict[str, Any], answer: dict[str, Any], fault: Fault, request: web.Request
    ) -> web.StreamResponse:
        """It was done, but the bot never hears of it."""
        response = self._record(method, fields, 0, answer, web.Response())
        if fault.hang:
            await self._hanging.wait()
        _cut(request)
        return response

    async def _act(self, method: str, fields: dict[str, Any]) -> Any:
        if method == "getUpdates":
            self.updates.allowed = fields.get("allowed_updates") or self.updates.allowed
            return await self.updates.get(fields.get("offset", 0), fields.get("limit", 100), fields.get("timeout", 0))
        if method in {"setWebhook", "deleteWebhook"}:
            self._check_webhook(fields)
            self.updates.set_webhook(fields)
            return True
        if method == "getWebhookInfo":
            info = {"url": self.updates.webhook["url"], "has_custom_certificate": False}
            return info | {"pending_update_count": len(self.updates.queue)}
        if self.limits and method.startswith("send"):
            self.limits.check(fields["chat_id"])
        result = METHODS[method](self.chats, fields)
        self.bell.ring()
        return result

    def _check_webhook(self, fields: dict[str, Any]) -> None:
        url, secret = fields.get("url", ""), fields.get("secret_token", "x")
        if url and not url.startswith(("https://", "http://127.0.0.1:")):
            raise ApiError(400, "bad webhook: An HTTPS URL must be provided for webhook")
        if not 1 <= len(secret) <= 256 or not secret.replace("-", "").replace("_", "a").isalnum():
            raise ApiError(400, "secret token contains unallowed characters")


def _cut(request: web.Request) -> None:
    if request.transport:
        request.transport.abort()


async def _raw_fields(request: web.Request) -> dict[str, Any]:
    """The request's fields from the query, a form or JSON; a file, also one named by attach://, as (name, bytes)."""
    fields: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        return fields | await request.json()
    form = await request.post()
    files = {name: (part.filename, part.file.read()) for name, part in form.items() if isinstance(part, web.FileField)}
    fields |= {name: part for name, part in form.items() if isinstance(part, str)}
    attached = {
        name: value.removeprefix("attach://") for name, value in fields.items() if str(value).startswith("attach://")
    }
    for name, part in attached.items():
        if part not in files:
            raise ApiError(400, f"file {part} is not attached")
        fields[name] = files.pop(part)
    return fields | files
