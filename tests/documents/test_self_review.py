"""The official self-review, read back from the .docx; every template that ships is filled."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.shared import Mm

from documents.self_review import SelfReview, self_review_docx
from documents.template import TemplateFault
from review.pack import load, template
from review.responses import Value
from tests.documents.reading import text_of
from tests.documents.sample import ANSWERS, COMMITTEE, CYCLE, GIVEN, HOA, PACK, SUBMITTED

IN_FORCE = "hd43-2025"
PAPER = SelfReview(PACK, CYCLE, HOA, COMMITTEE.name, SUBMITTED, GIVEN, "Trường Vinh")


def paper_with(answers: dict[str, Value]) -> str:
    response = replace(SUBMITTED, answers=ANSWERS | answers)
    return text_of(self_review_docx(replace(PAPER, response=response), template(IN_FORCE, "2A")))


def own_template(*lines: str) -> bytes:
    document, out = Document(), BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def test_the_filled_paper_in_its_order() -> None:
    text = text_of(self_review_docx(PAPER, template(IN_FORCE, "2A")))
    expected = [
        "ĐẢNG BỘ PHƯỜNG TRƯỜNG VINH", "CHI BỘ TRƯỜNG THCS LÊ LỢI", "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Trường Vinh, ngày 02 tháng 12 năm 2026", "BẢN KIỂM ĐIỂM CÁ NHÂN", "Năm 2026",
        "Họ và tên: Nguyễn Thị Hoa\tNgày sinh: 01/05/1968", "Chức vụ Đảng: Chi ủy viên",
        "I. Ưu điểm, kết quả đạt được", "Tham gia đủ 12/12 kỳ sinh hoạt chi bộ.",
        "II. Hạn chế", "Hạn chế 1", "Còn hai hộ chưa gặp được.", "Nguyên nhân: Tôi chưa sắp xếp",
        "Hạn chế 2", "Chậm nộp báo cáo quý 2.",
        "III. Kết quả khắc phục", "Hạn chế năm trước 1: Gặp nốt 3 hộ chưa hiến đất", "Kết quả: Đã khắc phục xong",
        "IV. Giải trình", "Không có vấn đề được gợi ý.",
        "VI. Phương hướng", "Gặp hai hộ còn lại vào tối thứ bảy.", "Thời hạn: 28/02/2027",
        "A | Nhóm tiêu chí chung | 30 | 29,5 |", "1 | Lập trường tư tưởng", "19,5 | Một lần họp muộn.",
        "B | Nhóm tiêu chí kết quả thực hiện nhiệm vụ | 70 | 62", " | Tổng cộng | 100 | 91,5 |",
        "☐  Hoàn thành xuất sắc nhiệm vụ", "☒  Hoàn thành tốt nhiệm vụ", "☐  Hoàn thành nhiệm vụ",
        "NGƯỜI TỰ KIỂM ĐIỂM", "Nguyễn Thị Hoa", "THỦ TRƯỞNG", "T/M CHI ỦY (CHI BỘ)",
        "Đảng ủy, chi ủy cơ sở xếp loại mức chất lượng", "T/M ĐẢNG ỦY (CHI ỦY)",
        "Mã biên nhận K7-4F2QXM, nộp lúc 20:31, 02/12/2026.",
    ]  # fmt: skip
    place = 0
    for line in expected:
        assert line in text[place:], line
        place = text.index(line, place)
    assert "{" not in text


def test_the_page_is_laid_out_as_the_party_does() -> None:
    document = Document(BytesIO(self_review_docx(PAPER, template(IN_FORCE, "2A"))))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin / Mm(1)) for margin in margins if margin] == [20, 20, 30, 15]
    assert (round((section.page_width or 0) / Mm(1)), round((section.page_height or 0) / Mm(1))) == (210, 297)
    normal = document.styles["Normal"].font  # type: ignore[attr-defined]
    assert (normal.name, normal.size.pt) == ("Times New Roman", 14)


@pytest.mark.parametrize(("form", "official"), [("2A", True), ("2B", True), ("2C", False)])
def test_who_signs_on_each_form(form: str, official: bool) -> None:
    text = text_of(self_review_docx(replace(PAPER, response=replace(SUBMITTED, form=form)), template(IN_FORCE, form)))
    assert ("CƠ QUAN, ĐƠN VỊ" in text) is official
    assert ("(Cá nhân giữ chức vụ lãnh đạo, quản lý)" in text) is (form == "2B")


def test_a_blank_form_has_dots_and_empty_boxes() -> None:
    text = text_of(self_review_docx(SelfReview(PACK, CYCLE, HOA, COMMITTEE.name), template(IN_FORCE, "2A")))
    assert "☒" not in text
    assert text.count("☐") == 5, "four grades, and how far last year's promise came"
    assert "Hạn chế năm trước 1: \t" in text, "a place for an item carried over"
    assert " | Tổng cộng | 100 |  | " in text
    assert "ngày …… tháng …… năm 2026" in text
    assert "Mã biên nhận" not in text


def test_a_draft_says_so_and_shows_no_half_sum() -> None:
    answers = {key: value for key, value in ANSWERS.items() if key != "scores.t01"}
    draft = replace(SUBMITTED, status="draft", submitted_at=None, receipt="", answers=answers)
    text = text_of(self_review_docx(replace(PAPER, response=draft), template(IN_FORCE, "2A")))
    assert "Bản nháp, chưa nộp." in text
    assert " | Tổng cộng | 100 |  | " in text
    assert "A | Nhóm tiêu chí chung | 30 | 29,5 | " in text


@pytest.mark.parametrize(
    "words",
    [
        "<w:p>&amp; \"ngoặc\" 'đơn' </w:t>",
        "{{ ho_ten }} {% for x in y %} {# #}",
        "=SUM(A1) 👍 𝒳 ｆｕｌｌ",
        "a\u00a0b\u200bc",
    ],
)
def test_any_characters_stay_as_they_are(words: str) -> None:
    assert words in paper_with({"conduct": words})


def test_what_no_xml_can_hold_is_left_out_and_lines_are_kept() -> None:
    text = paper_with({"conduct": "một\x00\x07\x1b\ufffe hai\r\nba\tbốn\n\nnăm", "scores.c01.reason": "dòng\nhai"})
    assert "một hai\nba bốn\nnăm\n" in text
    assert "dòng\nhai" in text


def test_an_answer_left_out_says_so() -> None:
    assert "2. Về thực hiện chức trách, nhiệm vụ được giao\nKhông có.\n" in paper_with({"duties": ""})


def test_a_template_of_the_office_is_filled() -> None:
    text = text_of(self_review_docx(PAPER, own_template("Kính gửi {{ dang_bo }}", "{{ ho_ten }}, {{ ten_chi_bo }}")))
    assert "Kính gửi ĐẢNG BỘ PHƯỜNG TRƯỜNG VINH\nNguyễn Thị Hoa, Chi bộ Trường THCS Lê Lợi" in text


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{{ ngay_cuoi }}", "ngay_cuoi"),
        ("{{ ho_ten.dem }}", "dem"),
        ("{{ ho_ten", "Tệp mẫu có trường sai"),
        ("{{ ''.__class__.__mro__ }}", "__class__"),
    ],
)
def test_a_faulty_template_is_explained(line: str, says: str) -> None:
    with pytest.raises(TemplateFault, match=says):
        self_review_docx(PAPER, own_template(line))


@pytest.mark.parametrize("content", [b"", b"khong phai word", b"PK\x03\x04"])
def test_a_template_that_is_no_word_file_is_explained(content: bytes) -> None:
    with pytest.raises(TemplateFault, match="không phải văn bản Word"):
        self_review_docx(PAPER, content)


@pytest.mark.parametrize("form", ["2A", "2B", "2C"])
def test_the_forms_of_the_pack_in_force_fill_their_templates(form: str) -> None:
    paper = replace(PAPER, pack=load(IN_FORCE), response=replace(SUBMITTED, form=form))
    for response in (paper.response, None):
        text = text_of(self_review_docx(replace(paper, response=response), template(IN_FORCE, form)))
        headings = [
            line for line in text.splitlines() if line.split(".")[0] in ("I", "II", "III", "IV", "V", "VI", "VII")
        ]
        assert [line.split(".")[0] for line in headings] == ["I", "II", "III", "IV", "V", "VI", "VII"]
        assert " | Tổng cộng | 100 | " in text
        assert "A | Nhóm tiêu chí chung | 30 |" in text
