"""Everything a stranger, a broken client or a broken server can bring about: a kind page, and nothing changed."""

import asyncio
import gzip
import logging
import re
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient

from handlers.web.pages import HERE
from tests.web.conftest import Visit, form
from tests.web.stage import QUESTION, Stage


async def test_without_the_token_nothing_is_told(chat: Visit) -> None:
    chat.client.session.cookie_jar.clear()
    pages = set()
    for sid in ("s1", "unknown"):
        async with chat.client.get(f"/c/{sid}/") as answer:
            assert answer.status == 403
            pages.add(await answer.text())
    [page] = pages
    assert "Phiên đã hết" in page
    assert "Nguyễn" not in page
    for path in ("live?screen=1", "paper/self_review/7"):
        async with chat.client.get(f"/c/s1/{path}") as answer:
            assert answer.status == 403


async def test_anothers_token_does_not_open(chat: Visit) -> None:
    await (await chat.client.get("/j/LAN002")).read()
    async with chat.client.get("/c/s2/", headers={"Cookie": "tusoi=token-of-s1"}, cookies={}) as answer:
        assert answer.status == 200, "the jar's own cookie wins"
    chat.client.session.cookie_jar.clear()
    async with chat.client.get("/c/s2/", headers={"Cookie": "tusoi=token-of-s1"}) as answer:
        assert answer.status == 403


async def test_a_cookie_may_hold_any_bytes(client: TestClient) -> None:
    reader, writer = await asyncio.open_connection(client.host, client.port)
    for path in (b"/c/s1/", b"/j/HOA001"):
        writer.write(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nCookie: tusoi=\xff\xfe; tusoi_link=\xff:\xfe\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        assert int(head.split()[1]) in (303, 403)
        length = int(re.findall(rb"Content-Length: (\d+)", head)[0])
        await reader.readexactly(length)
    writer.close()


@pytest.mark.parametrize(
    "change",
    [
        {"delivery": ""},
        {"delivery": "x" * 51},
        {"delivery": "../../etc/passwd"},
        {"screen": "-1"},
        {"screen": "9" * 30},
        {"screen": ""},
        {"choice": "x" * 65},
        {"text": "và chữ"},
        {"command": "start"},
        {"choice": None},
        {f"field{number}": "" for number in range(9)},
    ],
)
async def test_fields_no_page_of_ours_sends(chat: Visit, change: dict[str, str | None]) -> None:
    fields = form(await chat.page(), choice=">at.1") | change
    answer = await chat.post({name: value for name, value in fields.items() if value is not None})
    assert answer.status == 400
    assert "Trang này chưa đúng" in await answer.text()
    assert len(chat.stage.taken) == 1


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "application/json", 400),
        (b"--x", "multipart/form-data; boundary=x", 400),
        (b"\xff\xfe=\x00", "application/x-www-form-urlencoded", 400),
        (b"text=" + b"a" * 300_000, "application/x-www-form-urlencoded", 413),
    ],
)
async def test_bodies_no_page_of_ours_sends(chat: Visit, body: bytes, kind: str, status: int) -> None:
    async with chat.client.post("/c/s1/say", data=body, headers={"Content-Type": kind}) as answer:
        assert answer.status == status
        assert "<h1" in await answer.text()
    assert len(chat.stage.taken) == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Origin": "null"}, 303),
        ({"Origin": "http://127.0.0.1:8080"}, 303),
        ({}, 303),
    ],
)
async def test_other_sites_cannot_post(chat: Visit, headers: dict[str, str], status: int) -> None:
    answer = await chat.post(form(await chat.page(), choice=">at.1"), headers=headers, allow_redirects=False)
    assert answer.status == status


async def test_unknown_addresses_and_methods(client: TestClient) -> None:
    for method, path, status in (("GET", "/nope", 404), ("GET", "/static/chat.py", 404), ("POST", "/j/X", 405)):
        async with client.request(method, path) as answer:
            assert answer.status == status
            assert "Tự Soi" in await answer.text()


