"""Large letters, small phones, keyboards and screen readers."""

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import NewPhone, Site
from tests.web.stage import CONSENT, HOME, QUESTION, SCREENS

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"


async def faults_seen_by_axe(page: Page) -> list[str]:
    await page.evaluate(AXE)
    found = await page.evaluate(f"async () => (await axe.run(document, {RULES})).violations")
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


async def overflow(page: Page) -> int:
    return int(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_kind_of_screen_is_accessible(new_phone: NewPhone, site: Site, scheme: str) -> None:
    page = await site.join(await new_phone(color_scheme=scheme, reduced_motion="reduce"))
    for place in range(len(SCREENS)):
        await site.stage.move("s1", place, "Đã lưu câu 7.")
        await page.reload()
        await page.locator("summary").click()
        assert await faults_seen_by_axe(page) == []
    await page.goto(f"{site.url}/c/unknown/")
    assert await faults_seen_by_axe(page) == []


async def test_nothing_sticks_out_at_320_px_or_twice_the_size(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone(viewport={"width": 320, "height": 568}))
    for place in range(len(SCREENS)):
        await site.stage.move("s1", place, "Đã lưu câu 7.")
        await page.reload()
        for _ in range(5):
            assert await overflow(page) <= 0
            await page.get_by_role("button", name="Chữ to hơn").click()
        for _ in range(5):
            await page.get_by_role("button", name="Chữ nhỏ hơn").click()


async def test_letters_are_large_and_their_size_is_remembered(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone())
    size = "parseFloat(getComputedStyle(document.querySelector('.para')).fontSize)"
    assert await page.evaluate(size) == 18
    await page.get_by_role("button", name="Chữ to hơn").click()
    larger = await page.evaluate(size)
    assert larger > 20
    await page.reload()
    assert await page.evaluate(size) == larger
    await page.get_by_role("button", name="Chữ nhỏ hơn").click()
    assert await page.evaluate(size) == 18


async def test_everything_to_touch_is_large(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone())
    for place in range(len(SCREENS)):
        await site.stage.move("s1", place)
        await page.reload()
        await page.locator("summary").click()
        for target in await page.locator("button:visible, summary, textarea:visible, input:visible, .paper").all():
            box = await target.bounding_box()
            if box and await target.evaluate("(one) => !one.matches('.sign')"):
                assert min(box["width"], box["height"]) >= 48, await target.inner_text()


async def test_digits_take_choices_but_not_while_writing(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone())
    heading = page.get_by_role("heading", level=1)
    await page.keyboard.press("1")
    await expect(heading).to_have_text("Trước khi bắt đầu")
    await page.keyboard.press("9")
    await page.keyboard.press("1")
    await expect(heading).to_have_text("Việc của đồng chí")
    await page.keyboard.press("1")
    await page.get_by_role("textbox").press("1")
    await expect(page.get_by_role("textbox")).to_have_value("1")
    await page.get_by_role("textbox").press("Control+Enter")
    await expect(page.locator(".note")).to_have_text("Đã lưu câu trả lời.")
    assert site.stage.chats["s1"].saved == {QUESTION: "1"}


async def test_the_new_screen_is_announced_by_its_heading(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone(), at=QUESTION)
    await page.get_by_role("textbox").fill("Đã viết")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    focused = page.locator(":focus")
    await expect(focused).to_have_id("heading")
    await expect(focused).to_have_accessible_description("Đã lưu câu trả lời.")


async def test_all_can_be_reached_with_the_tab_key_in_order(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone(), at=QUESTION)
    seen = []
    for _ in range(8):
        await page.keyboard.press("Tab")
        focused = page.locator(":focus")
        seen.append((await focused.inner_text()).strip() or await focused.evaluate("(one) => one.tagName"))
        outlined = "(one) => getComputedStyle(one).outlineStyle !== 'none'"
        assert await focused.evaluate(outlined), f"no focus ring on {seen[-1]}"
    steps = ["Đến nội dung", "TEXTAREA", "Gửi", "1 Để sau", "2 Quay lại câu 2", "Menu", "A−", "A+"]
    assert [" ".join(step.split()) for step in seen] == steps


async def test_a_command_in_a_text_opens_the_menu(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone(), at=CONSENT)
    await page.get_by_role("link", name="/dulieu").click()
    await page.get_by_role("button", name="Màn hình chính").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Việc của đồng chí")
    assert site.stage.chats["s1"].at == HOME


async def test_print_leaves_only_the_text(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone(), at=QUESTION)
    await page.emulate_media(media="print")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(page.get_by_role("button")).to_have_count(0)
