"""Who may do what with whose papers: one table. What has no row is refused.

Sources: a person sees the own file, and those who work on it see what their task needs; consent names the secretary
and deputy of the own cell and the officers above it. 366-QĐ/TW and 43-HD/BTCTW: the head of the body leads the drafting
of the collective report; the upper level suggests points when needed, within its authority. 213-QĐ/TW and 33-HD/BTCTW:
the residence chi ủy and the Front committee give one remark together, the work cell receives it. A draft belongs to its
writer; what a member handed in on paper is typed in by those who lead the cell. The cell proposes a grade, the base
committee decides it (25-HD/BTCTW 2023; forms 02A and 02B).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from review.people import Person, RoleName, Unit
from review.responses import ResponseKind, ResponseStatus

Action = Literal[
    "read_self_review",
    "write_self_review",
    "submit_self_review",
    "withdraw_self_review",
    "type_in_self_review",
    "withdraw_typed_in",
    "note_signature",
    "read_residence_remark",
    "write_residence_remark",
    "submit_residence_remark",
    "answer_residence_remark",
    "read_collective_review",
    "write_collective_review",
    "submit_collective_review",
    "withdraw_collective_review",
    "raise_point",
    "list_residents",
    "see_progress",
    "remind",
    "record_meeting",
    "propose_grade",
    "decide_grade",
    "make_appeal",
    "read_explanation",
    "handle_complaint",
    "order_redo",
    "set_dates",
    "read_remedies",
    "report_remedy",
    "make_remedies",
    "make_request",
    "handle_request",
    "revoke_access",
    "invite",
    "change_settings",
]
ACTIONS: tuple[Action, ...] = get_args(Action)
Verb = Literal["read", "write", "submit", "withdraw"]
Relation = Literal["self", "own_unit", "below", "resident"]
Status = ResponseStatus | None
Below = Callable[[int], Iterable[Unit]]

DRAFTED: frozenset[Status] = frozenset({"draft", "returned"})
OPEN: frozenset[Status] = DRAFTED | {None}
SENT: frozenset[Status] = frozenset({"submitted"})
CLOSED: frozenset[Status] = SENT | {"accepted"}
ANY: frozenset[Status] = OPEN | CLOSED

ANYBODY: tuple[RoleName, ...] = ()
LEADERS: tuple[RoleName, ...] = ("secretary", "deputy")
OFFICERS: tuple[RoleName, ...] = ("officer",)
OVERSEERS: tuple[RoleName, ...] = (*LEADERS, *OFFICERS)
NEIGHBOURS: tuple[RoleName, ...] = ("contact", *LEADERS)
ADMINS: tuple[RoleName, ...] = ("admin",)


@dataclass(frozen=True, slots=True)
class Row:
    """Who has one of `roles` (none: anybody) may do `action` to a subject in `relation` while the response is in one of
    `states`.

    self: the person is the subject · own_unit: the subject belongs to, or is, the unit of the role · below: the same,
    or any unit under it · resident: the subject is somebody else who lives in the unit of the role, or is that unit.
    """

    action: Action
    roles: tuple[RoleName, ...]
    relation: Relation
    states: frozenset[Status] = ANY


TABLE: tuple[Row, ...] = (
    Row("read_self_review", ANYBODY, "self"),
    Row("write_self_review", ANYBODY, "self", OPEN),
    Row("submit_self_review", ANYBODY, "self", DRAFTED),
    Row("withdraw_self_review", ANYBODY, "self", SENT),
    Row("read_residence_remark", ANYBODY, "self", CLOSED),
    Row("answer_residence_remark", ANYBODY, "self", CLOSED),
    #
    Row("list_residents", NEIGHBOURS, "resident"),
    Row("read_residence_remark", NEIGHBOURS, "resident"),
    Row("write_residence_remark", NEIGHBOURS, "resident", OPEN),
    Row("submit_residence_remark", NEIGHBOURS, "resident", DRAFTED),
    #
    Row("read_self_review", LEADERS, "own_unit", CLOSED),
    Row("type_in_self_review", LEADERS, "own_unit", OPEN),
    Row("withdraw_typed_in", LEADERS, "own_unit", SENT),
    Row("note_signature", LEADERS, "own_unit", CLOSED),
    Row("read_residence_remark", LEADERS, "own_unit", CLOSED),
    Row("see_progress", OVERSEERS, "below"),
    Row("remind", OVERSEERS, "below"),
    Row("read_self_review", OFFICERS, "below", CLOSED),
    Row("read_residence_remark", OFFICERS, "below", CLOSED),
    #
    Row("record_meeting", LEADERS, "own_unit"),
    Row("propose_grade", LEADERS, "own_unit"),
    Row("decide_grade", OFFICERS, "below"),
    #
    Row("make_appeal", ANYBODY, "self"),
    Row("read_explanation", ANYBODY, "self"),
    Row("read_explanation", LEADERS, "own_unit"),
    Row("read_explanation", OFFICERS, "below"),
    Row("handle_complaint", OFFICERS, "below"),
    Row("order_redo", OFFICERS, "below"),
    Row("read_remedies", ANYBODY, "self"),
    Row("report_remedy", ANYBODY, "self"),
    Row("read_remedies", LEADERS, "own_unit"),
    Row("make_remedies", LEADERS, "own_unit"),
    Row("read_remedies", OFFICERS, "below"),
    #
    Row("set_dates", LEADERS, "own_unit"),
    Row("set_dates", OFFICERS, "below"),
    Row("read_collective_review", LEADERS, "own_unit"),
    Row("write_collective_review", LEADERS, "own_unit", OPEN),
    Row("submit_collective_review", LEADERS, "own_unit", DRAFTED),
    Row("withdraw_collective_review", LEADERS, "own_unit", SENT),
    Row("read_collective_review", OFFICERS, "below", CLOSED),
    Row("raise_point", OFFICERS, "below", OPEN | SENT),
    #
    Row("revoke_access", LEADERS, "own_unit"),
    Row("revoke_access", OFFICERS, "below"),
    Row("invite", LEADERS, "own_unit"),
    Row("invite", OFFICERS, "below"),
    #
    Row("make_request", ANYBODY, "self"),
    Row("handle_request", OFFICERS, "below"),
    #
    Row("change_settings", ADMINS, "below"),
)
_OWED: frozenset[Action] = frozenset({"write_self_review", "submit_self_review", "type_in_self_review", "raise_point"})
_ON_OTHERS: frozenset[Action] = frozenset(
    {"raise_point", "type_in_self_review", "withdraw_typed_in", "note_signature", "revoke_access", "invite"}
)
_FOR_ANOTHER: Mapping[Verb, Action] = {
    "write": "type_in_self_review",
    "submit": "type_in_self_review",
    "withdraw": "withdraw_typed_in",
}


def may(
    actor: Person, action: Action, subject: Person | Unit, *, status: Status = None, below: Below | None = None
) -> bool:
    """Whether the actor may do this now.

    `status` is that of the response in question (None: there is none yet); `below` gives a unit and all under it
    (`facts.units_below`) and is only asked where a role reaches downwards. Exempt and suspended members owe no
    self-review, so they write none and no point is raised with them (294-QĐ/TW §7.2.3); nobody raises one with himself,
    types in for himself, or takes or gives himself the way in. Typing in stops where the member has begun:
    `Response.is_owners`, asked beside this. A code opens all that its person may do, so nobody gives one to somebody
    with a role beyond the own reach.
    """
    if isinstance(subject, Person) and action in _OWED and not subject.is_reviewed:
        return False
    if isinstance(subject, Person) and action in _ON_OTHERS and subject.id == actor.id:
        return False
    return any(
        row.action == action
        and status in row.states
        and _relates(actor, row, subject, below or _alone(actor))
        and _covers(actor, row, subject, below or _alone(actor))
        for row in TABLE
    )


def action_on(verb: Verb, kind: ResponseKind, *, for_another: bool = False) -> Action | None:
    """The action by what is done and to which kind of response; None where nobody may do it.

    `for_another`: a self-review in the hands of somebody who is not its subject.
    """
    if kind == "self_review" and for_another and verb in _FOR_ANOTHER:
        return _FOR_ANOTHER[verb]
    return next((action for action in ACTIONS if action == f"{verb}_{kind}"), None)


def scope(person: Person, below: Below) -> tuple[Unit, ...]:
    """The units whose progress this person sees, by code, each once."""
    rows = [row for row in TABLE if row.action == "see_progress"]
    units = {unit.id: unit for row in rows for unit in _reach(person, row, below)}
    return tuple(sorted(units.values(), key=lambda unit: unit.code))


def _relates(actor: Person, row: Row, subject: Person | Unit, below: Below) -> bool:
    is_self = isinstance(subject, Person) and subject.id == actor.id
    if row.relation == "self":
        return is_self
    if row.relation == "resident":
        place = subject.residence if isinstance(subject, Person) else subject
        return not is_self and _among(place, _reach(actor, row, below))
    return _among(subject.unit if isinstance(subject, Person) else subject, _reach(actor, row, below))


def _covers(actor: Person, row: Row, subject: Person | Unit, below: Below) -> bool:
    """Whether every role of the one who is given a code lies within what the giver has."""
    if row.action != "invite" or not isinstance(subject, Person):
        return True
    reach = _reach(actor, row, below)
    return all(role.name in (*row.roles, *NEIGHBOURS) and _among(role.unit, reach) for role in subject.roles)


def _reach(actor: Person, row: Row, below: Below) -> list[Unit]:
    units = actor.units_as(*row.roles)
    return [under for unit in units for under in below(unit.id)] if row.relation == "below" else list(units)


def _among(unit: Unit | None, units: Iterable[Unit]) -> bool:
    return unit is not None and any(unit.id == one.id for one in units)


def _alone(actor: Person) -> Below:
    """Without the unit tree a role reaches its own unit only."""
    return lambda unit_id: [role.unit for role in actor.roles if role.unit.id == unit_id]
