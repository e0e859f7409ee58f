"""The whole way with JavaScript switched off."""

from playwright.async_api import expect

from tests.browser.conftest import NewPhone, Site
from tests.web.stage import QUESTION


async def test_from_the_link_to_the_receipt(new_phone: NewPhone, site: Site) -> None:
    """First choices, and typing where ✍️ stands."""
    page = await site.join(await new_phone(java_script_enabled=False))
    for _ in range(20):
        if await page.get_by_role("heading", name="Đã nộp lúc").count():
            break
        if "✍️" in await page.locator("main").inner_text():
            await page.locator("main [name=text]").fill("Vận động 14/16 hộ.")
            await page.get_by_role("button", name="Gửi", exact=True).click()
        else:
            await page.locator("main button").first.click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Đã nộp lúc 20:31")
    assert site.stage.chats["s1"].saved[QUESTION] == "Vận động 14/16 hộ."
    assert await page.locator("img.picture").evaluate("(image) => image.complete && image.naturalWidth > 0")


async def test_enter_in_the_box_takes_no_side_path(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone(java_script_enabled=False), at=QUESTION)
    await page.get_by_role("textbox").press_sequentially("dòng một\ndòng hai")
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator(".note")).to_have_text("Đã lưu câu trả lời.")
    assert site.stage.chats["s1"].saved == {QUESTION: "dòng một\ndòng hai"}


async def test_the_menu_opens_without_script(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone(java_script_enabled=False))
    await page.get_by_text("Menu", exact=True).click()
    await page.get_by_role("button", name="Màn hình chính").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Việc của đồng chí")
    await expect(page.locator(".sizes")).to_be_hidden()


async def test_a_busy_server_keeps_the_words(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone(java_script_enabled=False), at=QUESTION)
    site.stage.busy = True
    await page.get_by_role("textbox").fill("Một câu dài.")
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator(".note")).to_contain_text("chưa được lưu")
    site.stage.busy = False
    await page.get_by_role("button", name="Gửi lại").click()
    await expect(page.locator(".note")).to_have_text("Đã lưu câu trả lời.")
    assert site.stage.chats["s1"].saved == {QUESTION: "Một câu dài."}
