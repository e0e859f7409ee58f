"""Polling: confirmed only after the commit, in order within a chat, and nothing stops the queue."""

import asyncio
import logging

import pytest
from aiogram import Bot

from conversations import words
from conversations.incoming import Incoming, Typed
from handlers.telegram.door import TelegramDoor
from handlers.telegram.polling import Poller
from tests.channel.house import MemoryTurns
from tests.fakes.bot_api import FakeBotApi, Fault


async def test_start_takes_the_webhook_away_and_asks_only_for_what_it_takes(api: FakeBotApi, polling: Poller) -> None:
    await api.until(lambda: api.called("setMyCommands"))
    await api.person().send("chào")
    await api.until(lambda: api.updates.confirmed)
    assert api.calls[0].method == "deleteWebhook"
    asked = api.called("getUpdates")[0].fields["allowed_updates"]
    assert asked == ["message", "edited_message", "callback_query", "my_chat_member"]
    commands = api.called("setMyCommands")[0].fields["commands"]
    assert [command["command"] for command in commands] == ["menu", "huy", "dulieu", "trogiup"]


async def test_an_update_is_confirmed_only_after_its_turn_is_committed(
    api: FakeBotApi, turns: MemoryTurns, polling: Poller
) -> None:
    committing, may_commit = asyncio.Event(), asyncio.Event()

    async def slowly(incoming: Incoming) -> None:
        committing.set()
        await may_commit.wait()

    turns.hook = slowly
    await api.person().send("chào")
    await committing.wait()
    assert api.updates.confirmed == []
    may_commit.set()
    await api.until(lambda: api.updates.confirmed)
    assert len(turns.taken) == 1


async def test_chats_go_side_by_side_and_one_chat_in_order(
    api: FakeBotApi, turns: MemoryTurns, bot: Bot, door: TelegramDoor
) -> None:
    hoa, nam = api.person("Hoa"), api.person("Nam")
    nam_is_done = asyncio.Event()

    async def hoa_waits_for_nam(incoming: Incoming) -> None:
        if incoming.chat == str(hoa.chat.id):
            await nam_is_done.wait()
        elif incoming.event == Typed("n2"):
            nam_is_done.set()

    turns.hook = hoa_waits_for_nam
    for person, text in ((hoa, "h1"), (hoa, "h2"), (nam, "n1"), (nam, "n2")):
        await person.send(text)
    poller = Poller(bot, door)
    running = asyncio.create_task(poller.run())
    await api.until(lambda: len(api.updates.confirmed) == 4)
    texts = [event.text for event in turns.events]
    assert [text for text in texts if text[0] == "h"] == ["h1", "h2"]
    assert [text for text in texts if text[0] == "n"] == ["n1", "n2"]
    poller.stop()
    await running


async def test_stop_finishes_what_is_in_hand(api: FakeBotApi, turns: MemoryTurns, bot: Bot, door: TelegramDoor) -> None:
    committing, may_commit = asyncio.Event(), asyncio.Event()

    async def slowly(incoming: Incoming) -> None:
        committing.set()
        await may_commit.wait()

    turns.hook = slowly
    hoa = api.person()
    await hoa.send("chào")
    poller = Poller(bot, door)
    running = asyncio.create_task(poller.run())
    await committing.wait()
    poller.stop()
    may_commit.set()
    await running
    assert turns.events == [Typed("chào")]
    await hoa.screen()


async def test_when_storage_is_down_it_says_so_once_and_tries_again(
    api: FakeBotApi, turns: MemoryTurns, polling: Poller
) -> None:
    turns.down = True
    hoa = api.person()
    await hoa.send("Câu trả lời")
    assert "chưa được lưu" in (await hoa.screen()).text
    polls = len(api.called("getUpdates"))
    await api.until(lambda: len(api.called("getUpdates")) > polls + 2)
    assert api.updates.confirmed == []
    turns.down = False
    await hoa.screen_with("Màn 1")
    await api.until(lambda: api.updates.confirmed)
    assert [shown.text for shown in hoa.shown] == [words.BUSY.replace("**", ""), "Màn 1\nTyped"]


