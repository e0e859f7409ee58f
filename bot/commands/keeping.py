"""`tusoi backup`, `restore`, `purge`, `audit`: keeping the data as long as it must be, unchanged."""

from pathlib import Path

import typer

from bot.commands.opening import cannot_write, change, checked_settings, finished, local_now, look, pack_by_name
from bot.refusal import Refused
from review.retention import expired
from storage import audit, cycles, retention
from storage import backup as copies
from storage.requests_register import mark_wiped, unwiped
from storage.schema import migrate


def back_up(path: Path) -> None:
    settings = checked_settings()
    finished(migrate(settings.database_url, ring=settings.ring))
    try:
        rows = finished(copies.backup(settings.database_url, path))
    except OSError as error:
        raise cannot_write(path, error) from None
    typer.echo(f"{path}: {rows} rows.")


def restore(path: Path) -> None:
    if not path.is_file():
        raise Refused(f"{path}: there is no such file")
    settings = checked_settings()
    rows = finished(copies.restore(settings.database_url, path, settings.ring))
    typer.echo(f"Restored {rows} rows from {path}.")


def verify_audit() -> None:
    broken = look(checked_settings(), audit.verify)
    if broken:
        raise Refused(f"The audit chain is broken at entry {broken.seq}: {broken.reason}.")
    typer.echo("The audit chain holds.")


def purge(*, dry_run: bool) -> None:
    """How long papers are kept is said by the pack of the latest review. Granted deletions lose their last bytes."""
    settings = checked_settings()
    held, asked = look(settings, lambda conn: (cycles.all_cycles(conn), unwiped(conn)))
    old = expired(held, pack_by_name(held[-1].pack).retention_years) if held else ()
    if not old:
        typer.echo("Nothing has been kept longer than the rule pack says.")
    years = ", ".join(str(cycle.year) for cycle in old)
    if dry_run:
        would = [f"delete everything of {years}"] if old else []
        would += [f"wipe what {asked} granted requests removed"] if asked else []
        for what in would:
            typer.echo(f"Would {what}.")
        return
    now = local_now(settings)
    rows = change(settings, lambda conn: retention.purge(conn, old, now)) if old else 0
    if not old and not asked:
        return
    finished(retention.scrub(settings.database_url))
    wiped = change(settings, lambda conn: mark_wiped(conn, now))
    if old:
        typer.echo(f"Deleted everything of {years}: {rows} rows. Copies made with `tusoi backup` still hold it.")
    if wiped:
        typer.echo(f"Wiped what {wiped} granted requests removed. Copies made with `tusoi backup` still hold it.")
