"""Forms 02, 02A, 02B and the report 01: read back from the .docx, filled and blank, in the official order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from documents.collective_review import CollectiveReview, collective_review_docx
from documents.self_review import SelfReview, self_review_docx
from documents.template_check import template_faults
from review.pack import load, pack_names, template
from review.people import FormName
from review.responses import Answers, Response
from tests.documents.reading import text_of
from tests.documents.sample import CELL, COMMITTEE, CYCLE, GIVEN, HOA
from tests.documents.test_self_review import own_template

ANSWERS: Answers = {
    "conduct": "Dự đủ 12/12 kỳ.", "conduct_level": "good",
    "duties": "Xong 46 hồ sơ.", "duties_level": "excellent",
    "leads": "yes", "leadership": "Đạt 11/12 chỉ tiêu.", "leadership_level": "average",
    "shortcomings.1.text": "Chậm báo cáo quý 2.", "shortcomings.1.more": "no",
    "fixed.9.status": "done", "fixed_level": "poor",
    "official_self_grade": "good", "self_grade": "good",
}  # fmt: skip
SENT = Response(5, "self_review", "02", 7, 7, "submitted", ANSWERS, submitted_at=datetime(2022, 12, 2, tzinfo=UTC))
LEVEL = "Tự đánh giá về cấp độ thực hiện: "
FORMS: list[tuple[str, str, FormName]] = [
    ("hd21-2019", "02", "2B"), ("hd25-2023", "02A", "2A"), ("hd25-2023", "02B", "2B")
]  # fmt: skip


def paper(pack: str, form: str, roster_form: FormName, *, blank: bool = False) -> str:
    response = None if blank else replace(SENT, form=form)
    review = SelfReview(load(pack), CYCLE, replace(HOA, form=roster_form), COMMITTEE.name, response, GIVEN)
    return text_of(self_review_docx(review, template(pack, form)))


def in_order(text: str, expected: list[str]) -> None:
    place = 0
    for line in expected:
        assert line in text[place:], line
        place = text.index(line, place)
    assert "{" not in text


@pytest.mark.parametrize(("pack", "form", "roster_form"), FORMS)
def test_the_filled_paper_in_its_order(pack: str, form: str, roster_form: FormName) -> None:
    """Domain: sections I-VII, levels under the criteria, then the four places to sign of the three stages."""
    text = paper(pack, form, roster_form)
    leaders = [
        "Kết quả công tác lãnh đạo", "Đạt 11/12 chỉ tiêu.", "☐\u00a0Tốt  ☒\u00a0Trung\u00a0bình"
    ] if form != "02A" else []  # fmt: skip
    in_order(text, [
        "ĐẢNG CỘNG SẢN VIỆT NAM", "BẢN KIỂM ĐIỂM CÁ NHÂN", "Họ và tên: Nguyễn Thị Hoa", "Chức vụ chính quyền",
        "I. Ưu điểm, kết quả đạt được", "Về phẩm chất chính trị", "Dự đủ 12/12 kỳ.",
        f"{LEVEL}☐\u00a0Xuất\u00a0sắc  ☒\u00a0Tốt",
        "Về thực hiện chức trách", "Xong 46 hồ sơ.", f"{LEVEL}☒\u00a0Xuất\u00a0sắc",
        *leaders, "Việc thực hiện cam kết", "II. Hạn chế", "Chậm báo cáo quý 2.",
        "III. Kết quả khắc phục", "Gặp nốt 3 hộ chưa hiến đất", "☒\u00a0Kém",
        "IV. Giải trình", "V. Làm rõ trách nhiệm", "VI. Phương hướng",
        "VII. Tự nhận mức xếp loại", "Xếp loại cán bộ, công chức, viên chức", "☒  Hoàn thành tốt nhiệm vụ",
        "Xếp loại đảng viên", "☒  Hoàn thành tốt nhiệm vụ",
        "NGƯỜI TỰ KIỂM ĐIỂM", "Đánh giá, xếp loại chất lượng cán bộ, công chức, viên chức", "THỦ TRƯỞNG",
        "Đánh giá, xếp loại chất lượng đảng viên", "Chi bộ đề xuất xếp loại mức chất lượng", "T/M CHI ỦY (CHI BỘ)",
        "Đảng ủy, chi ủy cơ sở xếp loại mức chất lượng", "T/M ĐẢNG ỦY (CHI ỦY)",
    ])  # fmt: skip
    assert ("(Cá nhân giữ chức vụ lãnh đạo, quản lý)" in text) is (form == "02B")
    assert "Điểm" not in text


@pytest.mark.parametrize(("pack", "form", "roster_form"), FORMS)
def test_a_blank_form_has_every_question(pack: str, form: str, roster_form: FormName) -> None:
    """On paper the leaders' items of form 02 stand for everybody, and the level of what was to be mended."""
    text = paper(pack, form, roster_form, blank=True)
    assert "☒" not in text
    assert text.count(LEVEL) == (3 if form == "02A" else 6)
    assert ("Kết quả công tác lãnh đạo" in text) is (form != "02A")


