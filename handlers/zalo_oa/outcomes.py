"""What the account's refusals mean, as data. All of them: nothing was sent. Read from public pages in 2026."""

from dataclasses import dataclass
from datetime import timedelta

from aiohttp import ClientConnectorError

from handlers.port import Ending, delay_after
from handlers.zalo_calls import ZaloRefused
from handlers.zalo_oa.api import NoToken

RATE_SILENCE = timedelta(minutes=1)
HELD = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Meaning:
    """`again`: tried later. `silence`: nobody is written to for so long. `operator`: what to do about it."""

    code: str
    again: bool = False
    silence: timedelta = timedelta(0)
    unreachable: bool = False
    window_shut: bool = False
    operator: str = ""


_RATE = Meaning("rate", again=True, silence=RATE_SILENCE)
_SHUT = Meaning("window_shut", window_shut=True)
_GONE = Meaning("unreachable", unreachable=True)
OUTCOMES: dict[int, Meaning] = {
    429: _RATE,
    -32: _RATE,
    -216: Meaning("token", again=True),
    -224: Meaning(
        "plan", again=True, silence=HELD, operator="zalo_oa_plan_too_low: choose a plan with the API at oa.zalo.me"
    ),
    -211: Meaning(
        "quota", again=True, silence=HELD, operator="zalo_oa_quota_spent: buy more messages at oa.zalo.me, or wait"
    ),
    -230: _SHUT,
    -232: _SHUT,
    -210: Meaning("too_long"),
    -213: _GONE,
    -227: _GONE,
}


def meaning_of(code: int) -> Meaning:
    """A code that is not known is final: sending the same again would be refused again."""
    return OUTCOMES.get(code, Meaning(str(code)))


def ending(error: Exception, tries: int) -> Ending:
    """See `handlers.port.Sender.judge`."""
    later = delay_after(tries)
    match error:
        case ZaloRefused():
            meaning = meaning_of(error.code)
            return Ending(
                meaning.code,
                surely_unsent=True,
                retry_after=max(meaning.silence, later) if meaning.again else None,
                unreachable=meaning.unreachable,
                window_shut=meaning.window_shut,
            )
        case NoToken():
            return Ending("token", surely_unsent=True, retry_after=later)
        case ClientConnectorError():
            return Ending("no_connection", surely_unsent=True, retry_after=later)
    return Ending("no_answer", surely_unsent=False, retry_after=later)
