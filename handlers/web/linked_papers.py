"""Papers behind the links that chats without documents carry."""

import re

from aiohttp import web

from handlers.port import PaperLinks
from handlers.web.pages import Pages, paper

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,1000}")


def linked_paper(links: PaperLinks, pages: Pages) -> "web.RouteDef":
    """`GET /p/TOKEN`. A preview that only looks (HEAD) opens nothing."""

    async def show(request: web.Request) -> web.Response:
        token = request.match_info["token"]
        made = await links.open(token) if _TOKEN.fullmatch(token) else None
        return paper(made) if made else pages.message(410)

    return web.get("/p/{token}", show, allow_head=False)
