"""First edition of the templates around a cell's meeting: request to the residence, ballots, minutes, lists."""

from collections.abc import Callable, Mapping

from docx.document import Document as Doc
from docx.shared import Pt

from documents.party_layout import (
    CENTER,
    Listed,
    Signature,
    body,
    dotted,
    heading,
    line,
    listing,
    new_page,
    signatures,
    tag,
    text_width,
    write,
)

STAMP = "(Ký, ghi rõ họ tên và đóng dấu)"
NUMBER, NAME = Listed(11, "TT", "{{ n.tt }}", centred=True), "{{ n.ho_ten }}"
GRADES = ("{{ muc.xuat_sac }}", "{{ muc.tot }}", "{{ muc.hoan_thanh }}", "{{ muc.khong_hoan_thanh }}")
KEPT = "Biên bản lập thành ba bản: gửi cấp trên, lưu hồ sơ chi bộ, lưu hồ sơ công việc."


def titled(document: Doc, kind: str, *about: str) -> None:
    """The kind of paper in large capitals, what it is about below, in bold."""
    line(document, kind, align=CENTER, before=12, bold=True, size=16)
    for text in about:
        line(document, text, align=CENTER, bold=True)
    line(document)


def cell_heading(document: Doc) -> None:
    heading(document, "{{ dang_bo }}", "{{ chi_bo }}", "{{ noi_ngay }}")


def remark_request() -> Doc:
    """From the committee to a residence cell: on whom a remark is asked for (213-QĐ/TW)."""
    document = new_page(size=13)
    heading(document, "ĐẢNG BỘ ……………………", "{{ dang_bo }}", "{{ noi_ngay }}")
    titled(
        document, "PHIẾU XIN Ý KIẾN", "về đảng viên đang công tác giữ mối liên hệ với", "chi ủy, chi bộ nơi cư trú",
        "Năm {{ nam }}",
    )  # fmt: skip
    write(body(document, "Kính gửi: "), "Chi ủy {{ noi_cu_tru }}", bold=True)
    body(
        document,
        "Để có căn cứ kiểm điểm, đánh giá, xếp loại chất lượng đảng viên năm {{ nam }}, đề nghị chi ủy cùng ban công "
        "tác mặt trận cho ý kiến về {{ so_nguoi }} đảng viên có tên dưới đây, theo phiếu nhận xét gửi kèm.",
    )
    tag(document, "if han")
    body(document, "Phiếu nhận xét xin gửi lại trước ngày {{ han }}.")
    tag(document, "endif")
    line(document)
    listing(document, "n in nguoi", [
        NUMBER, Listed(46, "Họ và tên", NAME), Listed(26, "Ngày sinh", "{{ n.ngay_sinh }}", centred=True),
        Listed(42, "Sinh hoạt tại", "{{ n.chi_bo }}"), Listed(40, "Đơn vị công tác", "{{ n.don_vi_cong_tac }}"),
    ])  # fmt: skip
    tag(document, "if not nguoi")
    line(document, "Không có.", align=CENTER, before=6, italic=True)
    tag(document, "endif")
    body(document, "Trân trọng cảm ơn sự phối hợp của chi ủy.").paragraph_format.keep_with_next = True
    signatures(document, None, Signature("T/M ĐẢNG ỦY", STAMP))
    return document


def proposals() -> Doc:
    """The cell's summary sheet of who proposes which grade, signed by the secretary."""
    document = new_page(landscape=True, size=13)
    cell_heading(document)
    titled(document, "TỔNG HỢP", "Đề xuất mức chất lượng đảng viên của các chủ thể năm {{ nam }}")
    grades = (
        ("(1) Đảng viên tự đánh giá", "tu_nhan"), ("(2) Xếp loại viên chức, người lao động", "vien_chuc"),
        ("(3) Chi ủy", "chi_uy"), ("(4) Tập thể lãnh đạo đoàn thể", "doan_the"), ("(5) Chi bộ", "chi_bo_xep"),
    )  # fmt: skip
    listing(document, "n in nguoi", [
        NUMBER, Listed(40, "Họ và tên", NAME), Listed(20, "Mã số", "{{ n.ma }}", centred=True),
        Listed(45, "Chức vụ Đảng, chính quyền, đoàn thể", "{{ n.chuc_vu }}"),
        *(Listed(23, title, "{{ n." + field + " }}", centred=True) for title, field in grades),
        Listed(21, "Ghi chú", "{{ n.ghi_chu }}"),
    ], size=11)  # fmt: skip
    signatures(document, None, None, Signature("T/M CHI BỘ\nBÍ THƯ", name="{{ bi_thu }}"))
    return document


