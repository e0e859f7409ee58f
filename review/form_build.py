"""From a form file, the shared questions and the shared criteria to a Form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from review.faults import Fault
from review.form_check import BuiltForm
from review.forms import Condition, Form, Group, Option, Question, Section
from review.levels import LEVEL_LABELS
from review.pack_files import Source, shaped
from review.pack_shapes import CRITERIA, FORM, GROUP, QUESTION, CriteriaRow, FormRow, GroupRow, QuestionRow, SectionRow
from review.toml_lines import KeyPath


@dataclass(slots=True)
class FormReader:
    """Reads one form file. Its own table of a question adds to, or replaces line by line, the shared one."""

    source: Source
    questions: Source
    criteria: Source
    faults: list[Fault]
    used: set[str]
    own: Mapping[str, Any] = field(default_factory=dict)
    origins: dict[str, tuple[Source, KeyPath]] = field(default_factory=dict)

    def read(self) -> BuiltForm | None:
        """None when a piece does not fit its shape; what is wrong then is among `faults`."""
        before = len(self.faults)
        row = shaped(FORM, self.source.data, self.source.fault, self.faults)
        if row is None:
            return None
        self.own = row.questions
        sections = tuple(self._section(nth, section) for nth, section in enumerate(row.sections))
        self._name_unused(row)
        if len(self.faults) > before:
            return None
        form = Form(row.id, row.title, row.kind, sections, template=row.template)
        form = replace(form, version=sha256(repr(form).encode()).hexdigest()[:4])
        return BuiltForm(form, self.source, self.origins, row.unverified)

    def _name_unused(self, row: FormRow) -> None:
        blocks = {name for section in row.sections for name in section.blocks}
        for name in self.own:
            if name not in blocks:
                self.faults.append(self.source.fault(("questions", name), f"không phần nào dùng câu hỏi «{name}»"))

    def _section(self, nth: int, row: SectionRow) -> Section:
        blocks = [block for name in row.blocks for block in self._block(nth, name)]
        criteria = [question for name in row.criteria for question in self._criteria(nth, name)]
        return Section(row.id, row.numeral, row.title, (*blocks, *criteria), row.empty, row.asked_first)

    def _block(self, nth: int, name: str) -> Iterator[Question | Group]:
        self.used.add(name)
        shared, own = self.questions.data.get(name, {}), self.own.get(name, {})
        if not isinstance(shared, dict) or not (shared or own):
            self.faults.append(self.source.fault(("sections", nth, "blocks"), f"chưa có bảng câu hỏi tên «{name}»"))
            return

        def fault_at(path: KeyPath, reason: str) -> Fault:
            if not shared or (path and path[0] in own):
                return self.source.fault(("questions", name, *path), reason)
            return self.questions.fault((name, *path), reason)

        self.origins[name] = (self.source, ("questions", name)) if own else (self.questions, (name,))
        data = {**shared, **own}
        if "questions" in data:
            if group := shaped(GROUP, data, fault_at, self.faults):
                yield _group(name, group)
        elif question := shaped(QUESTION, data, fault_at, self.faults):
            yield _question(name, question)

    def _criteria(self, nth: int, name: str) -> Iterator[Question]:
        self.used.add(name)
        if name not in self.criteria.data:
            reason = f"chưa có bảng tiêu chí tên «{name}»"
            self.faults.append(self.source.fault(("sections", nth, "criteria"), reason))
            return

        def fault_at(path: KeyPath, reason: str) -> Fault:
            return self.criteria.fault((name, *path), reason)

        if row := shaped(CRITERIA, self.criteria.data[name], fault_at, self.faults):
            for item, question in enumerate(_criteria(row)):
                self.origins[question.id] = (self.criteria, (name, "items", item))
                yield question


def _question(id_: str, row: QuestionRow) -> Question:
    return Question(
        id_,
        row.kind,
        row.title,
        row.ask,
        example=row.example,
        help=row.help,
        options=tuple(Option(option.id, option.label, option.ends) for option in row.options) or _levels(row),
        required=row.required,
        when=Condition(row.when.key, row.when.any_of) if row.when else None,
        hints=row.hints,
        unverified=row.unverified,
        short=row.short,
        level_group=row.level_group,
        only_with=row.only_with,
    )


def _levels(row: QuestionRow) -> tuple[Option, ...]:
    return tuple(Option(level, label) for level, label in LEVEL_LABELS.items()) if row.level_group else ()


def _group(id_: str, row: GroupRow) -> Group:
    return Group(
        id_,
        tuple(_question(question.id, question) for question in row.questions),
        row.source,
        row.item_title,
        row.ask_more,
        row.least,
        row.most,
        row.ask_first,
    )


def _criteria(row: CriteriaRow) -> Iterator[Question]:
    for item in row.items:
        yield Question(
            item.id,
            "score",
            item.title,
            item.ask,
            example=item.example,
            help=item.help,
            max_points=item.max_points,
            points_group=row.points_group,
            unverified=row.unverified,
        )
