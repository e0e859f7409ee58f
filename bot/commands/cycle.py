"""`tusoi cycle`: opening and closing the yearly review."""

from pathlib import Path

import typer
from sqlalchemy import Connection

from bot.commands.opening import change, checked_settings, local_now, pack_by_name, read_text
from bot.refusal import Refused
from review.calendar import read_calendar
from review.faults import Faults
from review.pack import pack_names
from review.peer_groups import misplaced
from storage import cycles
from storage.errors import CycleConflict
from storage.people import find_people
from storage.unfinished import unfinished

MOST_DOUBTS = 20


def open_cycle(year: int, pack_name: str, calendar: Path) -> None:
    """The pack is pinned by name, a folder of one's own by its full path. Peer groups of the roster that do not fit the
    pack are pointed out.
    """
    settings = checked_settings()
    pack = pack_by_name(pack_name)
    try:
        dates = read_calendar(read_text(calendar), str(calendar))
    except Faults as faults:
        raise Refused.because(faults.faults) from None
    pinned = pack_name if pack_name in pack_names() else str(Path(pack_name).resolve())
    now = local_now(settings)

    def open_(conn: Connection) -> list[str]:
        cycles.open_cycle(conn, year, pinned, pack.version, dates, now)
        return [f"{person.code}: {reason}" for person, reason in misplaced(pack, find_people(conn))]

    doubts = change(settings, open_)
    typer.echo(f"The review of {year} is open under {pack.name}.")
    for doubt in doubts[:MOST_DOUBTS]:
        typer.echo(f"    {doubt}")
    if len(doubts) > MOST_DOUBTS:
        typer.echo(f"    and {len(doubts) - MOST_DOUBTS} more members whose peer group does not fit the pack")


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
