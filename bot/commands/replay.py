"""`tusoi replay`: what the answers of a year would give under another rule pack."""

from collections import Counter

import typer
from sqlalchemy import Connection

from bot.commands.opening import checked_settings, look, pack_by_name
from bot.refusal import Refused
from review.forms import Given
from review.replay import Replayed, replay
from storage import cycles
from storage.errors import CycleConflict
from storage.given import given_to_all
from storage.people import find_people
from storage.progress import CLOSED
from storage.responses import find_responses
from storage.tables import people, responses


def replay_year(year: int, pack_name: str) -> None:
    """One line a submitted review, by code: names and answers stay where they are."""
    now = pack_by_name(pack_name)
    found = look(checked_settings(), lambda conn: list(_replayed(conn, year, pack_name)))
    if not found:
        raise Refused(f"No self-review of {year} was submitted.")
    for one in found:
        typer.echo(_line(one))
    changed = Counter((one.then.grade or "none", one.now.grade or "none") for one in found if one.differs)
    moves = "; ".join(f"{before} -> {after}: {count}" for (before, after), count in sorted(changed.items()))
    typer.echo(f"{len(found)} reviews under {now.name}: {moves or 'every proposal stays the same'}")


def _replayed(conn: Connection, year: int, pack_name: str) -> list[Replayed]:
    cycle = cycles.of_year(conn, year)
    if cycle is None:
        raise CycleConflict(f"No review of {year} is kept here.")
    then, now = pack_by_name(cycle.pack), pack_by_name(pack_name)
    given = given_to_all(conn, cycle.id)
    here = (responses.c.cycle_id == cycle.id, responses.c.kind == "self_review", responses.c.status.in_(CLOSED))
    by_person = {response.subject_id: response for response in find_responses(conn, *here)}
    writers = find_people(conn, people.c.id.in_(list(by_person)))
    return [replay(person, by_person[person.id], given.get(person.id, Given()), then, now) for person in writers]


def _line(one: Replayed) -> str:
    moves = f"{one.then.grade or 'none'} -> {one.now.grade or 'none'}" if one.differs else one.now.grade or "none"
    human = " (a person must look)" if one.now.needs_human else ""
    rest = f", {one.lost} answers have no place, {one.open} questions open" if one.lost or one.open else ""
    return f"{one.person.code}: {moves}{human}{rest}. {' '.join(one.now.reasons)}"
