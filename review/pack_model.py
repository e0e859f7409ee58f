"""What a rule pack holds besides its forms. pydantic checks these shapes as they come out of the TOML files."""

from collections.abc import Mapping
from dataclasses import dataclass as plain_dataclass
from dataclasses import field
from typing import Annotated, Literal, get_args

from pydantic import Field
from pydantic.dataclasses import dataclass

from review.calendar import DateName
from review.forms import Form, Group, Question
from review.levels import Level
from review.pack_settings import (
    STRICT,
    Document,
    LevelGroup,
    MeetingRule,
    Name,
    Percent,
    RemedyRule,
    TypicalDate,
    Words,
)
from review.people import FormName, Person
from review.responses import Grade, ResponseKind

FactName = Literal[
    "tasks_done",
    "tasks_on_time",
    "tasks_above",
    "tasks_late",
    "shortcomings_fixed",
    "disciplined",
    "degradation_concluded",
    "unit_tasks_done",
    "unit_tasks_above",
    "unit_grade",
    "official_grade",
]
FactKind = Literal["percent", "yes_no", "grade"]
FACT_KINDS: Mapping[FactName, FactKind] = {
    **dict.fromkeys(get_args(FactName), "percent"),
    "disciplined": "yes_no",
    "degradation_concluded": "yes_no",
    "unit_grade": "grade",
    "official_grade": "grade",
}


@dataclass(frozen=True, slots=True, config=STRICT)
class GradeCondition:
    """One line of a grade's conditions: a fact with a bound (percent), a yes/no, or the grades that satisfy it.

    `forms` empty = every form. `if_known` = asked only of those it concerns (an official's grade): silence is no gap.
    """

    text: Words
    fact: FactName
    source: Words
    at_least: Percent | None = None
    at_most: Percent | None = None
    below: Percent | None = None
    yes: bool | None = None
    grades: tuple[Grade, ...] = ()
    forms: tuple[str, ...] = ()
    if_known: bool = False
    unverified: bool = False

    @property
    def fact_kind(self) -> FactKind:
        """What kind of fact the bound is for."""
        if self.grades:
            return "grade"
        return "percent" if self.yes is None else "yes_no"


