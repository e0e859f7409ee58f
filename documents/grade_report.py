"""The report to the upper level: counts and shares by grade, by peer group and by cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.filled_form import number
from documents.graded import GRADE_FIELDS, grade_titles
from documents.letterhead import Letterhead
from documents.pdf import pdf
from documents.template import fill
from documents.workbook import Column, Tables, Value
from review.ceilings import ceiling
from review.pack import Pack
from review.responses import GRADES
from review.tallies import Tally

NONE_YET = "-"


@dataclass(frozen=True, slots=True)
class GradeReport:
    """At the stage that decided. A ceiling is told for each peer group, never for the total: groups are not mixed."""

    head: Letterhead
    pack: Pack
    total: Tally
    by_group: Sequence[Tally]
    by_cell: Sequence[Tally]


def report_fields(paper: GradeReport) -> dict[str, object]:
    """What the .docx template and the .pdf page show."""
    return paper.head.fields() | {
        "tieu_de": f"Kết quả kiểm điểm, đánh giá, xếp loại chất lượng đảng viên năm {paper.head.year}",
        "muc": grade_titles(paper.pack),
        "tong": _line(paper.total),
        "theo_nhom": [_line(one) for one in _summed(paper.total, paper.by_group)],
        "theo_chi_bo": [_line(one) for one in _summed(paper.total, paper.by_cell)],
        "tran": list(_ceilings(paper)),
    }


def report_docx(paper: GradeReport, template: bytes) -> bytes:
    return fill(template, report_fields(paper))


def report_pdf(paper: GradeReport) -> bytes:
    return pdf("report", report_fields(paper))


def report_workbook(paper: GradeReport) -> bytes:
    tables, title = Tables(), f"Kết quả xếp loại chất lượng đảng viên năm {paper.head.year} · {paper.head.committee}"
    shown = report_rows(paper.total, paper.by_group, paper.by_cell)
    for (name, rows), first in zip(shown.items(), ("Nhóm tương đồng", "Chi bộ"), strict=True):
        tables.sheet(name, _columns(paper.pack, first), rows, title=title, frozen=1)
    return tables.content()


def report_rows(total: Tally, by_group: Sequence[Tally], by_cell: Sequence[Tally]) -> dict[str, list[list[Value]]]:
    """What stands under the header of each sheet of the workbook."""
    sheets = {"Theo nhóm tương đồng": by_group, "Theo chi bộ": by_cell}
    return {name: [[*_numbers(one)] for one in _summed(total, rows)] for name, rows in sheets.items()}


def _summed(total: Tally, rows: Sequence[Tally]) -> Sequence[Tally]:
    """With the sum below, where there is more than one line to sum."""
    return (*rows, total) if len(rows) > 1 else rows


def _columns(pack: Pack, first: str) -> list[Column]:
    shorts = [pack.grades[grade].short for grade in GRADES]
    return [
        Column(first, 36), Column("Tổng số", 10), Column("Đã xếp loại", 10), Column("Chưa xếp loại", 10),
        *(Column(title, 11) for short in shorts for title in (short, f"% {short.lower()}")),
        Column("% xuất sắc trong số tốt", 16), Column("% xuất sắc trong số tốt trở lên", 16),
    ]  # fmt: skip


def _numbers(one: Tally) -> Iterator[Value]:
    yield from (one.name, one.members, one.graded, one.not_graded)
    for grade in GRADES:
        yield from (one.counts[grade], one.share(grade))
    yield from (one.excellent_of_good, one.excellent_of_good_or_better)


def _line(one: Tally) -> dict[str, str]:
    return {
        "ten": one.name,
        "so": str(one.members),
        "da_xep": str(one.graded),
        "chua_xep": str(one.not_graded),
        **{name: _with_share(one.counts[grade], one.share(grade)) for grade, name in GRADE_FIELDS.items()},
        "xs_tren_tot": _percent(one.excellent_of_good),
        "xs_tren_tot_tro_len": _percent(one.excellent_of_good_or_better),
    }


def _with_share(count: int, share: float | None) -> str:
    return f"{count} ({_percent(share)})" if count else str(count)


def _percent(share: float | None) -> str:
    return NONE_YET if share is None else f"{number(share)}%"


def _ceilings(paper: GradeReport) -> Iterator[str]:
    """The arithmetic of every ceiling, in words: of each peer group, or of the base organisation as a whole."""
    rule = paper.pack.ceiling
    if rule is None:
        return
    groups = [one for one in paper.by_group if one.code not in rule.counted_apart]
    for one in groups if rule.within == "peer_group" else [paper.total]:
        found = ceiling(rule, one.counts["excellent"], one.counts["good"], peer_group=one.code)
        over = f"; vượt {found.over_by}" if found.over_by else ""
        yield f"{one.name}: {found.rule}; đã xếp xuất sắc {one.counts['excellent']}{over}."
