"""Papers that are only read, as .pdf: the words in them, every Vietnamese letter, the same bytes for the same data."""

from io import BytesIO

import pdfplumber

from documents.grade_report import report_pdf
from documents.member_result import MemberResult, member_result_pdf
from tests.documents.graded_sample import HEAD, LONG, PACK, TOM
from tests.documents.sample import HOA
from tests.documents.test_grade_report import PAPER

LETTERS = "ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ"


def words_of(content: bytes) -> str:
    with pdfplumber.open(BytesIO(content)) as book:
        return " ".join(" ".join((page.extract_text() or "").split()) for page in book.pages)


def test_the_report_to_read() -> None:
    text = words_of(report_pdf(PAPER))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "Tổng số đảng viên: 16, đã xếp loại: 15, chưa xếp loại: 1." in text
    assert "Lãnh đạo 15 3 (21,43%) 10 (71,43%) 1 (7,14%) 0 1 30% 23,08%" in text
    assert "20% của 10 người xếp «tốt» là 2, làm tròn xuống: 2; đã xếp xuất sắc 3; vượt 1." in text


def test_a_member_is_told_the_grade_in_words_and_nothing_else() -> None:
    text = words_of(member_result_pdf(MemberResult(HEAD, PACK, HOA, "good", "không hiện")))
    assert "Kính gửi: đồng chí Nguyễn Thị Hoa" in text
    assert "Ngày sinh: 01/05/1968 Chi bộ: Chi bộ Trường THCS Lê Lợi" in text
    assert "của đồng chí: Hoàn thành tốt nhiệm vụ" in text
    assert "không hiện" not in text


def test_a_member_who_is_not_graded_is_told_why() -> None:
    text = words_of(member_result_pdf(MemberResult(HEAD, PACK, HOA, None, "nghỉ thai sản.")))
    assert "Năm 2026 đồng chí chưa được xếp loại chất lượng. Lý do: nghỉ thai sản. Đồng chí" in text
    assert "Lý do: ……." in words_of(member_result_pdf(MemberResult(HEAD, PACK, HOA, None)))


def test_what_was_typed_is_never_a_command_and_every_letter_is_there() -> None:
    reason = '*đậm* _x_ #read("/etc/passwd") $x$ <a> & "b" \\ `c` = {{ d }}'
    text = words_of(member_result_pdf(MemberResult(HEAD, PACK, TOM, None, reason)))
    assert reason in text
    assert TOM.name in text
    assert LETTERS in words_of(member_result_pdf(MemberResult(HEAD, PACK, TOM, None, LETTERS)))
    assert LETTERS.upper() in words_of(member_result_pdf(MemberResult(HEAD, PACK, TOM, None, LETTERS.upper())))


def test_the_same_data_gives_the_same_bytes() -> None:
    paper = MemberResult(HEAD, PACK, TOM, "excellent", LONG)
    assert member_result_pdf(paper) == member_result_pdf(paper)
