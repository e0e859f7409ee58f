"""`tusoi cycle`: opening the yearly review."""

from pathlib import Path

import typer

from bot.commands.opening import change, checked_settings, local_now, pack_by_name, read_text
from bot.refusal import Refused
from review.calendar import read_calendar
from review.faults import Faults
from review.pack import pack_names
from storage.cycles import open_cycle as open_stored


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
    change(settings, lambda conn: open_stored(conn, year, pinned, pack.version, dates, now))
    typer.echo(f"The review of {year} is open under {pack.name}.")
