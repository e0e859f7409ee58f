"""Hangs the web chat into the program's HTTP application."""

import logging

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from handlers.faults import describe
from handlers.port import PaperLinks, Papers, Sessions, Turns, Unavailable
from handlers.web.chat import Chat
from handlers.web.door import Door
from handlers.web.entry import Entry
from handlers.web.guard import add_headers
from handlers.web.linked_papers import linked_paper
from handlers.web.pages import Pages

log = logging.getLogger(__name__)
_CHAT = "/c/{sid:[A-Za-z0-9_-]{1,64}}"


def mount(
    app: web.Application,
    turns: Turns,
    papers: Papers,
    sessions: Sessions,
    links: PaperLinks,
    *,
    public_url: str,
    banner: str = "",
) -> None:
    """Adds the routes `/`, `/j/…`, `/l/…`, `/p/…`, `/c/…`, `/static/…`, `/worker.js`, `/offline`; kind pages for
    unknown addresses; safe headers.

    `banner` stands above every page ("Dữ liệu mẫu"). Addresses carry codes and chat ids: serve without an access log.
    """
    door = Door(turns, papers, sessions, Pages(banner), public_url)

    async def close(_: web.Application) -> None:
        door.closing.set()

    ours = [*_pages(door), linked_paper(links, door.pages), *_chat(door)]
    app.middlewares.append(_kind_errors(door.pages, {route.handler for route in ours}))
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(close)
    app.add_routes(ours)


def _pages(door: Door) -> list[web.RouteDef]:
    """What needs no chat."""

    async def front(_: web.Request) -> web.Response:
        return door.pages.front()

    async def file(request: web.Request) -> web.Response:
        return door.pages.file(request.match_info["name"], request.query.get("v", ""))

    async def offline(_: web.Request) -> web.Response:
        return door.pages.offline()

    async def worker(_: web.Request) -> web.Response:
        return door.pages.worker()

    entry = Entry(door)
    return [
        web.get("/", front),
        web.get("/static/{name}", file),
        web.get("/offline", offline),
        web.get("/worker.js", worker),
        web.get("/j/{code}", entry.link),
        web.get("/l/{token}", entry.one_time),
        web.post("/l/{token}", entry.spend),
    ]


def _chat(door: Door) -> list[web.RouteDef]:
    chat = Chat(door)

    async def manifest(request: web.Request) -> web.Response:
        return door.pages.manifest(request.match_info["sid"])

    async def to_chat(request: web.Request) -> web.Response:
        return web.Response(status=303, headers={"Location": f"/c/{request.match_info['sid']}/"})

    return [
        web.get(_CHAT, to_chat),
        web.get(f"{_CHAT}/", chat.page),
        web.get(f"{_CHAT}/manifest.webmanifest", manifest),
        web.get(f"{_CHAT}/live", chat.live, allow_head=False),
        web.get(_CHAT + "/paper/{kind}/{about}", chat.paper, allow_head=False),
        web.post(f"{_CHAT}/say", chat.say),
        web.get(f"{_CHAT}/say", to_chat),
    ]


def _kind_errors(pages: Pages, ours: set[object]) -> Middleware:
    """A page for people instead of an error, for our own addresses and those nobody has."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.match_info.handler not in ours and request.match_info.http_exception is None:
            return await handler(request)
        try:
            return await handler(request)
        except web.HTTPException as answer:
            if answer.status < 400:
                raise
            page = pages.message(answer.status)
            page.headers.update({n: v for n, v in answer.headers.items() if n in ("Allow", "Retry-After")})
            return page
        except Unavailable:
            return pages.message(503)
        except Exception as error:  # noqa: BLE001 - a person gets a page, whatever it was
            route = request.match_info.route.resource  # the address itself may hold a code
            log.error("page_failed", extra={"route": route.canonical if route else "-", "error": describe(error)})
            return pages.message(500)

    return middleware
