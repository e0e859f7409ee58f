"""What every webhook does before it reads an update: the secret and the size."""

import hmac

from aiohttp import web

MAX_BODY = 1024 * 1024


def same_secret(given: str, secret: str) -> bool:
    """In constant time, whatever bytes a stranger puts into the header."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())


async def read_body(request: web.Request) -> bytes | None:
    """The body, or None when it is larger than any update."""
    body = b""
    async for chunk in request.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return body
