"""First edition of the templates after the meetings: the decision with its list, remedy plans, the report upwards."""

from collections.abc import Callable, Mapping

from docx.document import Document as Doc
from docx.enum.text import WD_BREAK

from documents.make_meeting_templates import NAME, NUMBER, STAMP, cell_heading, titled
from documents.party_layout import (
    CENTER,
    LEFT,
    Listed,
    Signature,
    body,
    heading,
    line,
    listing,
    new_page,
    signatures,
    tag,
)

_PAGE = WD_BREAK.PAGE
_ABOVE = "ĐẢNG BỘ ……………………"
_SENT_TO = "Nơi nhận:\n- Như Điều 3,\n- Cấp ủy cấp trên,\n- Lưu Văn phòng."


def _numbered_heading(document: Doc, number: str) -> None:
    """As `heading`, with the number of the paper under the body that issues it."""
    heading(document, _ABOVE, "{{ dang_bo }}", "{{ noi_ngay }}")
    left = document.tables[0].rows[0].cells[0]
    line(left, number, align=CENTER)


def decision() -> Doc:
    """The base committee recognises the grades; the list stands on a page of its own."""
    document = new_page(size=13)
    _numbered_heading(document, "Số …… - QĐ/ĐU")
    titled(document, "QUYẾT ĐỊNH", "Công nhận xếp loại chất lượng đảng viên năm {{ nam }}")
    tag(document, "for c in can_cu if 'xếp loại' in c")
    body(document, "- Căn cứ {{ c }};", italic=True)
    tag(document, "endfor")
    body(document, "- Xét đề nghị của các chi bộ và kết quả bỏ phiếu của cấp ủy,", italic=True)
    line(document, "{{ dang_uy }} QUYẾT ĐỊNH", align=CENTER, before=10, bold=True)
    line(document)
    for nth, text in enumerate(
        (
            "Công nhận xếp loại chất lượng năm {{ nam }} với {{ so_nguoi }} đảng viên theo danh sách: {{ tom_tat }}.",
            "Kết quả này được thông báo đến đảng viên và chi bộ, lưu hồ sơ đảng viên theo quy định.",
            "Văn phòng, ban xây dựng Đảng, các chi bộ và đảng viên có tên chịu trách nhiệm thi hành Quyết định này.",
        ),
        1,
    ):
        paragraph = body(document, f"Điều {nth}. ", bold=True)
        paragraph.add_run(text)
    left = signatures(document, None, Signature("T/M ĐẢNG ỦY\nBÍ THƯ", STAMP)).rows[0].cells[0]
    line(left, _SENT_TO, size=12)
    line(document).add_run().add_break(_PAGE)
    titled(document, "DANH SÁCH", "Đảng viên được công nhận xếp loại chất lượng năm {{ nam }}",
           "(Kèm theo Quyết định số …… - QĐ/ĐU)")  # fmt: skip
    listing(document, "n in nguoi", [
        NUMBER, Listed(48, "Họ và tên", NAME), Listed(20, "Mã số", "{{ n.ma }}", centred=True),
        Listed(39, "Chi bộ", "{{ n.chi_bo }}"), Listed(47, "Xếp loại", "{{ n.xep_loai }}"),
    ])  # fmt: skip
    return document


def remedy_person() -> Doc:
    """What one member does about the own shortcomings, seen by the cell."""
    document = new_page(landscape=True, size=13)
    cell_heading(document)
    titled(document, "KẾ HOẠCH", "Khắc phục hạn chế, khuyết điểm sau kiểm điểm năm {{ nam }}")
    line(document, "Họ và tên: {{ chu_the }}. Chức vụ: {{ chuc_vu }}.")
    _plan(document)
    signatures(document, Signature("XÁC NHẬN CỦA CHI BỘ"), Signature("NGƯỜI LẬP KẾ HOẠCH", name="{{ ten_ky }}"))
    return document


def remedy_cell() -> Doc:
    """What a cell does about its own shortcomings, each with somebody responsible."""
    document = new_page(landscape=True, size=13)
    cell_heading(document)
    titled(document, "KẾ HOẠCH", "Khắc phục hạn chế, khuyết điểm của {{ chu_the }} sau kiểm điểm năm {{ nam }}")
    _plan(document)
    signatures(document, None, Signature("T/M CHI BỘ\nBÍ THƯ", name="{{ ten_ky }}"))
    return document


def _plan(document: Doc) -> None:
    line(document)
    listing(document, "v in viec", [
        Listed(11, "TT", "{{ v.tt }}", centred=True), Listed(66, "Hạn chế, khuyết điểm", "{{ v.han_che }}"),
        Listed(66, "Biện pháp khắc phục", "{{ v.bien_phap }}"), Listed(40, "Người chịu trách nhiệm", "{{ v.nguoi }}"),
        Listed(26, "Thời hạn", "{{ v.han }}", centred=True), Listed(43, "Kết quả", "{{ v.ket_qua }}"),
    ])  # fmt: skip
    tag(document, "if not viec")
    line(document, "Không có hạn chế, khuyết điểm phải khắc phục.", align=CENTER, before=6, italic=True)
    tag(document, "endif")


def report() -> Doc:
    """Counts and shares by peer group and by cell, for the level above."""
    document = new_page(landscape=True, size=13)
    _numbered_heading(document, "Số …… - BC/ĐU")
    titled(document, "BÁO CÁO", "Kết quả kiểm điểm, đánh giá, xếp loại chất lượng đảng viên năm {{ nam }}")
    body(
        document,
        "Tổng số đảng viên: {{ tong.so }}; đã xếp loại: {{ tong.da_xep }}; chưa xếp loại: {{ tong.chua_xep }} "
        "(có danh sách kèm theo).",
    )
    body(
        document,
        "Tỷ lệ xuất sắc trong số xếp loại tốt: {{ tong.xs_tren_tot }}; trong số xếp loại tốt trở lên: "
        "{{ tong.xs_tren_tot_tro_len }}.",
    )
    for nth, (title, loop, column) in enumerate((
        ("Theo nhóm tương đồng", "n in theo_nhom", "Nhóm tương đồng"), ("Theo chi bộ", "n in theo_chi_bo", "Chi bộ"),
    ), 1):  # fmt: skip
        head = line(document, f"{nth}. {title}", before=8, bold=True, align=LEFT)
        head.paragraph_format.keep_with_next = True
        _counts(document, loop, column)
    tag(document, "for t in tran")
    line(document, "- {{ t }}", before=3, size=12)
    tag(document, "endfor")
    signatures(document, None, Signature("T/M ĐẢNG ỦY\nBÍ THƯ", STAMP))
    return document


def _counts(document: Doc, loop: str, title: str) -> None:
    grades = ("xuat_sac", "tot", "hoan_thanh", "khong_hoan_thanh")
    listing(document, loop, [
        Listed(58, title, "{{ n.ten }}"), Listed(16, "Tổng số", "{{ n.so }}", centred=True),
        *(Listed(27, "{{ muc." + grade + " }}", "{{ n." + grade + " }}", centred=True) for grade in grades),
        Listed(20, "Chưa xếp loại", "{{ n.chua_xep }}", centred=True),
        Listed(25, "% xuất sắc / tốt", "{{ n.xs_tren_tot }}", centred=True),
        Listed(25, "% xuất sắc / tốt trở lên", "{{ n.xs_tren_tot_tro_len }}", centred=True),
    ], size=11.5)  # fmt: skip


TEMPLATES: Mapping[str, Callable[[], Doc]] = {
    "decision": decision,
    "remedy_person": remedy_person,
    "remedy_cell": remedy_cell,
    "report": report,
}
