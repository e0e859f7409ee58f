"""`tusoi run` and `tusoi tick`: the program itself, and one instant of it."""

from datetime import datetime
from typing import cast

import typer

from bot.commands.opening import cannot_listen, checked_settings, finished
from bot.logs import set_up_logs
from bot.refusal import Refused
from bot.run import Part, run
from handlers.port import Unavailable


def run_bot(only: str | None) -> None:
    """Until SIGTERM or Ctrl-C."""
    settings = checked_settings()
    set_up_logs()
    try:
        finished(run(settings, only=cast(Part | None, only)))
    except OSError as error:
        raise cannot_listen(settings, error) from error


def tick_at(at: str) -> None:
    """An instant without an offset is meant in TIMEZONE."""
    settings = checked_settings()
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise Refused(f"--at {at}: is not a date and time; write it as 2026-12-03T08:00:00+07:00") from None
    from bot.tick_once import tick_once  # noqa: PLC0415  the courier's library is not needed to run the web chat alone

    set_up_logs()
    try:
        report = finished(tick_once(settings, moment if moment.tzinfo else moment.replace(tzinfo=settings.zone)))
    except Unavailable as error:
        raise Refused.because([error]) from None
    typer.echo(f"planned {report.planned}, said {report.said}, skipped {report.skipped}")
