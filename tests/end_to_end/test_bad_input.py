"""Whatever comes over the wire: a kind sentence and the present screen again; nothing stored, nothing changed."""

import unicodedata
from collections.abc import AsyncIterator

import pytest

from tests.end_to_end.house import House
from tests.end_to_end.walking import PEN
from tests.fakes.bot_api import Person, Shown

ANSWER = "Giữ gìn đoàn kết, họp đủ 12 buổi, xong 30/09."


@pytest.fixture
async def asked(either_house: House) -> AsyncIterator[House]:
    """Hoa stands before her second question, the first is answered; Nam has joined."""
    house = either_house
    await house.bot.start()
    await house.joins("NAM")
    hoa = await house.joins("HOA")
    await house.taps(hoa, 1, of=hoa.newest)
    assert "câu 2/" in (await house.asks(hoa, ANSWER)).text
    yield house
    assert "level=error" not in house.bot.log, house.bot.log[-3000:]


async def same_screen(house: House, hoa: Person, answers: list[object]) -> Shown:
    """The next screen is the present one with a word above it, and nothing has been stored."""
    shown = await hoa.screen()
    assert "câu 2/" in shown.text
    assert PEN in shown.text
    assert house.committee.everything_answered() == answers
    return shown


@pytest.mark.parametrize("kind", ["sticker", "photo", "voice", "document", "video", "location", "contact", "dice"])
async def test_what_is_no_text(asked: House, kind: str) -> None:
    hoa, answers = asked.phones["HOA"], asked.committee.everything_answered()
    hoa.skip()
    await hoa.send_kind(kind)
    assert "chưa đọc được" in (await same_screen(asked, hoa, answers)).text


async def test_odd_words(asked: House) -> None:
    hoa, answers = asked.phones["HOA"], asked.committee.everything_answered()
    for words in (
        "a" * 9000,
        "á" * 8001,
        "   ",
        "\u200b\u200b",
        "\u202e\u202d",
        "/lệnhlạ",
        "/",
        "\U000e0001",
        "\ufe0f",
    ):
        hoa.skip()
        await hoa.send(words)
        await same_screen(asked, hoa, answers)


async def test_a_changed_message(asked: House) -> None:
    hoa, answers = asked.phones["HOA"], asked.committee.everything_answered()
    hoa.skip()
    await hoa.edit("Viết khác đi.")
    assert "Tin sửa lại" in (await same_screen(asked, hoa, answers)).text


async def test_words_of_every_script_are_stored_as_typed(asked: House) -> None:
    hoa = asked.phones["HOA"]
    said = (
        unicodedata.normalize("NFD", "Đã vận động 14/16 hộ, xong 30/09. ")
        + "שלום \u202bعربى\u202c 🇻🇳👨‍👩‍👧 &lt;b&gt; <b>đậm</b> **sao** _gạch_"
    )
    await asked.asks(hoa, said)
    assert asked.committee.answers_of("HOA")["duties"] == unicodedata.normalize("NFC", said)


async def test_buttons_that_are_forged_old_or_another_persons(asked: House) -> None:
    hoa, nam, answers = asked.phones["HOA"], asked.phones["NAM"], asked.committee.everything_answered()
    serial = hoa.newest.buttons[0][1].split(".")[0]
    others = [data for shown in nam.shown for _, data in shown.buttons]
    own_old = [data for shown in hoa.shown[:-1] for _, data in shown.buttons if not data.startswith(f"{serial}.")]
    action = others[0].partition(".")[2]
    wrong = (f"{int(serial) + 1}.{action}", "9" * 64, "", "x", serial, f"{serial}.", "-1.!x", "é.!x")
    forged = [f"{serial}.{act}" for act in ("!a.000000.duties.x", action, ">dashboard", "!submit")]
    for data in (*forged, *wrong, *own_old, *others[:6]):
        hoa.skip()
        query = await hoa.tap_data(data, hoa.newest.message_id)
        await hoa.answered(query)
        assert "câu 2/" in (await hoa.screen()).text, data
        assert asked.committee.everything_answered() == answers, data


