"""Reading what is posted: so much and no more, and no fault of ours where the line breaks off."""

from aiohttp import web

CHUNK = 64 * 1024


async def read_body(request: web.Request, most: int) -> bytes:
    """Raises HTTPRequestEntityTooLarge beyond `most` bytes, HTTPBadRequest when the rest never comes."""
    body = bytearray()
    try:
        async for chunk in request.content.iter_chunked(CHUNK):
            body += chunk
            if len(body) > most:
                raise web.HTTPRequestEntityTooLarge(most)
    except (ConnectionError, web.RequestPayloadError) as error:
        raise web.HTTPBadRequest from error
    return bytes(body)
