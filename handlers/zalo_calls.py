"""One HTTP call to either of Zalo's interfaces, and what can become of it. Nothing of a request is ever logged."""

from types import TracebackType
from typing import Any, Self

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout

CALL_SECONDS = 20
TOO_MANY = 429


class ZaloRefused(Exception):
    """Zalo answered that it will not: nothing was done. `code` is its own or the HTTP status."""

    def __init__(self, code: int) -> None:
        super().__init__(f"refused with {code}")
        self.code = code


class ZaloSilent(Exception):
    """No answer, or one that is none (a proxy's page): nobody knows whether it was done."""


class Calls:
    """One connection. Use it as an async context manager."""

    def __init__(self) -> None:
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    async def post(self, address: str, seconds: float = CALL_SECONDS, **request: Any) -> tuple[int, dict[str, Any]]:
        """HTTP status and the answer's object. `request` is aiohttp's: json, data, headers.

        Raises ZaloRefused, ZaloSilent, or aiohttp's ClientConnectorError when nothing left here.
        """
        assert self._session
        try:
            async with self._session.post(address, timeout=ClientTimeout(total=seconds), **request) as answer:
                status = answer.status
                content = None if status == TOO_MANY else await answer.json(content_type=None)
        except ValueError as error:
            raise ZaloSilent from error
        except ClientConnectorError:
            raise
        except (ClientError, TimeoutError) as error:
            raise ZaloSilent from error
        if status == TOO_MANY:
            raise ZaloRefused(TOO_MANY)
        if not isinstance(content, dict) or status >= 500:
            raise ZaloSilent
        return status, content
