"""One person on Telegram and on a web page: linking, reminders where chosen, signing out, a lost phone."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from conversations import words
from storage.tables import notices
from tests.documents.reading import text_of
from tests.end_to_end.committee import DUE, local
from tests.end_to_end.house import House
from tests.end_to_end.visiting import Page, Visitor
from tests.fakes.bot_api import Person, Shown

LINK = re.compile(r"/j/([A-Z2-9]{10})")
SLIP = re.compile(r"\b[A-HJ-NP-Z2-9]{10}\b")


@pytest.fixture
async def ready(house: House) -> House:
    """Hoa has joined on Telegram; the bot runs."""
    await house.bot.start()
    await house.joins("HOA")
    return house


async def walk(house: House, phone: Person, *labels: str) -> Shown:
    """From /dulieu through these choices."""
    shown = await house.asks(phone, "/dulieu")
    for label in labels:
        shown = await house.taps(phone, label, of=shown)
    return shown


async def browser_walk(visitor: Visitor, page: Page, *labels: str) -> Page:
    page = await visitor.command(page, "dulieu")
    for label in labels:
        page = await visitor.choose(page, label)
    return page


async def link(house: House, phone: Person) -> str:
    """A code for a further device, made on Telegram."""
    shown = await walk(house, phone, "Máy và kênh", "Thêm máy")
    found = LINK.search(shown.text)
    assert found, shown.text
    await house.api.until(lambda: any(paper.kind == "photo" for paper in phone.papers))
    return found[1]


async def comes_in(visitor: Visitor, code: str) -> Page:
    return await visitor.choose(await visitor.enter(code), "Đúng, là tôi")


async def status(visitor: Visitor) -> tuple[int, str]:
    async with visitor.session.get(visitor.address) as answer:
        return answer.status, await answer.text()


async def test_reminders_go_where_they_were_chosen(ready: House) -> None:
    hoa = ready.phones["HOA"]
    async with Visitor(ready.web) as visitor:
        page = await comes_in(visitor, await link(ready, hoa))
        assert "Việc của đồng chí" in page.text
        page = await browser_walk(visitor, page, "Máy và kênh", "Trang web trên máy này", "Nhận nhắc việc ở đây")
        assert "Trang web trên máy này · 🔔" in page.text
        assert "Telegram, dùng lần cuối hôm nay lúc 09:30" in page.text
        assert await ready.bot.stop() == 0
        seen = len(hoa.shown)
        await ready.tick(local(DUE - timedelta(days=3), "08:30"))
        arrived = [shown.text for shown in hoa.shown[seen:]]
        assert len(arrived) == 1, "the word of the further device, and no reminder"
        assert arrived[0].startswith("🔔 Vừa có thêm một máy vào bằng mã của đồng chí lúc 09:30, 01/12/2026.")
        due = select(notices.c.channel, notices.c.state).where(notices.c.kind == "self_review_due")
        assert [tuple(row) for row in ready.committee.rows(due)] == [("web", "sent")]
        ready.bot.clock.set(local(DUE - timedelta(days=3), "08:40"))
        await ready.bot.start()
        code, html = await status(visitor)
        assert code == 200
        assert "Đồng chí còn" in html


async def test_signing_out_everywhere(ready: House) -> None:
    hoa = ready.phones["HOA"]
    async with Visitor(ready.web) as visitor, Visitor(ready.web) as late:
        code = await link(ready, hoa)
        await comes_in(visitor, code)
        unused = await link(ready, hoa)
        last = await walk(ready, hoa, "Máy và kênh", "Đăng xuất mọi nơi", "Đăng xuất mọi nơi")
        for _ in range(2):
            if words.SIGNED_OUT not in last.text:
                last = await ready.taps(hoa, "Đăng xuất mọi nơi", of=last)
        assert last.text.startswith(words.SIGNED_OUT)
        assert "Hoa" not in last.text
        assert ready.committee.joined() == 0
        code_, html = await status(visitor)
        assert code_ == 403
        assert "Phiên đã hết" in html
        assert "Hoa" not in (await late.enter(unused)).text, "what was made before leads nowhere"
        assert "mã mời" in (await ready.asks(hoa, "/dulieu")).text
    assert ready.committee.audit_holds()


async def test_the_last_page_of_a_browser_says_that_it_is_over(ready: House) -> None:
    hoa = ready.phones["HOA"]
    async with Visitor(ready.web) as visitor:
        page = await comes_in(visitor, await link(ready, hoa))
        page = await browser_walk(
            visitor, page, "Máy và kênh", "Trang web trên máy này", "Đăng xuất máy này", "Đăng xuất máy này"
        )
        assert page.text.startswith("Đã đăng xuất")
        assert not page.choices
        assert (await status(visitor))[0] == 403
        assert ready.committee.joined() == 1


async def test_a_lost_phone_and_its_new_slip(ready: House) -> None:
    chi, hoa = await ready.joins("CHI"), ready.phones["HOA"]
    old_code = ready.committee.invite("HOA")["HOA"]
    async with Visitor(ready.web) as lost:
        page = await lost.walk(await comes_in(lost, await link(ready, hoa)), "câu 2/")
        draft = ready.committee.answers_of("HOA")
        assert draft
        shown = await ready.asks(chi, "/tonghop")
        for label in ("Xem từng người", "Nguyễn Thị Hoa", "Mất máy, cấp lại mã", "Đăng xuất và cấp mã mới"):
            shown = await ready.taps(chi, label, of=shown)
        assert "Đã đăng xuất mọi máy" in shown.text
        await ready.api.until(lambda: any(paper.kind == "document" for paper in chi.papers))
        (slip,) = [paper for paper in chi.papers if paper.kind == "document"]
        found = SLIP.search(text_of(slip.content))
        assert found
        assert (await status(lost))[0] == 403
        assert ready.committee.joined() == 1
        async with Visitor(ready.web) as late:
            assert "đã dùng" in (await late.enter(old_code)).text
    async with Visitor(ready.web) as new:
        page = await comes_in(new, found[0])
        assert "Việc của đồng chí" in page.text
        assert ready.committee.answers_of("HOA") == draft
    assert await ready.bot.stop() == 0
    assert "level=error" not in ready.bot.log, ready.bot.log[-3000:]
    assert found[0] not in ready.bot.log


async def test_the_picture_leads_another_phone_in(ready: House) -> None:
    hoa = ready.phones["HOA"]
    await link(ready, hoa)
    (picture,) = [paper for paper in hoa.papers if paper.kind == "photo"]
    image = Image.open(BytesIO(picture.content))
    image.verify()
    assert image.format == "PNG"
