"""Blank forms to fill in by hand, what was typed in from them, and several papers in one file."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from openpyxl import load_workbook
from PIL import Image

from documents.self_review import CONSENT, SelfReview, self_review_docx
from documents.summary_workbook import SummaryRow, summary_workbook
from documents.together import together
from review.forms import Given, Item
from review.pack import load, template
from review.people import FORM_NAMES, Person, Unit
from tests.documents.reading import text_of
from tests.documents.sample import COMMITTEE, CYCLE, GIVEN, HOA, SUBMITTED
from tests.documents.sample import PACK as SAMPLE

PACK = load("hd43-2025")
CELL = Unit(2, "K5", "Chi bộ Khối 5", "cell", 1)
TYPED = replace(SUBMITTED, respondent_id=2)
PROMISED = Given((Item("7", "Gặp nốt 3 hộ."),), (Item("9", "Hồ sơ đất chậm."),), (Item("11", "Chi bộ họp chậm."),))


def blank(form: str = "2C", given: Given = PROMISED, name: str = "Phan Thị Quế") -> bytes:
    person = Person(1, "QUE", name, CELL, form=form)  # type: ignore[arg-type]
    return self_review_docx(SelfReview(PACK, CYCLE, person, COMMITTEE.name, given=given), template("hd43-2025", form))


def typed(**changes: object) -> str:
    response = replace(TYPED, **changes)  # type: ignore[arg-type]
    paper = SelfReview(SAMPLE, CYCLE, HOA, COMMITTEE.name, response, GIVEN, typist="Lê Thị Lan")
    return text_of(self_review_docx(paper, template("hd43-2025", "2A")))


@pytest.mark.parametrize("form", FORM_NAMES)
def test_a_blank_form_has_room_for_every_question(form: str) -> None:
    text = text_of(blank(form))
    for line in (
        "Họ và tên: Phan Thị Quế", "Chi bộ: Chi bộ Khối 5", "I. ", "II. ", "Hạn chế, khuyết điểm 1",
        "Hạn chế, khuyết điểm 2",
        "Hạn chế, khuyết điểm phải khắc phục 1: Gặp nốt 3 hộ.", "☐\u00a0Đã\u00a0xong", "☐\u00a0Chưa\u00a0làm\u00a0được",
        "Vấn đề được gợi ý kiểm điểm 1: Hồ sơ đất chậm.", "Chi bộ họp chậm.", "Biện pháp khắc phục 2", "Thời hạn: \t",
        "☐  Hoàn thành tốt nhiệm vụ", "NGƯỜI TỰ KIỂM ĐIỂM", CONSENT,
    ):  # fmt: skip
        assert line in text, line
    assert "☒" not in text
    assert " | Tổng cộng | 100 |  | " in text
    criteria = sum(line.split(" | ")[0].isdecimal() for line in text.splitlines())
    asked = [q for section in PACK.forms[form].sections for q in section.blocks if getattr(q, "kind", "") == "score"]
    assert criteria == len(asked) > 10


def test_a_blank_form_has_several_lines_to_write_on() -> None:
    lines = text_of(blank()).splitlines()
    at = lines.index("Về thực hiện chức trách, nhiệm vụ được giao")
    assert lines[at + 1 : at + 6] == ["\t"] * 5
    assert lines[lines.index("Nguyên nhân: \t") + 1] == "\t"


def test_what_was_typed_in_says_by_whom_and_where_to_sign() -> None:
    text = typed()
    assert "Bản này do đồng chí Lê Thị Lan nhập thay theo bản giấy, ngày 02/12/2026; đảng viên ký xác nhận: …" in text
    assert text.index("NGƯỜI TỰ KIỂM ĐIỂM") < text.index("nhập thay theo bản giấy") < text.index("T/M CHI ỦY")
    assert "nộp lúc 20:31, 02/12/2026. Nhập thay theo bản giấy." in text
    assert "đảng viên đã ký xác nhận ngày 04/12/2026." in typed(signed_on=date(2026, 12, 4))
    assert CONSENT not in text


@pytest.mark.parametrize("own", [{"respondent_id": SUBMITTED.subject_id}, {"status": "draft", "submitted_at": None}])
def test_what_was_not_typed_in_or_not_handed_in_bears_no_such_line(own: dict[str, object]) -> None:
    assert "hập thay" not in typed(**own)


def test_a_template_of_the_office_without_the_line_still_marks_it() -> None:
    document, out = Document(), BytesIO()
    document.add_paragraph("{{ ho_ten }} {{ bien_nhan }}")
    document.save(out)
    paper = SelfReview(SAMPLE, CYCLE, HOA, COMMITTEE.name, TYPED, GIVEN, typist="Lê Thị Lan")
    assert "Nhập thay theo bản giấy." in text_of(self_review_docx(paper, out.getvalue()))


def test_the_summary_marks_it_beside_the_state() -> None:
    rows = [SummaryRow(HOA, "submitted", mark=" (nhập thay, chưa ký)"), SummaryRow(HOA, "not_started")]
    sheet = load_workbook(BytesIO(summary_workbook("Tổng hợp", SAMPLE, rows)))["Danh sách"]
    said = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "Đã nộp (nhập thay, chưa ký)" in said
    assert "Chưa bắt đầu" in said


def test_a_whole_cell_comes_in_one_file_each_on_a_page_of_its_own() -> None:
    names = ["Phan Thị Quế", "Cao Thị An", "Đinh Văn Bảy"]
    whole = together([blank(form, name=name) for form, name in zip(FORM_NAMES, names, strict=True)])
    text = text_of(whole)
    assert [text.count(f"Họ và tên: {name}") for name in names] == [1, 1, 1]
    assert text.index(names[0]) < text.index(names[1]) < text.index(names[2])
    document = Document(BytesIO(whole))
    assert document.element.xml.count('w:type="page"') == 2
    assert len(document.sections) == 1


def test_one_paper_alone_stays_as_it_is() -> None:
    assert text_of(together([blank()])) == text_of(blank())


def test_pictures_and_links_of_every_paper_come_along() -> None:
    whole = Document(BytesIO(together([_with_picture("red"), _with_picture("blue"), _with_picture("green")])))
    pictures = {
        Image.open(BytesIO(rel.target_part.blob)).getpixel((0, 0))
        for rel in whole.part.rels.values()
        if rel.reltype == RELATIONSHIP_TYPE.IMAGE
    }
    assert pictures == {(255, 0, 0), (0, 0, 255), (0, 128, 0)}
    links = [rel.target_ref for rel in whole.part.rels.values() if rel.is_external]
    assert links == ["https://vi.wikipedia.org/red", "https://vi.wikipedia.org/blue", "https://vi.wikipedia.org/green"]
    used = {value for e in whole.element.body.iter() for name, value in e.attrib.items() if "relationships}" in name}
    assert used <= set(whole.part.rels)
    assert len(used) == 6


def _with_picture(colour: str) -> bytes:
    document, picture, out = Document(), BytesIO(), BytesIO()
    Image.new("RGB", (4, 4), colour).save(picture, "PNG")
    picture.seek(0)
    document.add_picture(picture)
    link = document.part.relate_to(f"https://vi.wikipedia.org/{colour}", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    hyperlink = document.add_paragraph("xem")._p.makeelement(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}hyperlink",
        {"{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id": link},
    )
    document.paragraphs[-1]._p.append(hyperlink)
    document.save(out)
    return out.getvalue()
