"""Commands that ask Telegram who the bot is: start links, and the doctor's word on the token."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.conftest import Ran, Tusoi
from tests.bot.office import fill
from tests.fakes.bot_api import FakeBotApi


@pytest.fixture
async def api(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as server:
        monkeypatch.setenv("TELEGRAM_TOKEN", server.token)
        monkeypatch.setenv("TELEGRAM_API_BASE", server.base_url)
        yield server


async def beside(tusoi: Tusoi, *argv: str) -> Ran:
    """The command runs its own event loop, so it gets a thread of its own."""
    return await asyncio.to_thread(tusoi, *argv)


async def test_start_links(api: FakeBotApi, tusoi: Tusoi, folder: Path) -> None:
    await beside(tusoi, "roster", "template", "ds.xlsx")
    await beside(tusoi, "roster", "import", str(fill(folder / "ds.xlsx")))
    (hoa,) = json.loads((await beside(tusoi, "invite", "--person", "001", "--format", "json")).out)
    assert hoa["telegram"] == f"https://t.me/{api.username}?start={hoa['code']}"
    assert (await beside(tusoi, "invite", "--format", "docx", "--out", "ma.docx")).status == 0


async def test_without_an_answer_the_invitations_have_no_link_and_the_reason_is_told(
    api: FakeBotApi, tusoi: Tusoi, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await beside(tusoi, "roster", "template", "ds.xlsx")
    await beside(tusoi, "roster", "import", str(fill(folder / "ds.xlsx")))
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:wrong")
    ran = await beside(tusoi, "invite", "--person", "001", "--format", "json")
    assert ran.status == 0
    assert json.loads(ran.out)[0]["telegram"] is None
    assert ran.err == (
        "TELEGRAM_TOKEN: Telegram does not know this token; copy it again from @BotFather; "
        "these invitations have no Telegram link\n"
    )


async def test_the_doctor_on_the_token(api: FakeBotApi, tusoi: Tusoi, monkeypatch: pytest.MonkeyPatch) -> None:
    well = await beside(tusoi, "doctor")
    assert well.status == 0, well.err
    assert f"ok  telegram: @{api.username}, polling" in well.out
    assert "not verified: " in well.out
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:wrong")
    ill = await beside(tusoi, "doctor")
    assert (ill.status, ill.err.split(": ")[:2]) == (1, ["telegram", "TELEGRAM_TOKEN"])
    assert "wrong" not in ill.err


def test_the_doctor_points_out_misspelt_variables_and_changes_nothing(tusoi: Tusoi, folder: Path) -> None:
    (folder / ".env").write_text("TELEGRAM_TOKN=1:x\n# NOTE=1\n", "utf-8")
    ran = tusoi("doctor")
    assert ran.status == 0
    assert ".env: TELEGRAM_TOKN is no variable of this program; is it misspelt?" in ran.out
    assert "NOTE" not in ran.out
    assert [file.name for file in folder.iterdir()] == [".env"]
