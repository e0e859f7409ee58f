"""Without network: a page that says so, letters that wait, and nothing of the chat kept where others could read it."""

from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Page, Request, Route, expect

from tests.browser.conftest import NewPhone, Site
from tests.web.stage import HOME, QUESTION

WORKING = "navigator.serviceWorker.ready.then(() => true)"
IN_DEAD_HANDS = (
    "() => { const key = Object.keys(localStorage).find((one) => one.startsWith('letter:')); "
    "const held = {by: 'dead', until: Date.now() + 20000}; "
    "localStorage.setItem(key, JSON.stringify(Object.assign(JSON.parse(localStorage.getItem(key)), held))); }"
)
SENT = "Đã gửi câu trả lời viết lúc mất mạng."


async def ready(site: Site, phone: BrowserContext, at: int = QUESTION) -> Page:
    """In the chat, with what the phone keeps for hours without network already there."""
    page = await site.join(phone, at=at)
    assert await page.evaluate(WORKING)
    return page


async def write_offline(phone: BrowserContext, page: Page, words: str) -> None:
    await phone.set_offline(True)
    await page.get_by_role("textbox").fill(words)
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator("#live")).to_contain_text("Mất mạng")


async def write_in_vain(page: Page, words: str) -> None:
    """Only sending fails. (A page that is left gets the network of the emulation back.)"""
    await page.route("**/say", lambda route: route.abort())
    await page.get_by_role("textbox").fill(words)
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator("#live")).to_contain_text("Mất mạng")


def heading(page: Page) -> object:
    return page.get_by_role("heading", level=1)


async def test_without_network_a_page_says_so_and_shows_what_waits(new_phone: NewPhone, site: Site) -> None:
    phone = await new_phone()
    page = await ready(site, phone)
    await write_offline(phone, page, "Viết giữa đồng.")
    await page.reload()
    await expect(heading(page)).to_have_text("Chưa có mạng")
    await expect(page.locator("main")).to_contain_text("Chữ đồng chí viết vẫn còn trên máy này.")
    await expect(page.locator(".kept h2")).to_have_text("Đang chờ gửi")
    await expect(page.locator(".kept-text")).to_have_text("Viết giữa đồng.")
    await phone.set_offline(False)
    await expect(page.locator(".note")).to_have_text("Đã lưu câu trả lời.")
    await expect(page.locator("#live")).to_have_text(SENT)
    await expect(page.locator(".kept")).to_have_count(0)
    await page.locator("summary").click()
    await expect(page.get_by_role("button", name="Màn hình chính")).to_be_visible()
    assert site.stage.chats["s1"].saved == {QUESTION: "Viết giữa đồng."}
    assert len(site.stage.taken) == 2


async def test_drafts_can_be_read_without_network(new_phone: NewPhone, site: Site) -> None:
    phone = await new_phone()
    page = await ready(site, phone)
    await page.get_by_role("textbox").fill("Viết dở")
    await phone.set_offline(True)
    await page.reload()
    await expect(page.locator(".kept-text")).to_have_text("Viết dở")
    await expect(page.get_by_role("button", name="Bỏ đi")).to_be_hidden()
    await page.get_by_role("link", name="Thử mở lại").click()
    await expect(page.locator(".kept-text")).to_have_text("Viết dở")
    await phone.set_offline(False)
    await expect(page.get_by_role("textbox")).to_have_value("Viết dở")
    assert len(site.stage.taken) == 1


async def test_the_invitation_link_without_network(new_phone: NewPhone, site: Site) -> None:
    phone = await new_phone()
    page = await ready(site, phone)
    await phone.set_offline(True)
    await page.goto(f"{site.url}/j/HOA001")
    await expect(heading(page)).to_have_text("Chưa có mạng")
    await phone.set_offline(False)
    await expect(page.get_by_role("textbox")).to_be_visible()
    assert urlsplit(page.url).path == "/c/s1/"


