"""The shape of a pack's TOML files, as an office edits them. docs: one clean shape per form."""

from typing import Any

from pydantic import BaseModel, TypeAdapter

from review.calendar import DateName
from review.forms import ItemSource, Kind
from review.pack_model import (
    CeilingRule,
    Exemption,
    GradeCondition,
    GradeRule,
    HintRule,
    PointsGroup,
    Sign,
)
from review.pack_settings import (
    STRICT,
    Document,
    LevelGroup,
    MeetingRule,
    PeerGroup,
    RemedyRule,
    TypicalDate,
    Words,
)
from review.people import FormName
from review.responses import ResponseKind


class Row(BaseModel):
    model_config = STRICT


class OptionRow(Row):
    id: Words
    label: Words
    ends: bool = False


class ConditionRow(Row):
    """`any_of` may hold "" : the question above was left unanswered."""

    key: Words
    any_of: tuple[str, ...]


class QuestionRow(Row):
    """One question. The table it stands in gives its id; inside a group it names its own.

    A `level_group` gives a choice without options the four levels.
    """

    kind: Kind
    title: Words
    ask: Words
    id: str = ""
    short: str = ""
    example: str = ""
    help: str = ""
    options: tuple[OptionRow, ...] = ()
    required: bool = True
    when: ConditionRow | None = None
    hints: tuple[Words, ...] = ()
    unverified: bool = False
    level_group: str = ""
    only_with: ItemSource | None = None


class GroupRow(Row):
    """Questions asked once per item."""

    questions: tuple[QuestionRow, ...]
    item_title: Words
    source: ItemSource = "writer"
    ask_first: str = ""
    ask_more: str = ""
    least: int = 1
    most: int = 5


class CriterionRow(Row):
    id: Words
    title: Words
    ask: Words
    max_points: int
    help: str = ""
    example: str = ""


class CriteriaRow(Row):
    """A list of criteria that one or several forms use; its points go to `points_group`."""

    points_group: Words
    source: Words
    items: tuple[CriterionRow, ...]
    unverified: bool = False


class SectionRow(Row):
    """`blocks` are questions or groups by id, then come the lists of `criteria`; `asked_first`: before other parts."""

    id: Words
    numeral: str
    title: Words
    blocks: tuple[Words, ...] = ()
    criteria: tuple[Words, ...] = ()
    empty: str = ""
    asked_first: bool = False


class FormRow(Row):
    """A form file. Its own `questions` are checked one by one, together with the shared ones they change."""

    id: Words
    title: Words
    kind: ResponseKind
    source: Words
    sections: tuple[SectionRow, ...]
    questions: dict[str, dict[str, Any]] = {}
    template: str = ""
    unverified: bool = False


class PackRow(Row):
    """pack.toml, put together with the pack it extends."""

    title: Words
    extends: str = ""
    without: tuple[Words, ...] = ()
    retention_years: int
    retention_source: Words
    documents: tuple[Document, ...]
    form_for: dict[FormName, Words] = {}
    points: dict[str, PointsGroup] = {}
    levels: dict[str, LevelGroup] = {}
    grades: tuple[GradeRule, ...]
    knock_outs: tuple[GradeCondition, ...]
    ceiling: CeilingRule
    exemptions: tuple[Exemption, ...]
    peer_groups: dict[str, PeerGroup]
    calendar: dict[DateName, TypicalDate]
    meeting: MeetingRule
    remedies: RemedyRule
    retention_unverified: bool = False


PACK = TypeAdapter(PackRow)
FORM = TypeAdapter(FormRow)
QUESTION = TypeAdapter(QuestionRow)
GROUP = TypeAdapter(GroupRow)
CRITERIA = TypeAdapter(CriteriaRow)
HINT = TypeAdapter(HintRule)
SIGN = TypeAdapter(Sign)
