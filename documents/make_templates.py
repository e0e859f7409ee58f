"""Makes the first edition of the Word templates of a pack: `python -m documents.make_templates FOLDER [NAME …]`.

Run once, when a pack is born; from then on the office edits the files in Word.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx.document import Document as Doc
from docx.shared import Mm, Pt

from documents import make_decision_templates, make_meeting_templates
from documents.party_layout import (
    CENTER,
    INDENT,
    LEFT,
    Signature,
    add_row,
    body,
    columns,
    dotted,
    footer,
    heading,
    line,
    new_page,
    repeat_header,
    signatures,
    tag,
    text_width,
    write,
)

_STAMP = "(Ký, ghi rõ họ tên và đóng dấu)"
_INLINE_BOXES = "{% for x in d.o_chon %}{{ x.o }}\u00a0{{ x.ten|replace(' ', '\u00a0') }}   {% endfor %}"
_LEVELS = "{% for x in d.o_chon %}{{ x.o }}\u00a0{{ x.ten|replace(' ', '\u00a0') }}  {% endfor %}"
_CHOSEN = "{% for t in tieu_chi %}{{ t.so }}:\u00a0……   {% endfor %}"
_DAY = "Ngày …… tháng …… năm ………"


def self_review(*, subtitle: str, official: bool) -> Doc:
    """Forms 2A, 2B, 2C, 02A, 02B and 02. `official`: with the block in which an office grades its own employee."""
    document = new_page()
    heading(document, "{{ dang_bo }}", "{{ chi_bo }}", "{{ noi_ngay }}")
    line(document, "BẢN KIỂM ĐIỂM CÁ NHÂN", align=CENTER, before=16, bold=True, size=16)
    line(document, "Năm {{ nam }}", align=CENTER, bold=True)
    line(document, subtitle, align=CENTER, italic=True)
    line(document)
    for text in (
        "Họ và tên: {{ ho_ten }}\tNgày sinh: {{ ngay_sinh }}",
        "Chức vụ Đảng: {{ chuc_vu_dang }}",
        "Chức vụ chính quyền: {{ chuc_vu_chinh_quyen }}",
        "Chức vụ đoàn thể: {{ chuc_vu_doan_the }}",
        "Đơn vị công tác: {{ don_vi_cong_tac }}",
        "Chi bộ: {{ ten_chi_bo }}",
    ):
        paragraph = line(document, text, before=3)
        paragraph.paragraph_format.first_line_indent = Mm(INDENT)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(105))
    _sections(document)
    signatures(document, None, Signature("NGƯỜI TỰ KIỂM ĐIỂM", name="{{ ten_ky }}"))
    tag(document, "if nhap_thay")
    body(document, "{{ nhap_thay }}", italic=True, size=13)
    tag(document, "endif")
    _stages(document, official=official)
    footer(document, "{{ bien_nhan }}")
    return document


def collective_review() -> Doc:
    """Form 01: the report of a cell or committee on itself, by points or by levels as the pack has it."""
    document = new_page()
    heading(document, "{{ dang_bo }}", "{{ chi_bo }}", "{{ noi_ngay }}")
    line(document, "BÁO CÁO", align=CENTER, before=16, bold=True, size=16)
    line(document, "KIỂM ĐIỂM TẬP THỂ", align=CENTER, bold=True, size=16)
    line(document, "Năm {{ nam }}", align=CENTER, bold=True)
    line(document)
    body(document, "Tập thể: {{ ten_chi_bo }}")
    _sections(document)
    tag(document, "if theo_cap_do")
    body(document, "(Kèm theo phiếu phân tích chất lượng)", italic=True)
    tag(document, "endif")
    signatures(document, None, Signature("T/M CHI ỦY (CHI BỘ)", _STAMP, name="{{ ten_ky }}"))
    footer(document, "{{ bien_nhan }}")
    return document


def _sections(document: Doc) -> None:
    tag(document, "for p in phan")
    title = body(document, "{{ p.tieu_de }}", bold=True).paragraph_format
    title.space_before, title.keep_with_next = Pt(8), True
    _answers(document)
    tag(document, "endfor")


def _answers(document: Doc) -> None:
    """One section's answers: sub-headings, text, dotted lines and boxes, each one below the other."""
    width = text_width(document)
    tag(document, "for d in p.dong")
    tag(document, "if d.kieu == 'muc'")
    body(document, "{{ d.chu }}", bold=True, italic=True).paragraph_format.keep_with_next = True
    tag(document, "elif d.kieu == 'chu'")
    write(body(document, "{{ d.nhan }}", italic=True), "{{ d.chu }}")
    tag(document, "elif d.kieu == 'trong'")
    dotted(document, "{{ d.nhan }}", width, italic=True)
    tag(document, "elif d.kieu == 'cap_do'")
    level = write(body(document, "{{ d.nhan }}", italic=True, size=13), _LEVELS, size=13)
    level.alignment = LEFT
    tag(document, "elif d.kieu == 'bang'")
    line(document).paragraph_format.keep_with_next = True
    _points(document)
    line(document)
    tag(document, "else")
    tag(document, "for x in d.o_chon")
    body(document, "{{ x.o }}  {{ x.ten }}")
    tag(document, "endfor")
    tag(document, "endif")
    tag(document, "endfor")


