"""The two ways in. Opening a link spends nothing: an invitation asks inside the chat who one is, a chat's one-time
link has a button.
"""

import asyncio
import re
from dataclasses import dataclass
from uuid import uuid4

from aiohttp import web

from conversations.incoming import Asked, Incoming
from handlers.web import cookies
from handlers.web.door import Door
from handlers.web.guard import client_address, refuse_cross_site

_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ONE_TIME = re.compile(r"[0-9a-f]{48}")
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
        return self._enter(f"/j/{code}", *(await self._came_before(request) or await self._open(request, code)))

    async def one_time(self, request: web.Request) -> web.Response:
        """A page with one button. Who has used the link in this browser comes back to the chat it opened."""
        given = request.match_info["token"]
        token = given.rstrip(_CLINGING)
        if request.method == "HEAD":
            return web.Response()
        if token != given:
            raise web.HTTPSeeOther(f"/l/{token}")
        if before := await self._came_before(request):
            return self._enter(f"/l/{token}", *before)
        return self.door.pages.one_time_link()

    async def spend(self, request: web.Request) -> web.Response:
        """The button: a new chat for this browser, of the person the link was sent to."""
        refuse_cross_site(request, self.door.public_url)
        token = request.match_info["token"]
        opened = await self._came_before(request)
        if opened is None:
            self._count(request)
            opened = await self.door.sessions.open_linked(token) if _ONE_TIME.fullmatch(token) else None
        return self._enter(f"/l/{token}", *opened) if opened else self.door.pages.spent_link()

    async def _came_before(self, request: web.Request) -> tuple[str, str] | None:
        sid, token = cookies.linked_session(request)
        return (sid, token) if sid and await self.door.sessions.holds(sid, token) else None

    async def _open(self, request: web.Request, code: str) -> tuple[str, str]:
        self._count(request)
        sid, token = await self.door.sessions.open()
        await self.door.turns.take(Incoming("web", f"{sid}:{uuid4().hex}", sid, Asked("start", code)))
        return sid, token

    def _count(self, request: web.Request) -> None:
        if not self.door.openings.allows(client_address(request), asyncio.get_running_loop().time()):
            raise web.HTTPTooManyRequests(headers={"Retry-After": "60"})

    def _enter(self, link: str, sid: str, token: str) -> web.Response:
        response = web.Response(status=303, headers={"Location": f"/c/{sid}/"})
        cookies.remember(response, link, sid, token, secure=self.door.public_url.startswith("https:"))
        return response