def ballot_grades() -> Doc:
    """One line a member, a column a grade, one cross a line."""
    document = new_page(size=13)
    cell_heading(document)
    titled(document, "PHIẾU XẾP LOẠI", "chất lượng đảng viên năm {{ nam }}")
    listing(document, "n in nguoi", [
        NUMBER, Listed(58, "Họ và tên", NAME), *(Listed(24, title, "☐", centred=True) for title in GRADES),
    ])  # fmt: skip
    note = line(
        document,
        "Mỗi dòng đánh dấu X vào đúng một ô. Người bỏ phiếu không phải ký tên.",
        before=6,
        italic=True,
        size=12,
    )
    note.paragraph_format.space_after = Pt(6)
    return document


def ballot_excellent() -> Doc:
    """Agree or not, on each of those proposed excellent, from all cells on one ballot."""
    document = new_page(size=13)
    heading(document, "ĐẢNG BỘ ……………………", "{{ dang_bo }}", "{{ noi_ngay }}")
    titled(document, "PHIẾU BÌNH CHỌN", "đảng viên {{ muc.xuat_sac_day_du }} năm {{ nam }}")
    listing(document, "n in nguoi", [
        NUMBER, Listed(54, "Họ và tên", NAME), Listed(52, "Chi bộ", "{{ n.chi_bo }}"),
        Listed(24, "Đồng ý", "☐", centred=True), Listed(24, "Không đồng ý", "☐", centred=True),
    ])  # fmt: skip
    line(document, "Mỗi dòng đánh dấu X vào đúng một ô.", before=6, italic=True, size=12)
    return document


def _attendance(document: Doc) -> None:
    body(
        document,
        "Đảng viên chính thức được triệu tập: {{ trieu_tap }}; có mặt: {{ co_mat }}; vắng mặt: {{ vang_mat }}.",
    )
    tag(document, "for v in nguoi_vang")
    body(document, "- Vắng: {{ v.ho_ten }}. Lý do: {{ v.ly_do }}.")
    tag(document, "endfor")


def _votes(document: Doc) -> None:
    fields = ("xuat_sac", "tot", "hoan_thanh", "khong_hoan_thanh")
    listing(document, "n in nguoi", [
        NUMBER, Listed(54, "Họ và tên", NAME),
        *(Listed(21, title, "{{ n.phieu_" + field + " }}", centred=True)
          for title, field in zip(GRADES, fields, strict=True)),
        Listed(17, "Không hợp lệ", "{{ n.phieu_hong }}", centred=True),
    ])  # fmt: skip


def meeting_minutes() -> Doc:
    """Minutes of the cell's review meeting; what was said is written by hand or typed in Word."""
    document = new_page()
    width = text_width(document)
    cell_heading(document)
    titled(document, "BIÊN BẢN HỌP", "Kiểm điểm, đánh giá, xếp loại chất lượng đảng viên năm {{ nam }}")
    body(document, "Ngày {{ ngay_hop }}, {{ ten_chi_bo }} họp kiểm điểm, đánh giá, xếp loại chất lượng.")
    _attendance(document)
    for label in ("Dự họp (cấp trên, nếu có): ", "Chủ trì: ", "Thư ký: "):
        dotted(document, label, width)
    body(document, "1. Kiểm điểm tập thể", bold=True).paragraph_format.keep_with_next = True
    for label in ("Ý kiến góp ý: ", "", "Kết luận: ", ""):
        dotted(document, label, width)
    body(document, "2. Kiểm điểm cá nhân", bold=True).paragraph_format.keep_with_next = True
    tag(document, "for n in nguoi")
    dotted(document, "- {{ n.ho_ten }}: ", width)
    tag(document, "endfor")
    vote = body(document, "3. Chi bộ thảo luận và {{ cach_bo_phieu }}, đề xuất mức xếp loại như sau:", bold=True)
    vote.paragraph_format.keep_with_next = True
    line(document)
    listing(document, "n in nguoi", [
        NUMBER, Listed(60, "Họ và tên", NAME), Listed(47, "Tự nhận", "{{ n.tu_nhan }}"),
        Listed(47, "Chi bộ đề xuất", "{{ n.chi_bo_xep }}"),
    ])  # fmt: skip
    body(document, "Đảng viên chưa kiểm điểm, xếp loại: {{ so_chua_xep }} (có danh sách kèm theo).")
    body(document, KEPT).paragraph_format.keep_with_next = True
    signatures(document, Signature("THƯ KÝ"), Signature("CHỦ TRÌ"))
    return document


