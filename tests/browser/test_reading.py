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
        await page.emulate_media(media="print")
        assert await faults_seen_by_axe(page) == [], "on paper"
        await page.emulate_media(media="screen")
    for path in ("/c/unknown/", "/nope", "/"):
        await page.goto(site.url + path)
        assert await faults_seen_by_axe(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_pages_of_bad_moments_are_accessible(new_phone: NewPhone, site: Site, scheme: str) -> None:
    """Without network, a busy server, words left over: at 320 px, in letters of every size."""
    phone = await new_phone(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 320, "height": 568})
    page = await site.join(phone, at=QUESTION)
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.get_by_role("textbox").fill("Vận động 14/16 hộ hiến đất. " * 10)
    await phone.set_offline(True)
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator("#live")).to_contain_text("Mất mạng")
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Chưa có mạng")
    await reads_well(page)
    await site.stage.move("s1", HOME)
    await phone.set_offline(False)
    await expect(page.locator(".note")).to_contain_text("chưa được lưu")
    await reads_well(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_page_of_a_busy_server_is_accessible(new_phone: NewPhone, site: Site, scheme: str) -> None:
    """It comes where the script has not loaded; here it is looked at with it."""
    plain = await new_phone(java_script_enabled=False)
    page = await site.join(plain, at=QUESTION)
    site.stage.busy = True
    await page.get_by_role("textbox").fill("Một câu dài.")
    await page.get_by_role("button", name="Gửi", exact=True).click()
    busy = await page.content()
    phone = await new_phone(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 320, "height": 568})
    await phone.add_cookies(await plain.cookies())
    await phone.route("**/c/s1/", lambda route: route.fulfill(body=busy, content_type="text/html"))
    page = await phone.new_page()
    await page.goto(f"{site.url}/c/s1/")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Chưa gửi được")
    await reads_well(page)
    await phone.unroute_all()
    site.stage.busy = False
    await page.get_by_role("button", name="Gửi lại").click()
    await expect(page.locator(".note")).to_have_text("Đã lưu câu trả lời.")
    assert site.stage.chats["s1"].saved == {QUESTION: "Một câu dài."}


async def reads_well(page: Page) -> None:
    assert await faults_seen_by_axe(page) == []
    for _ in range(5):
        assert await overflow(page) <= 0
        await page.get_by_role("button", name="Chữ to hơn").click()
    assert await faults_seen_by_axe(page) == []
    for _ in range(5):
        await page.get_by_role("button", name="Chữ nhỏ hơn").click()


async def test_letters_may_stand_further_apart(new_phone: NewPhone, site: Site) -> None:
    """WCAG 1.4.12: with the spacing some people need to read, nothing is cut off."""
    page = await site.join(await new_phone(viewport={"width": 320, "height": 568}))
    for place in range(len(SCREENS)):
        await site.stage.move("s1", place)
        await page.reload()
        await page.locator("summary").click()
        await page.evaluate(
            "const sheet = new CSSStyleSheet(); sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing:"
            " .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');"
            "document.adoptedStyleSheets = [sheet]"
        )
        assert await overflow(page) <= 0
        cut = "(one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1"
        for button in await page.locator("button:visible, summary").all():
            assert not await button.evaluate(cut), await button.inner_text()


async def test_colours_of_the_phone_leave_bars_and_signs_to_be_seen(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone(forced_colors="active"), at=HOME)
    assert await page.locator(".bar").evaluate("(one) => getComputedStyle(one).borderTopStyle") == "solid"
    for sign in await page.locator(".sign").all():
        drawn = "(one) => getComputedStyle(one).backgroundColor !== getComputedStyle(document.body).backgroundColor"
        assert await sign.evaluate(drawn)


async def test_nothing_moves_for_those_who_want_it_still(new_phone: NewPhone, site: Site) -> None:
    for wish, name in (("reduce", "none"), ("no-preference", "come")):
        page = await site.join(await new_phone(reduced_motion=wish))
        assert await page.locator("main").evaluate("(one) => getComputedStyle(one).animationName") == name


async def test_what_has_the_focus_is_not_behind_the_status_line(new_phone: NewPhone, site: Site) -> None:
    phone = await new_phone(viewport={"width": 320, "height": 480})
    page = await site.join(phone, at=QUESTION)
    for _ in range(4):
        await page.get_by_role("button", name="Chữ to hơn").click()
    await page.get_by_role("textbox").fill("Đang viết")
    await site.stage.move("s1", HOME)
    await expect(page.locator("#live")).to_contain_text("vẫn còn")
    hidden = (
        "(one) => { const box = one.getBoundingClientRect(), over = document.querySelector('#live');"
        " return !over.contains(one) && box.bottom <= over.getBoundingClientRect().bottom && box.top < innerHeight"
        " && !!(over.compareDocumentPosition(one) & 4); }"
    )
    for key in ["Tab"] * 9 + ["Shift+Tab"] * 9:
        await page.keyboard.press(key)
        focused = page.locator(":focus")
        if await focused.count():
            assert not await focused.evaluate(hidden), await focused.inner_text()


async def test_back_and_reload_show_the_present_screen(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone(), at=QUESTION)
    await page.get_by_role("textbox").fill("Một câu")
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator(".note")).to_have_text("Đã lưu câu trả lời.")
    await page.reload()
    await page.goto(f"{site.url}/")
    await site.stage.move("s1", HOME)
    await page.go_back()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Việc của đồng chí")
    await expect(page.locator(".kept")).to_have_count(0)
    assert len(site.stage.taken) == 2


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
