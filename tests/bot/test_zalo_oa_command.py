"""`tusoi zalo-oa connect`, and what `tusoi doctor` and `tusoi invite` say about the Official Account."""

import asyncio
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.opening import change, look
from bot.settings import load_settings
from storage import channel_tokens
from storage.channel_tokens import Held
from tests.bot.conftest import Ran, Tusoi
from tests.bot.office import fill
from tests.fakes.zalo_oa import FakeZaloOa


@pytest.fixture
def oa(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeZaloOa]:
    """Settings that lead to a fake account, which answers from a thread: commands bring their own loop."""
    api = FakeZaloOa(lambda: datetime.now(UTC))
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(api.__aenter__(), loop).result()
    account = api.account
    monkeypatch.setenv("ZALO_OA_APP_ID", account.app_id)
    monkeypatch.setenv("ZALO_OA_APP_SECRET", account.app_secret)
    monkeypatch.setenv("ZALO_OA_SECRET", account.secret)
    monkeypatch.setenv("ZALO_OA_API_BASE", api.base_url)
    monkeypatch.setenv("ZALO_OA_OAUTH_BASE", api.base_url)
    yield api
    asyncio.run_coroutine_threadsafe(api.__aexit__(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def held() -> Held | None:
    return look(load_settings(), lambda conn: channel_tokens.find(conn, "zalo_oa"))


def connects(tusoi: Tusoi, oa: FakeZaloOa) -> Ran:
    return tusoi("zalo-oa", "connect", stdin=f"{oa.account.granted()}\n".encode())


def about_oa(ran: Ran) -> str:
    return next(line for line in (ran.out + ran.err).splitlines() if "zalo oa:" in line)


def test_connect(tusoi: Tusoi, oa: FakeZaloOa) -> None:
    ran = connects(tusoi, oa)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("The Official Account is connected.")
    found = held()
    assert found
    assert found.pair.access_token in oa.account.access
    assert not [token for token in (*oa.account.access, *oa.account.refresh) if token in ran.out]
    assert connects(tusoi, oa).status == 0, "a second grant takes the place of the first"
    again = held()
    assert again
    assert again.nth == found.nth + 1


@pytest.mark.parametrize("stdin", ["", "\n", "two words\n", "có dấu\n", "secret\x00token\n"])
def test_connect_wants_one_line(tusoi: Tusoi, oa: FakeZaloOa, stdin: str) -> None:
    ran = tusoi("zalo-oa", "connect", stdin=stdin.encode())
    assert (ran.status, ran.out, len(ran.err.splitlines())) == (1, "", 1)
    assert "refresh token as one line" in ran.err
    assert oa.calls == []


def test_connect_refused(tusoi: Tusoi, oa: FakeZaloOa, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = tusoi("zalo-oa", "connect", stdin=b"guessed-token")
    oa.account.used.add("guessed-token")
    again = tusoi("zalo-oa", "connect", stdin=b"guessed-token")
    assert (again.status, len(again.err.splitlines())) == (1, 1)
    assert "-14020" in again.err
    assert "guessed" not in ran.err + again.err
    oa.oauth_troubles.append("502")
    assert "gave no proper answer" in connects(tusoi, oa).err
    monkeypatch.setenv("ZALO_OA_OAUTH_BASE", "http://127.0.0.1:1")
    assert "still good" in connects(tusoi, oa).err


def test_connect_without_settings(tusoi: Tusoi) -> None:
    ran = tusoi("zalo-oa", "connect", stdin=b"token")
    assert (ran.status, ran.err) == (
        1,
        "ZALO_OA_APP_ID: is empty; set the ZALO_OA_ variables first, see .env.example\n",
    )


def test_doctor(tusoi: Tusoi, oa: FakeZaloOa, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "not connected yet" in about_oa(tusoi("doctor"))
    connects(tusoi, oa)
    ran = tusoi("doctor")
    assert "ok  zalo oa: connected" in about_oa(ran)
    assert "ZALO_OA_SIGNATURE sha256: this form of the signature is not verified" in ran.out
    monkeypatch.setenv("ZALO_OA_SIGNATURE", "off")
    assert "anybody who knows the address can pretend to be Zalo" in tusoi("doctor").out
    settings, found = load_settings(), held()
    assert found
    change(settings, lambda conn: channel_tokens.lose(conn, "zalo_oa", found.nth, datetime.now(UTC)))
    assert "tusoi zalo-oa connect" in about_oa(tusoi("doctor"))


@pytest.mark.parametrize(("days", "said"), [(5, "is over on"), (-1, "too old")])
def test_doctor_looks_at_the_age_of_the_refresh_token(tusoi: Tusoi, oa: FakeZaloOa, days: int, said: str) -> None:
    connects(tusoi, oa)
    now = datetime.now(UTC)
    times = (now, now + timedelta(hours=25), now + timedelta(days=days))
    pair = channel_tokens.Pair("access", "refresh", *times)
    change(load_settings(), lambda conn: channel_tokens.grant(conn, "zalo_oa", pair))
    assert said in about_oa(tusoi("doctor"))


def test_doctor_wants_https(tusoi: Tusoi, oa: FakeZaloOa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZALO_OA_API_BASE", "https://openapi.zalo.me")
    assert "PUBLIC_URL: Zalo calls webhooks over https only" in about_oa(tusoi("doctor"))


def test_doctor_when_it_is_off(tusoi: Tusoi) -> None:
    assert "off (no ZALO_OA_APP_ID)" in about_oa(tusoi("doctor"))


def test_invitations_say_what_to_write(tusoi: Tusoi, oa: FakeZaloOa, folder: Path) -> None:
    tusoi("roster", "template", "ds.xlsx")
    tusoi("roster", "import", fill(folder / "ds.xlsx"))
    ran = tusoi("invite", "--format", "json")
    assert ran.status == 0, ran.err
    for one in json.loads(ran.out):
        assert one["zalo"] == f"DK {one['code']}"
