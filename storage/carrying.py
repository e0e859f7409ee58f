"""Last year's promises into the new review: what was named and promised then is what this year's forms open with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, insert, or_, select, update

from review.calendar import Cycle
from review.forms import Form, Group, assemble
from review.likeness import folded
from review.pack import Pack
from review.promises import Promise, promises, shortcoming_in
from review.responses import Value
from storage import audit
from storage.given import of_subject
from storage.progress import CLOSED
from storage.tables import answers, cycles, given_items, remedies, responses

GROUPS = ("shortcomings", "measures")
NOT_KEPT = ("partly", "not")
BATCH = 1000

_KEYS: ColumnElement[bool] = or_(*(answers.c.key.startswith(f"{group}.") for group in (*GROUPS, "fixed")))


@dataclass(frozen=True, slots=True)
class _Carried:
    """One item for the new review. `fault` tells whether the roster names the same already."""

    person_id: int | None
    unit_id: int | None
    text: str
    origin: str

    @property
    def fault(self) -> tuple[int | None, int | None, str]:
        return self.person_id, self.unit_id, folded(shortcoming_in(self.text))


def carry_over(conn: Connection, cycle: Cycle, pack_of: Callable[[str], Pack], now: datetime) -> int:
    """Fill the new review's "carried" items; how many. Only what was submitted counts; a promise not kept comes again.

    What came with the roster (sheet «Kỳ trước») goes before what the database remembers of the same fault.
    """
    waiting = update(given_items).where(given_items.c.cycle_id.is_(None)).values(cycle_id=cycle.id)
    count = conn.execute(waiting).rowcount
    before = _previous(conn, cycle)
    if before is not None:
        from_roster = conn.execute(select(given_items).where(given_items.c.cycle_id == cycle.id))
        known = {_carried(row).fault for row in from_roster}
        items = _distinct(_remembered(conn, before.id, pack_of(before.pack)), known)
        while rows := [_row(cycle.id, item) for item in islice(items, BATCH)]:
            conn.execute(insert(given_items), rows)
            count += len(rows)
    audit.append(conn, now, audit.OPERATOR, "carry_over", f"cycle:{cycle.id}", {"items": count}, cycle.id)
    return count


def _previous(conn: Connection, cycle: Cycle) -> Row[Any] | None:
    closed = select(cycles).where(cycles.c.closed_at.is_not(None), cycles.c.year < cycle.year)
    return conn.execute(closed.order_by(cycles.c.year.desc()).limit(1)).first()


def _distinct(items: Iterator[_Carried], known: set[Any]) -> Iterator[_Carried]:
    for item in items:
        if item.fault not in known:
            known.add(item.fault)
            yield item


def _remembered(conn: Connection, cycle_id: int, pack: Pack) -> Iterator[_Carried]:
    """What was never answered; then by response the promises not kept and what was named; then other remedies."""
    plans = {row.source: row for row in conn.execute(select(remedies).where(remedies.c.cycle_id == cycle_id))}
    earlier = {str(row.id): row for row in conn.execute(select(given_items).where(given_items.c.cycle_id == cycle_id))}
    used: set[int] = set()
    yield from (_carried(row) for row in conn.execute(_unanswered(cycle_id)))
    for rows in _responses(conn, cycle_id):
        written = {row.key: row.value for row in rows}
        for nth in _not_kept(written):
            if nth in earlier:
                yield _again(earlier[nth], plans.get(f"{rows[0].id}:fixed.{nth}"), used)
        form = pack.forms.get(rows[0].form)
        for promise in _promises(form, written) if form else ():
            origin = f"response:{rows[0].id}:shortcomings.{promise.nth}" if promise.nth else f"response:{rows[0].id}"
            text = _planned(promise, _plan_for(plans, rows[0].id, promise.nth), used).text
            yield _Carried(rows[0].subject_person_id, rows[0].subject_unit_id, text, origin)
    for plan in plans.values():
        if plan.id not in used and plan.status != "done":
            text = Promise(1, plan.shortcoming, plan.measure, plan.due).text
            yield _Carried(plan.person_id, plan.unit_id, text, f"remedy:{plan.id}")


def _unanswered(cycle_id: int) -> Select[Any]:
    """Promises of those who submitted nothing."""
    submitted = exists().where(of_subject, responses.c.status.in_(CLOSED))
    standing = (given_items.c.source == "carried") & given_items.c.withdrawn_at.is_(None)
    return (
        select(given_items).where(given_items.c.cycle_id == cycle_id, standing, ~submitted).order_by(given_items.c.id)
    )


def _responses(conn: Connection, cycle_id: int) -> Iterator[list[Any]]:
    """The answers that matter of every submitted review, response by response, so many at a time."""
    submitted = select(responses.c.id).where(
        responses.c.cycle_id == cycle_id,
        responses.c.kind.in_(("self_review", "collective_review")),
        responses.c.status.in_(CLOSED),
    )
    ids = iter(conn.scalars(submitted.order_by(responses.c.id)).all())
    columns = (responses.c.id, responses.c.form, responses.c.subject_person_id, responses.c.subject_unit_id)
    wanted = select(*columns, answers.c.key, answers.c.value).select_from(responses.join(answers)).where(_KEYS)
    while some := list(islice(ids, BATCH)):
        rows = conn.execute(wanted.where(responses.c.id.in_(some)).order_by(responses.c.id)).all()
        yield from (list(group) for _, group in groupby(rows, lambda row: row.id))


def _promises(form: Form, written: dict[str, Value]) -> Iterator[Promise]:
    """What was named and promised, as far as it stands in the form."""
    sections = tuple(
        replace(section, blocks=tuple(one for one in section.blocks if isinstance(one, Group) and one.id in GROUPS))
        for section in form.sections
    )
    done = assemble(replace(form, sections=sections), written).answers
    return promises({group: rows for group in GROUPS if isinstance(rows := done.get(group), list)})


def _not_kept(written: dict[str, Value]) -> list[str]:
    """The ids of last year's items that are still owed: answers under "fixed.<id>.status"."""
    statuses = (key.split(".") for key, value in written.items() if key.startswith("fixed.") and value in NOT_KEPT)
    return [parts[1] for parts in statuses if parts[2:] == ["status"]]


def _plan_for(plans: dict[str, Row[Any]], response_id: int, nth: int) -> Row[Any] | None:
    source = f"{response_id}:shortcomings.{nth}"
    return plans.get(source) or plans.get(f"{source}.text")


def _planned(promise: Promise, plan: Row[Any] | None, used: set[int]) -> Promise:
    """With the measure and date of the plan that was made of it after the decision."""
    if plan is None:
        return promise
    used.add(plan.id)
    return replace(promise, measure=plan.measure or promise.measure, due=plan.due or promise.due)


def _carried(row: Row[Any]) -> _Carried:
    return _Carried(row.person_id, row.unit_id, row.text, f"item:{row.id}")


def _again(row: Row[Any], plan: Row[Any] | None, used: set[int]) -> _Carried:
    """A promise that was not kept, with the newer plan for it if one was made."""
    if plan is None:
        return _carried(row)
    used.add(plan.id)
    text = Promise(1, shortcoming_in(row.text), plan.measure, plan.due).text
    return _Carried(row.person_id, row.unit_id, text, f"remedy:{plan.id}")


def _row(cycle_id: int, item: _Carried) -> dict[str, Any]:
    return {
        "cycle_id": cycle_id,
        "person_id": item.person_id,
        "unit_id": item.unit_id,
        "source": "carried",
        "text": item.text,
        "origin": item.origin,
    }
