"""A screen outlives a crash: written as JSON and read again it is the same, whatever is on it."""

import json

import pytest

from conversations.place import HOME, Place
from conversations.screen import Choice, Paper, Screen
from conversations.stored_screen import from_json, read_screen, to_json


@pytest.mark.parametrize(
    "screen",
    [
        Screen("Chào đồng chí."),
        Screen("✍️ Năm nay việc gì làm chưa tốt?", (Choice("Về màn hình chính", to=HOME),), "text"),
        Screen("Chọn", (Choice("Một", act="pick.1"), Choice("Hai", to=Place.of("cell_person", 4, 2)))),
        Screen(
            "Đã lưu. Đã nộp.",
            (Choice("Xong", to=HOME),),
            papers=(Paper("self_review", 7, "Bản kiểm điểm"), Paper("my_result", 3, "Kết quả")),
            keeps=True,
            note="Đã lưu.",
        ),
    ],
)  # fmt: skip
def test_it_is_read_again_as_it_was(screen):
    assert from_json(json.loads(json.dumps(to_json(screen)))) == screen
    assert read_screen(to_json(screen)) == screen


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "words",
        {},
        {"v": 9},
        {**to_json(Screen("x")), "text": 5},
        {**to_json(Screen("x")), "waits_for": "mind"},
        {**to_json(Screen("x")), "choices": [["a", ""]]},
        {**to_json(Screen("x")), "papers": [[1, 2, 3]]},
    ],
)  # fmt: skip
def test_what_this_version_cannot_draw_is_none(data):
    assert read_screen(data) is None
