"""Pages of lists and of long texts."""

from hypothesis import given
from hypothesis import strategies as st

from conversations.paging import leaves, page_of, turn_pages


@given(st.lists(st.integers(), max_size=40), st.integers(-3, 12))
def test_every_row_is_on_exactly_one_page(rows: list[int], number: int) -> None:
    pages = page_of(rows, 1).pages
    assert [row for n in range(1, pages + 1) for row in page_of(rows, n).rows] == rows
    page = page_of(rows, number)
    assert 1 <= page.number <= page.pages
    assert len(page.rows) <= 8
    assert page.rows == tuple(rows[page.first - 1 : page.first - 1 + len(page.rows)])


def test_pages_are_turned_forwards_first() -> None:
    middle = page_of(range(20), 2)
    assert [choice.action for choice in turn_pages(middle, "list", 7)] == [">list.7.3", ">list.7.1"]
    assert middle.mark == " · trang 2/3"
    assert page_of((), 1).mark == ""


@given(st.lists(st.text("ab \n", max_size=200), max_size=12))
def test_leaves_keep_all_words_in_order(paragraphs: list[str]) -> None:
    made = leaves(paragraphs, 50)
    assert all(0 < len(leaf) <= 50 for leaf in made)
    assert "".join("".join(made).split()) == "".join("".join(paragraphs).split())
