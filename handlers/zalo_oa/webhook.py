"""The webhook and its signature. The form of the signature is UNVERIFIED: public sources differ, hence a setting."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Literal

from aiohttp import web

from handlers.webhooks import same_secret, serve_signed
from handlers.zalo_oa.door import OaDoor

Form = Literal["sha256", "hmac", "off"]
PATH = "/zalo/oa/webhook"
HEADER = "X-ZEvent-Signature"


def mount(app: web.Application, door: OaDoor, app_id: str, secret: str, form: Form) -> None:
    """Serve `POST /zalo/oa/webhook` in this application."""

    async def take(raw: object) -> web.Response:
        await door.handle(raw)
        return web.Response()

    def genuine(headers: Mapping[str, str], body: bytes) -> bool:
        given = headers.get(HEADER, "").removeprefix("mac=")
        return form == "off" or same_secret(given, signature(form, app_id, body, secret))

    serve_signed(app, PATH, genuine, take)


def signature(form: Form, app_id: str, body: bytes, secret: str) -> str:
    """`sha256`: of app id, body, time of the event and secret in a row. `hmac`: of the body, by the secret."""
    if form == "hmac":
        return hmac.digest(secret.encode(), body, "sha256").hex()
    return hashlib.sha256(
        app_id.encode() + body + _timestamp(body).encode("utf-8", "replace") + secret.encode()
    ).hexdigest()


def _timestamp(body: bytes) -> str:
    """As the event carries it; a body without one is signed by nobody."""
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    return str(event.get("timestamp", "")) if isinstance(event, dict) else ""
