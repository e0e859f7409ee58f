"""`tusoi export`: the results of a year."""

import json
from pathlib import Path

import typer

from bot.commands.opening import checked_settings, local_now, look, pack_by_name, write_file
from bot.refusal import Refused
from documents.results_workbook import results_workbook
from storage.export import export_year as exported


def export_year(year: int, format_: str, out: Path) -> None:
    if format_ == "zip":
        raise Refused("--format zip: this release cannot make the dossier yet; choose json or xlsx")
    settings = checked_settings()
    now = local_now(settings)
    data = look(settings, lambda conn: exported(conn, year, now, pack_by_name))
    content = results_workbook(data) if format_ == "xlsx" else json.dumps(data, ensure_ascii=False, indent=2).encode()
    write_file(out, content)
    typer.echo(f"{out}: {len(data['responses'])} responses of {year}.")
