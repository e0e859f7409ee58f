"""A whole form at a glance and at length: sections with what is done, the full text in pages."""

from dataclasses import dataclass

from conversations.form_answers import number_text, value_text
from conversations.form_draft import Draft
from conversations.form_position import Walk, item_name
from conversations.paging import leaves
from conversations.reading import paragraphs
from review.forms import Group, Section, assemble

NOTHING_YET = "Bản này chưa có chữ nào."


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it stands now: its questions, and how many of them are still owed."""

    section: Section
    asked: Walk
    missing: int

    @property
    def name(self) -> str:
        return f"Phần {self.section.numeral}" if self.section.numeral else self.section.title

    @property
    def title(self) -> str:
        return f"{self.name}: {self.section.title}" if self.section.numeral else self.name

    @property
    def is_points(self) -> bool:
        """Only criteria: a summary then shows their sum."""
        return any(asked.question.kind == "score" for asked in self.asked)

    @property
    def mark(self) -> str:
        return f"⏳ còn {self.missing} câu" if self.missing else "✅"


def parts_of(draft: Draft) -> tuple[Part, ...]:
    """Every section in order, also those in which nothing is asked."""
    walked, owed = draft.walked, {asked.key for asked in draft.missing}
    parts = []
    for section in draft.form.sections:
        mine = tuple(asked for asked in walked if asked.section == section)
        parts.append(Part(section, mine, sum(asked.key in owed for asked in mine)))
    return tuple(parts)


def summary(draft: Draft) -> str:
    """One line a section ("✅ Phần II: 2 hạn chế"), then, apart, "Điểm: **88/100**" and "Tự nhận: **…**"."""
    done = assemble(draft.form, draft.answers, draft.given)
    said = [_part_line(part, done.answers) for part in parts_of(draft) if part.missing or not part.is_points]
    result = []
    points = [asked.question.max_points for asked in draft.walked if asked.question.kind == "score"]
    if points:
        result.append(f"Điểm: **{number_text(sum(done.scores.values()))}/{sum(points)}**")
    grade = draft.asked("self_grade")
    if grade and done.self_grade:
        result.append(f"Tự nhận: **{value_text(grade.question, done.self_grade)}**")
    return "\n\n".join("\n".join(lines) for lines in (said, result) if lines)


def _part_line(part: Part, answers: dict[str, object]) -> str:
    if not part.asked:
        empty = (part.section.empty or "không có").rstrip(".")
        return f"✅ {part.name}: {empty[:1].lower()}{empty[1:]}"
    counts = [_count(block, answers) for block in part.section.blocks if isinstance(block, Group)]
    owed = f"còn {part.missing} câu" if part.missing else ""
    details = ", ".join(detail for detail in (*counts, owed) if detail)
    return f"{'⏳' if part.missing else '✅'} {part.name}" + (f": {details}" if details else "")


def _count(group: Group, answers: dict[str, object]) -> str:
    rows = answers.get(group.id)
    return f"{len(rows)} {item_name(group)}" if isinstance(rows, list) and group.source == "writer" else ""


def pages(draft: Draft) -> tuple[str, ...]:
    """The whole form as it will be handed in, in pages that fit a screen; at least one."""
    return leaves(paragraphs(draft.form, draft.answers, draft.given)) or (NOTHING_YET,)
