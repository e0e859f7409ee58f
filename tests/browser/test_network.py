"""A poor network, two devices, impatient fingers: nothing typed is lost, nothing is sent twice."""

from playwright.async_api import Route, expect

from tests.browser.conftest import NewPhone, Site
from tests.web.stage import HOME, QUESTION


async def test_a_lost_network_keeps_the_words_and_sends_them_once(new_phone: NewPhone, site: Site) -> None:
    phone = await new_phone()
    page = await site.join(phone, at=QUESTION)
    await phone.set_offline(True)
    await page.get_by_role("textbox").fill("Viết lúc mất mạng.")
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator("#live")).to_have_text("Mất mạng: chữ của đồng chí còn giữ ở máy này, sẽ tự gửi lại.")
    await expect(page.get_by_role("textbox")).to_have_value("Viết lúc mất mạng.")
    await phone.set_offline(False)
    await expect(page.locator(".note")).to_have_text("Đã lưu câu trả lời.")
    assert site.stage.chats["s1"].saved == {QUESTION: "Viết lúc mất mạng."}
    assert len(site.stage.taken) == 2


async def test_an_answer_that_was_lost_on_the_way_back_is_not_doubled(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone(), at=QUESTION)
    cut = True

    async def lose_the_answer(route: Route) -> None:
        nonlocal cut
        if cut:
            cut = False
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/say", lose_the_answer)
    await page.get_by_role("textbox").fill("Chỉ một lần.")
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator("#live")).to_contain_text("Mất mạng")
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator(".note")).to_have_text("Đã lưu câu trả lời.")
    assert len(site.stage.taken) == 2
    assert await drafts(page) == []


async def test_a_busy_server_is_asked_again(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone(), at=QUESTION)
    site.stage.busy = True
    await page.get_by_role("textbox").fill("Đợi một chút.")
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator("#live")).to_contain_text("Máy chủ đang bận")
    site.stage.busy = False
    await expect(page.locator(".note")).to_have_text("Đã lưu câu trả lời.")


async def test_a_draft_survives_closing_the_page(new_phone: NewPhone, site: Site) -> None:
    phone = await new_phone()
    page = await site.join(phone, at=QUESTION)
    address = page.url
    await page.get_by_role("textbox").fill("Viết dở")
    await page.close()
    page = await phone.new_page()
    await page.goto(address)
    await expect(page.get_by_role("textbox")).to_have_value("Viết dở")
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator(".note")).to_have_text("Đã lưu câu trả lời.")
    assert await drafts(page) == []


async def test_text_that_was_refused_stays_in_the_box(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone(), at=QUESTION)
    await page.get_by_role("textbox").fill("dài " * 2500)
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator(".note")).to_contain_text("rút gọn")
    await expect(page.get_by_role("textbox")).to_have_value("dài " * 2500)


async def test_an_ended_session_keeps_the_words_on_the_phone(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone(), at=QUESTION)
    await page.get_by_role("textbox").fill("Chữ của tôi")
    site.stage.tokens.clear()
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Phiên đã hết")
    await expect(page.locator(".kept-text")).to_have_text("Chữ của tôi")


async def test_another_device_moves_on_and_this_page_follows(new_phone: NewPhone, site: Site) -> None:
    phone = await new_phone()
    first = await site.join(phone)
    second = await phone.new_page()
    await second.goto(first.url)
    await first.get_by_role("button", name="1 Đúng, là tôi").click()
    await expect(second.get_by_role("heading", level=1)).to_have_text("Trước khi bắt đầu")
    await expect(second.locator("#live")).to_have_text("Màn hình vừa đổi từ máy khác.")


async def test_another_device_moves_on_but_typed_words_stay(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone(), at=QUESTION)
    await page.get_by_role("textbox").fill("Đang viết")
    await site.stage.move("s1", HOME)
    await expect(page.locator("#live")).to_contain_text("Chữ đang viết ở đây vẫn còn")
    await expect(page.get_by_role("textbox")).to_have_value("Đang viết")
    await page.get_by_role("button", name="Mở màn hình mới").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Việc của đồng chí")
    await expect(page.locator(".kept-text")).to_have_text("Đang viết")
    await expect(page.get_by_role("button", name="Đưa vào ô viết")).to_be_hidden()
    await page.get_by_role("button", name="Viết tiếp câu 3").click()
    await page.get_by_role("button", name="Đưa vào ô viết").click()
    await expect(page.get_by_role("textbox")).to_have_value("Đang viết")
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator(".note")).to_have_text("Đã lưu câu trả lời.")
    await expect(page.locator(".kept")).to_have_count(0)
    assert site.stage.chats["s1"].saved == {QUESTION: "Đang viết"}


async def test_words_sent_from_an_old_page_are_kept_apart(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone(), at=QUESTION)
    await page.route("**/live?*", lambda route: route.abort())
    await page.get_by_role("textbox").fill("Từ trang cũ")
    await site.stage.move("s1", QUESTION)
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator(".note")).to_contain_text("chưa được lưu")
    await expect(page.locator(".kept-text")).to_have_text("Từ trang cũ")
    await page.get_by_role("button", name="Bỏ đi").click()
    await expect(page.locator(".kept")).to_have_count(0)
    assert await drafts(page) == []


async def test_a_double_click_sends_once(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone())
    await page.get_by_role("button", name="1 Đúng, là tôi").dblclick()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Trước khi bắt đầu")
    assert len(site.stage.taken) == 2


async def test_a_slow_server_shows_that_it_is_sending(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone())
    site.stage.slow.clear()
    await page.get_by_role("button", name="1 Đúng, là tôi").click()
    await expect(page.locator("#live")).to_have_text("Đang gửi…")
    await page.get_by_role("button", name="2 Không phải tôi").click()
    site.stage.slow.set()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Trước khi bắt đầu")
    await expect(page.locator("#live")).to_be_empty()
    assert len(site.stage.taken) == 2


async def drafts(page: object) -> list[str]:
    kept = "() => Object.keys(localStorage).filter((key) => key.startsWith('draft:'))"
    return await page.evaluate(kept)  # type: ignore[attr-defined, no-any-return]