async def test_papers_are_not_replaced_by_the_page_for_no_network(new_phone: NewPhone, site: Site) -> None:
    phone = await new_phone()
    page = await ready(site, phone)
    await phone.set_offline(True)
    refused = None
    try:
        await page.goto(f"{page.url}paper/self_review/7")
    except Exception as error:  # noqa: BLE001 - the browser's own page, under whatever name
        refused = str(error)
    assert refused
    assert "ERR_INTERNET_DISCONNECTED" in refused


async def test_no_page_of_the_chat_is_kept(new_phone: NewPhone, site: Site) -> None:
    page = await ready(site, await new_phone())
    await page.reload()
    kept = await page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) => "
        "(await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"
    )
    assert "/offline" in kept
    assert {path for path in kept if not path.startswith("/static/")} == {"/offline"}
    words = await page.evaluate("async () => (await (await caches.match('/offline', {ignoreSearch: true})).text())")
    assert "Nguyễn" not in words


async def test_a_page_is_never_an_old_one(new_phone: NewPhone, site: Site) -> None:
    page = await ready(site, await new_phone())
    await page.reload()
    assert await page.evaluate("!!navigator.serviceWorker.controller")
    await site.stage.move("s1", HOME)
    await page.reload()
    await expect(heading(page)).to_have_text("Việc của đồng chí")


async def test_a_new_version_takes_the_place_of_the_old(new_phone: NewPhone, site: Site) -> None:
    phone = await new_phone()
    page = await ready(site, phone)
    before = await page.evaluate("caches.keys()")

    async def renewed(route: Route) -> None:
        answer = await route.fetch()
        text = await answer.text()
        await route.fulfill(response=answer, body=text.replace(before[0].removeprefix("tusoi-"), "newer"))

    await page.route("**/c/s1/", renewed)
    await page.reload()
    await page.wait_for_function("async () => (await caches.keys()).join() === 'tusoi-newer'")
    await phone.set_offline(True)
    await page.reload()
    await expect(heading(page)).to_have_text("Chưa có mạng")
    assert await page.evaluate("document.styleSheets[0].cssRules.length > 50"), "with its own style"


async def test_an_open_page_notices_a_new_version(new_phone: NewPhone, site: Site) -> None:
    """The old script does not go on under new pages."""
    page = await site.join(await new_phone())
    await page.evaluate("window.old = true")

    async def renewed(route: Route) -> None:
        answer = await route.fetch()
        await route.fulfill(response=answer, body=(await answer.text()).replace("chat.css?v=", "chat.css?v=1"))

    await page.route("**/say", renewed)
    await page.get_by_role("button", name="1 Đúng, là tôi").click()
    await expect(heading(page)).to_have_text("Trước khi bắt đầu")
    assert not await page.evaluate("window.old")
    assert len(site.stage.taken) == 2


async def test_a_letter_survives_closing_the_browser_in_mid_sending(new_phone: NewPhone, site: Site) -> None:
    """It had arrived; only the answer was lost. The same delivery number: it counts once."""
    phone = await new_phone()
    page = await site.join(phone, at=QUESTION)
    address, numbers = page.url, []
    phone.on("request", lambda one: one.method == "POST" and numbers.append(delivery(one)))

    async def lose_the_answer(route: Route) -> None:
        await route.fetch()
        await page.close()

    await page.route("**/say", lose_the_answer)
    await page.get_by_role("textbox").fill("Chỉ một lần.")
    await page.get_by_role("button", name="Gửi", exact=True).click(no_wait_after=True)
    await page.wait_for_event("close")
    page = await phone.new_page()
    await page.goto(address)
    await expect(page.locator("#live")).to_have_text(SENT)
    await expect(page.locator(".kept")).to_have_count(0)
    assert site.stage.chats["s1"].saved == {QUESTION: "Chỉ một lần."}
    assert len(site.stage.taken) == 2
    assert len(numbers) == 2
    assert len(set(numbers)) == 1
    assert await left_on(page) == []


