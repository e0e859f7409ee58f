"""`tusoi export`: the results of a year, or its whole dossier."""

import json
from pathlib import Path

import typer

from bot.commands.opening import cannot_write, checked_settings, local_now, look, pack_by_name, write_file
from bot.dossier import entries, read_year
from bot.refusal import Refused
from bot.settings import Settings
from documents.dossier import PaperFault, write_dossier
from documents.results_workbook import results_workbook
from storage.export import export_year as exported


def export_year(year: int, format_: str, out: Path) -> None:
    settings = checked_settings()
    if format_ == "zip":
        export_dossier(settings, year, out)
        return
    now = local_now(settings)
    data = look(settings, lambda conn: exported(conn, year, now, pack_by_name))
    content = results_workbook(data) if format_ == "xlsx" else json.dumps(data, ensure_ascii=False, indent=2).encode()
    write_file(out, content)
    typer.echo(f"{out}: {len(data['responses'])} responses of {year}.")


def export_dossier(settings: Settings, year: int, out: Path) -> None:
    """Written beside its place and moved there when it is whole: a fault leaves no half file."""
    now = local_now(settings)
    file = look(settings, lambda conn: read_year(conn, year, now, settings.zone, pack_by_name))
    begun = out.with_name(f".{out.name}.part")
    try:
        with begun.open("wb") as stream:
            seal = write_dossier(stream, entries(file), file.about, now)
        begun.replace(out)
    except PaperFault as fault:
        raise Refused(str(fault)) from None
    except OSError as error:
        raise cannot_write(out, error) from None
    finally:
        begun.unlink(missing_ok=True)
    typer.echo(f"{out}: the dossier of {year}, {len(file.committee.cells)} cells. SHA-256 of its manifest: {seal}")