async def test_a_fault_is_a_kind_page_and_a_log_line_without_content(
    chat: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    fields = form(await chat.at(QUESTION), text="điều riêng")
    chat.stage.broken = RuntimeError("INSERT … 'điều riêng'")
    with caplog.at_level(logging.ERROR):
        answer = await chat.post(fields)
    assert answer.status == 500
    assert "Máy chủ gặp lỗi" in await answer.text()
    logged = str([vars(record) for record in caplog.records])
    assert "RuntimeError at " in logged
    assert "/c/{sid}/say" in logged
    assert "điều riêng" not in logged
    assert "s1" not in logged


async def test_every_answer_is_guarded(chat: Visit) -> None:
    for path in ("/c/s1/", "/j/HOA001", "/nope", "/static/chat.css", "/c/s1/live?screen=0"):
        async with chat.client.get(path, allow_redirects=False) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert ("no-store" in answer.headers["Cache-Control"]) == ("static" not in path)


async def test_pages_hold_no_inline_script_or_style(chat: Visit) -> None:
    page = await chat.at(QUESTION, note="Đã lưu.")
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|javascript:", page)
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)


async def test_the_first_screen_is_light(chat: Visit) -> None:
    """60 kB with everything a phone loads, nothing compressed."""
    page = await chat.at(QUESTION)
    names = set(re.findall(r"/static/([\w.-]+)", page))
    styles = (HERE / "static" / "chat.css").read_text(encoding="utf-8")
    names |= set(re.findall(r'url\("([\w.-]+)"\)', styles))
    sizes = [len(page.encode()), *((HERE / "static" / name).stat().st_size for name in names)]
    assert sum(sizes) < 60_000, f"{sum(sizes)} bytes"
    assert len(gzip.compress(page.encode())) < 5_000


async def test_static_files_are_cached_by_version(client: TestClient, stage: Stage) -> None:
    async with client.get("/") as answer:
        links = re.findall(r'"(/static/[^"]+)"', await answer.text())
    assert {Path(link.partition("?")[0]).suffix for link in links} >= {".css", ".js", ".svg"}
    for link in links:
        async with client.get(link) as answer:
            assert answer.status == 200
            assert "immutable" in answer.headers["Cache-Control"]


async def test_an_address_of_another_version_is_not_kept_for_ever(client: TestClient) -> None:
    """Beside a program that is just being renewed, its answer may be another file."""
    for address in ("/static/chat.js?v=another", "/static/chat.js"):
        async with client.get(address) as answer:
            assert "immutable" not in answer.headers["Cache-Control"]


async def test_text_is_compressed_for_those_who_take_it(chat: Visit) -> None:
    for path in ("/c/s1/", "/static/chat.css", "/static/chat.js", "/static/icon.svg"):
        async with chat.client.get(path, headers={"Accept-Encoding": "gzip"}) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            text = await answer.text()
        async with chat.client.get(path, headers={"Accept-Encoding": "identity"}) as answer:
            assert "Content-Encoding" not in answer.headers
            assert len(await answer.text()) == len(text)
    async with chat.client.get("/static/icon-192.png") as answer:
        assert "Content-Encoding" not in answer.headers


async def test_the_worker_may_answer_for_all_and_is_always_asked_for_anew(client: TestClient) -> None:
    async with client.get("/worker.js") as answer:
        assert answer.content_type == "text/javascript"
        assert answer.headers["Service-Worker-Allowed"] == "/"
        assert answer.headers["Cache-Control"] == "no-cache"
        assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]


async def test_the_worker_keeps_all_that_a_page_without_network_needs(client: TestClient) -> None:
    async with client.get("/offline") as answer:
        page = await answer.text()
        assert "no-store" in answer.headers["Cache-Control"]
    assert "Chưa có mạng" in page
    needed = re.findall(r"/static/([^\"?]+)\?v=\w+", page)
    async with client.get("/static/chat.css") as answer:
        needed += re.findall(r'url\("([^"?]+)\?v=\w+"\)', await answer.text())
    worker = (HERE / "static" / "worker.js").read_text(encoding="utf-8")
    kept = re.findall(r'"([\w-]+\.(?:css|js|svg|png))"', worker)
    assert sorted(kept) == sorted(set(needed))


async def test_the_chat_can_be_installed(chat: Visit) -> None:
    async with chat.client.get("/c/s1/manifest.webmanifest") as answer:
        manifest = await answer.json(content_type="application/manifest+json")
    assert manifest["id"] == manifest["start_url"] == manifest["scope"] == "/c/s1/"
    for icon in manifest["icons"]:
        async with chat.client.get(icon["src"]) as answer:
            assert answer.content_type == icon["type"]
