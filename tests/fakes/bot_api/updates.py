"""The queue of updates: kept until confirmed, as getUpdates and webhooks see it."""

import asyncio
from typing import Any

import aiohttp

from tests.fakes.bot_api.bell import Bell
from tests.fakes.bot_api.errors import ApiError
from tests.fakes.bot_api.schema import fault_of_update

DEFAULT_KINDS = ["message", "edited_message", "channel_post", "callback_query", "my_chat_member"]


class Updates:
    """`held` keeps new updates back (see `release`); `repeats` pushes every webhook update that many times."""

    def __init__(self, bell: Bell, schema_faults: list[str]) -> None:
        self.bell = bell
        self.schema_faults = schema_faults
        self.queue: list[dict[str, Any]] = []
        self.next_id = 1000
        self.allowed: list[str] = DEFAULT_KINDS
        self.held: list[dict[str, Any]] | None = None
        self.repeats = 1
        self.webhook: dict[str, Any] = {"url": ""}
        self.pushed: list[tuple[int, int]] = []
        self.confirmed: list[int] = []
        self._poll: asyncio.Event | None = None
        self._pushing: asyncio.Task[None] | None = None

    def put(self, kind: str, content: dict[str, Any]) -> int:
        """Queue an update of this kind; one that the bot did not ask for is dropped, as Telegram does."""
        self.next_id += 1
        update = {"update_id": self.next_id, kind: content}
        if fault := fault_of_update(update):
            self.schema_faults.append(f"update {fault}")
        if kind in self.allowed:
            self._add(update)
        return self.next_id

    def put_raw(self, update: dict[str, Any]) -> None:
        """Any update, however odd; its id may be an old one (a repeat) or out of order."""
        self.next_id = max(self.next_id, update["update_id"])
        self._add(update)

    def _add(self, update: dict[str, Any]) -> None:
        (self.queue if self.held is None else self.held).append(update)
        self.bell.ring()

    def hold(self) -> None:
        self.held = []

    def release(self, order: list[int] | None = None) -> None:
        """Let the held updates go, in this order of their places (webhooks only: getUpdates sorts by id)."""
        held, self.held = self.held or [], None
        for place in order if order is not None else range(len(held)):
            self._add(held[place])

    async def get(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """`offset` confirms all before it, a negative one keeps only the last. A second poll ends the first."""
        if self.webhook["url"]:
            raise ApiError(409, "can't use getUpdates method while webhook is active; use deleteWebhook first")
        if self._poll:
            self._poll.set()
        ended = self._poll = asyncio.Event()
        self._confirm(offset)
        try:
            async with asyncio.timeout(seconds):
                while not self.queue and not ended.is_set():
                    await self.bell.rung()
        except TimeoutError:
            pass
        if ended.is_set():
            raise ApiError(
                409, "terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        self._poll = None
        return sorted(self.queue, key=lambda update: update["update_id"])[:limit]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = sorted(update["update_id"] for update in self.queue)[offset:][0] if self.queue else 0
        self.confirmed += [update["update_id"] for update in self.queue if update["update_id"] < offset]
        self.queue[:] = [update for update in self.queue if update["update_id"] >= offset]
        self.bell.ring()

    def set_webhook(self, fields: dict[str, Any]) -> None:
        if fields.get("drop_pending_updates"):
            self.queue.clear()
        self.allowed = fields.get("allowed_updates") or self.allowed
        self.webhook = {"url": fields.get("url", ""), "secret": fields.get("secret_token", "")}
        self.stop()
        if self.webhook["url"]:
            self._pushing = asyncio.create_task(self._push_all())

    def stop(self) -> None:
        if self._pushing:
            self._pushing.cancel()
            self._pushing = None

    async def _push_all(self) -> None:
        """Push in the order of the queue; what is not answered with 2xx is pushed again after the others."""
        pause = 0.02
        async with aiohttp.ClientSession() as session:
            while True:
                while not self.queue:
                    await self.bell.rung()
                update = self.queue[0]
                statuses = [await self.push(session, update) for _ in range(self.repeats)]
                self.queue.remove(update)
                if any(200 <= status < 300 for status in statuses):
                    self.confirmed.append(update["update_id"])
                    pause = 0.02
                else:
                    self.queue.append(update)
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, 1)
                self.bell.ring()

    async def push(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> int:
        """One webhook request; its status, or 0 when there was no answer."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret"]} if self.webhook["secret"] else {}
        try:
            async with session.post(self.webhook["url"], json=update, headers=headers) as answer:
                status = answer.status
        except (aiohttp.ClientError, TimeoutError):
            status = 0
        self.pushed.append((update["update_id"], status))
        self.bell.ring()
        return status
