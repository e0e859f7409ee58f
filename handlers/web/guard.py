"""What the web chat refuses, and the headers that make a browser refuse more."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import parse_qsl, urlsplit

from aiohttp import web

from handlers.bodies import read_body

MOST_BYTES = 256 * 1024  # an answer of the greatest length takes 72 kB in a form; more is still answered kindly
MOST_FIELDS = 8

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Everything is private to one person and made anew, unless its handler says otherwise."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")


def refuse_cross_site(request: web.Request, public_url: str) -> None:
    """Only our own pages may post. Under `no-referrer` older browsers name the origin "null": SameSite guards then."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise web.HTTPForbidden
        return
    origin = request.headers.get("Origin", "null")
    if origin != "null" and _place(origin) not in (request.host, _place(public_url)):
        raise web.HTTPForbidden


def _place(address: str) -> str:
    """Host and port; "nowhere" for what is no address."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return "nowhere"


async def read_form(request: web.Request) -> dict[str, str]:
    """A small url-encoded form; each field once."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPBadRequest
    body = await read_body(request, MOST_BYTES)
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise web.HTTPBadRequest from error
    return dict(pairs)


def client_address(request: web.Request) -> str:
    """Whose request this is: behind a proxy on this machine or network, the address the proxy saw.

    A phone with IPv6 owns a whole /64, so that counts as one address.
    """
    address = _address(request.remote)
    if address and address.is_private:
        address = _address(request.headers.get("X-Forwarded-For", "").rpartition(",")[2]) or address
    if address is None:
        return "unknown"
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)


def _address(word: str | None) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address((word or "").strip())
    except ValueError:
        return None


class Throttle:
    """Per key: `burst` at once, and one more every `every` seconds. Remembers at most `most` keys, in this process."""

    def __init__(self, burst: int, every: float, most: int = 10_000) -> None:
        self._slack = burst * every
        self._every = every
        self._most = most
        self._due: dict[str, float] = {}

    def allows(self, key: str, now: float) -> bool:
        """Counts one more for `key` at `now` (seconds, monotonic); False, and not counted, when it is too many."""
        due = max(self._due.pop(key, now), now) + self._every
        allowed = due - now <= self._slack
        self._due[key] = due if allowed else due - self._every
        if len(self._due) > self._most:
            del self._due[next(iter(self._due))]
        return allowed
