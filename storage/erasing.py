"""A deletion that was granted: what may go goes at once, what belongs to the file of a review stays and is counted."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, delete, exists, func, or_, select, update

from review.requests import DataRequest, Erasure, KeptKind, RemovedKind
from storage import leaving
from storage.progress import CLOSED
from storage.tables import (
    accounts,
    answer_history,
    answers,
    appeals,
    audit,
    consents,
    decisions,
    remedies,
    request_words,
    requests,
    responses,
    unsent,
    web_sessions,
)

Where = ColumnElement[bool]
Counted = tuple[Table, Where]


def erasure(conn: Connection, request: DataRequest) -> Erasure:
    """What granting this request would remove now, and what would stay. Changes nothing."""
    removed: dict[RemovedKind, int] = {
        "drafts": _count(conn, responses, _drafts(request.person_id), _has_answers()),
        "answers": _count(conn, answer_history, answer_history.c.response_id.in_(_written(request.person_id))),
        "words": sum(_count(conn, table, where) for table, where in _words(request.person_id)),
        "sessions": len(_other_sessions(conn, request)),
    }
    kept = {kind: _count(conn, *counted) for kind, counted in _kept(request.person_id).items()}
    return Erasure(
        {kind: count for kind, count in removed.items() if count},
        {kind: count for kind, count in kept.items() if count},
    )


def erase(conn: Connection, request: DataRequest, now: datetime) -> Erasure:
    """Remove it; `retention.scrub` takes the bytes out of the file.

    The row of an emptied draft stays, so that its number never comes twice.
    """
    done, person_id = erasure(conn, request), request.person_id
    drafts = select(responses.c.id).where(_drafts(person_id))
    conn.execute(delete(answers).where(answers.c.response_id.in_(drafts)))
    conn.execute(delete(answer_history).where(answer_history.c.response_id.in_(_written(person_id))))
    changes = {"revision": responses.c.revision + 1, "saved_at": None, "signed_on": None}
    conn.execute(update(responses).where(_drafts(person_id)).values(changes))
    for table, where in _words(person_id):
        conn.execute(delete(table).where(where))
    others = _other_sessions(conn, request)
    leaving.sign_out(conn, others, now)
    conn.execute(delete(web_sessions).where(web_sessions.c.account_id.in_(others)))
    return done


def _drafts(person_id: int) -> Where:
    """The own self-review and the remarks this person writes, as long as they were not handed in."""
    own = and_(responses.c.kind == "self_review", responses.c.subject_person_id == person_id)
    remark = and_(responses.c.kind == "residence_remark", responses.c.respondent_id == person_id)
    return and_(responses.c.status == "draft", or_(own, remark))


def _written(person_id: int) -> Select[tuple[int]]:
    """Whose earlier wordings are nobody's file: every own self-review, and the drafts."""
    own = and_(responses.c.kind == "self_review", responses.c.subject_person_id == person_id)
    return select(responses.c.id).where(or_(own, _drafts(person_id)))


def _has_answers() -> Where:
    return exists().where(answers.c.response_id == responses.c.id)


def _words(person_id: int) -> tuple[Counted, ...]:
    return (unsent, unsent.c.person_id == person_id), (request_words, request_words.c.person_id == person_id)


def _other_sessions(conn: Connection, request: DataRequest) -> list[int]:
    """Web chats but the one the request came from: there the answer is read."""
    of_web = and_(accounts.c.person_id == request.person_id, accounts.c.channel == "web")
    found = select(accounts.c.id).where(of_web, accounts.c.id != request.account_id).order_by(accounts.c.id)
    return list(conn.scalars(found))


def _kept(person_id: int) -> Mapping[KeptKind, Counted]:
    closed = responses.c.status.in_((*CLOSED, "returned"))
    about = responses.c.subject_person_id == person_id
    mended = or_(remedies.c.person_id == person_id, remedies.c.owner_id == person_id)
    return {
        "reviews": (responses, and_(responses.c.kind == "self_review", about, closed)),
        "remarks": (responses, and_(responses.c.kind == "residence_remark", about, closed)),
        "decisions": (decisions, decisions.c.person_id == person_id),
        "appeals": (appeals, appeals.c.person_id == person_id),
        "remedies": (remedies, mended),
        "consents": (consents, consents.c.person_id == person_id),
        "requests": (requests, requests.c.person_id == person_id),
        "journal": (audit, audit.c.actor == f"person:{person_id}"),
    }


def _count(conn: Connection, table: Table, *where: Where) -> int:
    return conn.scalar(select(func.count()).select_from(table).where(*where)) or 0
