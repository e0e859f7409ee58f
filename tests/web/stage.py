"""A small chat in memory behind the web door: fixed screens, but the real rules for serials, notes and repeats."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field, replace
from io import BytesIO

from aiohttp import web
from PIL import Image

from conversations import words
from conversations.incoming import Asked, ChannelName, Chose, Incoming, Typed
from conversations.place import Place
from conversations.screen import Choice, Paper, Screen
from handlers.port import Deliver, Made, Reply, Unavailable
from handlers.web import mount

WHO, CONSENT, HOME, QUESTION, DATE, NUMBER, PREVIEW, RECEIPT = range(8)


def to(label: str, at: int) -> Choice:
    return Choice(label, to=Place.of("at", at))


SCREENS = (
    Screen(
        "**Chào đồng chí.** Đây là trợ lý kiểm điểm cuối năm của Chi bộ Khối 5, Đảng ủy phường Trường Vinh.\n\n"
        "Đồng chí là **Nguyễn Thị Hoa**, sinh năm 1968?",
        (to("Đúng, là tôi", CONSENT), to("Không phải tôi", WHO)),
    ),
    Screen(
        "**Trước khi bắt đầu**\n\nCâu trả lời của đồng chí được lưu trên máy chủ của Đảng ủy phường Trường Vinh, dùng "
        "cho việc kiểm điểm, xếp loại năm 2026 và lưu 3 năm. Người xem được: đồng chí, bí thư, phó bí thư chi bộ, cán "
        "bộ tổ chức của phường.\n\nĐồng chí có thể xem, sửa, xin bản sao hoặc rút lại đồng ý bất cứ lúc nào bằng lệnh "
        "/dulieu.",
        (to("Tôi đồng ý", HOME), to("Đọc kỹ hơn", CONSENT), to("Tôi không đồng ý", WHO)),
    ),
    Screen(
        "**Việc của đồng chí** · còn 9 ngày (hạn 10/12)\n"
        "⏳ Bản kiểm điểm cá nhân (mẫu 2C): 7/22 câu ▓▓▓░░░░░░░, lưu lúc 20:14 hôm qua\n"
        "✅ Nhận xét nơi cư trú: Chi bộ Khối 5 đã gửi\n"
        "🔔 Họp kiểm điểm của chi bộ: 15/12",
        (to("Viết tiếp câu 3", QUESTION), to("Xem lại bản nháp", PREVIEW), to("Trợ giúp", HOME)),
    ),
    Screen(
        "**Phần I · câu 3/22 — Thực hiện nhiệm vụ được giao**\n\n"
        "Năm nay chi bộ giao đồng chí những việc gì, kết quả ra sao? Nên có con số: bao nhiêu, xong khi nào.\n\n"
        '_Ví dụ: "Vận động 14/16 hộ xóm 3 hiến đất, mở 620 m đường, xong trước hạn một tháng."_\n\n'
        "✍️ Đồng chí viết câu trả lời rồi gửi.",
        (to("Để sau", HOME), to("Quay lại câu 2", HOME)),
        waits_for="text",
    ),
    Screen("Khi nào xong việc này?\n\n✍️ Ngày, tháng, năm.", (to("Để sau", HOME),), waits_for="date"),
    Screen(
        "Đã họp bao nhiêu buổi?\n\n✍️ Đồng chí gửi một con số.\n\nKhông gửi số thì đồng chí gõ: «để sau», «quay lại».",
        waits_for="number",
    ),
    Screen(
        "**Xem lại trước khi nộp** — Nguyễn Thị Hoa, mẫu 2C\n\n"
        "Phần I ✅ · II ✅ 2 hạn chế · III ✅ · IV không có gợi ý · V ✅ · VI ✅ 2 biện pháp · Điểm 88/100\n\n"
        "📄 Bản đầy đủ ở dưới. Nộp rồi vẫn rút lại sửa được cho đến khi chi bộ họp.",
        (to("Nộp", RECEIPT), to("Sửa một câu", QUESTION), to("Để sau", HOME)),
        papers=(Paper("self_review", 7, "Bản kiểm điểm (.docx)"),),
    ),
    Screen(
        "✅ **Đã nộp lúc 20:31, 02/12/2026.** Mã biên nhận **K7-4F2Q**. Chi bộ họp ngày 15/12.",
        (to("Về màn hình chính", HOME),),
        papers=(Paper("progress_chart", 2, "Biểu đồ tiến độ của Chi bộ Khối 5"),),
    ),
)


@dataclass
class Chat:
    at: int = WHO
    serial: int = 1
    note: str = ""
    saved: dict[int, str] = field(default_factory=dict)


class Stage:
    """Turns, Papers and Sessions at once. `busy` makes every turn Unavailable; `taken` holds the new turns, `links`
    the one-time links that are still good.
    """

    def __init__(self) -> None:
        self.busy = False
        self.broken: Exception | None = None
        self.slow = asyncio.Event()
        self.slow.set()
        self.tokens: dict[str, str] = {}
        self.chats: defaultdict[str, Chat] = defaultdict(Chat)
        self.deliveries: set[str] = set()
        self.links: set[str] = set()
        self.taken: list[Incoming] = []
        self.waiting = asyncio.Event()
        self._changed = asyncio.Condition()

    async def open(self) -> tuple[str, str]:
        sid = f"s{len(self.tokens) + 1}"
        self.tokens[sid] = f"token-of-{sid}"
        return sid, self.tokens[sid]

    async def open_linked(self, link: str) -> tuple[str, str] | None:
        if link not in self.links:
            return None
        self.links.remove(link)
        return await self.open()

    async def holds(self, sid: str, token: str) -> bool:
        return sid in self.tokens and self.tokens[sid] == token

    async def take(self, incoming: Incoming, deliver: Deliver | None = None) -> None:
        await self.slow.wait()
        if self.broken:
            raise self.broken
        if self.busy:
            raise Unavailable
        if incoming.delivery_id not in self.deliveries:
            self.deliveries.add(incoming.delivery_id)
            self.taken.append(incoming)
            self._apply(self.chats[incoming.chat], incoming)
            async with self._changed:
                self._changed.notify_all()

    async def present(self, channel: ChannelName, chat: str) -> Reply:
        state = self.chats[chat]
        screen = SCREENS[state.at]
        text = f"{state.note}\n\n{screen.text}" if state.note else screen.text
        return Reply(0, chat, state.serial, replace(screen, text=text, note=state.note))

    async def wait_for_change(self, channel: ChannelName, chat: str, serial: int, seconds: float) -> bool:
        async with self._changed:
            waited = self._changed.wait_for(lambda: self.chats[chat].serial != serial)
            self.waiting.set()
            try:
                return await asyncio.wait_for(waited, seconds)
            except TimeoutError:
                return False

    async def make(self, paper: Paper, channel: ChannelName, chat: str) -> Made | None:
        if paper.kind == "self_review" and paper.about == 7:
            return Made("Bản kiểm điểm Đỗ Hoa.docx", b"PK-docx", "application/vnd.openxmlformats")
        if paper.kind == "progress_chart":
            picture = BytesIO()
            Image.new("RGB", (480, 240), "#d8c9a8").save(picture, "PNG")
            return Made("bieu-do.png", picture.getvalue(), "image/png")
        return None

    async def move(self, sid: str, at: int, note: str = "") -> None:
        """As another device would."""
        self._go(self.chats[sid], at, note)
        async with self._changed:
            self._changed.notify_all()

    def _apply(self, chat: Chat, incoming: Incoming) -> None:
        match incoming.event:
            case Chose(serial, action):
                choice = next((c for c in SCREENS[chat.at].choices if c.action == action), None)
                if serial != chat.serial or choice is None or choice.to is None:
                    chat.note = words.OLD_BUTTON
                else:
                    self._go(chat, int(choice.to.args[0]))
            case Typed(text, serial):
                self._write(chat, text, serial)
            case Asked(name) if name != "start":
                self._go(chat, HOME)

    def _write(self, chat: Chat, text: str, serial: int | None) -> None:
        if serial != chat.serial:
            chat.note = words.OLD_PAGE
        elif len(text) > words.MAX_ANSWER:
            chat.note = words.too_long(len(text))
        elif not SCREENS[chat.at].waits_for:
            chat.note = words.pick_a_number(2)
        else:
            chat.saved[chat.at] = text
            self._go(chat, chat.at + 1, "Đã lưu câu trả lời.")

    def _go(self, chat: Chat, at: int, note: str = "") -> None:
        chat.at, chat.note, chat.serial = at, note, chat.serial + 1


def web_app(stage: Stage, public_url: str = "http://127.0.0.1:8080", banner: str = "") -> web.Application:
    app = web.Application()
    mount(app, turns=stage, papers=stage, sessions=stage, links=stage, public_url=public_url, banner=banner)
    return app
