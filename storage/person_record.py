"""Everything kept about one person, as plain records by kind: for the own copy, and counted on the own screen.

Left out: what other people have in hand about the person and have not handed in (drafts belong to their writers), the
numbers of votes, and what the committee has not decided yet.
"""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, exists, or_, select

from conversations.privacy_facts import Section
from review.people import Person
from review.responses import Response
from storage.points import DRAFTED
from storage.progress import CLOSED
from storage.responses import find_responses, subject_answer
from storage.tables import (
    accounts,
    appeals,
    audit,
    consents,
    cycles,
    decisions,
    given_items,
    grading_facts,
    notices,
    people,
    redo_orders,
    remedies,
    remedy_checks,
    request_words,
    requests,
    response_versions,
    responses,
    roles,
    units,
    unsent,
)

FORMAT = "tusoi-person/1"
Record = dict[str, Any]
Queries = dict[Section, Executable]
Sections = dict[Section, list[Record]]


def person_record(conn: Connection, person: Person, now: datetime) -> Record:
    """The public "tusoi-person/1": plain data, ready for JSON."""
    profile = {
        "code": person.code, "name": person.name, "unit": person.unit.name if person.unit else None,
        "birth_date": person.birth_date, "form": person.form, "peer_group": person.peer_group,
        "residence": person.residence.name if person.residence else None, "status": person.status,
        "party_post": person.party_post, "state_post": person.state_post, "union_post": person.union_post,
        "workplace": person.workplace, "joined_on": person.joined_on, "official_on": person.official_on,
    }  # fmt: skip
    head = {"format": FORMAT, "made_at": now.isoformat(), "person": _plain(profile, now.tzinfo)}
    return {**head, **{str(name): records for name, records in sections_of(conn, person, now.tzinfo).items()}}


def sections_of(conn: Connection, person: Person, zone: tzinfo | None) -> Sections:
    """Every kind in the order of the copy, empty ones too; moments in `zone`."""
    reviews, about, by = _responses(conn, person.id)
    plain: Queries = _plain_sections(person.id, [one["id"] for one in (*reviews, *about)])
    found: Sections = {name: [dict(row._mapping) for row in conn.execute(query)] for name, query in plain.items()}
    found |= {"reviews": reviews, "remarks_about": about, "remarks_by": by}
    order: tuple[Section, ...] = Section.__args__  # type: ignore[attr-defined]
    return {name: [_plain(record, zone) for record in found[name]] for name in order}


def _plain_sections(me: int, response_ids: list[int]) -> Queries:
    return _about_access(me) | _about_grading(me) | _about_work(me) | _about_looks(me, response_ids)


def _about_access(me: int) -> Queries:
    held = accounts.c.channel, accounts.c.created_at, accounts.c.last_inbound_at, accounts.c.takes_notices
    said = consents.c.given, consents.c.text_version, consents.c.at, accounts.c.channel
    return {
        "roles": select(roles.c.name.label("role"), units.c.name.label("unit"))
        .join(units)
        .where(roles.c.person_id == me),
        "devices": select(*held).where(accounts.c.person_id == me).order_by(accounts.c.id),
        "consents": select(*said).join(accounts).where(consents.c.person_id == me).order_by(consents.c.id),
        "words": select(unsent.c.text, unsent.c.saved_at)
        .where(unsent.c.person_id == me)
        .union_all(select(request_words.c.text, request_words.c.saved_at).where(request_words.c.person_id == me)),
    }


