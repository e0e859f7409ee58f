"""What the sender and the webhook of the Official Account are tried with."""

from aiohttp import web

from conversations.place import HOME
from conversations.screen import Choice, Paper, Screen
from handlers.zalo_oa.door import OaDoor
from handlers.zalo_oa.sender import OaSender
from handlers.zalo_oa.webhook import PATH, Form, mount
from tests.channel.house import MemoryTurns
from tests.end_to_end.process import free_port
from tests.fakes.zalo_oa import FakeZaloOa

SCREEN = Screen("**Việc của đồng chí**", (Choice("Viết tiếp", HOME), Choice("Để sau", HOME)))


class OneToken:
    """`handlers.zalo_oa.api.Tokens` with a token somebody fetched."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.given_back: list[str] = []

    async def current(self) -> str:
        return self.token

    async def refused(self, token: str) -> None:
        self.given_back.append(token)


class NoLinks:
    async def link(self, paper: Paper, channel: str, chat: str) -> str:
        return f"https://b.vn/p/{paper.about}"


class Served:
    """The webhook in an application of its own."""

    def __init__(self, api: FakeZaloOa, sender: OaSender, patience: float = 1.5) -> None:
        self.api = api
        self.turns = MemoryTurns(draw=lambda _incoming, _serial: SCREEN)
        self.door = OaDoor(self.turns, sender, patience)
        self.runner: web.AppRunner | None = None

    async def opens(self, form: Form = "sha256") -> "Served":
        app, account, port = web.Application(), self.api.account, free_port()
        mount(app, self.door, account.app_id, account.secret, form)
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", port).start()
        self.api.webhook, self.api.form = f"http://127.0.0.1:{port}{PATH}", form
        return self

    async def closes(self) -> None:
        assert self.runner
        await self.runner.cleanup()
        await self.door.finish()
        await self.turns.settled()
