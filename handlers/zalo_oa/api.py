"""The Official Account's HTTP interface: one message to one person, and a refresh token for the next pair."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from handlers.zalo_calls import Calls, ZaloRefused, ZaloSilent

SEND = "/v3.0/oa/message/cs"
EXCHANGE = "/v4/oa/access_token"
ACCESS_LASTS = timedelta(hours=25)
REFRESH_LASTS = timedelta(days=90)
"""What is assumed of a pair when the answer does not say it."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A fresh pair. The refresh token that bought it is worth nothing any more."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    access_lasts: timedelta = ACCESS_LASTS
    refresh_lasts: timedelta = REFRESH_LASTS


class NoToken(Exception):
    """There is no access token that could be used now; nothing left this machine."""


class Tokens(Protocol):
    """Whoever keeps the pair."""

    async def current(self) -> str:
        """An access token that holds. Raises NoToken."""
        ...

    async def refused(self, token: str) -> None:
        """The interface no longer takes this one: see to another."""
        ...


class ZaloOa(Calls):
    """One account. Use it as an async context manager."""

    def __init__(self, app_id: str, app_secret: str, api_base: str, oauth_base: str) -> None:
        super().__init__()
        self._app_id = app_id
        self._app_secret = app_secret
        self._send = api_base.rstrip("/") + SEND
        self._exchange = oauth_base.rstrip("/") + EXCHANGE

    async def send(self, token: str, user: str, message: Mapping[str, Any]) -> None:
        """Raises what `Calls.post` raises. HTTP 200 with an `error` other than 0 is a refusal."""
        content = {"recipient": {"user_id": user}, "message": message}
        await self._accepted(self._send, json=content, headers={"access_token": token})

    async def exchange(self, refresh_token: str) -> Grant:
        """The next pair. After ZaloSilent nobody knows whether the refresh token has been used up."""
        form = {"refresh_token": refresh_token, "app_id": self._app_id, "grant_type": "refresh_token"}
        found = await self._accepted(self._exchange, data=form, headers={"secret_key": self._app_secret})
        access, refresh = found.get("access_token"), found.get("refresh_token")
        if not (isinstance(access, str) and isinstance(refresh, str) and access and refresh):
            raise ZaloSilent
        return Grant(
            access,
            refresh,
            _lasting(found.get("expires_in"), ACCESS_LASTS),
            _lasting(found.get("refresh_token_expires_in"), REFRESH_LASTS),
        )

    async def _accepted(self, address: str, **request: Any) -> dict[str, Any]:
        status, content = await self.post(address, **request)
        code = content.get("error", 0)
        if code or status >= 400:
            raise ZaloRefused(code if isinstance(code, int) and code else status)
        return content


def _lasting(seconds: object, otherwise: timedelta) -> timedelta:
    """Zalo writes seconds as text."""
    text = str(seconds)
    return timedelta(seconds=int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise
