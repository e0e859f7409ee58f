"""What every webhook does before it takes an update: the secret, the size, the JSON."""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

log = logging.getLogger(__name__)
MAX_BODY = 1024 * 1024


def serve(
    app: web.Application, path: str, header: str, secret: str, take: Callable[[object], Awaitable[web.Response]]
) -> None:
    """Serve `POST path`: what carries the secret in `header` goes to `take`.

    What cannot be read is answered with 200 all the same: repeating it for ever would help nobody.
    """

    async def receive(request: web.Request) -> web.Response:
        if not _same_secret(request.headers.get(header, ""), secret):
            return web.Response(status=401)
        body = await _read_body(request)
        if body is None:
            return web.Response(status=413)
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            log.warning("webhook_body_unreadable", extra={"path": path, "bytes": len(body)})
            return web.Response()
        return await take(raw)

    app.router.add_post(path, receive)


def _same_secret(given: str, secret: str) -> bool:
    """In constant time, whatever bytes a stranger puts into the header."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())


async def _read_body(request: web.Request) -> bytes | None:
    """The body, or None when it is larger than any update."""
    body = b""
    async for chunk in request.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return body