@dataclass(frozen=True, slots=True, config=STRICT)
class GradeRule:
    """One band of the grading: from `min_points` (of 100) upwards, or with at least these `levels` in every criterion
    of a group (132-QĐ/TW, 124-QĐ/TW); under further conditions.
    """

    grade: Grade
    label: Name
    short: Name
    min_points: Percent = 0
    source: str = ""
    levels: dict[str, Level] = field(default_factory=dict)
    rules: tuple[GradeCondition, ...] = ()
    unverified: bool = False

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions in words."""
        return tuple(rule.text for rule in self.rules)


@dataclass(frozen=True, slots=True, config=STRICT)
class PointsGroup:
    """A part of the 100 points (366-QĐ/TW: 30 common, 70 for tasks)."""

    label: Words
    max_points: Annotated[int, Field(gt=0)]
    source: Words
    unverified: bool = False


CeilingValue = Literal["share", "outstanding_share", "base", "rounding", "within", "counted_apart", "shares"]


@dataclass(frozen=True, slots=True, config=STRICT)
class CeilingRule:
    """How many may be graded excellent. `base` = who is counted below the line: only "tốt", or "tốt" and above.

    Counted `within` each peer group, or the base organisation as a whole. `outstanding_share` is for bodies with
    outstanding results, None where the regulation has no such case. `shares` gives a peer group a share of its own;
    groups `counted_apart` (heads of a body) fall under a separate rule and are left out of the ratio.
    """

    share: Percent
    base: Literal["good", "good_or_better"]
    rounding: Literal["floor", "half_up"]
    source: Words
    outstanding_share: Percent | None = None
    within: Literal["peer_group", "base_organisation"] = "peer_group"
    counted_apart: tuple[str, ...] = ()
    shares: dict[str, Percent] = field(default_factory=dict)
    unverified: tuple[CeilingValue, ...] = ()


@dataclass(frozen=True, slots=True, config=STRICT)
class Exemption:
    """Somebody who is not reviewed, or reviewed but not graded, as `text` says.

    It holds for a `status` of the roster, or for members admitted less than `under_months` months ago.
    """

    id: Words
    text: Words
    reviewed: bool
    graded: bool
    source: Words
    status: Literal["exempt", "suspended"] | None = None
    under_months: Annotated[int, Field(ge=0, le=24)] = 0
    unverified: bool = False


@dataclass(frozen=True, slots=True, config=STRICT)
class Sign:
    """A list of phrases that tell something about an answer; `apart_from` are longer ones that do not count.

    `more` is for a pack that builds on another and only adds words of its own.
    """

    phrases: tuple[Words, ...]
    apart_from: tuple[Words, ...] = ()
    more: tuple[Words, ...] = ()

    @property
    def wanted(self) -> tuple[str, ...]:
        return self.phrases + self.more


@dataclass(frozen=True, slots=True, config=STRICT)
class HintCase:
    """When an answer gets a hint, readable by the office that edits it; `why` says it in words.

    On one of `questions` (none listed = all that ask for the hint, but for `not_questions`), when the answer holds a
    sign of `any_of` (none listed = any answer), none of `none_of`, and, where `specific_percent` is set, no sentence is
    specific: none has a figure, or `specific_words` words outside the general lists that are `specific_percent` of what
    it says. `set_aside` are signs that do not make it specific; `part_with` = only the clauses with it are judged.
    """

    why: Words
    questions: tuple[Words, ...] = ()
    not_questions: tuple[Words, ...] = ()
    any_of: tuple[Words, ...] = ()
    none_of: tuple[Words, ...] = ()
    set_aside: tuple[Words, ...] = ()
    part_with: str = ""
    specific_words: Annotated[int, Field(ge=0)] = 0
    specific_percent: Percent = 0

    @property
    def signs(self) -> tuple[str, ...]:
        """Every sign it names."""
        return (*self.any_of, *self.none_of, *self.set_aside, *filter(None, (self.part_with,)))


@dataclass(frozen=True, slots=True, config=STRICT)
class HintRule:
    """A hint and its cases: it is given when one of them fits.

    The percents and `least_words` are for "copied" and "repeated_last_year" (see `review.likeness.is_copy`).
    """

    message: Words
    cases: tuple[HintCase, ...] = ()
    alike_percent: Percent = 0
    taken_percent: Percent = 100
    least_words: Annotated[int, Field(ge=1)] = 6


@plain_dataclass(frozen=True, slots=True)
class Unverified:
    """A value of the pack that no document read so far confirms: the office must."""

    where: str
    what: str


@plain_dataclass(frozen=True, slots=True)
class Pack:
    """`forms` by name ("2A", "01", "residence_remark"); `peer_groups` code -> name in words, `group_forms` code -> who
    may belong to it, by the form the roster names.

    `form_for`: which form serves whom the roster calls 2A, 2B or 2C; what it does not name has the form of that name.
    Criteria have `points` (366-QĐ/TW) or `levels` (132-QĐ/TW, 124-QĐ/TW), never both.
    """

    name: str
    title: str
    version: str
    retention_years: int
    forms: Mapping[str, Form]
    grades: Mapping[Grade, GradeRule]
    peer_groups: Mapping[str, str] = field(default_factory=dict)
    unverified: tuple[Unverified, ...] = ()
    documents: tuple[Document, ...] = ()
    points: Mapping[str, PointsGroup] = field(default_factory=dict)
    knock_outs: tuple[GradeCondition, ...] = ()
    ceiling: CeilingRule | None = None
    exemptions: tuple[Exemption, ...] = ()
    calendar: Mapping[DateName, TypicalDate] = field(default_factory=dict)
    hints: Mapping[str, HintRule] = field(default_factory=dict)
    signs: Mapping[str, Sign] = field(default_factory=dict)
    form_for: Mapping[FormName, str] = field(default_factory=dict)
    levels: Mapping[str, LevelGroup] = field(default_factory=dict)
    group_forms: Mapping[str, tuple[FormName, ...]] = field(default_factory=dict)
    meeting: MeetingRule | None = None
    remedies: RemedyRule | None = None

    def own_form(self, person: Person) -> Form | None:
        """The self-review this person fills; None when the roster names no form, or one the pack does not have."""
        return self.forms.get(self.form_for.get(person.form, person.form)) if person.form else None

    def form_of(self, kind: ResponseKind) -> Form | None:
        """The first form of a kind: that of the collective review (Mẫu 01). None where the pack has none."""
        return next((form for form in self.forms.values() if form.kind == kind), None)

    def question(self, dotted: str) -> Question | None:
        """By its id, or "<group>.<field>" inside a repeated group; the first form that has it answers,
        those that members fill in about themselves before the others.
        """
        head, _, tail = dotted.partition(".")
        for form in sorted(self.forms.values(), key=lambda form: form.kind != "self_review"):
            for block in (block for section in form.sections for block in section.blocks if block.id == head):
                if isinstance(block, Question):
                    return block if not tail else None
                if found := _in_group(block, tail):
                    return found
        return None


def _in_group(group: Group, field_id: str) -> Question | None:
    return next((question for question in group.questions if question.id == field_id), None)
