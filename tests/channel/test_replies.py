"""How screens reach the chat: new messages, edits in place, papers, and what Telegram may refuse."""

import pytest
from aiogram.exceptions import TelegramForbiddenError, TelegramNetworkError, TelegramServerError

from conversations import words
from conversations.incoming import Chose, Reached, Typed
from conversations.screen import Paper, Screen
from handlers.telegram.limiter import FloodGate
from handlers.telegram.polling import Poller
from tests.channel.house import MENU, MemoryTurns
from tests.fakes.bot_api import FakeBotApi, Fault

pytestmark = pytest.mark.usefixtures("polling")


async def test_start_payload_comes_as_typed_and_the_screen_has_numbered_buttons(
    api: FakeBotApi, turns: MemoryTurns
) -> None:
    hoa = api.person()
    await hoa.start("K7-4F2Q")
    screen = await hoa.screen()
    assert turns.events == [Typed("/start K7-4F2Q")]
    assert screen.text == "Màn 1\nTyped"
    assert screen.buttons == (("1 Viết tiếp", "1.>form"), ("2 Quay lại", "1.!back"))


async def test_a_tap_is_answered_and_draws_over_the_tapped_message(api: FakeBotApi, turns: MemoryTurns) -> None:
    hoa = api.person()
    await hoa.start()
    first = await hoa.screen()
    query = await hoa.tap(2)
    second = await hoa.screen()
    await hoa.answered(query)
    assert turns.events[-1] == Chose(1, "!back")
    assert second.edited
    assert second.message_id == first.message_id


async def test_typed_words_bring_a_new_message_and_leave_old_buttons_alone(api: FakeBotApi) -> None:
    hoa = api.person()
    await hoa.start()
    first = await hoa.screen()
    await hoa.send("Câu trả lời")
    second = await hoa.screen()
    assert second.message_id > first.message_id
    assert hoa.chat.messages[first.message_id]["reply_markup"]


async def test_a_kept_screen_is_not_drawn_over(api: FakeBotApi, turns: MemoryTurns) -> None:
    turns.draw = lambda incoming, serial: Screen(f"✅ Biên nhận {serial}", MENU, keeps=True)
    hoa = api.person()
    await hoa.start()
    receipt = await hoa.screen()
    await hoa.tap(1)
    after = await hoa.screen()
    assert turns.events[-1] == Chose(1, ">form")
    assert after.message_id != receipt.message_id


async def test_what_cannot_be_edited_is_sent_anew(api: FakeBotApi, turns: MemoryTurns) -> None:
    turns.draw = lambda incoming, serial: Screen("Luôn như nhau")
    hoa = api.person()
    await hoa.start()
    same = await hoa.screen()
    await hoa.tap_data("1.>form", same.message_id)
    assert not (await hoa.screen()).edited
    hoa.delete(same.message_id)
    await hoa.tap_data("1.>form", same.message_id)
    assert not (await hoa.screen()).edited
    assert not turns.undelivered


async def test_a_query_too_old_to_answer_still_gets_its_screen(api: FakeBotApi, turns: MemoryTurns) -> None:
    hoa = api.person()
    await hoa.start()
    await hoa.screen()
    await hoa.tap(1, expired=True)
    assert (await hoa.screen()).edited
    assert not turns.undelivered


@pytest.mark.parametrize("data", ["", ".", "x.>home", "-1.>home", "99999999999.>home", "7", "7.", "k.!a"])
async def test_forged_data_is_an_old_button(api: FakeBotApi, turns: MemoryTurns, data: str) -> None:
    hoa = api.person(started=True)
    await hoa.tap_data(data)
    await hoa.screen()
    assert turns.events == [Chose(-1, "")]


async def test_papers_follow_their_screen(api: FakeBotApi, turns: MemoryTurns) -> None:
    both = (Paper("self_review", 1, "Bản kiểm điểm"), Paper("progress_chart", 1, "Tiến độ"))
    hidden = Paper("summary_workbook", 1, "Không được xem")
    turns.draw = lambda incoming, serial: Screen("📄 Đây", MENU, papers=(*both, hidden))
    hoa = api.person()
    await hoa.start()
    await hoa.screen()
    document, photo = await hoa.paper(), await hoa.paper()
    await turns.settled()
    assert (document.kind, document.filename, document.caption) == ("document", "ban-kiem-diem.docx", "Bản kiểm điểm")
    assert (photo.kind, photo.content) == ("photo", b"\x89PNG")
    assert len(hoa.papers) == 2


