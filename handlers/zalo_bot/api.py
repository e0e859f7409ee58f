"""The Bot Platform's HTTP interface: one call, and what its answers mean. A token in an address is never logged."""

from typing import Any

from handlers.zalo_calls import CALL_SECONDS, Calls, ZaloRefused

NOTHING_NEW = 408


class ZaloBot(Calls):
    """One bot. Use it as an async context manager."""

    def __init__(self, token: str, api_base: str) -> None:
        super().__init__()
        self._address = f"{api_base.rstrip('/')}/bot{token}"

    async def call(self, method: str, seconds: float = CALL_SECONDS, **fields: Any) -> Any:
        """The `result`. Raises what `Calls.post` raises."""
        status, content = await self.post(f"{self._address}/{method}", seconds, json=fields)
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
