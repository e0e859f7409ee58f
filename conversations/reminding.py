"""Whom a secretary may remind today, and who is to be met in person because no message reaches them for free."""

from dataclasses import dataclass

from conversations.facts import Facts, PersonProgress
from conversations.oversight import led
from review.people import Person, Unit


@dataclass(frozen=True, slots=True)
class Reminding:
    """`people` get the message now; `reminded` had theirs today; the others no message reaches: they never came in,
    blocked it, or were silent for so long that their channel lets nobody write to them.
    """

    people: tuple[Person, ...]
    reminded: tuple[Person, ...]
    not_joined: tuple[Person, ...]
    unreachable: tuple[Person, ...]
    silent: tuple[Person, ...]

    @property
    def to_meet(self) -> int:
        return len(self.not_joined) + len(self.unreachable) + len(self.silent)


def reminded_cells(facts: Facts, unit_id: int) -> tuple[Unit, ...]:
    """The cell, when its late members may be reminded by this person; with 0 every such cell."""
    return tuple(cell for cell in led(facts) if unit_id in (0, cell.id))


def reminding(facts: Facts, cells: tuple[Unit, ...]) -> Reminding:
    """Everybody of these cells who has not submitted, without the one who asks."""
    rows = late(facts, cells)
    there = [row for row in rows if not is_out_of_reach(row)]
    return Reminding(
        people=tuple(row.person for row in there if not row.reminded_today),
        reminded=tuple(row.person for row in there if row.reminded_today),
        not_joined=tuple(row.person for row in rows if row.progress == "not_joined"),
        unreachable=tuple(row.person for row in rows if row.progress != "not_joined" and row.unreachable),
        silent=tuple(row.person for row in rows if row.progress != "not_joined" and row.window_shut),
    )


def late(facts: Facts, cells: tuple[Unit, ...]) -> list[PersonProgress]:
    """Who has not submitted, the late ones of one cell after the other, without the one who asks."""
    me = facts.me.id if facts.me else 0
    rows = [row for cell in cells for row in facts.people_progress(cell.id)]
    return [row for row in rows if row.progress != "submitted" and row.person.id != me]


def is_out_of_reach(row: PersonProgress) -> bool:
    """Whether no chat of this person may be written to for free."""
    return row.progress == "not_joined" or row.unreachable or row.window_shut
