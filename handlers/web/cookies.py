"""Two cookies per chat, each bound to one path, so that several people's chats live side by side in one browser."""

from aiohttp import web

SESSION = "tusoi"
LINK = "tusoi_link"
KEPT_SECONDS = 120 * 24 * 3600  # a review season


def session_token(request: web.Request) -> str:
    return _plain(request.cookies.get(SESSION, ""))


def linked_session(request: web.Request) -> tuple[str, str]:
    """The (sid, token) that the link asked for opened in this browser before; two empty words if it did not."""
    sid, _, token = request.cookies.get(LINK, "").partition(":")
    return _plain(sid), _plain(token)


def _plain(word: str) -> str:
    """The word if it can be one of ours; a browser may send any bytes."""
    return word if word.isascii() and word.isprintable() else ""


def remember(response: web.Response, link: str, sid: str, token: str, secure: bool) -> None:
    """`link` is the path that led here. `secure` when the public address is https: a browser then never sends the
    token in clear.
    """
    for name, value, path in ((SESSION, token, f"/c/{sid}"), (LINK, f"{sid}:{token}", link)):
        response.set_cookie(name, value, path=path, max_age=KEPT_SECONDS, httponly=True, samesite="Lax", secure=secure)
