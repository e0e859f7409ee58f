"""`tusoi zalo-oa connect`: the first pair of tokens of the Official Account."""

import sys
from getpass import getpass

import typer
from aiohttp import ClientConnectorError

from bot.clock import system_clock
from bot.commands.opening import change, checked_settings, finished, look
from bot.refusal import Refused
from bot.settings import Settings
from bot.zalo_oa_side import open_oa
from bot.zalo_oa_tokens import pair_of
from handlers.zalo_calls import ZaloRefused, ZaloSilent
from handlers.zalo_oa.api import Grant
from storage import channel_tokens

LONGEST = 4000


def connect() -> None:
    """The refresh token comes on stdin, one line: arguments and the environment can be read by others."""
    settings = checked_settings()
    if not settings.zalo_oa_app_id:
        raise Refused("ZALO_OA_APP_ID: is empty; set the ZALO_OA_ variables first, see .env.example")
    look(settings, lambda conn: channel_tokens.find(conn, "zalo_oa"))  # a token is spent only if it can be kept
    grant = finished(_exchanged(settings, _read_token()))
    pair = pair_of(grant, system_clock())
    change(settings, lambda conn: channel_tokens.grant(conn, "zalo_oa", pair))
    until = pair.refresh_until.astimezone(settings.zone)
    typer.echo(
        f"The Official Account is connected. The bot renews this by itself; unused, it lasts until {until:%d/%m/%Y}."
    )


def _read_token() -> str:
    line = getpass("Refresh token: ") if sys.stdin.isatty() else sys.stdin.readline(LONGEST)
    token = line.strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise Refused(
            "stdin: give the account's refresh token as one line; an administrator gets it at developers.zalo.me"
        )
    return token


async def _exchanged(settings: Settings, token: str) -> Grant:
    async with open_oa(settings) as oa:
        try:
            return await oa.exchange(token)
        except ZaloRefused as refused:
            raise Refused(
                f"Zalo refuses it ({refused.code}): each refresh token works once. Get a new one, and check "
                "ZALO_OA_APP_ID and ZALO_OA_APP_SECRET"
            ) from None
        except ClientConnectorError:
            reason = "does not answer, and the token is still good; check ZALO_OA_OAUTH_BASE and the network"
            raise Refused(f"{settings.zalo_oa_oauth_base} {reason}") from None
        except ZaloSilent:
            raise Refused(f"{settings.zalo_oa_oauth_base} gave no proper answer; get a new refresh token") from None