COLLECTIVE: Answers = {
    "principles": "Họp 12/12 kỳ.", "principles_level": "good", "scores.c01": 4, "scores.c01.reason": "Chưa kết nạp.",
    "shortcomings.1.text": "Họp chậm hai tháng.", "shortcomings.1.more": "no",
    "responsibility": "Chi ủy nhận phần chung.", "self_grade": "good",
}  # fmt: skip


def report(pack: str, *, blank: bool = False) -> str:
    rules = load(pack)
    response = None if blank else replace(SENT, kind="collective_review", form="01", answers=COLLECTIVE)
    sheet = CollectiveReview(rules, CYCLE, CELL, COMMITTEE.name, rules.forms["01"], response, GIVEN, "Lê Thị Lan")
    return text_of(collective_review_docx(sheet, template(pack, "01")))


@pytest.mark.parametrize("pack", pack_names())
def test_the_report_of_the_collective(pack: str) -> None:
    text, by_points = report(pack), pack == "hd43-2025"
    in_order(text, [
        "ĐẢNG BỘ PHƯỜNG TRƯỜNG VINH", "CHI BỘ KHỐI 5", "BÁO CÁO", "KIỂM ĐIỂM TẬP THỂ", "Năm 2026",
        "I. Ưu điểm", "Họp 12/12 kỳ.", *([] if by_points else ["☒\u00a0Tốt"]), "II. Hạn chế", "Họp chậm hai tháng.",
        "Người chịu trách nhiệm", "III. Kết quả khắc phục", "IV. Giải trình", "V. Trách nhiệm của tập thể, cá nhân",
        "Chi ủy nhận phần chung.", "VI. Phương hướng",
        *(["Kết quả chấm điểm", "A | Nhóm tiêu chí chung | 30", "4 | Chưa kết nạp."] if by_points else []),
        "VII. Đề nghị mức xếp loại", "☒  Hoàn thành tốt nhiệm vụ", "T/M CHI ỦY (CHI BỘ)", "Lê Thị Lan",
    ])  # fmt: skip
    assert ("Kèm theo phiếu phân tích chất lượng" in text) is not by_points
    assert (LEVEL in text) is not by_points
    blank = report(pack, blank=True)
    assert "☒" not in blank
    assert "Lê Thị Lan" not in blank


@pytest.mark.parametrize("pack", pack_names())
def test_every_paper_of_a_shipped_pack_can_be_made(pack: str) -> None:
    assert list(template_faults(load(pack), lambda name: template(pack, name))) == []


def with_template(name: str, content: bytes) -> Callable[[str], bytes]:
    return lambda asked: content if asked == name else template("hd43-2025", asked)


LINES = (
    "{{% for p in phan %}}{{% for d in p.dong %}}{{% if d.kieu == '{}' %}}{{{{ d.chuu }}}}{{% endif %}}"
    "{{% endfor %}}{{% endfor %}}"
)


@pytest.mark.parametrize(
    ("name", "line", "reason"),
    [
        ("2A", "{{ ho_ten }} {{ ho_va_ten }}", "ho_va_ten"),
        ("2C", LINES.format("chu"), "chuu"),
        ("2C", LINES.format("trong"), "chuu"),
        ("01", "{{ ho_ten }}", "ho_ten"),
        ("residence_remark", "{{ phan }}", "phan"),
        ("residence_area", "{{ ho_ten", "Tệp mẫu có trường sai"),
    ],
)  # fmt: skip
def test_an_unknown_field_is_found_wherever_it_stands(name: str, line: str, reason: str) -> None:
    (fault,) = template_faults(load("hd43-2025"), with_template(name, own_template(line)))
    assert fault.file == f"templates/{name}.docx"
    assert reason in fault.reason


def test_papers_that_are_missing_or_no_word_files() -> None:
    def none(name: str) -> bytes:
        raise FileNotFoundError(name)

    found = list(template_faults(load("hd43-2025"), none))
    assert [fault.file for fault in found] == [
        f"templates/{name}.docx" for name in ("01", "2A", "2B", "2C", "residence_remark", "residence_area")
    ]
    assert "không có tệp này trong gói" in found[0].reason
    (fault,) = template_faults(load("hd43-2025"), with_template("2B", b"PK"))
    assert "không phải văn bản Word" in fault.reason


def test_a_form_nobody_fills_is_still_checked() -> None:
    pack = replace(load("hd25-2023"), form_for={"2A": "02A", "2B": "02A", "2C": "02A"})
    assert list(template_faults(pack, lambda name: template("hd25-2023", name))) == []


def test_nobody_gets_a_form_the_roster_does_not_name() -> None:
    with pytest.raises(ValueError, match="no self-review"):
        self_review_docx(SelfReview(load("hd21-2019"), CYCLE, replace(HOA, form=None), "x"), b"")
