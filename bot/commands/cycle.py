"""`tusoi cycle`: opening and closing the yearly review."""

from pathlib import Path

import typer
from sqlalchemy import Connection

from bot.commands.opening import change, checked_settings, local_now, pack_by_name, read_text
from bot.refusal import Refused
from review.calendar import read_calendar
from review.faults import Faults
from review.pack import pack_names
from storage import cycles
from storage.carrying import carry_over
from storage.errors import CycleConflict
from storage.unfinished import unfinished


def open_cycle(year: int, pack_name: str, calendar: Path) -> None:
    """The pack is pinned by name, a folder of one's own by its full path."""
    settings = checked_settings()
    pack = pack_by_name(pack_name)
    try:
        dates = read_calendar(read_text(calendar), str(calendar))
    except Faults as faults:
        raise Refused.because(faults.faults) from None
    pinned = pack_name if pack_name in pack_names() else str(Path(pack_name).resolve())
    now = local_now(settings)

    def opening(conn: Connection) -> int:
        cycle = cycles.open_cycle(conn, year, pinned, pack.version, dates, now)
        return carry_over(conn, cycle, pack_by_name, now)

    carried = change(settings, opening)
    typer.echo(f"The review of {year} is open under {pack.name}.")
    if carried:
        typer.echo(f"Asked first: {carried} promises of the review before.")


def close_cycle(year: int, *, force: bool) -> None:
    """What is unfinished is named and stops the closing, unless `force`."""
    settings = checked_settings()
    now = local_now(settings)

    def close(conn: Connection) -> list[str]:
        cycle = cycles.current(conn)
        if cycle is None or cycle.year != year:
            raise CycleConflict(f"The review of {year} is not open.")
        left = [] if force else unfinished(conn, cycle.id)
        if not left:
            cycles.close(conn, cycle.id, now)
        return left

    if left := change(settings, close):
        raise Refused(*left, "Finish it, or close all the same with --force.")
    typer.echo(f"The review of {year} is closed.")
