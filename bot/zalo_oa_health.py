"""What `tusoi doctor` says about the Zalo Official Account: the pair of tokens, and what nobody could verify yet."""

from datetime import datetime, timedelta

from bot.clock import system_clock
from bot.commands.opening import finished, look
from bot.refusal import Refused
from bot.settings import Settings
from storage import channel_tokens, schema
from storage.channel_tokens import Held

GRANT = "an administrator of the account grants again, then: tusoi zalo-oa connect"
SOON = timedelta(days=14)
SIGNATURE_NOTES = {
    "off": "ZALO_OA_SIGNATURE is off: anybody who knows the address can pretend to be Zalo; only for trying out",
    "sha256": "ZALO_OA_SIGNATURE sha256: this form of the signature is not verified; if all events get 401, try hmac",
    "hmac": "ZALO_OA_SIGNATURE hmac: this form of the signature is not verified; if all events get 401, try sha256",
}


def examine_oa(settings: Settings, *, has_database: bool) -> tuple[str, str, tuple[str, ...]]:
    """What is well, the fault and what to do about it, what is worth knowing."""
    notes = (SIGNATURE_NOTES[settings.zalo_oa_signature],)
    official = "openapi.zalo.me" in settings.zalo_oa_api_base
    if official and not settings.public_url.startswith("https:"):
        return "", "PUBLIC_URL: Zalo calls webhooks over https only; set the https address", notes
    said, fault = _pair(_held(settings) if has_database else None, system_clock(), settings)
    return said, fault, notes


def _held(settings: Settings) -> Held | None:
    """None also while the database cannot be asked: what is wrong with it has been said."""
    try:
        found = finished(schema.revisions(settings.database_url))
        if found.current != found.newest:
            return None
        return look(settings, lambda conn: channel_tokens.find(conn, "zalo_oa"), migrated=False)
    except Refused:
        return None


def _pair(held: Held | None, now: datetime, settings: Settings) -> tuple[str, str]:
    if held is None:
        return "", "not connected yet: an administrator of the account grants, then: tusoi zalo-oa connect"
    if held.is_lost(now):
        return "", f"the pair of tokens is used up or too old: {GRANT}"
    obtained, until = (moment.astimezone(settings.zone) for moment in (held.pair.obtained_at, held.pair.refresh_until))
    if held.pair.refresh_until - now < SOON:
        return "", f"the refresh token is over on {until:%d/%m/%Y}; start the bot so that it is renewed, or {GRANT}"
    return f"connected, pair of {obtained:%H:%M %d/%m/%Y}, refresh token until {until:%d/%m/%Y}", ""
