"""The invitation link. Opening it spends nothing: the person confirms inside the chat who he is."""

import asyncio
import re
from dataclasses import dataclass
from uuid import uuid4

from aiohttp import web

from conversations.incoming import Asked, Incoming
from handlers.web import cookies
from handlers.web.door import Door
from handlers.web.guard import client_address

_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CLINGING = ".,;:!?)]}»”\"'"  # what a messaging app takes for a part of the link


@dataclass(frozen=True, slots=True)
class Entry:
    door: Door

    async def link(self, request: web.Request) -> web.Response:
        """A new chat for this browser, or the one this link opened in it before. Previews that only look do nothing."""
        given = request.match_info["code"]
        code = given.rstrip(_CLINGING)
        if not _CODE.fullmatch(code):
            raise web.HTTPNotFound
        if request.method == "HEAD":
            return web.Response()
        if code != given:
            raise web.HTTPSeeOther(f"/j/{code}")
        sid, token = cookies.linked_session(request)
        if not (sid and await self.door.sessions.holds(sid, token)):
            sid, token = await self._open(request, code)
        response = web.Response(status=303, headers={"Location": f"/c/{sid}/"})
        cookies.remember(response, code, sid, token, secure=self.door.public_url.startswith("https:"))
        return response

    async def _open(self, request: web.Request, code: str) -> tuple[str, str]:
        if not self.door.openings.allows(client_address(request), asyncio.get_running_loop().time()):
            raise web.HTTPTooManyRequests(headers={"Retry-After": "60"})
        sid, token = await self.door.sessions.open()
        await self.door.turns.take(Incoming("web", f"{sid}:{uuid4().hex}", sid, Asked("start", code)))
        return sid, token