def _points(document: Doc) -> None:
    table = columns(document, [11, 72, 17, 17, 48], grid=True)
    for cell, title in zip(
        table.rows[0].cells, ("TT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Lý do trừ điểm"), strict=True
    ):
        write(cell.paragraphs[0], title, bold=True, size=12).alignment = CENTER
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    repeat_header(table)
    for command, bold in (("for r in d.bang", None), ("if r.nhom", True), ("else", False), ("endif", None)):
        add_row(table).cells[0].paragraphs[0].add_run("{%tr " + command + " %}")
        if bold is not None:
            _points_row(add_row(table), bold=bold)
    add_row(table).cells[0].paragraphs[0].add_run("{%tr endfor %}")


def _points_row(row: Any, *, bold: bool) -> None:
    fields = ("{{ r.tt }}", "{{ r.ten }}", "{{ r.toi_da }}", "{{ r.diem }}", "{{ r.ly_do }}")
    for nth, (cell, text) in enumerate(zip(row.cells, fields, strict=True)):
        write(cell.paragraphs[0], text, bold=bold, size=12)
        if nth in (0, 2, 3):
            cell.paragraphs[0].alignment = CENTER


def _stages(document: Doc, *, official: bool) -> None:
    """The three stages after the member: the office that employs him, the cell, the committee that decides."""
    width = text_width(document)
    if official:
        body(
            document, "Đánh giá, xếp loại chất lượng cán bộ, công chức, viên chức", bold=True
        ).paragraph_format.keep_with_next = True
        dotted(document, "Nhận xét, đánh giá của người quản lý, sử dụng: ", width, keep=True)
        dotted(document, "", width, keep=True)
        dotted(document, "Mức xếp loại chất lượng: ", width, keep=True)
        signatures(document, None, Signature("THỦ TRƯỞNG\nCƠ QUAN, ĐƠN VỊ", _STAMP, day=_DAY))
    body(document, "Đánh giá, xếp loại chất lượng đảng viên", bold=True).paragraph_format.keep_with_next = True
    dotted(document, "Nhận xét, đánh giá của chi ủy (chi bộ): ", width, keep=True)
    dotted(document, "", width, keep=True)
    dotted(document, "Chi bộ đề xuất xếp loại mức chất lượng: ", width, keep=True)
    signatures(document, None, Signature("T/M CHI ỦY (CHI BỘ)", day=_DAY))
    dotted(document, "Đảng ủy, chi ủy cơ sở xếp loại mức chất lượng: ", width, keep=True)
    signatures(document, None, Signature("T/M ĐẢNG ỦY (CHI ỦY)", _STAMP, day=_DAY))


