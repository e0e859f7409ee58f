"""Logs: one `key=value` line per event on stderr. Opaque ids only: no name, answer, code or token is ever logged."""

import json
import logging
import sys
from datetime import UTC, datetime

from aiohttp.http_exceptions import HttpProcessingError

from handlers.faults import describe

_TALKATIVE = (
    "httpx",
    "httpcore",
    "aiohttp",
    "aiogram",
    "telegram",
    "alembic",
    "apscheduler",
    "sqlalchemy",
    "aiosqlite",
    "asyncio",
)
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class LineFormatter(logging.Formatter):
    """`time=… level=… at=<logger> event="…" id=…`: what is given as `extra` follows as further pairs."""

    def format(self, record: logging.LogRecord) -> str:
        pairs = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "at": record.name,
            "event": record.getMessage(),
        }
        pairs |= {key: str(value) for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info and record.exc_info[1]:
            pairs["trace"] = describe(record.exc_info[1])
        return " ".join(f"{key}={_quoted(value)}" for key, value in pairs.items())


def set_up_logs(level: int = logging.INFO) -> None:
    """Log to stderr. Libraries that could print addresses with tokens or statements with answers only warn."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    hush(level)


def hush(level: int = logging.INFO) -> None:
    """What libraries say less of than they would."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    for name in ("httpx", "httpcore", "aiohttp.access"):
        logging.getLogger(name).setLevel(logging.ERROR)
    logging.getLogger("aiohttp.server").addFilter(_is_ours)


def _is_ours(record: logging.LogRecord) -> bool:
    """What is no HTTP at all is answered with 400 and not logged: any scanner could fill the log with its own words."""
    return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))


def _quoted(value: str) -> str:
    plain = value and not any(c in ' "=\\' or ord(c) < 33 for c in value)
    return value if plain else json.dumps(value, ensure_ascii=False)
