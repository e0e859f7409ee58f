"""`tusoi key`: a new key for DATA_KEY, and sealing everything anew under the first one."""

from functools import cache

import typer

from bot.commands.opening import checked_settings, finished, pack_by_name, with_database
from bot.refusal import Refused
from storage import rotation
from storage.retention import scrub
from storage.sealing import new_key


def make() -> None:
    typer.echo(new_key())


def rotate(*, off: bool) -> None:
    """`off` opens everything again. Beside a running bot, which knows every key in use."""
    settings = checked_settings()
    ring = settings.ring.leaving_open() if off else settings.ring
    if not ring.keys:
        raise Refused("DATA_KEY: is empty; make a key with `tusoi key new` and set it first")
    count = finished(with_database(settings, lambda db: rotation.seal_anew(db, ring, cache(pack_by_name))))
    if off:
        typer.echo(f"Opened {count.other} values; {count.done} were open. Now empty DATA_KEY and start the bot again.")
    else:
        typer.echo(f"Sealed {count.other} values under key {ring.ids[0]}; {count.done} were sealed with it already.")
    if count.lost:
        raise Refused.because(f"{one}: cannot be opened with any key of DATA_KEY; left as it is" for one in count.lost)
    finished(scrub(settings.database_url))
