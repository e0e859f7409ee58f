"""A form of a rule pack as lines of an official paper: headings, answers, points and boxes.

The keys of the dictionaries are the fields the Word templates use, therefore Vietnamese without marks.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count, groupby
from string import ascii_uppercase

from review.forms import Asked, Form, Given, Group, Item, Option, Question, Section, is_blank, walk
from review.pack import Pack
from review.responses import Answers, Value

Line = dict[str, object]

BOX, TICKED = "☐", "☒"
NOTHING = "Không có."
DOTTED_LINES = 5
ITEM_LINES = 2
BLANK_ITEMS = 2
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BLANK_ITEM = (Item("1", ""),)


def sections(pack: Pack, form: Form, answers: Answers | None, given: Given, *, headings: bool = False) -> list[Line]:
    """The sections in order. `answers` None = a blank form to be filled in by hand.

    `headings`: a section's only question shows its own heading too, as on papers without section titles.
    """
    blank = answers is None
    if blank:  # a paper form has one empty place for each kind of given item
        given = replace(given, carried=given.carried or _BLANK_ITEM, suggested=given.suggested or _BLANK_ITEM)
        form = _with_every_question(form)
    asked = {key: list(rows) for key, rows in groupby(walk(form, answers or {}, given), lambda a: a.section.id)}
    return [_section(pack, section, asked.get(section.id, []), answers, headings) for section in form.sections]


def _with_every_question(form: Form) -> Form:
    """On paper nobody can tell beforehand which conditions will hold, nor how many items of the own there will be."""
    return replace(
        form, sections=tuple(replace(one, blocks=tuple(map(_standing, one.blocks))) for one in form.sections)
    )


def _standing(block: Question | Group) -> Question | Group:
    if isinstance(block, Question):
        return replace(block, when=None)
    return replace(block, least=max(block.least, min(BLANK_ITEMS, block.most))) if block.source == "writer" else block


def _section(pack: Pack, section: Section, asked: list[Asked], answers: Answers | None, headings: bool) -> Line:
    lines = [*_lines(pack, asked, answers, headings or len(section.blocks) > 1)]
    title = f"{section.numeral}. {section.title}" if section.numeral else section.title
    return {"tieu_de": title, "dong": lines or [_text(section.empty or NOTHING)]}


def _lines(pack: Pack, asked: Iterable[Asked], answers: Answers | None, headings: bool) -> Iterator[Line]:
    """Answers in their order; neighbouring points become one table, the questions of one item stand under it."""
    for (kind, *_), neighbours in groupby(asked, _place):
        rows = [a for a in neighbours if a.question.id != "more"]
        if kind == "points":
            yield {"kieu": "bang", "bang": _points(pack, [a for a in rows if a.question.kind == "score"], answers)}
        elif kind == "item":
            yield from _item(rows, answers)
        else:
            if headings and not rows[0].question.level_group:
                yield {"kieu": "muc", "chu": rows[0].question.title}
            yield from _answer(rows[0].question, answers, rows[0].key)


def _place(a: Asked) -> tuple[str, str, int]:
    if a.key.startswith("scores."):
        return "points", "", 0
    return ("item", a.group.id, a.nth) if a.group else ("question", a.key, 0)


def _item(rows: list[Asked], answers: Answers | None) -> Iterator[Line]:
    """One item of a group: its title, then every question with its own label unless that repeats the title."""
    first = rows[0]
    assert first.group is not None
    title = f"{first.group.item_title} {first.nth}".strip()
    if first.item and not first.item.text:
        yield {"kieu": "trong", "nhan": f"{title}: "}
    else:
        yield {"kieu": "muc", "chu": f"{title}: {first.item.text}" if first.item else title}
    for a in rows:
        label = "" if a.question.title == first.group.item_title else f"{a.question.title}: "
        yield from _answer(a.question, answers, a.key, label)


def _answer(question: Question, answers: Answers | None, key: str, label: str = "") -> Iterator[Line]:
    """One answer. A closed question shows all its boxes; a filled one inside a repeated group only what was chosen."""
    value = None if answers is None else answers.get(key)
    if question.level_group:
        yield {"kieu": "cap_do", "nhan": f"{question.title}: ", "o_chon": boxes(question.options, value)}
    elif question.options and not label:
        yield {"kieu": "chon", "o_chon": boxes(question.options, value)}
    elif question.options and answers is None:
        yield _text(
            "   ".join(f"{BOX}\u00a0{option.label}".replace(" ", "\u00a0") for option in question.options), label
        )
    elif not is_blank(value):
        first, *rest = [line for line in shown(question, value).splitlines() if line.strip()] or [""]
        yield _text(first, label)
        yield from (_text(line) for line in rest)
    elif answers is not None:
        yield _text(NOTHING, label)
    else:
        room = DOTTED_LINES if not label else ITEM_LINES if question.kind == "text" else 1
        for nth in range(room):
            yield {"kieu": "trong", "nhan": "" if nth else label}


def _text(text: str, label: str = "") -> Line:
    return {"kieu": "chu", "nhan": label, "chu": text}


def boxes(options: Iterable[Option], value: Value) -> list[Line]:
    """Every option with ☒ before those chosen and ☐ before the others."""
    chosen = value if isinstance(value, list) else [value]
    return [{"o": TICKED if option.id in chosen else BOX, "ten": option.label} for option in options]


def shown(question: Question, value: Value) -> str:
    """An answer as a person reads it: labels for choices, dd/mm/yyyy for dates, a comma in decimals."""
    labels = {option.id: option.label for option in question.options}
    if isinstance(value, list):
        return "; ".join(labels.get(item, item) for item in value)
    if question.kind == "date" and isinstance(value, str) and _ISO_DAY.fullmatch(value):
        return "/".join(reversed(value.split("-")))
    if isinstance(value, int | float):
        return number(value)
    return labels.get(str(value), str(value or ""))


def number(value: float) -> str:
    """2.0 -> "2", 1.5 -> "1,5"."""
    return f"{value:g}".replace(".", ",")


def _points(pack: Pack, scored: list[Asked], answers: Answers | None) -> list[Line]:
    """Rows of the points table: every group (A, B) with its sum, its criteria counted through, and the total."""
    rows: list[Line] = []
    sums: list[float | None] = []
    counted = count(1)
    for letter, (group, members) in zip(
        ascii_uppercase, groupby(scored, lambda a: a.question.points_group), strict=False
    ):
        criteria = [_criterion(a, next(counted), answers) for a in members]
        most = sum(int(str(row["toi_da"])) for row in criteria)
        given = [row.pop("gia_tri") for row in criteria]
        sums.append(_sum(given))
        label = pack.points[group].label if group in pack.points else group or "Tiêu chí"
        rows.append(_row(letter, label, most, sums[-1], heading=True))
        rows += criteria
    total = sum(int(str(row["toi_da"])) for row in rows if row["nhom"])
    return [*rows, _row("", "Tổng cộng", total, _sum(sums), heading=True)]


def _sum(values: Iterable[object]) -> float | None:
    """None as long as one is missing: half a sum on an official paper misleads."""
    numbers = list(values)
    return sum(float(str(value)) for value in numbers) if None not in numbers else None


def _criterion(a: Asked, nth: int, answers: Answers | None) -> Line:
    value = (answers or {}).get(a.key)
    points = None if is_blank(value) else float(str(value))
    row = _row(str(nth), a.question.title, a.question.max_points, points, heading=False)
    return row | {"ly_do": str((answers or {}).get(f"{a.key}.reason") or ""), "gia_tri": points}


def _row(tt: str, label: str, most: int, points: float | None, *, heading: bool) -> Line:
    shown_points = "" if points is None else number(points)
    return {"tt": tt, "ten": label, "toi_da": str(most), "diem": shown_points, "ly_do": "", "nhom": heading}
