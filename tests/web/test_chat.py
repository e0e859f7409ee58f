"""The chat without any JavaScript: pages, forms, and typed text that never gets lost."""

import asyncio
from html import unescape

import pytest

from conversations import words
from conversations.incoming import Asked, Chose, Typed
from tests.web.conftest import Visit, form, forms
from tests.web.stage import CONSENT, DATE, HOME, NUMBER, QUESTION

ANSWER = "Vận động 14/16 hộ <hiến đất> & mở đường.\nXong tháng 10."


async def test_a_screen_becomes_a_card_with_numbered_buttons(chat: Visit) -> None:
    page = await chat.page()
    assert '<html lang="vi">' in page
    assert ">Chào đồng chí.</h1>" in page
    assert "<strong>Nguyễn Thị Hoa</strong>" in page
    assert "Dữ liệu mẫu" in page
    assert page.index('<span class="number">1</span> <span>Đúng, là tôi') < page.index("<span>Không phải tôi")
    assert page.index("Không phải tôi") < page.index('<nav id="menu"')


async def test_no_box_where_nothing_is_asked(chat: Visit) -> None:
    page = await chat.page()
    assert "✍️" not in page
    assert "<textarea" not in page
    assert 'name="text"' not in page


@pytest.mark.parametrize(
    ("place", "box"),
    [(QUESTION, "<textarea"), (DATE, 'placeholder="ngày/tháng/năm"'), (NUMBER, 'inputmode="decimal"')],
)
async def test_each_kind_of_answer_has_its_box(chat: Visit, place: int, box: str) -> None:
    page = await chat.at(place)
    assert box in page
    assert 'for="text"' in page
    assert page.count("✍️") == 1
    text_form = next(one for one in forms(page) if 'name="text"' in one.html)
    assert text_form.html.rstrip().removesuffix("</form>").rstrip().endswith("Gửi</button>")
    assert "choice" not in text_form.fields


async def test_words_that_number_keys_cannot_type_are_buttons(chat: Visit) -> None:
    page = await chat.at(NUMBER)
    assert "<span>Để sau</span>" in page
    assert "thì đồng chí gõ" not in page
    await chat.post(form(page, word="để sau"))
    assert chat.stage.taken[-1].event == Typed("để sau", serial=2)


async def test_a_choice_moves_on_and_leads_back_to_the_page(chat: Visit) -> None:
    answer = await chat.post(form(await chat.page(), choice=">at.1"), allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/c/s1/")
    assert chat.stage.taken[-1].event == Chose(serial=1, action=">at.1")
    assert "Trước khi bắt đầu" in await chat.page()


async def test_typed_text_is_filed_with_its_screen(chat: Visit) -> None:
    fields = form(await chat.at(QUESTION), text=ANSWER)
    await chat.post(fields)
    assert chat.stage.taken[-1].event == Typed(ANSWER, serial=2)
    assert chat.stage.chats["s1"].saved == {QUESTION: ANSWER}
    page = await chat.page()
    assert '<div class="note" id="note" role="status">' in page
    assert page.count("Đã lưu câu trả lời.") == 1


async def test_a_form_sent_twice_counts_once(chat: Visit) -> None:
    fields = form(await chat.at(QUESTION), text="một lần")
    await chat.post(fields)
    await chat.post(fields)
    assert [turn.event for turn in chat.stage.taken[1:]] == [Typed("một lần", 2)]


async def test_every_button_of_a_page_has_its_own_delivery(chat: Visit) -> None:
    deliveries = [one.fields["delivery"] for one in forms(await chat.page())]
    assert len(set(deliveries)) == len(deliveries)


async def test_the_menu_sends_commands(chat: Visit) -> None:
    await chat.at(CONSENT)
    await chat.post(form(await chat.page(), command="menu"))
    assert chat.stage.taken[-1].event == Asked("menu")
    assert chat.stage.chats["s1"].at == HOME


async def test_an_old_button_changes_nothing_and_says_so(chat: Visit) -> None:
    old = form(await chat.page(), choice=">at.1")
    await chat.at(QUESTION)
    answer = await chat.post(old)
    assert words.OLD_BUTTON in await answer.text()
    assert chat.stage.chats["s1"].at == QUESTION


async def test_text_for_an_older_screen_is_shown_apart(chat: Visit) -> None:
    old = form(await chat.at(QUESTION), text=ANSWER)
    await chat.at(HOME)
    answer = await chat.post(old, allow_redirects=False)
    page = await answer.text()
    assert answer.status == 200
    assert "chưa được lưu" in page
    assert ANSWER in unescape(page)
    assert "<hiến đất>" not in page
    assert "<textarea" not in page
    assert chat.stage.chats["s1"].saved == {}


async def test_text_that_is_too_long_stays_in_the_box(chat: Visit) -> None:
    long = "dài " * 2500
    answer = await chat.post(form(await chat.at(QUESTION), text=long), allow_redirects=False)
    page = await answer.text()
    assert answer.status == 200
    assert "rút gọn" in page
    assert f"\n{long}</textarea>" in page


async def test_a_busy_server_keeps_the_text_in_the_box(chat: Visit) -> None:
    fields = form(await chat.at(QUESTION), text=ANSWER)
    chat.stage.busy = True
    answer = await chat.post(fields)
    page = await answer.text()
    assert answer.status == 503
    assert "<strong>chưa được lưu</strong>" in page
    assert ANSWER in unescape(page)
    chat.stage.busy = False
    again = form(page, text=ANSWER)
    assert again == fields, "sent again, it is the same delivery"
    await chat.post(again)
    assert chat.stage.chats["s1"].saved == {QUESTION: ANSWER}


async def test_a_busy_server_keeps_a_choice_too(chat: Visit) -> None:
    fields = form(await chat.page(), choice=">at.1")
    chat.stage.busy = True
    page = await (await chat.post(fields)).text()
    assert form(page, choice=">at.1") == fields
    assert "<textarea" not in page


async def test_our_script_gets_the_page_without_a_detour(chat: Visit) -> None:
    fields = form(await chat.page(), choice=">at.1")
    answer = await chat.post(fields, headers={"X-Swap": "1"}, allow_redirects=False)
    assert answer.status == 200
    assert "Trước khi bắt đầu" in await answer.text()


async def test_live_answers_when_another_device_moves_on(chat: Visit) -> None:
    waiting = asyncio.ensure_future(chat.client.get("/c/s1/live?screen=1"))
    await chat.stage.move("s1", HOME)
    assert await (await waiting).json() == {"changed": True}


async def test_live_lets_go_when_the_program_stops(chat: Visit) -> None:
    waiting = asyncio.ensure_future(chat.client.get("/c/s1/live?screen=1"))
    await chat.stage.waiting.wait()
    await chat.client.server.app.shutdown()
    assert await (await waiting).json() == {"changed": False}


async def test_the_address_without_slash_and_a_reloaded_form_lead_to_the_chat(chat: Visit) -> None:
    for path in ("/c/s1", "/c/s1/say"):
        async with chat.client.get(path) as answer:
            assert answer.url.path == "/c/s1/"