def _about_grading(me: int) -> Queries:
    """A grade is told once the committee has decided; until then the cell's proposal is not a result."""
    final = decisions.alias("final")
    decided = exists().where(
        final.c.cycle_id == decisions.c.cycle_id, final.c.person_id == me, final.c.stage == "committee"
    )
    grade = decisions.c.stage, decisions.c.grade, decisions.c.reason, decisions.c.decided_at, decisions.c.superseded_at
    said = appeals.c.kind, appeals.c.text, appeals.c.made_at, appeals.c.answer_due, appeals.c.outcome, appeals.c.answer
    item = given_items.c.source, given_items.c.text, given_items.c.raised_at
    raised = (given_items.c.source != DRAFTED) & given_items.c.withdrawn_at.is_(None)
    order = redo_orders.c.what, redo_orders.c.reason, redo_orders.c.due, redo_orders.c.ordered_at, redo_orders.c.done_at
    version = response_versions.c.nth, response_versions.c.submitted_at, response_versions.c.answers
    own = (responses.c.kind == "self_review") & (responses.c.subject_person_id == me)
    told = grading_facts.c.fact, grading_facts.c.value, grading_facts.c.told_at
    return {
        "versions": select(*version).join(responses).where(own).order_by(response_versions.c.id),
        "points": select(cycles.c.year, *item)
        .outerjoin_from(given_items, cycles)
        .where(given_items.c.person_id == me, raised)
        .order_by(given_items.c.id),
        "told_about": select(cycles.c.year, *told)
        .join_from(grading_facts, cycles)
        .where(grading_facts.c.person_id == me),
        "decisions": select(cycles.c.year, *grade)
        .join_from(decisions, cycles)
        .where(decisions.c.person_id == me, decided)
        .order_by(decisions.c.id),
        "appeals": select(*said, appeals.c.answered_at).where(appeals.c.person_id == me).order_by(appeals.c.id),
        "orders": select(*order).where(redo_orders.c.person_id == me).order_by(redo_orders.c.id),
    }


def _about_work(me: int) -> Queries:
    mended = or_(remedies.c.person_id == me, remedies.c.owner_id == me)
    remedy = remedies.c.shortcoming, remedies.c.measure, remedies.c.due, remedies.c.status, remedies.c.created_at
    check = remedy_checks.c.at, remedy_checks.c.status, remedy_checks.c.note
    notice = notices.c.kind, notices.c.due_at, notices.c.sent_at, notices.c.channel, notices.c.state
    asked = (
        requests.c.id, requests.c.kind, requests.c.text, requests.c.received_at, requests.c.due, requests.c.outcome,
        requests.c.answer, requests.c.answered_at, requests.c.extended_until, requests.c.extension_reason,
    )  # fmt: skip
    return {
        "remedies": select(*remedy).where(mended).order_by(remedies.c.id),
        "checks": select(*check).where(remedy_checks.c.by == me).order_by(remedy_checks.c.id),
        "notices": select(*notice).where(notices.c.person_id == me).order_by(notices.c.id),
        "requests": select(*asked).where(requests.c.person_id == me).order_by(requests.c.id),
    }


def _about_looks(me: int, response_ids: list[int]) -> Queries:
    """The audit chain: what the person did, and that somebody else looked at what is about the person."""
    actor = f"person:{me}"
    watched: ColumnElement[bool] = audit.c.object.in_([f"response:{one}" for one in response_ids])
    deed = audit.c.at, audit.c.action
    return {
        "journal": select(*deed, audit.c.object).where(audit.c.actor == actor).order_by(audit.c.seq),
        "looks": select(*deed).where(watched, audit.c.actor != actor).order_by(audit.c.seq),
    }


def _responses(conn: Connection, me: int) -> tuple[list[Record], list[Record], list[Record]]:
    """Own self-reviews, remarks about the person that were handed in, remarks the person writes about others."""
    years = dict(conn.execute(select(responses.c.id, cycles.c.year).join(cycles)).tuples().all())
    about_me = responses.c.subject_person_id == me
    remark = responses.c.kind == "residence_remark"
    reviews = find_responses(conn, responses.c.kind == "self_review", about_me)
    about = find_responses(conn, remark, about_me, responses.c.status.in_(CLOSED))
    by = find_responses(conn, remark, responses.c.respondent_id == me)
    codes = dict(conn.execute(select(people.c.id, people.c.code)).tuples().all()) if by else {}
    return (
        [_response(one, years) for one in reviews],
        [_response(one, years) | {"own_answer": subject_answer(conn, one.id)} for one in about],
        [_response(one, years) | {"about": codes[one.subject_id]} for one in by],
    )


def _response(one: Response, years: Mapping[int, int]) -> Record:
    said = {"id": one.id, "year": years[one.id], "form": one.form, "status": one.status, "saved_at": one.saved_at}
    typed = {"typed_in": True} if one.typed_in else {}
    signed = {"submitted_at": one.submitted_at, "receipt": one.receipt, "signed_on": one.signed_on}
    return {**said, **typed, **signed, "answers": dict(one.answers)}


def _plain(record: Record, zone: tzinfo | None) -> Record:
    return {name: _value(value, zone) for name, value in record.items()}


def _value(value: Any, zone: tzinfo | None) -> Any:
    if isinstance(value, datetime):
        return (value.astimezone(zone) if zone else value).isoformat()
    return value.isoformat() if isinstance(value, date) else value
