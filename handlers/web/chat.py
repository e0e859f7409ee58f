"""One chat: its present screen, what a person sends, the live update, the papers."""

import asyncio
from dataclasses import dataclass

from aiohttp import web

from conversations import words
from conversations.incoming import Incoming, Typed
from handlers.port import Reply, Unavailable
from handlers.web.door import Door
from handlers.web.forms import Sent, number_of, paper_of, sent_of
from handlers.web.guard import read_form, refuse_cross_site
from handlers.web.pages import paper

POLL_SECONDS = 25.0  # shorter than the time after which phone networks and proxies drop a silent connection


@dataclass(frozen=True, slots=True)
class Chat:
    door: Door

    async def page(self, request: web.Request) -> web.Response:
        sid = await self.door.entered(request)
        return self.door.pages.chat(await self.door.turns.present("web", sid))

    async def say(self, request: web.Request) -> web.Response:
        """Takes the turn, then leads back to the page, so that a reload sends nothing again.

        The page itself is answered where a redirect would lose typed text, and to our script, which saves a round trip.
        """
        refuse_cross_site(request, self.door.public_url)
        sid = await self.door.entered(request)
        form = await read_form(request)
        sent = sent_of(form)
        try:
            await self.door.turns.take(Incoming("web", f"{sid}:{sent.delivery}", sid, sent.event))
        except Unavailable:
            return self.door.pages.busy(sent, form)
        reply = await self.door.turns.present("web", sid)
        if reply.screen.note == words.SIGNED_OUT:
            return self.door.pages.signed_out()
        typed, lost = _unsaved(sent, reply)
        if typed or lost or "X-Swap" in request.headers:
            return self.door.pages.chat(reply, typed, lost)
        return web.Response(status=303, headers={"Location": f"/c/{sid}/"})

    async def live(self, request: web.Request) -> web.Response:
        """Waits until the screen is another than the one this page shows."""
        sid = await self.door.entered(request)
        serial = number_of(request.query.get("screen", ""))
        changed = asyncio.ensure_future(self.door.turns.wait_for_change("web", sid, serial, POLL_SECONDS))
        closing = asyncio.ensure_future(self.door.closing.wait())
        try:
            await asyncio.wait({changed, closing}, return_when=asyncio.FIRST_COMPLETED)
            return web.json_response({"changed": changed.done() and changed.result()})
        finally:
            changed.cancel()
            closing.cancel()

    async def paper(self, request: web.Request) -> web.Response:
        sid = await self.door.entered(request)
        wanted = paper_of(request.match_info["kind"], request.match_info["about"])
        made = await self.door.papers.make(wanted, "web", sid)
        if made is None:
            raise web.HTTPNotFound
        return paper(made)


def _unsaved(sent: Sent, reply: Reply) -> tuple[str, str]:
    """Typed text that was not taken: (for the same screen's box, to be shown apart from a newer screen)."""
    if isinstance(sent.event, Typed) and sent.event.serial == reply.serial:
        return sent.text, ""
    return "", sent.text if reply.screen.note == words.OLD_PAGE else ""
