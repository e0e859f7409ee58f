"""Documents and pictures through the door."""

from tests.web.conftest import Visit
from tests.web.stage import PREVIEW, RECEIPT


async def test_a_document_is_a_download_under_its_vietnamese_name(chat: Visit) -> None:
    assert 'href="paper/self_review/7" download' in await chat.at(PREVIEW)
    async with chat.client.get("/c/s1/paper/self_review/7") as answer:
        assert await answer.read() == b"PK-docx"
        assert answer.headers["Content-Type"] == "application/vnd.openxmlformats"
        assert answer.headers["Content-Disposition"] == (
            'attachment; filename="Ban-kiem-diem-Do-Hoa.docx"; '
            "filename*=UTF-8''B%E1%BA%A3n%20ki%E1%BB%83m%20%C4%91i%E1%BB%83m%20%C4%90%E1%BB%97%20Hoa.docx"
        )
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_chart_is_a_picture_in_the_page(chat: Visit) -> None:
    page = await chat.at(RECEIPT)
    assert '<img class="picture" src="paper/progress_chart/2" alt="Biểu đồ tiến độ của Chi bộ Khối 5">' in page
    async with chat.client.get("/c/s1/paper/progress_chart/2") as answer:
        assert answer.content_type == "image/png"
        assert answer.headers["Content-Disposition"].startswith("inline")


async def test_papers_that_are_not_this_persons_or_not_papers_are_not_there(chat: Visit) -> None:
    for path in ("self_review/8", "summary_workbook/1", "passwd/1"):
        async with chat.client.get(f"/c/s1/paper/{path}") as answer:
            assert answer.status == 404
    async with chat.client.get("/c/s1/paper/self_review/7x") as answer:
        assert answer.status == 400


async def test_only_looking_at_the_headers_makes_no_paper(chat: Visit) -> None:
    async with chat.client.head("/c/s1/paper/self_review/7") as answer:
        assert answer.status == 405
