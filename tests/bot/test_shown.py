"""Which words were sent before the present screen was there."""

import pytest

from bot.shown import FirstShown


@pytest.fixture
def shown() -> FirstShown:
    """Screen 1 went out as message 10; the person wrote message 11 after it; screen 2 went out as message 13."""
    shown = FirstShown()
    shown.note("hoa", 1, 10)
    assert not shown.is_early("hoa", 1, 11)
    shown.note("hoa", 2, 13)
    return shown


@pytest.mark.parametrize(("number", "early"), [(12, True), (13, False), (14, False), (0, False)])
def test_words_sent_before_the_screen_are_early(shown: FirstShown, number: int, early: bool) -> None:
    assert shown.is_early("hoa", 2, number) is early


def test_a_screen_shown_again_keeps_its_first_message(shown: FirstShown) -> None:
    shown.note("hoa", 2, 20)
    assert not shown.is_early("hoa", 2, 15)


def test_a_screen_drawn_over_an_older_one_is_not_judged(shown: FirstShown) -> None:
    shown.note("hoa", 3, 0)
    assert not shown.is_early("hoa", 3, 12)


def test_other_screens_and_other_chats_are_not_judged(shown: FirstShown) -> None:
    assert not shown.is_early("hoa", 1, 12)
    assert not shown.is_early("nam", 2, 12)


@pytest.mark.parametrize("number", [1, 7])
def test_a_server_that_numbers_each_side_by_itself_is_not_judged(number: int) -> None:
    shown = FirstShown()
    for serial in range(1, 5):
        shown.note("hoa", serial, 100 + serial)
        assert not shown.is_early("hoa", serial, number)
