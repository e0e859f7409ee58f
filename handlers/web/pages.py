"""The pages themselves: templates and static files, all read once when the door opens."""

import hashlib
import json
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
_PICTURE = re.compile(rb'url\("([\w.-]+)"\)')

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
SPENT_LINK = (
    "Liên kết không còn mở được",
    "Liên kết này đã dùng hoặc đã hết hạn. Đồng chí nhắn một tin bất kỳ cho trợ lý để nhận liên kết mới.",
)


class Pages:
    def __init__(self, banner: str) -> None:
        self._files = _read("static")
        self.version = _version({**self._files, **_read("pages"), "banner": banner.encode()})
        self._files["chat.css"] = _PICTURE.sub(rb'url("\1?v=%s")' % self.version.encode(), self._files["chat.css"])
        self._manifest: dict[str, object] = json.loads(self._files["manifest.webmanifest"])
        env = Environment(
            loader=FileSystemLoader(HERE / "pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        env.globals.update(banner=banner, version=self.version, commands=COMMANDS)
        env.filters["label"] = label
        self._chat, self._busy, self._message, self._offline, self._link = (
            env.get_template(f"{name}.html") for name in ("chat", "busy", "message", "offline", "link")
        )

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
                old=screen.note in (words.OLD_PAGE, words.OLD_BUTTON),
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

    def one_time_link(self) -> web.Response:
        """The same for every link, good or not: it is looked at when the button is pressed."""
        return _html(self._link.render())

    def spent_link(self) -> web.Response:
        heading, text = SPENT_LINK
        return _html(self._message.render(heading=heading, text=text), 410)

    def signed_out(self) -> web.Response:
        """The last page of a session: from now on its address leads to the page of 403."""
        text = words.SIGNED_OUT.removeprefix("✅ ")
        return _html(self._message.render(heading="Đã đăng xuất", text=text))

    def front(self) -> web.Response:
        return _html(self._message.render(heading="Chào đồng chí", text="Đồng chí mở liên kết mời mà chi bộ đã gửi."))

    def offline(self) -> web.Response:
        """What a phone keeps to show where there is no network; the same for everybody."""
        return _html(self._offline.render())

    def manifest(self, sid: str) -> web.Response:
        """Each chat is an application of its own, so that a family can put all of theirs on one phone."""
        home = {"id": f"/c/{sid}/", "start_url": f"/c/{sid}/", "scope": f"/c/{sid}/"}
        return web.json_response(self._manifest | home, content_type="application/manifest+json")

    def worker(self) -> web.Response:
        """Asked for anew whenever a browser looks for another version; it may answer for the whole site."""
        answer = self.file("worker.js", version="")
        answer.headers.update({"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"})
        return answer

    def file(self, name: str, version: str) -> web.Response:
        """Never changes when asked for by our own version; beside an older or newer program it may be another file."""
        if name not in self._files:
            raise web.HTTPNotFound
        mime = mimetypes.guess_type(name)[0] or "application/manifest+json"
        headers = {"Cache-Control": A_YEAR if version == self.version else A_DAY, "Vary": "Accept-Encoding"}
        text = mime.startswith(("text/", "image/svg"))
        answer = web.Response(
            body=self._files[name], content_type=mime, charset="utf-8" if text else None, headers=headers
        )
        if text:
            answer.enable_compression()
        return answer


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
    """Compressed where the browser takes it: see docs/decisions/0024."""
    answer = web.Response(text=text, status=status, content_type="text/html")
    answer.enable_compression()
    return answer


def _read(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (HERE / folder).iterdir()}


def _version(files: dict[str, bytes]) -> str:
    """Of everything a phone may keep."""
    return hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()[:10]