def remark_slip() -> Doc:
    """The residence remark on one member (213-QĐ/TW; layout of the slips in use)."""
    document = new_page()
    heading(document, "{{ dang_bo }}", "{{ chi_bo }}", "{{ noi_ngay }}")
    line(document, "PHIẾU NHẬN XÉT", align=CENTER, before=16, bold=True, size=16)
    line(document, "đảng viên đang công tác thường xuyên giữ mối liên hệ", align=CENTER, bold=True)
    line(document, "với tổ chức đảng và nhân dân nơi cư trú", align=CENTER, bold=True)
    line(document, "Năm {{ nam }}", align=CENTER, bold=True)
    body(
        document,
        "Ngày …… tháng …… năm ………, chi ủy {{ ten_chi_bo }} đã họp cùng ban công tác mặt trận, "
        "thống nhất nhận xét đối với đảng viên:",
    )
    for label, field in (
        ("Họ và tên: ", "{{ ho_ten }}"),
        ("Ngày sinh: ", "{{ ngay_sinh }}"),
        ("Sinh hoạt tại: ", "{{ noi_sinh_hoat }}"),
        ("Đơn vị công tác: ", "{{ don_vi_cong_tac }}"),
    ):
        write(body(document, label), field, bold=label.startswith("Họ"))
    tag(document, "for d in dong")
    tag(document, "if d.kieu == 'muc'")
    body(document, "{{ d.so }}. {{ d.chu }}", bold=True).paragraph_format.keep_with_next = True
    tag(document, "elif d.kieu == 'chu'")
    body(document, "{{ d.nhan }}{{ d.chu }}")
    tag(document, "elif d.kieu == 'trong'")
    dotted(document, "{{ d.nhan }}", text_width(document))
    tag(document, "else")
    body(document, _INLINE_BOXES).alignment = LEFT
    tag(document, "endif")
    tag(document, "endfor")
    signatures(document, Signature("XÁC NHẬN CỦA ĐẢNG ỦY\nXÃ, PHƯỜNG, THỊ TRẤN", _STAMP), Signature("T/M CHI BỘ\n"))
    footer(document, "{{ bien_nhan }}")
    return document


def residence_area() -> Doc:
    """The blank sheet for a whole residence area: one line a member, one column a criterion."""
    document = new_page(landscape=True, size=13)
    heading(document, "{{ dang_bo }}", "{{ chi_bo }}", "{{ noi_ngay }}")
    line(document, "DANH SÁCH NHẬN XÉT ĐẢNG VIÊN NƠI CƯ TRÚ", align=CENTER, before=12, bold=True, size=15)
    line(document, "Năm {{ nam }}", align=CENTER, bold=True)
    line(document, "Sau mỗi số, ghi chữ cái đứng trước mức đã chọn:", before=6, italic=True)
    tag(document, "for t in tieu_chi")
    line(document, "{{ t.so }}. {{ t.ten }}: {{ t.muc }}", size=12)
    tag(document, "endfor")
    line(document)
    table = columns(document, [12, 50, 62, 70, 58], grid=True)
    titles = ("TT", "Họ và tên", "Chi bộ, đơn vị công tác", "Mức đã chọn", "Nhận xét khác")
    fields = ("{{ n.tt }}", "{{ n.ho_ten }}", "{{ n.noi_sinh_hoat }}", _CHOSEN, "")
    for cell, title in zip(table.rows[0].cells, titles, strict=True):
        write(cell.paragraphs[0], title, bold=True, size=12).alignment = CENTER
    add_row(table).cells[0].paragraphs[0].add_run("{%tr for n in nguoi %}")
    repeat_header(table)
    for cell, field in zip(add_row(table).cells, fields, strict=True):
        write(cell.paragraphs[0], field, size=12).paragraph_format.space_before = Pt(4)
    add_row(table).cells[0].paragraphs[0].add_run("{%tr endfor %}")
    signatures(document, Signature("T/M BAN CÔNG TÁC MẶT TRẬN"), Signature("T/M CHI BỘ"))
    return document


_LEADS = "(Cá nhân giữ chức vụ lãnh đạo, quản lý)"
TEMPLATES = {
    "2A": lambda: self_review(subtitle="", official=True),
    "2B": lambda: self_review(subtitle=_LEADS, official=True),
    "2C": lambda: self_review(subtitle="(Đảng viên không làm việc trong hệ thống chính trị)", official=False),
    "02": lambda: self_review(subtitle="", official=True),
    "02A": lambda: self_review(subtitle="", official=True),
    "02B": lambda: self_review(subtitle=_LEADS, official=True),
    "01": collective_review,
    "residence_remark": remark_slip,
    "residence_area": residence_area,
    **make_meeting_templates.TEMPLATES,
    **make_decision_templates.TEMPLATES,
}


def main(folder: Path, names: Sequence[str] = ()) -> None:
    """Write these templates, or every one, into the folder; a file that is already there may carry the office's
    changes and stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or TEMPLATES:
        path = folder / f"{name}.docx"
        if not path.exists():
            TEMPLATES[name]().save(str(path))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
