"""Logs: one line an event, pairs that a machine can read, libraries that know tokens kept silent."""

import logging

import pytest
from aiohttp.http_exceptions import BadHttpMessage

from bot.logs import LineFormatter, hush, set_up_logs


def line(message: str, **extra: object) -> str:
    record = logging.makeLogRecord({"name": "bot.turn", "levelname": "INFO", "msg": message, "created": 0.0, **extra})
    return LineFormatter().format(record)


def test_a_line() -> None:
    assert line("reply left", outbox=7, error="Timed out\nagain", empty="") == (
        'time=1970-01-01T00:00:00.000+00:00 level=info at=bot.turn event="reply left" '
        'outbox=7 error="Timed out\\nagain" empty=""'
    )


def test_a_trace_stays_on_its_line_and_quotes_nothing() -> None:
    try:
        raise ValueError("Điều đã viết")
    except ValueError as error:
        told = line("turn_failed", exc_info=(ValueError, error, error.__traceback__))
    assert "\n" not in told
    assert "ValueError at " in told
    assert "Điều đã viết" not in told


def test_what_is_no_http_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    """aiohttp would quote the line, and with it whatever code or token stands in it."""
    hush()
    error = BadHttpMessage("Cookie: tusoi=secret")
    logging.getLogger("aiohttp.server").error("Error handling request", exc_info=(BadHttpMessage, error, None))
    logging.getLogger("aiohttp.server").error("Unhandled exception", exc_info=(KeyError, KeyError("x"), None))
    assert [record.message for record in caplog.records] == ["Unhandled exception"]


@pytest.mark.parametrize(
    "name", ["httpx", "aiogram.event", "aiohttp.access", "telegram.ext.ExtBot", "sqlalchemy.engine"]
)
def test_libraries_that_could_print_tokens_or_answers_are_silent(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.root.handlers[:]
    try:
        set_up_logs()
        logging.getLogger(name).info("POST https://api.telegram.org/bot1:secret/sendMessage")
        logging.getLogger("bot").info("started")
        told = capsys.readouterr().err
        assert "secret" not in told
        assert "event=started" in told
    finally:
        logging.root.handlers[:] = before
