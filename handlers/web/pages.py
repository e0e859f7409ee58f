"""The pages themselves: templates and static files, all read once when the door opens."""

import hashlib
import mimetypes
import re
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote
from uuid import uuid4

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from conversations import words
from conversations.screen import PICTURES
from handlers.port import Made, Reply
from handlers.web.forms import COMMANDS, Sent
from handlers.web.markup import card_of, inline, label

HERE = Path(__file__).parent
A_YEAR = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"

MESSAGES = {
    400: ("Trang này chưa đúng", "Tôi chưa hiểu điều vừa gửi. Đồng chí quay lại trang trước rồi thử lần nữa."),
    403: (
        "Phiên đã hết",
        "Phiên đã hết hoặc trang này của người khác. Đồng chí mở lại liên kết mời, hoặc hỏi bí thư chi bộ.",
    ),
    404: ("Không có trang này", "Đồng chí mở lại liên kết mời mà chi bộ đã gửi."),
    410: ("Liên kết đã hết hạn", "Đồng chí quay lại cuộc trò chuyện và xin lại giấy tờ này, liên kết mới sẽ mở được."),
    413: ("Tin quá dài", "Tin vừa gửi quá dài nên chưa được lưu. Đồng chí quay lại, rút gọn rồi gửi lại."),
    429: ("Xin chờ một lát", "Có nhiều lần mở liên kết từ mạng này quá. Đồng chí chờ vài phút rồi mở lại."),
    500: ("Máy chủ gặp lỗi", "Việc vừa rồi chưa chắc đã xong. Đồng chí tải lại trang; nếu vẫn vậy, báo bí thư chi bộ."),
    503: ("Máy chủ đang bận", "Đồng chí mở lại trang này sau một phút."),
}


class Pages:
    def __init__(self, banner: str) -> None:
        self._files = {path.name: path.read_bytes() for path in (HERE / "static").iterdir()}
        version = hashlib.sha256(b"".join(self._files[name] for name in sorted(self._files))).hexdigest()[:10]
        env = Environment(
            loader=FileSystemLoader(HERE / "pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        env.globals.update(banner=banner, version=version, commands=COMMANDS)
        env.filters["label"] = label
        self._chat, self._busy, self._message = (env.get_template(f"{n}.html") for n in ("chat", "busy", "message"))

    def chat(self, reply: Reply, typed: str = "", lost: str = "") -> web.Response:
        """The present screen. `typed` goes back into the box; `lost` (typed for an older screen) stands apart."""
        screen = reply.screen
        return _html(
            self._chat.render(
                card=card_of(screen),
                choices=screen.choices,
                waits_for=screen.waits_for,
                pictures=[paper for paper in screen.papers if paper.kind in PICTURES],
                papers=[paper for paper in screen.papers if paper.kind not in PICTURES],
                serial=reply.serial,
                delivery=uuid4().hex,
                typed=typed,
                lost=lost,
            )
        )

    def busy(self, sent: Sent, form: dict[str, str]) -> web.Response:
        """Nothing was stored: the same form again, with the same delivery number."""
        return _html(self._busy.render(note=inline(words.BUSY), form=form, typed=sent.text), 503)

    def message(self, status: int) -> web.Response:
        """A kind page instead of an error; a status without words of its own gets those of its class."""
        heading, text = MESSAGES.get(status) or MESSAGES[500 if status >= 500 else 400]
        return _html(self._message.render(heading=heading, text=text), status)

    def signed_out(self) -> web.Response:
        """The last page of a session: from now on its address leads to the page of 403."""
        text = words.SIGNED_OUT.removeprefix("✅ ")
        return _html(self._message.render(heading="Đã đăng xuất", text=text))

    def front(self) -> web.Response:
        return _html(self._message.render(heading="Chào đồng chí", text="Đồng chí mở liên kết mời mà chi bộ đã gửi."))

    def file(self, name: str, fresh: bool) -> web.Response:
        """`fresh`: asked for by the version in its address, so it never changes."""
        if name not in self._files:
            raise web.HTTPNotFound
        mime = mimetypes.guess_type(name)[0] or "application/manifest+json"
        headers = {"Cache-Control": A_YEAR if fresh else A_DAY}
        charset = "utf-8" if mime.startswith(("text/", "image/svg")) else None
        return web.Response(body=self._files[name], content_type=mime, charset=charset, headers=headers)


def paper(made: Made) -> web.Response:
    """A document to download, or a picture to look at, under its Vietnamese name (RFC 6266)."""
    shown = "inline" if made.mime.startswith("image/") else "attachment"
    decomposed = normalize("NFD", made.filename.replace("đ", "d").replace("Đ", "D"))
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", re.sub(r"[\u0300-\u036f]", "", decomposed))
    headers = {
        "Content-Type": made.mime,
        "Content-Disposition": f"{shown}; filename=\"{plain}\"; filename*=UTF-8''{quote(made.filename, safe='')}",
    }
    return web.Response(body=made.content, headers=headers)


def _html(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/html")
