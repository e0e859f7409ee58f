"""Questions nobody could ever reach or answer, and texts that would not fit a screen or a button."""

from collections.abc import Iterator, Mapping

from review.forms import Form, Group, Question
from review.pack_settings import LevelGroup

Said = tuple[str, str]
"""The block a fault is about, by id, and the reason."""

MAX_HEADING_CHARS = 300
MAX_SHORT_CHARS = 60
MAX_ACTION_BYTES = 52
"""What a button may carry (Telegram's 64 bytes less what the door adds)."""
_AROUND_KEY = len("a.123456..+")
_ITEM_DIGITS = 7
"""Items and persons are named by their number in the database."""


def lint(form: Form, levels: Mapping[str, LevelGroup] | None) -> Iterator[Said]:
    """What concerns single blocks of a form. `levels` None = not known yet."""
    blocks = [block for section in form.sections for block in section.blocks]
    yield from _unreachable(blocks)
    for block in blocks:
        questions = block.questions if isinstance(block, Group) else (block,)
        if isinstance(block, Group):
            yield from ((block.id, reason) for reason in _group_texts(block))
        for question in questions:
            faults = (*_texts(question), *_level(question, block, levels), *_people(question, form))
            yield from ((block.id, f"câu «{question.id}»: {reason}") for reason in faults)
            if reason := _too_long_for_a_button(block, question):
                yield block.id, reason


def levels_faults(form: Form, levels: Mapping[str, LevelGroup]) -> Iterator[str]:
    """A form that is graded needs a criterion of every group that the grades ask for."""
    found = {block.level_group for section in form.sections for block in section.blocks if isinstance(block, Question)}
    for group in levels.keys() - found:
        yield f"chưa có câu nào tự đánh giá cấp độ của nhóm «{group}» (level_group)"


def _unreachable(blocks: list[Question | Group]) -> Iterator[Said]:
    """A condition that can never hold: its answers end the form, or the question above is itself never asked."""
    reachable: dict[str, Question] = {}
    over_after = ""
    for block in blocks:
        if over_after:
            yield block.id, f"«{block.id}» không bao giờ được hỏi: mọi câu trả lời của «{over_after}» đều kết thúc mẫu"
        elif isinstance(block, Question):
            if _can_stand(block, reachable):
                reachable[block.id] = block
            else:
                yield block.id, f"câu «{block.id}» không bao giờ được hỏi: điều kiện của nó không thể xảy ra"
            if _always_ends(block):
                over_after = block.id


def _can_stand(question: Question, reachable: Mapping[str, Question]) -> bool:
    if question.only_with == "writer":
        return False
    if question.when is None:
        return True
    above = reachable.get(question.when.key)
    if above is None:
        return "" in question.when.any_of
    going_on = {option.id for option in above.options if not option.ends}
    may_be_blank = not above.required or above.when is not None or above.only_with is not None
    return any(value in going_on or (value == "" and may_be_blank) for value in question.when.any_of)


def _always_ends(question: Question) -> bool:
    is_asked = question.required and question.when is None and question.only_with is None
    return is_asked and bool(question.options) and all(option.ends for option in question.options)


def _texts(question: Question) -> Iterator[str]:
    if len(question.short) > MAX_SHORT_CHARS:
        yield f"short dài quá {MAX_SHORT_CHARS} chữ cái"


def _group_texts(group: Group) -> Iterator[str]:
    if len(group.item_title) > MAX_SHORT_CHARS:
        yield f"nhóm «{group.id}»: item_title dài quá {MAX_SHORT_CHARS} chữ cái"
    for name, text in (("ask_first", group.ask_first), ("ask_more", group.ask_more)):
        if len(text) > MAX_HEADING_CHARS:
            yield f"nhóm «{group.id}»: {name} dài quá {MAX_HEADING_CHARS} chữ cái"


def _level(question: Question, block: Question | Group, levels: Mapping[str, LevelGroup] | None) -> Iterator[str]:
    if question.level_group and levels is not None and question.level_group not in levels:
        yield f"không có nhóm tiêu chí «{question.level_group}» trong [levels] của pack.toml"
    if question.level_group and question.kind != "choice":
        yield "level_group chỉ dùng cho loại «choice»"
    if isinstance(block, Group) and (question.level_group or question.only_with):
        yield "trong nhóm lặp không dùng được level_group, only_with"


def _people(question: Question, form: Form) -> Iterator[str]:
    if question.kind == "people" and form.kind != "collective_review":
        yield "loại «people» chỉ dùng trong mẫu của tập thể (collective_review)"


def _too_long_for_a_button(block: Question | Group, question: Question) -> str:
    key = len(question.id)
    if isinstance(block, Group):
        key += len(f"{block.id}..") + (1 if block.source == "writer" else _ITEM_DIGITS)
    longest = max((len(option.id) for option in question.options), default=_ITEM_DIGITS)
    over = _AROUND_KEY + key + longest - MAX_ACTION_BYTES
    return f"câu «{question.id}»: các mã ghép lại dài quá {over} chữ cái so với chỗ trên nút bấm" if over > 0 else ""
