"""Reading the platform's updates, whose field names its own pages write in several ways, and drawing screens for it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.incoming import Incoming, Typed, Unreadable
from conversations.place import HOME
from conversations.screen import Choice, Paper, Screen
from handlers.numbered import MAX_TEXT, texts
from handlers.zalo_bot.wire import Elsewhere, read_update

TEXT = {
    "event_name": "message.text.received",
    "message": {
        "message_id": "m1",
        "date": 1790000000000,
        "text": "Xin chào",
        "chat": {"id": "z1", "chat_type": "PRIVATE"},
        "from": {"id": "z1", "display_name": "Hoa", "is_bot": False},
    },
}


def changed(**message: Any) -> dict[str, Any]:
    kept = {**TEXT["message"], **message}  # type: ignore[dict-item]
    return {**TEXT, "message": {name: value for name, value in kept.items() if value is not None}}


def test_words() -> None:
    assert read_update(TEXT) == Incoming("zalo_bot", "m1", "z1", Typed("Xin chào"), order=1790000000000)


def test_an_update_wrapped_as_an_answer_is_the_same() -> None:
    assert read_update({"ok": True, "result": TEXT}) == read_update(TEXT)


def test_a_private_chat_named_by_its_sender() -> None:
    found = read_update(changed(chat=None))
    assert isinstance(found, Incoming)
    assert found.chat == "z1"


@pytest.mark.parametrize(
    ("event", "kind"), [("image", "photo"), ("sticker", "sticker"), ("voice", "voice"), ("unsupported", "other")]
)
def test_what_is_not_text_is_said_to_be_unreadable(event: str, kind: str) -> None:
    found = read_update({**changed(text=None), "event_name": f"message.{event}.received"})
    assert isinstance(found, Incoming)
    assert found.event == Unreadable(kind)


def test_in_a_group_nobody_is_a_person_of_the_roster() -> None:
    assert read_update(changed(chat={"id": "g1", "chat_type": "GROUP"})) == Elsewhere("g1")


NOBODY = changed(chat={}, **{"from": {}})
A_BOT = changed(**{"from": {"id": "b", "is_bot": True}})
REACTION = {**changed(text=None), "event_name": "message.reaction.received"}
NO_MESSAGE = {"event_name": "message.unsupported.received"}


@pytest.mark.parametrize("raw", [None, [], "x", {}, {"message": None}, NO_MESSAGE, NOBODY, A_BOT, REACTION])
def test_nothing_to_answer(raw: object) -> None:
    assert read_update(raw) is None


def test_without_a_number_the_same_update_is_still_the_same_delivery() -> None:
    one, two = read_update(changed(message_id=None)), read_update(changed(message_id=None, text="Khác"))
    assert isinstance(one, Incoming)
    assert isinstance(two, Incoming)
    assert one.delivery_id == read_update(changed(message_id=None)).delivery_id  # type: ignore[union-attr]
    assert one.delivery_id != two.delivery_id


NAMES = st.sampled_from(["message", "chat", "from", "id", "text", "date", "result", "event_name", "message_id"])
PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=20)


@given(st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4)))
def test_whatever_comes_in_is_read_or_left(raw: object) -> None:
    found = read_update(raw)
    assert found is None or found.chat


def test_choices_stand_one_a_line_and_marks_are_gone() -> None:
    screen = Screen("**Việc của đồng chí**\n\n_Còn 9 ngày._", (Choice("Viết tiếp", HOME), Choice("Để sau", HOME)))
    assert texts(screen) == ["Việc của đồng chí\n\nCòn 9 ngày.\n\n1. Viết tiếp\n2. Để sau"]


def test_papers_are_links() -> None:
    screen = Screen("📄 Đây", (Choice("Quay lại", HOME),), papers=(Paper("self_review", 7, "Bản in"),))
    assert texts(screen, ["https://b.vn/p/x"]) == ["📄 Đây\n\n📄 Bản in: https://b.vn/p/x\n\n1. Quay lại"]


@given(st.lists(st.sampled_from([*"aả😀 \n", "e\u0323\u0302", "\n\n"]), min_size=1, max_size=3000).map("".join))
def test_every_message_fits(text: str) -> None:
    for message in texts(Screen(f"x{text}", (Choice("Đi tiếp", HOME),))):
        assert 0 < len(message) <= MAX_TEXT
