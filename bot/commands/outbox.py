"""`tusoi outbox`: what has not gone out, and sending it again.

Of a message that was given up its text is gone. What is sent again is the chat's present screen, so nothing lingers
in the database and the person reads what is true now.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import typer
from sqlalchemy import Connection

from bot.commands.opening import change, checked_settings, local_now, look
from bot.drawing import drawn, payload
from bot.house import House
from bot.refusal import Refused
from bot.run import open_house
from conversations.incoming import ChannelName
from storage import accounts, audit, outbox
from storage.outbox_report import Standing, Stuck, standings, stuck

CHANNELS: tuple[ChannelName, ...] = ("telegram", "zalo_bot", "zalo_oa")
MOST_LISTED = 200
_NO_NEED = "needs no retry: it arrived, is on its way, a later message took its place, or there is none"
_TWICE = "it may have arrived; `tusoi outbox --retry {id} --even-in-doubt` sends it again, perhaps a second time"


def show() -> None:
    """Two tables; names, texts and addresses are in neither."""
    settings = checked_settings()
    now = local_now(settings)

    def both(conn: Connection) -> tuple[list[Standing], list[Stuck]]:
        return standings(conn, now, CHANNELS), stuck(conn, now, limit=MOST_LISTED + 1)

    lanes, rows = look(settings, both)
    head = ("channel", "lane", "queued", "sending", "in doubt", "failed", "oldest")
    for line in _table([head, *map(_lane_cells, lanes)]):
        typer.echo(line)
    if not rows:
        typer.echo("\nNothing needs you.")
        return
    typer.echo("\nThese are not sent again by themselves:")
    for line in _table(
        [("id", "channel", "lane", "state", "error", "age", "tries"), *map(_row_cells, rows[:MOST_LISTED])]
    ):
        typer.echo(line)
    if len(rows) > MOST_LISTED:
        typer.echo(f"... only the oldest {MOST_LISTED} are listed")


def retry_these(ids: Sequence[int], *, even_in_doubt: bool) -> None:
    """All of them or none."""
    settings = checked_settings()
    now, wanted = local_now(settings), sorted(set(ids))

    def retrying(conn: Connection) -> list[Stuck]:
        found = {row.id: row for row in stuck(conn, now, wanted)}
        faults = [f"{id_}: {_NO_NEED}" for id_ in wanted if id_ not in found]
        if not even_in_doubt:
            faults += [f"{row.id}: {_TWICE.format(id=row.id)}" for row in found.values() if row.state == "in_doubt"]
        if faults:
            raise Refused.because(faults)
        _queue_again(conn, open_house(settings), list(found.values()), now)
        return list(found.values())

    for row in change(settings, retrying):
        typer.echo(f"{row.id}: queued again" + ("; the person may get it twice" if row.state == "in_doubt" else ""))


def retry_all_failed() -> None:
    """What surely did not arrive. Whoever has shut the bot out is left in peace."""
    settings = checked_settings()
    now = local_now(settings)

    def retrying(conn: Connection) -> tuple[int, int]:
        failed = [row for row in stuck(conn, now) if row.state == "failed"]
        reachable = [row for row in failed if accounts.is_open(conn, row.account_id)]
        _queue_again(conn, open_house(settings), reachable, now)
        return len(reachable), len(failed) - len(reachable)

    queued, left = change(settings, retrying)
    typer.echo(f"{queued} queued again" + (f", {left} left: their people cannot be written to" if left else ""))


def _queue_again(conn: Connection, house: House, rows: Sequence[Stuck], now: datetime) -> None:
    """Audited. A notice is unsolicited and keeps to the quiet hours."""
    for row in rows:
        held = accounts.load_row(conn, row.account_id)
        screen = drawn(conn, held.state, house.facts(conn, held.account), house)
        due_at = house.quiet.first_allowed(now) if row.lane == "notice" else now
        outbox.retry(conn, row.id, held.state.serial, payload(screen, row.channel, house), due_at)
    if rows:
        things = [(f"outbox:{row.id}", {"was": row.state, "error": row.error}) for row in rows]
        audit.append_many(conn, now, audit.OPERATOR, "retry_message", things)


def _lane_cells(lane: Standing) -> tuple[str, ...]:
    counts = (lane.queued, lane.sending, lane.in_doubt, lane.failed)
    return lane.channel, lane.lane, *map(str, counts), _age(lane.oldest) if any(counts) else "-"


def _row_cells(row: Stuck) -> tuple[str, ...]:
    state = row.state.replace("_", " ")
    return str(row.id), row.channel, row.lane, state, row.error or "-", _age(row.age), str(row.tries)


def _age(age: timedelta) -> str:
    """In its largest unit: 40s, 12m, 5h, 3d."""
    seconds = int(age.total_seconds())
    for unit, length in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= length:
            return f"{seconds // length}{unit}"
    return f"{seconds}s"


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
