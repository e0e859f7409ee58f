"""Reading the Official Account's events, and drawing screens for it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.incoming import Asked, Incoming, Reached, Typed, Unreadable
from conversations.place import HOME
from conversations.screen import Choice, Paper, Screen
from handlers.numbered import MAX_TEXT
from handlers.zalo_oa.draw import MAX_BUTTONS, MAX_LABEL, Message, draw
from handlers.zalo_oa.wire import read_event
from tests.fakes.zalo_oa import Account, MovedClock
from tests.fakes.zalo_oa.account import OaPhone

TEXT: dict[str, Any] = {
    "app_id": "41",
    "event_name": "user_send_text",
    "sender": {"id": "u1"},
    "recipient": {"id": "oa"},
    "message": {"msg_id": "m1", "text": "Xin chào"},
    "timestamp": "1790000000000",
}
FOLLOW = {"event_name": "follow", "follower": {"id": "u1"}, "oa_id": "oa", "timestamp": "1790000000000"}


def test_words() -> None:
    assert read_event(TEXT) == (Incoming("zalo_oa", "m1", "u1", Typed("Xin chào")),)
    assert read_event(TEXT)[0].order == 1790000000000


def test_words_with_an_address_in_them_are_words() -> None:
    assert read_event(TEXT | {"event_name": "user_send_link"})[0].event == Typed("Xin chào")


@pytest.mark.parametrize(
    ("event", "kind"), [("image", "photo"), ("gif", "photo"), ("sticker", "sticker"), ("audio", "voice"),
                        ("file", "file"), ("video", "other"), ("location", "other"), ("business_card", "other")]
)  # fmt: skip
def test_what_is_not_text_is_said_to_be_unreadable(event: str, kind: str) -> None:
    found = read_event(TEXT | {"event_name": f"user_send_{event}", "message": {"msg_id": "m2"}})
    assert [one.event for one in found] == [Unreadable(kind)]


def test_whoever_follows_may_be_written_to_and_is_greeted() -> None:
    first, second = read_event(FOLLOW)
    assert (first.event, second.event) == (Reached(can_be_reached=True), Asked("start"))
    assert first.delivery_id != second.delivery_id
    assert read_event(FOLLOW)[0].delivery_id == first.delivery_id
    again = read_event(FOLLOW | {"timestamp": "1790000000001"})
    assert again[0].delivery_id != first.delivery_id


def test_whoever_leaves_may_not() -> None:
    found = read_event(FOLLOW | {"event_name": "unfollow"})
    assert [one.event for one in found] == [Reached(can_be_reached=False)]


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        "x",
        {},
        TEXT | {"event_name": "oa_send_text"},
        TEXT | {"event_name": "user_seen_message"},
        TEXT | {"event_name": "user_send_group_text"},
        TEXT | {"event_name": ["user_send_text"]},
        TEXT | {"sender": {}},
        TEXT | {"message": None},
        TEXT | {"message": {"msg_id": "m1"}},
        {"event_name": "follow"},
    ],
)
def test_nothing_to_answer(raw: object) -> None:
    assert read_event(raw) == ()


def test_without_a_number_the_same_event_is_still_the_same_delivery() -> None:
    one = read_event(TEXT | {"message": {"text": "Một"}})[0]
    assert one.delivery_id == read_event(TEXT | {"message": {"text": "Một"}})[0].delivery_id
    assert one.delivery_id != read_event(TEXT | {"message": {"text": "Hai"}})[0].delivery_id


NAMES = st.sampled_from(["message", "sender", "follower", "id", "text", "timestamp", "event_name", "msg_id"])
PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["follow", "user_send_text"])


@given(st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4)))
def test_whatever_comes_in_is_read_or_left(raw: object) -> None:
    assert all(one.chat and 0 < len(one.delivery_id) <= 200 for one in read_event(raw))


def choices(*labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(label, HOME) for label in labels)


def test_buttons_answer_with_the_number_that_also_stands_in_the_text() -> None:
    (message,) = draw(Screen("**Việc của đồng chí**", choices("Viết tiếp", "Để sau")))
    assert message == Message("Việc của đồng chí\n\n1. Viết tiếp\n2. Để sau", ("Viết tiếp", "Để sau"))
    assert message.content["attachment"]["payload"]["buttons"][1] == {
        "title": "Để sau", "type": "oa.query.show", "payload": "2",
    }  # fmt: skip


@pytest.mark.parametrize("labels", [["x"] * (MAX_BUTTONS + 1), ["x" * (MAX_LABEL + 1)], []])
def test_what_fits_no_button_stands_only_in_the_text(labels: list[str]) -> None:
    (message,) = draw(Screen("Chọn", choices(*labels)))
    assert message.buttons == ()
    assert message.text.count("\n") == (len(labels) + 1 if labels else 0)


def test_papers_are_links() -> None:
    screen = Screen("Đây", choices("Quay lại"), papers=(Paper("self_review", 7, "Bản in"),))
    assert draw(screen, ["https://b.vn/p/x"])[0].text == "Đây\n\n📄 Bản in: https://b.vn/p/x\n\n1. Quay lại"


@given(
    st.lists(st.sampled_from([*"aả😀 \n", "e\u0323\u0302", "\n\n"]), min_size=1, max_size=3000).map("".join),
    st.lists(st.text("aả 1", min_size=1, max_size=120), max_size=7),
)
def test_the_account_takes_every_message(text: str, labels: list[str]) -> None:
    clock = MovedClock()
    account = Account(clock, per_minute=10**6)
    form = {"refresh_token": account.granted(), "app_id": account.app_id, "grant_type": "refresh_token"}
    token = account.exchange(form, account.app_secret)["access_token"]
    phone = account.phones["u"] = OaPhone(account.bell, "u", print)
    phone.last_interaction = clock()
    messages = draw(Screen(f"x{text}", choices(*labels)))
    for message in messages:
        account.show(token, {"recipient": {"user_id": "u"}, "message": message.content})
        assert len(message.text) <= MAX_TEXT
    assert not any(message.buttons for message in messages[:-1])