async def test_a_long_screen_comes_in_parts_with_the_buttons_on_the_last(api: FakeBotApi, turns: MemoryTurns) -> None:
    turns.draw = lambda incoming, serial: Screen("\n\n".join(f"**Đoạn {n}** " + "ả" * 900 for n in range(9)), MENU)
    hoa = api.person()
    await hoa.start()
    parts = [await hoa.screen(), await hoa.screen(), await hoa.screen()]
    await turns.settled()
    assert [bool(part.buttons) for part in parts] == [False, False, True]
    assert "".join(part.text for part in parts).count("Đoạn") == 9


async def test_a_short_429_is_waited_out(api: FakeBotApi) -> None:
    hoa = api.person()
    api.faults.add(Fault("sendMessage", status=429, retry_after=1))
    await hoa.start()
    await api.until(lambda: api.called("sendMessage"))
    await hoa.screen()
    assert [call.status for call in api.called("sendMessage")] == [429, 200]


async def test_a_long_429_leaves_the_reply_in_the_outbox(api: FakeBotApi, turns: MemoryTurns, gate: FloodGate) -> None:
    hoa = api.person()
    api.faults.add(Fault("sendMessage", status=429, retry_after=300))
    await hoa.start()
    await turns.until(lambda: turns.undelivered)
    assert gate.seconds_shut() > 200
    assert len(api.called("sendMessage")) == 1


async def test_a_person_who_blocked_the_bot_is_marked_unreachable(api: FakeBotApi, turns: MemoryTurns) -> None:
    hoa = api.person()
    hoa.chat.blocked = True
    await hoa.start()
    await turns.until(lambda: Reached(False) in turns.events)
    assert isinstance(turns.undelivered[0][1], TelegramForbiddenError)


async def test_a_chat_unknown_to_telegram_is_unreachable_too(api: FakeBotApi, turns: MemoryTurns) -> None:
    hoa = api.person()
    api.faults.add(Fault("sendMessage", status=400, description="chat not found"))
    await hoa.start()
    await turns.until(lambda: Reached(False) in turns.events)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault("sendMessage", status=500), TelegramServerError),
        (Fault("sendMessage", status=502, plain=True), Exception),
        (Fault("sendMessage", cut="before"), TelegramNetworkError),
        (Fault("sendMessage", cut="after"), TelegramNetworkError),
    ],
)
async def test_what_did_not_arrive_for_sure_stays_in_the_outbox(
    api: FakeBotApi, turns: MemoryTurns, fault: Fault, error: type[Exception]
) -> None:
    hoa = api.person()
    api.faults.add(fault)
    await hoa.start()
    await turns.until(lambda: turns.undelivered)
    assert isinstance(turns.undelivered[0][1], error)
    await hoa.send("menu")
    await hoa.screen_with("Màn 2")


async def test_a_chat_that_became_another_is_lost_and_not_tried_again(api: FakeBotApi, turns: MemoryTurns) -> None:
    hoa = api.person()
    api.faults.add(Fault("sendMessage", status=400, description="group chat was upgraded", migrate_to=-100_5))
    await hoa.start()
    await turns.until(lambda: Reached(False) in turns.events)
    await turns.until(lambda: turns.undelivered)
    assert len(api.called("sendMessage")) == 1


async def test_blocking_and_unblocking_are_told(api: FakeBotApi, turns: MemoryTurns) -> None:
    hoa = api.person(started=True)
    await hoa.block()
    await hoa.unblock()
    await api.until(lambda: len(api.updates.confirmed) == 2)
    assert turns.events == [Reached(False), Reached(True)]
    assert not api.called("sendMessage")


async def test_a_group_is_only_pointed_to_the_private_chat(api: FakeBotApi, turns: MemoryTurns) -> None:
    hoa = api.person()
    group = api.group(hoa)
    await group.send("Chào cả nhóm")
    await group.send("/tonghop@mot_bot_khac")
    await group.send_kind("photo")
    await group.send(f"/tonghop@{api.username}")
    assert (await group.screen()).text.startswith(words.PRIVATE_ONLY)
    query = await group.tap_data("3.>home")
    assert (await group.answered(query))["text"] == words.PRIVATE_ONLY
    await group.send("/menu")
    await api.until(lambda: len(api.updates.confirmed) == 6)
    assert turns.taken == []
    assert len(group.shown) == 1


async def test_everything_that_is_not_text_gets_an_answer(api: FakeBotApi, polling: Poller) -> None:
    hoa = api.person()
    for kind in ("photo", "voice", "document", "sticker", "video", "location", "contact", "dice"):
        await hoa.send_kind(kind)
        assert "Unreadable" in (await hoa.screen()).text
    await hoa.send("Xin chào")
    await hoa.screen()
    await hoa.edit("Xin chào, tôi sửa")
    assert "Unreadable" in (await hoa.screen()).text
