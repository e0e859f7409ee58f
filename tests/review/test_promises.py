"""What one year promises for the next, and whether a fault returns."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.forms import Given, Item
from review.pack import load
from review.pack_model import HintRule
from review.promises import Promise, is_promise, promises, shortcoming_in
from review.repeats import DEFAULT_PERCENT, Return, like_one, percent_of, returning
from tests.conversations.small_pack import SMALL_PACK

WORDS = st.text(max_size=20)
DUE = date(2027, 2, 28)


@pytest.mark.parametrize(
    ("promise", "text"),
    [
        (
            Promise(1, "Chưa gặp hết các hộ.", "Gặp nốt 3 hộ chưa hiến đất", DUE),
            "Chưa gặp hết các hộ. Đã hứa: gặp nốt 3 hộ chưa hiến đất, xong trước 28/02/2027.",
        ),
        (
            Promise(1, "chưa gặp hết các hộ", "Gặp nốt 3 hộ trước 28/2.", DUE),
            "Chưa gặp hết các hộ. Đã hứa: gặp nốt 3 hộ trước 28/2.",
        ),
        (Promise(1, "Vắng họp.", "UBND nhắc lịch"), "Vắng họp. Đã hứa: UBND nhắc lịch."),
        (Promise(1, "Vắng  họp;", "", DUE), "Vắng họp."),
        (Promise(0, "", "gặp nốt 3 hộ", DUE), "Gặp nốt 3 hộ, xong trước 28/02/2027."),
        (Promise(0, "", ""), ""),
    ],
)
def test_a_promise_is_worded_as_one_thing_to_ask_about(promise: Promise, text: str) -> None:
    assert promise.text == text


def test_what_an_item_was_made_of() -> None:
    text = Promise(1, "Chưa gặp hết các hộ.", "Gặp nốt 3 hộ", DUE).text
    assert shortcoming_in(text) == "Chưa gặp hết các hộ."
    assert shortcoming_in("Vắng họp.") == "Vắng họp."
    assert not is_promise(text)
    assert is_promise("Gặp nốt 3 hộ chưa hiến đất trước 28/02.")
    assert not is_promise("Vắng ba buổi họp.")


def made(shortcomings: list[str], *measures: tuple[str, str]) -> list[tuple[int, str, str]]:
    rows = [{"measure": measure, "shortcoming": of, "due": "2027-02-28"} for measure, of in measures]
    found = promises({"shortcomings": [{"text": text} for text in shortcomings], "measures": rows})
    return [(one.nth, one.shortcoming, one.measure) for one in found]


def test_measures_go_with_the_shortcoming_they_name_else_by_their_place() -> None:
    faults = ["Chưa gặp hết các hộ được phân công.", "Vắng ba buổi họp chi bộ."]
    assert made(faults, ("Dự đủ các buổi.", "vắng họp chi bộ"), ("Gặp nốt 3 hộ.", "Chưa gặp hết các hộ")) == [
        (1, faults[0], "Gặp nốt 3 hộ"),
        (2, faults[1], "Dự đủ các buổi"),
    ]
    assert made(faults, ("Gặp nốt 3 hộ.", ""), ("Dự đủ.", "")) == [
        (1, faults[0], "Gặp nốt 3 hộ"),
        (2, faults[1], "Dự đủ"),
    ]
    assert made(faults[:1], ("Một.", "chưa gặp hết các hộ"), ("Hai.", "chưa gặp hết các hộ")) == [
        (1, faults[0], "Một; Hai")
    ]
    assert made(faults, ("Dự đủ.", "vắng họp chi bộ"), ("Gặp nốt 3 hộ.", "")) == [
        (1, faults[0], "Gặp nốt 3 hộ"),
        (2, faults[1], "Dự đủ"),
    ]
    assert made([], ("Một.", "")) == [(0, "", "Một.")]
    assert made(faults) == [(1, faults[0], ""), (2, faults[1], "")]


@given(st.lists(st.text(min_size=1, max_size=20), max_size=4), st.lists(st.tuples(WORDS, WORDS), max_size=4))
def test_every_shortcoming_gives_one_promise_and_no_measure_is_lost(faults, measures) -> None:
    found = made(faults, *measures)
    assert [fault for nth, fault, _ in found if nth] == faults
    said = " ".join(measure for *_, measure in found)
    assert all(measure.strip(" .;,:…") in said for measure, _ in measures)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Chưa gặp hết hộ được phân công, mới gặp 12/16 hộ.", "Chưa gặp hết các hộ được phân công: 16 hộ mới gặp 11."),
        ("Còn vắng hai buổi họp chi bộ.", "Vắng ba buổi họp chi bộ."),
        ("Báo cáo quý 3 nộp chậm một tuần", "Nộp báo cáo chậm 5 ngày trong quý 2"),
    ],
)
def test_the_same_fault_in_other_words(text: str, before: str) -> None:
    assert like_one(text, ["Chưa học hết nghị quyết.", before], DEFAULT_PERCENT) == before


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Chưa dự đủ các buổi họp chi bộ.", "Chưa gặp hết các hộ được phân công."),
        ("Chưa học tin học.", "Chưa dự đủ các buổi họp."),
        ("Vắng họp", "Vắng họp"),
        ("Chưa gặp hết các hộ được phân công.", "Chưa"),
    ],
)
def test_other_faults_and_texts_too_short_to_tell(text: str, before: str) -> None:
    assert like_one(text, [before], DEFAULT_PERCENT) is None
    assert like_one(text, [], DEFAULT_PERCENT) is None


def test_what_returns_in_a_response() -> None:
    given_items = Given(
        carried=(
            Item("1", "Vắng ba buổi họp chi bộ. Đã hứa: dự đủ."),
            Item("2", "Chưa gặp hết các hộ được phân công."),
            Item("3", "Chưa lập tủ sách của khối."),
        )
    )
    answers = {
        "fixed.1.status": "done",
        "fixed.2.status": "not",
        "fixed.3.status": "partly",
        "shortcomings.1.text": "Vắng hai buổi họp chi bộ.",
        "shortcomings.1.more": "yes",
        "shortcomings.2.text": "Chưa gặp hết hộ được phân công.",
    }
    assert returning(SMALL_PACK.forms["2C"], answers, given_items, DEFAULT_PERCENT) == (
        Return("not", "Chưa gặp hết các hộ được phân công."),
        Return("partly", "Chưa lập tủ sách của khối."),
        Return("alike", "Vắng hai buổi họp chi bộ.", "Vắng ba buổi họp chi bộ."),
    )
    assert returning(SMALL_PACK.forms["2C"], {}, Given(), DEFAULT_PERCENT) == ()


def test_the_pack_may_set_how_alike_two_faults_must_be() -> None:
    assert percent_of(SMALL_PACK) == DEFAULT_PERCENT
    assert percent_of(load("hd43-2025")) == 75
    hints = {"returns": HintRule("Giống năm ngoái.", alike_percent=90)}
    assert percent_of(replace(SMALL_PACK, hints=hints)) == 90
