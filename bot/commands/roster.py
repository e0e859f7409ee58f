"""`tusoi roster`: the workbook an office fills in."""

from pathlib import Path

import typer
from sqlalchemy import Connection
from xlsxwriter.exceptions import FileCreateError

from bot.commands.opening import cannot_write, change, checked_settings, local_now
from bot.refusal import Refused
from documents.roster_workbook import read
from documents.roster_workbook import write_template as write_workbook
from review.roster import SHEETS, check
from review.roster_promises import Fault
from storage import roster as stored
from storage.people import find_units


def write_template(file: Path) -> None:
    """Never over a workbook that may be filled in already."""
    if file.is_file() and file.stat().st_size:
        raise Refused(f"{file}: exists already; name another file, or move this one away")
    try:
        write_workbook(file)
    except (OSError, FileCreateError) as error:
        raise cannot_write(file, error) from None
    typer.echo(f"{file}: fill it in, then: tusoi roster import {file} --dry-run")


def import_roster(file: Path, *, dry_run: bool) -> None:
    """All or nothing: with one fault nothing is stored."""
    settings = checked_settings()
    roster, unreadable = read(file)
    now = local_now(settings)

    def work(conn: Connection) -> stored.Saved | None:
        known = find_units(conn)
        wrong = check(roster, known_units=known, known_people=stored.known_codes(conn), today=now.date())
        if faults := _in_order(unreadable, wrong):
            raise Refused.because(faults)
        return None if dry_run else stored.save(conn, roster, now)

    change(settings, work)
    counts = f"{len(roster.units)} units, {len(roster.members)} members, {len(roster.roles)} roles"
    if roster.promises:
        counts += f", {len(roster.promises)} promises of the review before"
    typer.echo(f"Without fault: {counts}. Nothing was imported." if dry_run else f"Imported: {counts}.")


def _in_order(unreadable: list[Fault], wrong: list[Fault]) -> list[Fault]:
    """As they stand in the workbook; a cell that could not be read is not also called empty."""
    places = {(fault.sheet, fault.row, fault.column) for fault in unreadable}
    found = unreadable + [fault for fault in wrong if (fault.sheet, fault.row, fault.column) not in places]
    order = {name: nth for nth, name in enumerate(("", *SHEETS))}
    return sorted(found, key=lambda fault: (order.get(fault.sheet, 0), fault.row))
