"""`tusoi backup`, `tusoi restore`, `tusoi audit`: keeping the data, and knowing that nobody changed it."""

from pathlib import Path

import typer

from bot.commands.opening import cannot_write, checked_settings, finished, look
from bot.refusal import Refused
from storage import audit
from storage import backup as copies
from storage.schema import migrate


def back_up(path: Path) -> None:
    settings = checked_settings()
    finished(migrate(settings.database_url))
    try:
        rows = finished(copies.backup(settings.database_url, path))
    except OSError as error:
        raise cannot_write(path, error) from None
    typer.echo(f"{path}: {rows} rows.")


def restore(path: Path) -> None:
    if not path.is_file():
        raise Refused(f"{path}: there is no such file")
    settings = checked_settings()
    rows = finished(copies.restore(settings.database_url, path))
    typer.echo(f"Restored {rows} rows from {path}.")


def verify_audit() -> None:
    broken = look(checked_settings(), audit.verify)
    if broken:
        raise Refused(f"The audit chain is broken at entry {broken.seq}: {broken.reason}.")
    typer.echo("The audit chain holds.")
