"""The page behind a chat's link, on a phone: one button, then the chat itself."""

from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import NewPhone, Site
from tests.browser.test_reading import faults_seen_by_axe, overflow
from tests.web.stage import HOME

TOKEN = "0123456789abcdef" * 3


async def look(site: Site, page: Page) -> None:
    site.stage.links.add(TOKEN)
    await page.goto(f"{site.url}/l/{TOKEN}")


@pytest.mark.parametrize("script", [True, False])
async def test_the_button_leads_into_the_chat(new_phone: NewPhone, site: Site, script: bool) -> None:
    page = await (await new_phone(java_script_enabled=script)).new_page()
    await look(site, page)
    await page.get_by_role("button", name="Mở").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Chào đồng chí.")
    assert urlsplit(page.url).path == "/c/s1/"
    await page.get_by_role("button", name="Đúng, là tôi").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Trước khi bắt đầu")
    await page.goto(f"{site.url}/l/{TOKEN}")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Trước khi bắt đầu")
    assert urlsplit(page.url).path == "/c/s1/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_is_accessible_whether_good_or_dead(new_phone: NewPhone, site: Site, scheme: str) -> None:
    page = await (await new_phone(color_scheme=scheme, reduced_motion="reduce")).new_page()
    await look(site, page)
    assert await faults_seen_by_axe(page) == []
    site.stage.links.clear()
    await page.get_by_role("button", name="Mở").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Liên kết không còn mở được")
    assert await faults_seen_by_axe(page) == []
    assert site.stage.tokens == {}


async def test_nothing_sticks_out_at_320_px_or_twice_the_size(new_phone: NewPhone, site: Site) -> None:
    page = await (await new_phone(viewport={"width": 320, "height": 568})).new_page()
    await look(site, page)
    for _ in range(5):
        assert await overflow(page) <= 0
        await page.get_by_role("button", name="Chữ to hơn").click()
    await page.get_by_role("button", name="Mở").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Chào đồng chí.")
    await site.stage.move("s1", HOME)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Việc của đồng chí")
    assert await overflow(page) <= 0
