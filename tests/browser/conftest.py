"""A phone-sized Chromium, for the pages on the small stage and for the whole program alike."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.web.stage import Stage, web_app

CHROMIUM = shutil.which("chromium")  # Debian's where there is one, else the one Playwright brings
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
NewPhone = Callable[..., Awaitable[BrowserContext]]

expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One event loop for all browser tests: the browser lives in it."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def new_phone(browser: Browser) -> AsyncIterator[NewPhone]:
    """Makes browser contexts of a phone's size. At the end no page may have failed, broken the content policy
    or asked another host for anything.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("console", lambda message: "Content Security" in message.text and faults.append(message.text))
        page.on("request", lambda request: _is_local(request.url) or faults.append(f"outside: {request.url}"))

    async def make(**options: object) -> BrowserContext:
        context = await browser.new_context(**{"viewport": PHONE, "locale": "vi-VN", **options})  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        context.on("page", watch)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        await context.close()
    assert not faults


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in ("127.0.0.1", "localhost", None)


@dataclass
class Site:
    """The pages on the stage, really served. `url` has no slash at the end."""

    stage: Stage
    url: str

    async def join(self, phone: BrowserContext, at: int = 0, code: str = "HOA001") -> Page:
        """Open the link in a new tab; the chat then stands at `at`."""
        page = await phone.new_page()
        await page.goto(f"{self.url}/j/{code}")
        if at:
            await self.stage.move(self.sid(page), at)
            await page.reload()
        return page

    def sid(self, page: Page) -> str:
        return urlsplit(page.url).path.split("/")[2]


@pytest_asyncio.fixture(loop_scope="session")
async def site() -> AsyncIterator[Site]:
    stage = Stage()
    server = TestServer(web_app(stage))
    await server.start_server()
    yield Site(stage, str(server.make_url("")).rstrip("/"))
    await server.close()
