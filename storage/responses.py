"""Responses with their answers, read in sets."""

from collections import defaultdict

from sqlalchemy import ColumnElement, Connection, select

from review.responses import Response, ResponseKind, Value
from storage.tables import answers, responses

Where = ColumnElement[bool]

SUBJECT_ANSWER = "subject_answer"  # the key of what a member says to a remark about himself; no form has it


def about(cycle_id: int, kind: ResponseKind, subject_id: int) -> Where:
    """The condition on `responses`. A collective review is about a unit, everything else about a person."""
    subject = responses.c.subject_unit_id if kind == "collective_review" else responses.c.subject_person_id
    return (responses.c.cycle_id == cycle_id) & (responses.c.kind == kind) & (subject == subject_id)


def find_responses(conn: Connection, *where: Where) -> tuple[Response, ...]:
    """In the order in which they were begun; conditions are on table `responses`."""
    given: defaultdict[int, dict[str, Value]] = defaultdict(dict)
    for row in conn.execute(select(answers).join(responses).where(*where)):
        given[row.response_id][row.key] = row.value
    return tuple(
        Response(
            id=row.id,
            kind=row.kind,
            form=row.form,
            subject_id=row.subject_person_id or row.subject_unit_id,
            respondent_id=row.respondent_id,
            status=row.status,
            answers={key: value for key, value in given[row.id].items() if key != SUBJECT_ANSWER},
            saved_at=row.saved_at,
            submitted_at=row.submitted_at,
            receipt=row.receipt,
            revision=row.revision,
            signed_on=row.signed_on,
        )
        for row in conn.execute(select(responses).where(*where).order_by(responses.c.id))
    )


def find_response(conn: Connection, *where: Where) -> Response | None:
    return next(iter(find_responses(conn, *where)), None)


def subject_answer(conn: Connection, response_id: int) -> str:
    """What the member said to the remark; empty when nothing."""
    said = select(answers.c.value).where(answers.c.response_id == response_id, answers.c.key == SUBJECT_ANSWER)
    return str(conn.scalar(said) or "")
