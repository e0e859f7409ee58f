"""Who a secretary may remind today, and who is better visited."""

from dataclasses import dataclass

from conversations.facts import Facts
from review.people import Person, Unit


@dataclass(frozen=True, slots=True)
class Reminding:
    """`people` get the message now; `reminded` had theirs today; the others no message reaches."""

    people: tuple[Person, ...]
    reminded: tuple[Person, ...]
    not_joined: tuple[Person, ...]
    unreachable: tuple[Person, ...]


def reminding(facts: Facts, cells: tuple[Unit, ...]) -> Reminding:
    """Everybody of these cells who has not submitted, without the one who asks."""
    me = facts.me.id if facts.me else 0
    rows = [row for cell in cells for row in facts.people_progress(cell.id)]
    late = [row for row in rows if row.progress != "submitted" and row.person.id != me]
    joined = [row for row in late if row.progress != "not_joined"]
    there = [row for row in joined if not row.unreachable]
    return Reminding(
        people=tuple(row.person for row in there if not row.reminded_today),
        reminded=tuple(row.person for row in there if row.reminded_today),
        not_joined=tuple(row.person for row in late if row.progress == "not_joined"),
        unreachable=tuple(row.person for row in joined if row.unreachable),
    )
