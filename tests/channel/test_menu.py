"""The commands beside the typing field follow the role of whoever has the chat."""

import pytest

from handlers.telegram.polling import Poller
from tests.channel.house import MemoryTurns
from tests.fakes.bot_api import FakeBotApi

EVERYBODY = ["menu", "huy", "dulieu", "trogiup"]


@pytest.fixture(autouse=True)
async def started(api: FakeBotApi, polling: Poller) -> None:
    await api.until(lambda: api.called("setMyCommands"))


async def test_each_role_has_its_menu(api: FakeBotApi, turns: MemoryTurns) -> None:
    hoa, chi, can = api.person("Hoa"), api.person("Chi"), api.person("Cán")
    turns.menus = {str(chi.chat.id): "leader", str(can.chat.id): "officer"}
    for person in (hoa, chi, can):
        await person.send("chào")
        await person.screen()
    await api.until(lambda: chi.menu == ["tonghop", "nhac", *EVERYBODY] and can.menu == ["tonghop", *EVERYBODY])
    assert hoa.menu == EVERYBODY
    assert len(api.called("setMyCommands")) == 3
    assert not api.called("deleteMyCommands"), "who never had a menu of the own loses none"
    await chi.send("nữa")
    await chi.screen_with("Màn 2")
    assert len(api.called("setMyCommands")) == 3, "what was set is not set again"


async def test_a_lost_role_takes_its_commands_along(api: FakeBotApi, turns: MemoryTurns) -> None:
    chi = api.person("Chi")
    turns.menus[str(chi.chat.id)] = "leader"
    await chi.send("chào")
    await api.until(lambda: "nhac" in chi.menu)
    del turns.menus[str(chi.chat.id)]
    await chi.send("vẫn đây")
    await api.until(lambda: chi.menu == EVERYBODY)


async def test_what_an_earlier_life_has_set_is_put_right_at_the_next_command(
    api: FakeBotApi, turns: MemoryTurns
) -> None:
    chi = api.person("Chi")
    api.chats.commands[str(chi.chat.id)] = ["tonghop"]
    await chi.send("chào")
    await chi.screen()
    assert chi.menu == ["tonghop"]
    await chi.send("/tonghop")
    await api.until(lambda: chi.menu == EVERYBODY)
    await chi.send("/menu")
    await chi.screen_with("Màn 3")
    assert len(api.called("deleteMyCommands")) == 1
