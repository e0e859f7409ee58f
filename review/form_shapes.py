"""The shapes of a form: sections, questions, groups, and a question in its place."""

from dataclasses import dataclass
from typing import Literal

from review.given import Item, ItemSource, Option
from review.responses import Answers, Value

Kind = Literal["text", "choice", "many", "people", "number", "date", "score"]


def is_blank(value: Value) -> bool:
    return value is None or value == "" or value == []


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the answer under `key` is one of `any_of`."""

    key: str
    any_of: tuple[str, ...]

    def holds(self, answers: Answers) -> bool:
        """ "" in `any_of` stands for no answer; of a question with several answers one is enough."""
        value = answers.get(self.key)
        if is_blank(value):
            return "" in self.any_of
        return any(one in self.any_of for one in (value if isinstance(value, list) else (value,)))


@dataclass(frozen=True, slots=True)
class Question:
    """`title` is the official heading, `short` what a long one is called on a phone; `ask` the same in plain words;
    `max_points` belongs to kind "score"; `level_group` makes a choice the level of one criterion. `only_with`: it
    stands only when there are given items of this source (a level of mending needs something to mend).
    """

    id: str
    kind: Kind
    title: str
    ask: str
    example: str = ""
    help: str = ""
    options: tuple[Option, ...] = ()
    required: bool = True
    max_points: int = 0
    points_group: str = ""
    when: Condition | None = None
    hints: tuple[str, ...] = ()
    unverified: bool = False
    short: str = ""
    level_group: str = ""
    only_with: ItemSource | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Questions asked once per item: the writer's own items (at least `least`, at most `most`) or given ones.

    With `least` 0 the group opens with `ask_first` under the key "<group>.0.more".
    """

    id: str
    questions: tuple[Question, ...]
    source: ItemSource = "writer"
    item_title: str = ""
    ask_more: str = ""
    least: int = 1
    most: int = 5
    ask_first: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the official form. `empty` is what the paper says when nothing was asked; `asked_first`: before the
    other parts, wherever the paper prints it.
    """

    id: str
    numeral: str
    title: str
    blocks: tuple[Question | Group, ...]
    empty: str = ""
    asked_first: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a rule pack. `version` is a short digest of its text, named by every button that answers it."""

    id: str
    title: str
    kind: str
    sections: tuple[Section, ...]
    version: str = ""
    template: str = ""

    @property
    def asking_order(self) -> tuple[Section, ...]:
        """The sections as they are asked: promise first."""
        return tuple(sorted(self.sections, key=lambda section: not section.asked_first))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in its place. `number` of `total` counts main questions; follow-ups share their number."""

    key: str
    question: Question
    section: Section
    number: int = 0
    total: int = 0
    item: Item | None = None
    group: Group | None = None
    nth: int = 0
    follow_up: bool = False