async def test_the_first_refused_update_holds_the_offset_not_those_before_it(
    api: FakeBotApi, turns: MemoryTurns, bot: Bot, door: TelegramDoor
) -> None:
    hoa, nam = api.person("Hoa"), api.person("Nam")
    first = await hoa.send("một")
    second = await nam.send("hai")

    async def nam_cannot_be_stored(incoming: Incoming) -> None:
        turns.down = incoming.chat == str(nam.chat.id)

    turns.hook = nam_cannot_be_stored
    poller = Poller(bot, door, first_pause=0.02)
    running = asyncio.create_task(poller.run())
    await api.until(lambda: api.updates.confirmed == [first])
    assert [update["update_id"] for update in api.updates.queue] == [second]
    poller.stop()
    await running


async def test_a_slow_chat_holds_up_nobody(api: FakeBotApi, turns: MemoryTurns, polling: Poller) -> None:
    hoa, nam = api.person("Hoa"), api.person("Nam")
    may_commit = asyncio.Event()

    async def hoa_takes_long(incoming: Incoming) -> None:
        if incoming.chat == str(hoa.chat.id):
            await may_commit.wait()

    turns.hook = hoa_takes_long
    await hoa.send("một")
    await hoa.send("hai")
    for text in ("ba", "bốn"):
        await nam.send(text)
        await nam.screen()
    assert api.updates.confirmed == []
    may_commit.set()
    await api.until(lambda: len(api.updates.confirmed) == 4)
    assert [event.text for event in turns.events] == ["ba", "bốn", "một", "hai"]


async def test_an_update_nobody_can_read_is_skipped_and_logged_by_its_id(
    api: FakeBotApi, turns: MemoryTurns, polling: Poller, caplog: pytest.LogCaptureFixture
) -> None:
    api.updates.put_raw({"update_id": 5000, "message": {"text": "bí mật", "chat": "hỏng"}})
    hoa = api.person()
    await hoa.send("chào")
    await hoa.screen()
    assert turns.events == [Typed("chào")]
    record = next(record for record in caplog.records if record.message == "telegram_update_unreadable")
    assert record.update == 5000  # type: ignore[attr-defined]
    assert "bí mật" not in caplog.text


async def test_a_fault_in_one_turn_is_said_to_its_person_and_holds_up_nobody(
    api: FakeBotApi, turns: MemoryTurns, polling: Poller, caplog: pytest.LogCaptureFixture
) -> None:
    turns.faulty = {str(api.updates.next_id + 1)}
    hoa = api.person()
    await hoa.send("độc")
    assert "chưa được lưu" in (await hoa.screen()).text
    await hoa.send("lành")
    assert "Màn 1" in (await hoa.screen()).text
    assert "the answer itself" not in caplog.text
    assert any("ValueError at" in str(vars(record).get("error")) for record in caplog.records)


@pytest.mark.parametrize(
    ("fault", "event"),
    [
        (Fault("getUpdates", status=500, times=3), "telegram_out_of_reach"),
        (Fault("getUpdates", status=502, plain=True, times=3), "telegram_out_of_reach"),
        (Fault("getUpdates", cut="before", times=3), "telegram_out_of_reach"),
        (Fault("getUpdates", status=401, times=3), "telegram_token_refused: check TELEGRAM_TOKEN"),
        (Fault("getUpdates", status=409, times=3), "telegram_conflict"),
        (Fault("deleteWebhook", status=500, times=3), "telegram_out_of_reach"),
    ],
)
async def test_trouble_is_logged_once_and_survived(
    api: FakeBotApi, polling: Poller, caplog: pytest.LogCaptureFixture, fault: Fault, event: str
) -> None:
    caplog.set_level(logging.WARNING)
    api.faults.add(fault)
    hoa = api.person()
    await hoa.send("chào")
    await hoa.screen()
    assert len([record for record in caplog.records if record.message.startswith(event)]) == 1
    assert api.token not in caplog.text


async def test_a_second_poller_conflicts_and_both_go_on(
    api: FakeBotApi, polling: Poller, bot: Bot, door: TelegramDoor
) -> None:
    other = Poller(bot, door, first_pause=0.02)
    running = asyncio.create_task(other.run())
    await api.until(lambda: any(call.status == 409 for call in api.calls))
    hoa = api.person()
    await hoa.send("chào")
    await hoa.screen()
    other.stop()
    await running
