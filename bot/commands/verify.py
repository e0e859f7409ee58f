"""`tusoi verify`: is a dossier whole, and do its numbers follow from the data in it? Needs no database."""

from pathlib import Path

import typer

from bot.refusal import Refused
from documents.dossier_check import Dossier, NoDossier


def verify_dossier(path: Path) -> None:
    """Every fault on a line of its own."""
    try:
        with path.open("rb") as stream:
            dossier = Dossier(stream)
            faults = list(dossier.faults())
    except NoDossier as fault:
        raise Refused(f"{path}: {fault}") from None
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror or error}") from None
    if faults:
        raise Refused.because(faults)
    typer.echo(
        f"{path}: whole, {len(dossier.files)} files of {dossier.manifest['year']}; its numbers follow from its data. "
        f"SHA-256 of its manifest: {dossier.seal}"
    )
