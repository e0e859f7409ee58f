"""The fake refuses what Telegram refuses; otherwise the tests against it would prove nothing."""

import json
from typing import Any

import aiohttp
import pytest

from tests.fakes.bot_api import FakeBotApi
from tests.fakes.bot_api.schema import fault_of_answer, fault_of_call, fault_of_update


async def call(api: FakeBotApi, method: str, **fields: Any) -> dict[str, Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{api.base_url}/bot{api.token}/{method}", json=fields) as answer,
    ):
        body: dict[str, Any] = await answer.json()
        assert answer.status == body.get("error_code", 200)
        return body


def keyboard(*buttons: dict[str, str]) -> str:
    return json.dumps({"inline_keyboard": [list(buttons)]})


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "ả" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x", "colour": "red"}, "has no field colour"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't find end tag"),
        ({"text": "<b><i>x</b></i>", "parse_mode": "HTML"}, "unexpected end tag"),
        ({"text": "<x>x</x>", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "a & b", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "x", "reply_markup": keyboard({"text": "a", "callback_data": "ả" * 22})}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard({"text": "a"})}, "exactly one kind"),
        ({"text": "x", "reply_markup": keyboard(*[{"text": "a", "callback_data": "b"}] * 9)}, "too long"),
    ],
)
async def test_messages_telegram_refuses(api: FakeBotApi, fields: dict[str, Any], reason: str) -> None:
    answer = await call(api, "sendMessage", chat_id=api.person(started=True).chat.id, **fields)
    assert reason in answer["description"]


async def test_unknown_chats_methods_queries_and_tokens_are_refused(api: FakeBotApi) -> None:
    assert (await call(api, "sendMessage", chat_id=1, text="x"))["description"] == "Bad Request: chat not found"
    assert (await call(api, "sendMessage", chat_id=api.person().chat.id, text="x"))["error_code"] == 403
    assert (await call(api, "sendSmell"))["error_code"] == 404
    assert (await call(api, "answerCallbackQuery", callback_query_id="1"))["error_code"] == 400
    async with aiohttp.ClientSession() as session, session.post(f"{api.base_url}/bot1:x/getMe") as answer:
        assert answer.status == 401


async def test_an_offset_confirms_all_before_it_and_a_negative_one_keeps_the_last(api: FakeBotApi) -> None:
    hoa = api.person()
    ids = [await hoa.send(str(number)) for number in range(5)]
    first = await call(api, "getUpdates", limit=2)
    assert [update["update_id"] for update in first["result"]] == ids[:2]
    again = await call(api, "getUpdates", offset=ids[1])
    assert [update["update_id"] for update in again["result"]] == ids[1:]
    last = await call(api, "getUpdates", offset=-1)
    assert [update["update_id"] for update in last["result"]] == ids[-1:]
    assert api.updates.confirmed == ids[:-1]


@pytest.mark.parametrize(
    ("method", "fields", "fault"),
    [
        ("sendMessage", {"chat_id": 5, "text": "x", "parse_mode": "HTM"}, "$.parse_mode"),
        ("sendMessage", {"chat_id": 5}, "'text' is a required property"),
        ("editMessageText", {"chat_id": [], "text": "x"}, "$.chat_id"),
        ("setMyCommands", {"commands": [{"command": "menu"}]}, "'description' is a required property"),
        ("answerCallbackQuery", {"callback_query_id": "1", "colour": "red"}, "'colour' was unexpected"),
    ],
)
def test_a_schema_written_by_others_judges_too(method: str, fields: dict[str, Any], fault: str) -> None:
    assert fault in fault_of_call(method, fields)


def test_the_schema_judges_answers_and_updates() -> None:
    assert "message_id" in fault_of_answer("sendMessage", {"date": 1, "chat": {"id": 5, "type": "private"}})
    chat = {"id": 5, "type": "private"}
    message = {"message_id": 1, "date": 1, "chat": chat}
    assert fault_of_update({"update_id": 1, "message": message}) == ""
    assert fault_of_update({"update_id": 1, "message": message | {"chat": {"id": 5}}})


async def test_a_test_whose_bot_breaks_the_schema_fails() -> None:
    with pytest.raises(AssertionError, match="parse_mode"):
        async with FakeBotApi() as api:
            await call(api, "sendMessage", chat_id=api.person(started=True).chat.id, text="x", parse_mode="Markdwn")
