"""Everything of one year as the public "tusoi-export/1": for archives, spreadsheets and other programs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from review.calendar import Cycle
from review.forms import Form, Given, Option, assemble, walk
from review.pack import Pack
from review.people import Person, Unit
from review.remedies import Remedy
from review.responses import Answers, Response, Value
from review.unit_moves import parent_at
from storage import cycles
from storage.errors import CycleConflict
from storage.given import given_to_all, given_to_units
from storage.grading_facts import STANDING, find_decisions
from storage.people import find_people, find_units
from storage.progress import CLOSED
from storage.remedies import find_remedies
from storage.responses import find_responses
from storage.tables import cycles as cycles_table
from storage.tables import decisions, notices, remedies, responses
from storage.unit_moves import find_moves

FORMAT = "tusoi-export/1"


def export_year(conn: Connection, year: int, now: datetime, pack_of: Callable[[str], Pack]) -> dict[str, Any]:
    """Plain data, ready for JSON; units and people by code, moments in UTC. CycleConflict for an unknown year."""
    cycle = cycles.of_year(conn, year)
    if cycle is None:
        raise CycleConflict(f"No review of {year} is kept here.")
    everybody, units = find_people(conn), _units_then(conn, cycle.id, now)
    codes = _Codes({person.id: person.code for person in everybody}, {unit.id: unit.code for unit in units})
    pack, given = pack_of(cycle.pack), _given_to(conn, cycle.id)
    filled = find_responses(conn, responses.c.cycle_id == cycle.id)
    return {
        "format": FORMAT,
        "year": year,
        "pack": cycle.pack,
        "exported_at": _moment(now),
        "units": [_unit(unit, codes) for unit in units],
        "people": [_person(person) for person in everybody],
        "responses": [_response(response, codes, pack, given(response)) for response in filled],
        "decisions": [*_own_grades(filled, codes), *_decisions(conn, cycle, codes)],
        "remedies": [_remedy(one, codes) for one in find_remedies(conn, remedies.c.cycle_id == cycle.id)],
        "reminders": _reminders(conn, cycle, codes),
    }


@dataclass(frozen=True, slots=True)
class _Codes:
    people: dict[int, str]
    units: dict[int, str]

    def subject(self, response: Response) -> str:
        codes = self.units if response.kind == "collective_review" else self.people
        return codes[response.subject_id]


def _units_then(conn: Connection, cycle_id: int, now: datetime) -> list[Unit]:
    """Every unit under the parent it had when the review was closed; an open review counts it where it is."""
    moment = conn.scalar(select(cycles_table.c.closed_at).where(cycles_table.c.id == cycle_id)) or now
    moves = find_moves(conn)
    return [replace(unit, parent_id=parent_at(unit, moves, moment)) for unit in find_units(conn)]


def _unit(unit: Unit, codes: _Codes) -> dict[str, Any]:
    parent = codes.units[unit.parent_id] if unit.parent_id else None
    return {"code": unit.code, "name": unit.name, "kind": unit.kind, "parent": parent}


def _person(person: Person) -> dict[str, Any]:
    return {
        "code": person.code,
        "name": person.name,
        "unit": person.unit.code if person.unit else None,
        "form": person.form,
        "peer_group": person.peer_group,
        "residence": person.residence.code if person.residence else None,
        "status": person.status,
    }


def _response(response: Response, codes: _Codes, pack: Pack, given: Given) -> dict[str, Any]:
    form = pack.forms[response.form]
    done = assemble(form, *_by_code(form, response, given, codes))
    return {
        "kind": response.kind,
        "form": response.form,
        "subject": codes.subject(response),
        "respondent": codes.people[response.respondent_id],
        **({"typed_in": True} if response.typed_in else {}),
        "status": response.status,
        "submitted_at": _moment(response.submitted_at),
        "answers": done.answers,
        "scores": done.scores,
        "score_reasons": done.score_reasons,
        "self_grade": done.self_grade,
    }


def _given_to(conn: Connection, cycle_id: int) -> Callable[[Response], Given]:
    """What the form of a response started from."""
    people, units = given_to_all(conn, cycle_id), given_to_units(conn, cycle_id)

    def given(response: Response) -> Given:
        mine = units if response.kind == "collective_review" else people
        return mine.get(response.subject_id, Given())

    return given


def _by_code(form: Form, response: Response, given: Given, codes: _Codes) -> tuple[Answers, Given]:
    """The same answers with the people they name by their codes."""
    if response.kind != "collective_review":
        return response.answers, given
    asked = (one.key for one in walk(form, response.answers, given) if one.question.kind == "people")
    lists = {key: value for key in asked if isinstance(value := response.answers.get(key), list)}
    coded: dict[str, Value] = {key: [codes.people[int(one)] for one in ids] for key, ids in lists.items()}
    named = sorted({codes.people[int(one)] for ids in lists.values() for one in ids})
    return {**response.answers, **coded}, replace(given, people=tuple(Option(code, code) for code in named))


def _own_grades(filled: Iterable[Response], codes: _Codes) -> Iterable[dict[str, Any]]:
    """The first stage: what each person proposed by submitting."""
    for response in filled:
        grade = response.answers.get("self_grade")
        if response.kind == "self_review" and response.status in CLOSED and grade:
            yield {
                "subject": codes.subject(response),
                "stage": "self",
                "grade": grade,
                "votes": None,
                "decided_at": _moment(response.submitted_at),
                "by": codes.subject(response),
            }


def _decisions(conn: Connection, cycle: Cycle, codes: _Codes) -> Iterable[dict[str, Any]]:
    """What cells proposed and committees decided, as it stands; grade None = not graded."""
    for one in find_decisions(conn, decisions.c.cycle_id == cycle.id, STANDING):
        yield {
            "subject": (codes.people if one.about == "person" else codes.units)[one.subject_id],
            "stage": one.stage,
            "grade": one.grade,
            "votes": {**one.votes.counts, "invalid": one.votes.invalid} if one.votes else None,
            "decided_at": _moment(one.decided_at),
            "by": codes.people[one.decided_by],
        }


def _remedy(remedy: Remedy, codes: _Codes) -> dict[str, Any]:
    subjects = codes.people if remedy.about == "person" else codes.units
    return {
        "subject": subjects[remedy.subject_id],
        "shortcoming": remedy.shortcoming,
        "measure": remedy.measure,
        "owner": codes.people[remedy.owner_id] if remedy.owner_id else None,
        "due": remedy.due.isoformat() if remedy.due else None,
        "status": remedy.status,
    }


def _reminders(conn: Connection, cycle: Cycle, codes: _Codes) -> list[dict[str, Any]]:
    rows = conn.execute(select(notices).where(notices.c.cycle_id == cycle.id).order_by(notices.c.due_at, notices.c.id))
    return [
        {
            "person": codes.people[row.person_id],
            "kind": row.kind,
            "due_at": _moment(row.due_at),
            "sent_at": _moment(row.sent_at),
            "channel": row.channel,
            "state": row.state,
        }
        for row in rows
    ]


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
