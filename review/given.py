"""What a form is opened with: last year's promises, points of the upper level, faults of the collective, the people."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from review.people import Person

ItemSource = Literal["writer", "carried", "suggested", "collective"]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a closed question. `ends` closes the whole form (a remark on somebody who has moved away)."""

    id: str
    label: str
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """Something a group asks about once: last year's shortcoming, a suggested point.

    `withdrawn`: taken back after it had been answered. It stays with its answer and nothing is owed to it any more.
    """

    id: str
    text: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """Items carried over from last year, points the upper level suggested, faults of the collective the writer answers
    for; and whom a question of kind "people" may name (`Option.id` = the person's id, `label` = the name).
    """

    carried: tuple[Item, ...] = ()
    suggested: tuple[Item, ...] = ()
    collective: tuple[Item, ...] = ()
    people: tuple[Option, ...] = ()

    def items(self, source: ItemSource) -> tuple[Item, ...]:
        known = {"carried": self.carried, "suggested": self.suggested, "collective": self.collective}
        return known.get(source, ())


NOTHING_GIVEN = Given()


def people_options(people: Sequence[Person]) -> tuple[Option, ...]:
    """Whom a question may name, in this order; of those with one name each is told apart by the year of birth."""
    times = Counter(person.name for person in people)
    return tuple(Option(str(person.id), _label(person, times[person.name] > 1)) for person in people)


def _label(person: Person, is_doubled: bool) -> str:
    if not is_doubled:
        return person.name
    return f"{person.name} ({person.birth_date.year if person.birth_date else person.code})"
