"""The Bot Platform's HTTP interface: one call, and what its answers mean. A token in an address is never logged."""

from types import TracebackType
from typing import Any, Self

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout

NOTHING_NEW = 408
CALL_SECONDS = 20


class ZaloRefused(Exception):
    """The platform answered that it will not: nothing was done. `code` is its own or the HTTP status."""

    def __init__(self, code: int) -> None:
        super().__init__(f"refused with {code}")
        self.code = code


class ZaloSilent(Exception):
    """No answer, or one that is none (a proxy's page): nobody knows whether it was done."""


class ZaloBot:
    """One bot. Use it as an async context manager."""

    def __init__(self, token: str, api_base: str) -> None:
        self._address = f"{api_base.rstrip('/')}/bot{token}"
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    async def call(self, method: str, seconds: float = CALL_SECONDS, **fields: Any) -> Any:
        """The `result`. Raises ZaloRefused, ZaloSilent, or aiohttp's ClientConnectorError when nothing left here."""
        assert self._session
        address, patience = f"{self._address}/{method}", ClientTimeout(total=seconds)
        try:
            async with self._session.post(address, json=fields, timeout=patience) as answer:
                status, content = answer.status, await answer.json(content_type=None)
        except ValueError as error:
            raise ZaloSilent from error
        except ClientConnectorError:
            raise
        except (ClientError, TimeoutError) as error:
            raise ZaloSilent from error
        if not isinstance(content, dict) or status >= 500:
            raise ZaloSilent
        if content.get("ok"):
            return content.get("result")
        raise ZaloRefused(_code(content.get("error_code"), status))

    async def updates(self, seconds: int) -> list[object]:
        """What has come within so many seconds: at most one update a call, and there is no offset to ask again by."""
        try:
            found = await self.call("getUpdates", seconds + CALL_SECONDS, timeout=seconds)
        except ZaloRefused as refused:
            if refused.code == NOTHING_NEW:
                return []
            raise
        return found if isinstance(found, list) else [found] if found else []

    async def say(self, chat: str, text: str) -> None:
        await self.call("sendMessage", chat_id=chat, text=text)


def _code(given: object, status: int) -> int:
    return given if isinstance(given, int) else status
