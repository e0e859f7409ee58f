"""Names of files: plain, short, and never two alike."""

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from documents.file_names import LONGEST, apart, slug
from documents.steady import steady
from documents.workbook import Column, Tables


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chi bộ Khối 5", "chi-bo-khoi-5"), ("Đảng ủy  Ơ/../Ư", "dang-uy-o-u"), ("CON", "con"), ("😀", "khong-ten"),
        ("", "khong-ten"), ("字", "khong-ten"),
    ],
)  # fmt: skip
def test_a_name_in_plain_letters(text: str, name: str) -> None:
    assert slug(text) == name


@given(st.text())
def test_any_text_becomes_a_name(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(text))
    assert len(slug(text)) <= LONGEST


@given(st.lists(st.sampled_from(["a", "a-2", "b"])))
def test_no_two_names_are_alike(names: list[str]) -> None:
    taken: set[str] = set()
    assert len({apart(name, taken) for name in names}) == len(names)


def test_an_office_file_tells_only_the_moment_it_is_given() -> None:
    at = datetime(2026, 12, 31, 9, 30, tzinfo=UTC)
    tables, out = Tables(), BytesIO()
    tables.sheet("A", [Column("Chữ")], [["x"]])
    Document().save(out)
    for content in (tables.content(), out.getvalue()):
        with ZipFile(BytesIO(steady(content, at))) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert archive.read("docProps/core.xml").count(b">2026-12-31T09:30:00Z<") == 2
