"""Logs: one line an event, pairs that a machine can read, libraries that know tokens kept silent."""

import logging

import pytest

from bot.logs import LineFormatter, set_up_logs


def line(message: str, **extra: object) -> str:
    record = logging.makeLogRecord({"name": "bot.turn", "levelname": "INFO", "msg": message, "created": 0.0, **extra})
    return LineFormatter().format(record)


def test_a_line() -> None:
    assert line("reply left", outbox=7, error="Timed out\nagain", empty="") == (
        'time=1970-01-01T00:00:00.000+00:00 level=info at=bot.turn event="reply left" '
        'outbox=7 error="Timed out\\nagain" empty=""'
    )


def test_a_trace_stays_on_its_line() -> None:
    try:
        raise ValueError("broken")
    except ValueError as error:
        told = line("turn_failed", exc_info=(ValueError, error, error.__traceback__))
    assert "\n" not in told
    assert "ValueError: broken" in told


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
