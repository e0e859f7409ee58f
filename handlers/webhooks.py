"""What every webhook does before it takes an update: the secret or the signature, the size, the JSON."""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from handlers.bodies import read_body

log = logging.getLogger(__name__)
MAX_BODY = 1024 * 1024

Take = Callable[[object], Awaitable[web.Response]]
Genuine = Callable[[Mapping[str, str], bytes], bool]
"""Whether headers and body come from the channel."""


def serve(app: web.Application, path: str, header: str, secret: str, take: Take) -> None:
    """Serve `POST path`: what carries the secret in `header` goes to `take`."""

    async def receive(request: web.Request) -> web.Response:
        if not same_secret(request.headers.get(header, ""), secret):
            return web.Response(status=401)
        return await _received(request, lambda _headers, _body: True, take)

    app.router.add_post(path, receive)


def serve_signed(app: web.Application, path: str, genuine: Genuine, take: Take) -> None:
    """Serve `POST path` where only the whole body shows whom it comes from."""

    async def receive(request: web.Request) -> web.Response:
        return await _received(request, genuine, take)

    app.router.add_post(path, receive)


def same_secret(given: str, secret: str) -> bool:
    """In constant time, whatever bytes a stranger puts into the header."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())


async def _received(request: web.Request, genuine: Genuine, take: Take) -> web.Response:
    """What cannot be read is answered with 200 all the same: repeating it for ever would help nobody."""
    body = await read_body(request, MAX_BODY)
    if not genuine(request.headers, body):
        return web.Response(status=401)
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        log.warning("webhook_body_unreadable", extra={"path": request.path, "bytes": len(body)})
        return web.Response()
    return await take(raw)
