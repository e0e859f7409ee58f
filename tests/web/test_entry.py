"""The invitation link: what it opens, what it leaves alone, what it remembers."""

from http.cookies import SimpleCookie

import pytest
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer

from conversations.incoming import Asked
from tests.web.stage import HOME, Stage, web_app


async def test_link_opens_a_chat_with_the_code(client: TestClient, stage: Stage) -> None:
    async with client.get("/j/HOA001", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/c/s1/")
        cookies = SimpleCookie("\n".join(answer.headers.getall("Set-Cookie")))
        for cookie in answer.headers.getall("Set-Cookie"):
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie
            assert "Secure" not in cookie
    assert {cookies["tusoi"]["path"], cookies["tusoi_link"]["path"]} == {"/c/s1", "/j/HOA001"}
    [start] = stage.taken
    assert (start.channel, start.chat, start.event) == ("web", "s1", Asked("start", "HOA001"))


async def test_cookies_are_secure_behind_https(stage: Stage) -> None:
    secure = TestClient(TestServer(web_app(stage, "https://tusoi.example.vn")))
    async with secure as client, client.get("/j/HOA001", allow_redirects=False) as answer:
        assert all("Secure" in cookie for cookie in answer.headers.getall("Set-Cookie"))


async def test_a_preview_that_only_looks_does_nothing(client: TestClient, stage: Stage) -> None:
    async with client.head("/j/HOA001") as answer:
        assert answer.status == 200
    assert not stage.tokens
    assert not stage.taken


async def test_the_same_link_in_the_same_browser_leads_back(client: TestClient, stage: Stage) -> None:
    await (await client.get("/j/HOA001")).read()
    await stage.move("s1", HOME)
    async with client.get("/j/HOA001") as answer:
        assert answer.url.path == "/c/s1/"
        assert "Việc của đồng chí" in await answer.text()
    assert len(stage.taken) == 1


async def test_a_revoked_session_is_opened_anew_by_its_link(client: TestClient, stage: Stage) -> None:
    await (await client.get("/j/HOA001")).read()
    stage.tokens["s1"] = "revoked"
    async with client.get("/j/HOA001") as answer:
        assert answer.url.path == "/c/s2/"


async def test_two_people_live_in_one_browser(client: TestClient, stage: Stage) -> None:
    await (await client.get("/j/HOA001")).read()
    await (await client.get("/j/LAN002")).read()
    for sid in ("s1", "s2"):
        async with client.get(f"/c/{sid}/") as answer:
            assert answer.status == 200


@pytest.mark.parametrize("clinging", [".", ")", "),", "%E2%80%9D"])
async def test_a_sign_clinging_to_the_link_is_dropped(client: TestClient, stage: Stage, clinging: str) -> None:
    async with client.get(f"/j/HOA001{clinging}") as answer:
        assert answer.url.path == "/c/s1/"
    assert stage.taken[0].event == Asked("start", "HOA001")


@pytest.mark.parametrize("code", ["a" * 65, "%3Cscript%3E", "a b", "%00", "..."])
async def test_what_cannot_be_a_code_opens_nothing(client: TestClient, stage: Stage, code: str) -> None:
    async with client.get(f"/j/{code}") as answer:
        assert answer.status == 404
        assert "Không có trang này" in await answer.text()
    assert not stage.tokens


async def test_many_codes_from_one_address_are_slowed_down(stage: Stage) -> None:
    async with TestClient(TestServer(web_app(stage)), cookie_jar=CookieJar(unsafe=True)) as client:
        for number in range(60):
            async with client.get(f"/j/WRONG{number}", allow_redirects=False) as answer:
                assert answer.status == 303
        async with client.get("/j/WRONG60", allow_redirects=False) as answer:
            assert answer.status == 429
            assert answer.headers["Retry-After"] == "60"
            assert "Xin chờ một lát" in await answer.text()
        async with client.get("/j/WRONG1", allow_redirects=False) as answer:
            assert answer.status == 303, "a link this browser knows is not counted"
    assert len(stage.tokens) == 60


async def test_a_busy_server_gives_no_cookie(client: TestClient, stage: Stage) -> None:
    stage.busy = True
    async with client.get("/j/HOA001", allow_redirects=False) as answer:
        assert answer.status == 503
        assert "Set-Cookie" not in answer.headers