async def test_a_reload_while_sending_sends_at_once(new_phone: NewPhone, site: Site) -> None:
    phone = await new_phone()
    page = await site.join(phone, at=QUESTION)
    site.stage.slow.clear()
    await page.get_by_role("textbox").fill("Nóng ruột.")
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.locator("#live")).to_have_text("Đang gửi…")
    await page.reload()
    await expect(page.locator("#live")).to_have_text("Đang gửi…")
    await expect(page.get_by_role("textbox")).to_have_value("Nóng ruột.")
    site.stage.slow.set()
    await expect(page.locator("#live")).to_have_text(SENT)
    assert site.stage.chats["s1"].saved == {QUESTION: "Nóng ruột."}
    assert len(site.stage.taken) == 2


async def test_a_battery_that_died_while_sending(new_phone: NewPhone, site: Site) -> None:
    """The letter still stands as being in the hands of a page that can no longer let go of it."""
    phone = await new_phone()
    page = await site.join(phone, at=QUESTION)
    address = page.url
    await write_in_vain(page, "Hết pin.")
    await phone.clock.install()
    await page.goto(f"{site.url}/static/icon.svg")
    await page.evaluate(IN_DEAD_HANDS)
    await page.unroute_all()
    await page.goto(address)
    await phone.clock.run_for(15_000)
    assert len(site.stage.taken) == 1, "it may be another tab"
    await phone.clock.run_for(10_000)
    await expect(page.locator("#live")).to_have_text(SENT)
    assert site.stage.chats["s1"].saved == {QUESTION: "Hết pin."}


async def test_a_choice_waits_too(new_phone: NewPhone, site: Site) -> None:
    phone = await new_phone()
    page = await ready(site, phone, at=0)
    await phone.set_offline(True)
    await page.get_by_role("button", name="1 Đúng, là tôi").click()
    await expect(page.locator("#live")).to_contain_text("lựa chọn chưa gửi được")
    await page.reload()
    await expect(page.locator(".kept-text")).to_have_text("1 Đúng, là tôi")
    await phone.set_offline(False)
    await expect(heading(page)).to_have_text("Trước khi bắt đầu")
    await expect(page.locator("#live")).to_have_text("Đã gửi lựa chọn lúc mất mạng.")


async def test_a_choice_that_came_too_late_is_not_called_sent(new_phone: NewPhone, site: Site) -> None:
    phone = await new_phone()
    page = await ready(site, phone, at=0)
    await phone.set_offline(True)
    await page.get_by_role("button", name="1 Đúng, là tôi").click()
    await expect(page.locator("#live")).to_contain_text("lựa chọn chưa gửi được")
    await site.stage.move("s1", HOME)
    await phone.set_offline(False)
    await expect(page.locator(".note")).to_contain_text("Nút này của màn hình cũ")
    await expect(heading(page)).to_have_text("Việc của đồng chí")
    await expect(page.locator("#live")).to_be_empty()


async def test_a_second_phone_answered_first(new_phone: NewPhone, site: Site) -> None:
    """Both had the same question before them. The later words are not filed, not lost, and their writer is told."""
    first, second = await new_phone(), await new_phone()
    one = await site.join(first, at=QUESTION)
    await second.add_cookies(await first.cookies())
    other = await second.new_page()
    await other.goto(one.url)
    await write_offline(second, other, "Từ máy thứ hai.")
    await one.get_by_role("textbox").fill("Từ máy thứ nhất.")
    await one.get_by_role("button", name="Gửi", exact=True).click()
    await expect(one.locator(".note")).to_have_text("Đã lưu câu trả lời.")
    await second.set_offline(False)
    await expect(other.locator(".note")).to_contain_text("chưa được lưu")
    await expect(other.locator(".kept-text")).to_have_text("Từ máy thứ hai.")
    await other.get_by_role("button", name="Đưa vào ô viết").click()
    await expect(other.get_by_role("textbox")).to_have_value("Từ máy thứ hai.")
    assert site.stage.chats["s1"].saved == {QUESTION: "Từ máy thứ nhất."}


