"""What a secretary, deputy or officer looks after: asked of review.permissions every time something is shown."""

from conversations.facts import Facts
from review.people import Person, RoleName, Unit
from review.permissions import action_on, may, scope
from review.responses import Response

LEADERS: tuple[RoleName, ...] = ("secretary", "deputy")


class Tree:
    """All units this person looks after, as they stand below each other."""

    def __init__(self, facts: Facts) -> None:
        self._units = {unit.id: unit for unit in (scope(facts.me, facts.units_below) if facts.me else ())}
        self._below: dict[int | None, list[Unit]] = {}
        for unit in self._units.values():
            self._below.setdefault(unit.parent_id, []).append(unit)

    @property
    def roots(self) -> tuple[Unit, ...]:
        """Where the view begins: the units under none of the others."""
        return tuple(unit for unit in self._units.values() if unit.parent_id not in self._units)

    def unit(self, unit_id: int | None) -> Unit | None:
        return self._units.get(unit_id or 0)

    def below(self, unit_id: int) -> tuple[Unit, ...]:
        """The units right below, by code."""
        return tuple(self._below.get(unit_id, ()))

    def cells(self, unit: Unit) -> tuple[Unit, ...]:
        """The cells below, or the cell itself."""
        own = (unit,) if unit.kind == "cell" else ()
        return (*own, *(cell for child in self.below(unit.id) for cell in self.cells(child)))


def overseen(facts: Facts) -> tuple[Unit, ...]:
    """The cells whose progress this person sees, each once, by code."""
    units = scope(facts.me, facts.units_below) if facts.me else ()
    return tuple(unit for unit in units if unit.kind == "cell")


def overseen_cell(facts: Facts, unit_id: int) -> Unit | None:
    return next((unit for unit in overseen(facts) if unit.id == unit_id), None)


def led(facts: Facts) -> tuple[Unit, ...]:
    """The cells whose late members this person may remind: those led as secretary or deputy, not merely seen."""
    me, cells = facts.me, overseen(facts)
    if me is None or not cells:
        return ()
    roots = [unit for unit in me.units_as(*LEADERS) if may(me, "remind", unit, below=facts.units_below)]
    below = {unit.id for root in roots for unit in facts.units_below(root.id)}
    return tuple(cell for cell in cells if cell.id in below)


def writes_for(facts: Facts, cell: Unit) -> bool:
    """Whether this person may write the cell's collective review, or has written it."""
    me = facts.me
    return me is not None and cell.kind == "cell" and may(me, "write_collective_review", cell)


def reviewing(facts: Facts) -> tuple[Unit, ...]:
    """The cells whose collective review is this person's work: the secretary's, or a deputy's where there is none."""
    me = facts.me
    cells = [cell for cell in (me.units_as(*LEADERS) if me else ()) if writes_for(facts, cell)]
    return tuple(cell for cell in dict.fromkeys(cells) if me in _first(facts, cell))


def _first(facts: Facts, cell: Unit) -> tuple[Person, ...]:
    leaders = facts.secretaries_of(cell.id)
    secretaries = tuple(leader for leader in leaders if cell in leader.units_as("secretary"))
    return secretaries or leaders


def readable_cell(facts: Facts, unit_id: int) -> Unit | None:
    """A cell whose members' closed self-reviews may be read, not only counted."""
    cell = overseen_cell(facts, unit_id)
    if cell is None or facts.me is None:
        return None
    may_read = may(facts.me, "read_self_review", cell, status="submitted", below=facts.units_below)
    return cell if may_read else None


def decided_committee(facts: Facts, unit_id: int) -> Unit | None:
    """A committee whose decisions this person records: its own papers go out in its name."""
    unit = facts.unit(unit_id)
    if unit is None or unit.kind != "committee" or facts.me is None:
        return None
    return unit if may(facts.me, "decide_grade", unit, below=facts.units_below) else None


def readable(facts: Facts, response_id: int) -> Response | None:
    """Another person's response that may be read: closed, and about a member of a cell looked after."""
    response = facts.response_by_id(response_id)
    is_about_person = response is not None and response.kind != "collective_review"
    action = action_on("read", response.kind) if response and is_about_person else None
    subject = facts.person(response.subject_id) if response else None
    if response is None or action is None or subject is None or facts.me is None or response.is_open:
        return None
    if subject.unit is None or overseen_cell(facts, subject.unit.id) is None:
        return None
    return response if may(facts.me, action, subject, status=response.status, below=facts.units_below) else None
