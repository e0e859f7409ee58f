"""Any update that aiogram can read is understood or left alone; nothing makes the reader fail."""

import copy
from typing import Any

import pytest
from aiogram.types import Update
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from conversations.incoming import Chose, Incoming, Reached, Typed, Unreadable
from conversations.screen import Screen
from handlers.telegram.draw import draw
from handlers.telegram.wire import Elsewhere, chat_of, keeps_message, read_update
from tests.channel.house import MENU
from tests.fakes.bot_api.person import _CONTENT as CONTENT

HOA = {"id": 7, "is_bot": False, "first_name": "Hoa"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Hoa"}
GROUP = {"id": -100, "type": "supergroup", "title": "Chi bộ"}
BASE = {"message_id": 1, "date": 1_790_000_000, "chat": PRIVATE, "from": HOA}
TAP = {"id": "1", "from": HOA, "chat_instance": "1", "data": "3.>home", "message": BASE | {"text": "x"}}
MEMBER = {"user": {"id": 1, "is_bot": True, "first_name": "B"}, "status": "member"}
SAMPLES: list[dict[str, Any]] = [
    {"message": BASE | {"text": "chào"}},
    {"message": BASE | {"chat": GROUP, "text": "/menu"}},
    {"message": BASE | {"chat": GROUP, "from": None, "sender_chat": GROUP, "text": "ẩn danh"}},
    {"edited_message": BASE | {"text": "sửa", "edit_date": 1_790_000_001}},
    {"callback_query": TAP},
    {"callback_query": {name: value for name, value in TAP.items() if name != "message"} | {"inline_message_id": "q"}},
    {"my_chat_member": {"chat": PRIVATE, "from": HOA, "date": 1, "old_chat_member": MEMBER, "new_chat_member": MEMBER}},
    {"channel_post": BASE | {"chat": {"id": -5, "type": "channel", "title": "K"}, "text": "tin"}},
    {"poll": {"id": "1"}},
    *({"message": BASE | content} for content in CONTENT.values()),
]


def read(content: dict[str, Any]) -> Incoming | Elsewhere | None:
    return read_update(Update.model_validate({"update_id": 5} | content))


def event(content: dict[str, Any]) -> object:
    found = read(content)
    assert isinstance(found, Incoming)
    assert (found.channel, found.delivery_id, found.chat) == ("telegram", "5", "7")
    return found.event


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("photo", "photo"),
        ("voice", "voice"),
        ("document", "file"),
        ("sticker", "sticker"),
        ("video", "other"),
        ("location", "other"),
        ("contact", "other"),
    ],
)
def test_what_is_not_text_is_named(kind: str, told: str) -> None:
    assert event({"message": BASE | CONTENT[kind]}) == Unreadable(told)


def test_text_edits_and_taps() -> None:
    assert event({"message": BASE | {"text": " Chào "}}) == Typed(" Chào ")
    assert event({"edited_message": BASE | {"text": "x"}}) == Unreadable("edited")
    assert event({"callback_query": TAP}) == Chose(3, ">home")
    assert event({"callback_query": TAP | {"data": "hỏng"}}) == Chose(-1, "")


def test_a_kind_of_message_nobody_knows_yet_is_answered() -> None:
    assert event({"message": BASE | {"hologram": {"x": 1}}}) == Unreadable("other")


def test_service_messages_and_moving_locations_are_left_alone() -> None:
    assert read({"message": BASE | {"pinned_message": BASE | {"text": "x"}}}) is None
    assert read({"edited_message": BASE | {"location": {"latitude": 1, "longitude": 1, "live_period": 60}}}) is None
    assert read({"my_chat_member": SAMPLES[6]["my_chat_member"] | {"chat": GROUP}}) is None
    assert event(SAMPLES[6]) == Reached(True)


def test_a_button_says_whether_its_screen_is_to_stay() -> None:
    for keeps in (True, False):
        (part,) = draw(Screen("Biên nhận", MENU, keeps=keeps), 12)
        data = part.rows[0][0].data
        assert event({"callback_query": TAP | {"data": data}}) == Chose(12, ">form")
        assert keeps_message(data) is keeps


@st.composite
def damaged(draw_value: st.DrawFn) -> dict[str, Any]:
    """A sample update with some fields changed, lost or swapped."""
    update = copy.deepcopy(draw_value(st.sampled_from(SAMPLES)))
    for _ in range(draw_value(st.integers(0, 3))):
        spot = update
        while True:
            name = draw_value(st.sampled_from(sorted(spot)))
            if not isinstance(spot[name], dict) or not spot[name] or draw_value(st.booleans()):
                break
            spot = spot[name]
        odd = st.none() | st.integers() | st.text(max_size=70) | st.booleans() | st.just({}) | st.just([])
        spot[name] = draw_value(odd)
    return {"update_id": draw_value(st.integers(0, 2**40))} | update


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the reader
@given(damaged())
def test_no_update_makes_the_reader_fail(raw: dict[str, Any]) -> None:
    try:
        update = Update.model_validate(raw)
    except ValidationError:
        return
    found = read_update(update)
    assert found is None or isinstance(found, Incoming | Elsewhere)
    assert isinstance(chat_of(update), int)
