"""What the shape of a form file cannot tell: ids, options, conditions, lengths and points that must fit together."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from review.faults import Fault
from review.form_lint import Said, levels_faults, lint
from review.forms import Form, Group, Question
from review.pack_files import Source
from review.pack_model import PointsGroup
from review.pack_shapes import PackRow
from review.toml_lines import KeyPath

MAX_QUESTION_CHARS = 900
MAX_TITLE_CHARS = 300
MAX_LABEL_CHARS = 60
MAX_ID_CHARS = 20
MAX_OPTIONS = 9
MAX_ITEMS = 9
_ID = re.compile(r"[a-z0-9_]+")
_RESERVED = {"more", "reason", "scores"}


@dataclass(frozen=True, slots=True)
class BuiltForm:
    """A form, its file, where each of its blocks is written, and whether its layout is confirmed."""

    form: Form
    source: Source
    origins: Mapping[str, tuple[Source, KeyPath]]
    unverified: bool


def form_faults(built: BuiltForm, hint_codes: Iterable[str], rules: PackRow | None) -> Iterator[Fault]:
    """Everything about one form that does not depend on another. `rules` None = pack.toml does not fit yet."""
    codes = set(hint_codes)
    for nth, reason in _section_faults(built.form):
        yield built.source.fault(("sections", nth), reason)
    for block_id, reason in (
        *_block_faults(built.form, codes),
        *_condition_faults(built.form),
        *lint(built.form, rules.levels if rules else None),
    ):
        source, path = built.origins[block_id]
        yield source.fault(path, reason)
    if rules and built.form.kind != "residence_remark":
        graded = (*_points_faults(built.form, rules.points), *levels_faults(built.form, rules.levels))
        yield from (built.source.fault(("sections",), reason) for reason in graded)


def questions_of(block: Question | Group) -> tuple[Question, ...]:
    return block.questions if isinstance(block, Group) else (block,)


def _section_faults(form: Form) -> Iterator[tuple[int, str]]:
    sections, blocks = Counter[str](), Counter[str]()
    for nth, section in enumerate(form.sections):
        sections[section.id] += 1
        if sections[section.id] == 2:
            yield nth, f"mã phần «{section.id}» bị trùng"
        yield from ((nth, reason) for reason in _id_faults(section.id))
        for block in section.blocks:
            blocks[block.id] += 1
            if blocks[block.id] == 2:
                yield nth, f"mã «{block.id}» bị trùng trong cùng một mẫu"


def _block_faults(form: Form, hint_codes: set[str]) -> Iterator[Said]:
    for block in (block for section in form.sections for block in section.blocks):
        yield from ((block.id, reason) for reason in _id_faults(block.id))
        if isinstance(block, Group):
            yield from ((block.id, reason) for reason in _group_faults(block))
        for question in questions_of(block):
            yield from ((block.id, reason) for reason in _question_faults(question, hint_codes))


def _group_faults(group: Group) -> Iterator[str]:
    name = f"nhóm «{group.id}»"
    if not group.questions:
        yield f"{name}: chưa có câu hỏi nào"
    for id_, times in Counter(question.id for question in group.questions).items():
        yield from _id_faults(id_)
        if times > 1:
            yield f"mã «{group.id}.{id_}» bị trùng"
    if group.source != "writer":
        return
    if not 0 <= group.least <= group.most or not 1 <= group.most <= MAX_ITEMS:
        yield f"{name}: cần 0 ≤ least ≤ most ≤ {MAX_ITEMS} và most ≥ 1"
    if group.least == 0 and not group.ask_first:
        yield f"{name}: least = 0 nên cần câu hỏi ask_first"
    if group.most > max(group.least, 1) and not group.ask_more:
        yield f"{name}: cần câu hỏi ask_more"


def _question_faults(question: Question, hint_codes: set[str]) -> Iterator[str]:
    name = f"câu «{question.id}»"
    length = len(question.ask) + len(question.example) + len(question.help)
    if length > MAX_QUESTION_CHARS:
        yield f"{name}: ask, example và help dài {length} chữ cái, tối đa {MAX_QUESTION_CHARS} để vừa một màn hình"
    if len(question.title) > MAX_TITLE_CHARS:
        yield f"{name}: title dài quá {MAX_TITLE_CHARS} chữ cái"
    if question.kind == "score" and question.max_points <= 0:
        yield f"{name}: max_points phải lớn hơn 0"
    yield from (
        f"{name}: không có gợi ý «{code}» trong hints.toml" for code in question.hints if code not in hint_codes
    )
    yield from (f"{name}: {reason}" for reason in _option_faults(question))


def _option_faults(question: Question) -> Iterator[str]:
    if question.kind not in ("choice", "many"):
        if question.options:
            yield f"loại «{question.kind}» không có options"
        return
    if not 2 <= len(question.options) <= MAX_OPTIONS:
        yield f"cần từ 2 đến {MAX_OPTIONS} lựa chọn trong options"
    ids, labels = [option.id for option in question.options], [option.label for option in question.options]
    for value, times in (*Counter(ids).items(), *Counter(labels).items()):
        if times > 1:
            yield f"lựa chọn «{value}» bị trùng"
    for option in question.options:
        yield from _id_faults(option.id)
        if len(option.label) > MAX_LABEL_CHARS:
            yield f"lựa chọn «{option.id}»: label dài quá {MAX_LABEL_CHARS} chữ cái"


def _id_faults(id_: str) -> Iterator[str]:
    """Ids travel in buttons of 64 bytes and in keys whose parts are set apart by dots."""
    if not _ID.fullmatch(id_):
        yield f"mã «{id_}» chỉ được dùng chữ thường không dấu, số và dấu gạch dưới"
    if len(id_) > MAX_ID_CHARS:
        yield f"mã «{id_}» dài quá {MAX_ID_CHARS} chữ cái"
    if id_ in _RESERVED:
        yield f"mã «{id_}» đã được chương trình dùng, hãy đặt mã khác"


def _condition_faults(form: Form) -> Iterator[Said]:
    earlier: dict[str, Question] = {}
    for block in (block for section in form.asking_order for block in section.blocks):
        if isinstance(block, Question):
            yield from ((block.id, reason) for reason in _when_faults(block, earlier))
            earlier[block.id] = block
        elif any(question.when for question in block.questions):
            yield block.id, f"nhóm «{block.id}»: câu hỏi trong nhóm lặp không dùng được when"


def _when_faults(question: Question, earlier: Mapping[str, Question]) -> Iterator[str]:
    if question.when is None:
        return
    key, any_of = question.when.key, question.when.any_of
    if key not in earlier:
        yield f"câu «{question.id}»: when.key «{key}» không phải một câu hỏi đứng trước"
        return
    if not any_of:
        yield f"câu «{question.id}»: when.any_of đang trống"
    allowed = {"", *(option.id for option in earlier[key].options)}
    for value in any_of:
        if value not in allowed:
            yield f"câu «{question.id}»: when.any_of «{value}» không phải lựa chọn của câu «{key}»"


def _points_faults(form: Form, points: Mapping[str, PointsGroup]) -> Iterator[str]:
    found = Counter[str]()
    for question in (block for section in form.sections for block in section.blocks if isinstance(block, Question)):
        found[question.points_group] += question.max_points
    for code, part in points.items():
        if found[code] != part.max_points:
            yield f"điểm của nhóm «{code}» cộng lại là {found[code]}, phải bằng {part.max_points}"
    for code in found.keys() - points.keys() - {""}:
        yield f"nhóm điểm «{code}» không có trong pack.toml"
