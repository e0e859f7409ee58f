"""What every handler of the web chat shares, and who may enter a chat."""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web

from handlers.port import Papers, Sessions, Turns
from handlers.web.cookies import session_token
from handlers.web.guard import Throttle
from handlers.web.pages import Pages


@dataclass(frozen=True, slots=True)
class Door:
    """`openings` counts new sessions per client address: a hall full of members behind one address is welcome,
    a machine that tries codes is not. `closing` ends the long polls when the program stops.
    """

    turns: Turns
    papers: Papers
    sessions: Sessions
    pages: Pages
    public_url: str
    openings: Throttle = field(default_factory=lambda: Throttle(burst=60, every=5))
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def entered(self, request: web.Request) -> str:
        """The chat (sid) of this address, if the browser holds its token; nothing is told apart otherwise."""
        sid = request.match_info["sid"]
        if not await self.sessions.holds(sid, session_token(request)):
            raise web.HTTPForbidden
        return sid