async def test_a_wrong_code_tells_nothing(asked: House) -> None:
    hoa, answers = asked.phones["HOA"], asked.committee.everything_answered()
    stranger = asked.api.person("Người lạ")
    used = asked.committee.invite("BINH")["BINH"]
    binh = asked.api.person("Bình")
    await binh.start(used)
    await binh.screen_with("Lê Văn Bình")
    await binh.tap("Đúng, là tôi")
    await binh.screen_with("Trước khi bắt đầu")
    refused = [await asked.asks(stranger, f"/start {code}") for code in ("ABCDEFGH23", used, "x' OR 1=1 --")]
    assert all("Bình" not in shown.text and PEN in shown.text for shown in refused)
    assert asked.committee.everything_answered() == answers
    assert hoa


async def test_groups_channels_and_kinds_nobody_asked_for(asked: House) -> None:
    hoa, answers = asked.phones["HOA"], asked.committee.everything_answered()
    hoa.skip()
    group, channel = asked.api.group(hoa), asked.api.group(hoa, "channel")
    await group.send("Chào mọi người, năm nay tôi làm được nhiều việc.")
    await group.send("/menu@tusoi_thu_bot")
    await channel.send("Thông báo họp.")
    number = asked.api.updates.next_id
    for nth, more in enumerate(
        ({"poll": {}}, {}, {"message": {}}, {"inline_query": {"id": "1"}}, {"callback_query": 5}), 1
    ):
        asked.api.updates.put_raw({"update_id": number + nth, **more})
    await asked.api.until(lambda: group.shown)
    assert [shown.text.startswith("Việc kiểm điểm là việc riêng") for shown in group.shown] == [True]
    assert asked.committee.everything_answered() == answers
    assert "câu 2/" in (await asked.asks(hoa, "/")).text
    assert channel.shown == []


async def test_repeats_and_disorder(asked: House) -> None:
    """On a webhook everything comes twice; on either, old updates come again later."""
    hoa = asked.phones["HOA"]
    asked.api.updates.repeats = 2
    sent: list[dict[str, object]] = []
    for words in ("Câu hai, xong 30/09.", "Câu ba, xong 30/09."):
        hoa.skip()
        await hoa.send(words)
        sent.append(asked.api.updates.queue[-1])
        await hoa.screen_with("Đã lưu")
    stored = asked.committee.answers_of("HOA")
    assert stored == {"conduct": ANSWER, "duties": "Câu hai, xong 30/09.", "pledge": "Câu ba, xong 30/09."}
    answers = asked.committee.everything_answered()
    for update in (*reversed(sent), *sent):
        asked.api.updates.put_raw(update)
    assert (await asked.asks(hoa, "/menu")).text
    assert asked.committee.everything_answered() == answers


async def test_an_answer_in_two_messages_is_not_filed_under_the_next_question(asked: House) -> None:
    """The second was written before the next question was there; it is refused, not misfiled."""
    hoa = asked.phones["HOA"]
    await hoa.send("Phần đầu của câu hai, xong 30/09.")
    await hoa.send("và phần sau của câu hai.")
    await hoa.send("/trogiup")
    await hoa.screen_with("Trợ giúp")
    assert asked.committee.answers_of("HOA") == {"conduct": ANSWER, "duties": "Phần đầu của câu hai, xong 30/09."}
    assert any("đến trước khi màn hình này hiện ra" in shown.text for shown in hoa.shown)
    back = await asked.taps(hoa, 1, of=await asked.asks(hoa, "/menu"))
    assert "câu 3/" in back.text
    assert "câu 4/" in (await asked.asks(hoa, "Đã đọc lại, xong 30/09.")).text


async def test_words_after_a_sticker_still_answer_the_question(asked: House) -> None:
    """The same question shown again is no new question."""
    hoa = asked.phones["HOA"]
    await hoa.send_kind("sticker")
    await hoa.send("Câu hai, xong 30/09.")
    await hoa.screen_with("câu 3/")
    assert asked.committee.answers_of("HOA")["duties"] == "Câu hai, xong 30/09."
