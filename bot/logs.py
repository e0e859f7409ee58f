"""Logs: one `key=value` line per event on stderr. Opaque ids only: no name, answer, code or token is ever logged."""

import json
import logging
import sys
from datetime import UTC, datetime

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
        if record.exc_info:
            pairs["trace"] = self.formatException(record.exc_info)
        return " ".join(f"{key}={_quoted(value)}" for key, value in pairs.items())


def set_up_logs(level: int = logging.INFO) -> None:
    """Log to stderr. Libraries that could print addresses with tokens or statements with answers only warn."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    for name in ("httpx", "httpcore", "aiohttp.access"):
        logging.getLogger(name).setLevel(logging.ERROR)


def _quoted(value: str) -> str:
    plain = value and not any(c in ' "=\\' or ord(c) < 33 for c in value)
    return value if plain else json.dumps(value, ensure_ascii=False)
