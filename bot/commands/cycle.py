"""`tusoi cycle`: opening, re-dating and closing the yearly review."""

from collections.abc import Iterator
from pathlib import Path

import typer
from sqlalchemy import Connection

from bot.commands.opening import change, checked_settings, local_now, pack_by_name, read_text
from bot.refusal import Refused
from review.calendar import QuietHours, read_calendar
from review.faults import Faults
from review.pack import pack_names
from review.peer_groups import misplaced
from review.redating import Redating
from storage import cycles
from storage.carrying import carry_over
from storage.errors import CycleConflict
from storage.people import find_people
from storage.redating import preview, redate_cycle
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

    def opening(conn: Connection) -> tuple[list[str], int]:
        cycle = cycles.open_cycle(conn, year, pinned, pack.version, dates, now)
        doubts = [f"{person.code}: {reason}" for person, reason in misplaced(pack, find_people(conn))]
        return doubts, carry_over(conn, cycle, pack_by_name, now)

    doubts, carried = change(settings, opening)
    typer.echo(f"The review of {year} is open under {pack.name}.")
    if carried:
        typer.echo(f"Asked first: {carried} promises of the review before.")
    for doubt in doubts[:MOST_DOUBTS]:
        typer.echo(f"    {doubt}")
    if len(doubts) > MOST_DOUBTS:
        typer.echo(f"    and {len(doubts) - MOST_DOUBTS} more members whose peer group does not fit the pack")


def redate(calendar: Path, *, dry_run: bool) -> None:
    """Another calendar for the open review, with what it does to everybody below; `dry_run` only tells it."""
    settings = checked_settings()
    try:
        dates = read_calendar(read_text(calendar), str(calendar))
    except Faults as faults:
        raise Refused.because(faults.faults) from None
    now = local_now(settings)

    def work(conn: Connection) -> Redating:
        cycle = cycles.current(conn)
        if cycle is None:
            raise CycleConflict("No review is open.")
        return (
            preview(conn, cycle, dates, now.date())
            if dry_run
            else redate_cycle(conn, cycle, dates, now, QuietHours.read(settings.quiet_hours))
        )

    for line in _effect_lines(change(settings, work)):
        typer.echo(line)
    typer.echo("Nothing was changed." if dry_run else "The dates are changed.")


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


def _effect_lines(effect: Redating) -> Iterator[str]:
    cells = [unit for unit in effect.moved if unit.kind == "cell"]
    yield f"{len(cells)} cells get other dates; {effect.hurry} members who have not submitted get less time."
    yield from (f"{cell.code}: becomes overdue." for cell in effect.late)
    for one in effect.dropped:
        yield f"{one.unit.code}: its own {one.name} ({one.day}) no longer fits and gives way."