def vote_minutes() -> Doc:
    """Minutes of the counting team: ballots, then votes per grade per person."""
    document = new_page()
    width = text_width(document)
    cell_heading(document)
    titled(document, "BIÊN BẢN KIỂM PHIẾU", "Đề xuất xếp loại chất lượng đảng viên năm {{ nam }}")
    body(
        document,
        "Ngày {{ ngay_hop }}, {{ ten_chi_bo }} bỏ phiếu đề xuất xếp loại chất lượng đảng viên (lần {{ lan }}).",
    )
    dotted(document, "Tổ kiểm phiếu, tổ trưởng: ", width)
    dotted(document, "Thành viên: ", width)
    _attendance(document)
    body(
        document,
        "Số phiếu phát ra: {{ phat_ra }}; thu về: {{ thu_ve }}; "
        "hợp lệ: {{ hop_le }}; không hợp lệ: {{ khong_hop_le }}.",
    )
    body(document, "Kết quả theo từng đảng viên (số phiếu):").paragraph_format.keep_with_next = True
    line(document)
    _votes(document)
    body(
        document,
        "Mức đề xuất phải được từ {{ can_co }} phiếu trở lên, tính trên {{ trieu_tap }} đảng viên chính thức được "
        "triệu tập, có mặt hay vắng mặt.",
    )
    body(document, KEPT).paragraph_format.keep_with_next = True
    signatures(document, Signature("T/M TỔ KIỂM PHIẾU\nTỔ TRƯỞNG"), Signature("T/M CHI BỘ\nBÍ THƯ"))
    return document


def not_graded() -> Doc:
    """Who was not reviewed or not graded, and why; goes up with the report."""
    document = new_page(landscape=True, size=13)
    cell_heading(document)
    titled(document, "DANH SÁCH", "Đảng viên chưa kiểm điểm, xếp loại chất lượng năm {{ nam }}")
    listing(document, "n in nguoi", [
        NUMBER, Listed(50, "Họ và tên", NAME), Listed(22, "Mã số", "{{ n.ma }}", centred=True),
        Listed(50, "Chi bộ", "{{ n.chi_bo }}"), Listed(26, "Ngày kết nạp", "{{ n.ngay_ket_nap }}", centred=True),
        Listed(22, "Chưa kiểm điểm", "{{ n.chua_kiem_diem }}", centred=True),
        Listed(22, "Chưa xếp loại", "{{ n.chua_xep_loai }}", centred=True), Listed(49, "Lý do", "{{ n.ly_do }}"),
    ])  # fmt: skip
    tag(document, "if not nguoi")
    line(document, "Không có.", align=CENTER, before=6, italic=True)
    tag(document, "endif")
    signatures(document, None, None, Signature("{{ ky_thay }}\nBÍ THƯ", name="{{ bi_thu }}"))
    return document


def call_list() -> Doc:
    """For the secretary's own use: whom no message reaches, what they lack, until when, where they live."""
    document = new_page(landscape=True, size=13)
    cell_heading(document)
    titled(document, "DANH SÁCH", "Đảng viên cần gặp trực tiếp về kiểm điểm năm {{ nam }}")
    body(document, "Ngày {{ hom_nay }} có {{ so_nguoi }} đồng chí chưa nộp mà không nhắn tin tới được.")
    listing(document, "n in nguoi", [
        NUMBER, Listed(50, "Họ và tên", NAME), Listed(44, "Chi bộ", "{{ n.chi_bo }}"),
        Listed(44, "Nơi cư trú", "{{ n.noi_cu_tru }}"), Listed(42, "Còn thiếu", "{{ n.con_thieu }}"),
        Listed(24, "Hạn", "{{ n.han }}", centred=True), Listed(37, "Vì sao phải gặp", "{{ n.ly_do }}"),
    ])  # fmt: skip
    tag(document, "if not nguoi")
    line(document, "Không có.", align=CENTER, before=6, italic=True)
    tag(document, "endif")
    return document


TEMPLATES: Mapping[str, Callable[[], Doc]] = {
    "remark_request": remark_request,
    "proposals": proposals,
    "ballot_grades": ballot_grades,
    "ballot_excellent": ballot_excellent,
    "meeting_minutes": meeting_minutes,
    "vote_minutes": vote_minutes,
    "not_graded": not_graded,
    "call_list": call_list,
}
