"""How long reviews are kept: the last three closed ones (38-HD/BTCTW, II.1.1(13))."""

from hypothesis import given
from hypothesis import strategies as st

from review.calendar import Cycle
from review.retention import expired


def held(*years: int, open_year: int = 0) -> list[Cycle]:
    closed = [Cycle(year, year, "p", closed=True) for year in years]
    return [*closed, Cycle(open_year, open_year, "p")] if open_year else closed


def test_the_last_three_closed_years_are_kept_beside_the_open_one() -> None:
    cycles = held(2022, 2023, 2024, 2025, open_year=2026)
    assert [cycle.year for cycle in expired(cycles, 3)] == [2022]
    assert [cycle.year for cycle in expired(held(2022, 2023, 2024, 2025, 2026), 3)] == [2022, 2023]


def test_a_year_without_a_review_does_not_make_a_file_longer() -> None:
    assert [cycle.year for cycle in expired(held(2020, 2021, 2025), 3)] == [2020, 2021]


def test_nothing_closed_nothing_expired() -> None:
    assert expired(held(open_year=2026), 3) == ()
    assert expired([], 3) == ()


@given(st.sets(st.integers(2000, 2100)), st.integers(1, 9))
def test_what_is_kept_is_never_more_than_so_many_years(years: set[int], keep: int) -> None:
    gone = {cycle.year for cycle in expired(held(*years), keep)}
    assert len(years - gone) <= keep
    assert not gone or max(gone) < min(years - gone)