async def test_an_ended_session_keeps_the_words_that_waited(new_phone: NewPhone, site: Site) -> None:
    phone = await new_phone()
    page = await ready(site, phone)
    await write_offline(phone, page, "Chữ của tôi")
    site.stage.tokens.clear()
    await phone.set_offline(False)
    await expect(heading(page)).to_have_text("Phiên đã hết")
    await expect(page.locator("#live")).to_contain_text("vẫn còn trên máy này")
    await page.reload()
    await expect(page.locator(".kept-text")).to_have_text("Chữ của tôi")
    assert await left_on(page) == ["draft:s1:2"]


async def test_a_letter_is_never_sent_to_anothers_chat(new_phone: NewPhone, site: Site) -> None:
    phone = await new_phone()
    page = await site.join(phone, at=QUESTION)
    await write_in_vain(page, "Của bà Hoa")
    await page.close()
    posts: list[str] = []
    phone.on("request", lambda one: one.method == "POST" and posts.append(one.url))
    page = await site.join(phone, code="LAN002")
    assert site.sid(page) == "s2"
    await page.get_by_role("button", name="1 Đúng, là tôi").click()
    await expect(heading(page)).to_have_text("Trước khi bắt đầu")
    await expect(page.locator(".kept")).to_have_count(0)
    assert [urlsplit(url).path for url in posts] == ["/c/s2/say"]
    assert len(await left_on(page)) == 2, "draft and letter wait for their own chat"


async def test_of_several_tabs_only_one_sends(new_phone: NewPhone, site: Site) -> None:
    phone = await new_phone()
    page = await ready(site, phone)
    others = [await phone.new_page() for _ in range(2)]
    for one in others:
        await one.goto(page.url)
    await page.bring_to_front()
    await write_offline(phone, page, "Một thẻ gửi.")
    posts: list[Request] = []
    phone.on("request", lambda one: one.method == "POST" and posts.append(one))
    await phone.set_offline(False)
    for one in (page, *others):
        await expect(one.locator(".note")).to_have_text("Đã lưu câu trả lời.")
    assert len(posts) == 1


async def test_all_works_where_the_browser_keeps_nothing(new_phone: NewPhone, site: Site) -> None:
    phone = await new_phone(service_workers="block")
    await phone.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"
        "delete Navigator.prototype.serviceWorker"
    )
    page = await site.join(phone, at=QUESTION)
    await write_offline(phone, page, "Vẫn gửi được.")
    await phone.set_offline(False)
    await expect(page.locator(".note")).to_have_text("Đã lưu câu trả lời.")


async def test_the_phone_offers_a_place_on_its_home_screen(new_phone: NewPhone, site: Site) -> None:
    page = await site.join(await new_phone())
    button = page.get_by_role("button", name="Đưa Tự Soi ra màn hình chính")
    await expect(button).to_be_hidden()
    await page.evaluate(
        "dispatchEvent(Object.assign(new Event('beforeinstallprompt'), {prompt() { document.title = 'asked'; }}))"
    )
    await button.click()
    await expect(page).to_have_title("asked")
    await expect(button).to_be_hidden()
    cdp = await page.context.new_cdp_session(page)
    faults = (await cdp.send("Page.getInstallabilityErrors"))["installabilityErrors"]
    assert [one for one in faults if one["errorId"] != "in-incognito"] == []


def delivery(request: Request) -> str:
    return str(request.post_data_json["delivery"])  # type: ignore[index]


async def left_on(page: Page) -> list[str]:
    kept = "() => Object.keys(localStorage).filter((key) => /^(draft|letter):/.test(key)).sort()"
    return await page.evaluate(kept)  # type: ignore[no-any-return]
