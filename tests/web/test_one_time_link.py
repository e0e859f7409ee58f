"""A chat's one-time link: looking at it spends nothing, its button opens a chat once, and a dead one tells nothing."""

import pytest
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer

from tests.web.stage import Stage, web_app

GOOD, USED = "a" * 48, "b" * 48
LINK = f"/l/{GOOD}"


@pytest.fixture(autouse=True)
def links(stage: Stage) -> set[str]:
    stage.links.add(GOOD)
    return stage.links


async def test_looking_spends_nothing_and_tells_nothing(client: TestClient, stage: Stage) -> None:
    pages = set()
    for token in (GOOD, USED, "etwas"):
        for _ in range(3):
            async with client.head(f"/l/{token}") as answer:
                assert (answer.status, await answer.read()) == (200, b"")
            async with client.get(f"/l/{token}") as answer:
                assert answer.status == 200
                assert "Set-Cookie" not in answer.headers
                pages.add(await answer.text())
    [page] = pages
    assert page.count("<form") == 1
    assert ">Mở</button>" in page
    assert GOOD not in page
    assert stage.links == {GOOD}
    assert stage.tokens == {}


async def test_the_button_opens_a_chat_in_this_browser_once(client: TestClient, stage: Stage) -> None:
    async with client.post(LINK, allow_redirects=False) as answer:
        assert answer.status == 303
        assert answer.headers["Location"] == "/c/s1/"
        cookies = answer.headers.getall("Set-Cookie")
        assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)
        assert sorted(cookie.partition("Path=")[2].partition(";")[0] for cookie in cookies) == ["/c/s1", LINK]
    async with client.get("/c/s1/") as answer:
        assert answer.status == 200
    for method in ("GET", "POST"):
        async with client.request(method, LINK, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, "/c/s1/"), "the same browser comes back"
    assert list(stage.tokens) == ["s1"]


async def test_used_unknown_and_garbled_links_are_one_kind_page(client: TestClient, stage: Stage) -> None:
    await (await client.post(LINK)).read()
    client.session.cookie_jar.clear()
    pages = set()
    for token in (GOOD, USED, "c" * 47, "C" * 48, "x", "a" * 4000):
        async with client.post(f"/l/{token}", allow_redirects=False) as answer:
            assert answer.status == 410
            assert "Set-Cookie" not in answer.headers
            pages.add(await answer.text())
    [page] = pages
    assert "Liên kết này đã dùng hoặc đã hết hạn. Đồng chí nhắn một tin bất kỳ cho trợ lý" in page
    assert list(stage.tokens) == ["s1"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Origin": "null"}, 303),
        ({}, 303),
    ],
)
async def test_other_sites_cannot_press_the_button(
    client: TestClient, stage: Stage, headers: dict[str, str], status: int
) -> None:
    async with client.post(LINK, headers=headers, allow_redirects=False) as answer:
        assert answer.status == status
    assert bool(stage.links) == (status == 403)


async def test_guesses_are_slowed_down_and_looking_is_not(client: TestClient, stage: Stage) -> None:
    statuses = []
    for nth in range(61):
        async with client.post(f"/l/{nth:048x}") as answer:
            statuses.append(answer.status)
    assert statuses == [410] * 60 + [429]
    async with client.post(LINK) as answer:
        assert answer.status == 429
        assert answer.headers["Retry-After"] == "60"
        assert "Xin chờ một lát" in await answer.text()
    async with client.get(LINK) as answer:
        assert answer.status == 200
    assert stage.links == {GOOD}
    async with client.post(LINK, headers={"X-Forwarded-For": "203.0.113.9"}) as answer:
        assert answer.status == 200, "somebody else, seen by a proxy on this machine"


async def test_what_a_messaging_app_clings_to_a_link_is_dropped(client: TestClient) -> None:
    async with client.get(f"{LINK}).", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, LINK)


async def test_its_pages_are_guarded(client: TestClient) -> None:
    for method, path in (("GET", LINK), ("HEAD", LINK), ("POST", f"/l/{USED}"), ("POST", LINK)):
        async with client.request(method, path, allow_redirects=False) as answer:
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Frame-Options"] == "DENY"


async def test_behind_https_the_cookie_never_travels_in_clear(stage: Stage) -> None:
    app = web_app(stage, public_url="https://tusoi.example")
    async with (
        TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client,
        client.post(LINK, allow_redirects=False) as answer,
    ):
        assert all("Secure" in cookie for cookie in answer.headers.getall("Set-Cookie"))
