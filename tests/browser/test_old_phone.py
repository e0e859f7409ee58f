"""A cheap phone of 2018: a browser without the newer ways, and a line of 50 kbit/s with two seconds of delay."""

import re
from collections import Counter
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Page, Request, Route, expect

from handlers.web.pages import HERE
from tests.browser.conftest import NewPhone, Site
from tests.browser.test_reading import faults_seen_by_axe, overflow
from tests.web.stage import QUESTION, SCREENS

WITHOUT = (
    "for (const name of ['AbortController', 'AbortSignal', 'queueMicrotask', 'structuredClone', 'ResizeObserver'])"
    " delete window[name];"
    "for (const name of ['flat', 'flatMap', 'at', 'findLast', 'toSorted']) delete Array.prototype[name];"
    "for (const name of ['at', 'replaceAll', 'matchAll', 'trimStart', 'trimEnd']) delete String.prototype[name];"
    "delete Promise.prototype.finally; delete Promise.allSettled; delete Promise.any; delete Object.fromEntries;"
    "delete Element.prototype.replaceChildren; delete Element.prototype.toggleAttribute;"
    "delete Navigator.prototype.locks; delete HTMLFormElement.prototype.requestSubmit;"
)
SECOND_GENERATION = {"offline": False, "latency": 2000, "downloadThroughput": 6250, "uploadThroughput": 6250}
LIGHT = 60_000  # bytes, all that the first screen needs
PATIENT = 60_000  # milliseconds


async def old_phone(new_phone: NewPhone) -> BrowserContext:
    phone = await new_phone(viewport={"width": 320, "height": 568})
    await phone.add_init_script(WITHOUT)

    async def dull(route: Route) -> None:
        css = (HERE / "static" / "chat.css").read_text(encoding="utf-8")
        await route.fulfill(body=as_read_by_chrome_64(css), content_type="text/css")

    await phone.route("**/chat.css?*", dull)
    return phone


def as_read_by_chrome_64(css: str) -> str:
    """Without the rules and declarations that it drops."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@media [^{]*prefers-[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css)
    css = re.sub(r"[^{}]*(?::has\(|:focus-visible)[^{}]*\{[^{}]*\}", "", css)
    newer = r"(?<=[{;])\s*(?:(?:gap|text-wrap|field-sizing|inset|mask[\w-]*|appearance|clip-path|scroll-padding)"
    return re.sub(newer + r": [^;}]*|[\w-]+: [^;}]*\b(?:max|env)\([^;}]*);?", "", css)


async def test_an_old_browser_shows_every_screen_well(new_phone: NewPhone, site: Site) -> None:
    phone = await old_phone(new_phone)
    page = await site.join(phone)
    assert await page.evaluate("parseFloat(getComputedStyle(document.body).paddingLeft)") >= 16
    for place in range(len(SCREENS)):
        await site.stage.move("s1", place, "Đã lưu câu 7.")
        await page.reload()
        await page.locator("summary").click()
        assert await overflow(page) <= 0
        for button in await page.locator("button:visible").all():
            box = await button.bounding_box()
            assert box
            assert box["height"] >= 48
        assert await faults_seen_by_axe(page) == []
    for number in await page.locator(".number").all():
        after = await number.evaluate(
            "(one) => one.nextElementSibling.getBoundingClientRect().left - one.getBoundingClientRect().right"
        )
        assert after >= 8


async def test_an_old_browser_sends_and_sends_again(new_phone: NewPhone, site: Site) -> None:
    phone = await old_phone(new_phone)
    page = await site.join(phone, at=QUESTION)
    await phone.set_offline(True)
    await page.get_by_role("textbox").fill("Máy cũ.")
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator("#live")).to_contain_text("Mất mạng")
    await phone.set_offline(False)
    await expect(page.locator(".note")).to_have_text("Đã lưu câu trả lời.")
    await site.stage.move("s1", 0)
    await expect(page.locator("#live")).to_have_text("Màn hình vừa đổi từ máy khác.")


async def test_the_first_screen_on_a_slow_line(new_phone: NewPhone, site: Site) -> None:
    """Usable, light, from one place; and a letter need not wait for the live update."""
    phone = await new_phone()
    page = await phone.new_page()
    bytes_of = await count_bytes(phone, page)
    await page.goto(f"{site.url}/j/HOA001", timeout=PATIENT, wait_until="commit")
    button = page.get_by_role("button", name="1 Đúng, là tôi")
    await button.wait_for(timeout=PATIENT)
    await page.wait_for_load_state("load", timeout=PATIENT)
    assert {urlsplit(url).netloc for url in bytes_of} == {urlsplit(site.url).netloc}
    assert 0 < sum(bytes_of.values()) < LIGHT / 2, bytes_of
    names = {urlsplit(url).path.rpartition("/")[2] for url in bytes_of}
    assert {"chat.css", "chat.js", "kept.js", "icon.svg"} <= names
    async with page.expect_request("**/live?*", timeout=PATIENT):
        pass
    await button.click()
    await expect(page.locator("#live")).to_have_text("Đang gửi…")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Trước khi bắt đầu", timeout=PATIENT)
    await expect(page.locator("#live")).to_be_empty()
    assert len(site.stage.taken) == 2


async def count_bytes(phone: BrowserContext, page: Page) -> Counter[str]:
    """What comes over the line for each address, heads included; the line made slow."""
    counted: Counter[str] = Counter()
    asked: dict[str, str] = {}
    line = await phone.new_cdp_session(page)
    line.on("Network.requestWillBeSent", lambda one: asked.update({one["requestId"]: one["request"]["url"]}))
    line.on("Network.loadingFinished", lambda one: counted.update({asked[one["requestId"]]: one["encodedDataLength"]}))
    await line.send("Network.enable")
    await line.send("Network.emulateNetworkConditions", SECOND_GENERATION)
    return counted


async def test_the_live_update_makes_way(new_phone: NewPhone, site: Site) -> None:
    """For a letter, and for other tabs while this one is not looked at: browsers open few lines to one place."""
    page = await site.join(await new_phone())
    let_go: list[Request] = []
    page.on("requestfailed", lambda one: "/live?" in one.url and let_go.append(one))
    await site.stage.waiting.wait()
    site.stage.slow.clear()
    async with page.expect_event("requestfailed"):
        await page.get_by_role("button", name="1 Đúng, là tôi").click()
    assert len(let_go) == 1
    async with page.expect_request("**/live?*"):
        site.stage.slow.set()
    async with page.expect_event("requestfailed"):
        await page.evaluate(
            "Object.defineProperty(document, 'hidden', {value: true}); dispatchEvent(new Event('visibilitychange'))"
        )
    assert len(let_go) == 2
