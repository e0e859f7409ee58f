"""`tusoi consent proof`, `tusoi requests`: what an office has to be able to show about personal data."""

import json
from pathlib import Path
from typing import Any

import typer

from bot.commands.opening import checked_settings, local_now, look, write_file
from bot.refusal import Refused
from documents.consent_proof import consent_proof_docx
from documents.requests_workbook import requests_workbook
from storage.consents import proof
from storage.requests_register import register


def prove_consent(code: str, format_: str, out: Path | None) -> None:
    settings = checked_settings()
    now = local_now(settings)
    found = look(settings, lambda conn: proof(conn, code, now))
    if found is None:
        raise Refused(f"--person {code}: nobody has this code")
    content = consent_proof_docx(found) if format_ == "docx" else as_json(found)
    hand_over(content, format_, out, f"{len(found['consents'])} words of {code} on consent")


def show_requests(format_: str, out: Path | None) -> None:
    settings = checked_settings()
    now = local_now(settings)
    found = look(settings, lambda conn: register(conn, now))
    content = requests_workbook(found) if format_ == "xlsx" else as_json(found)
    hand_over(content, format_, out, f"{len(found['requests'])} requests")


def as_json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def hand_over(content: bytes, format_: str, out: Path | None, what: str) -> None:
    """JSON may go to stdout; an office file needs a name."""
    if out is None and format_ != "json":
        raise Refused(f"--out: name the .{format_} file to write")
    if out is None:
        typer.echo(content.decode())
        return
    write_file(out, content)
    typer.echo(f"{out}: {what}.")
