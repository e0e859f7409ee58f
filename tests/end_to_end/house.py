"""The bot, its database, its clock and the fake Bot API around one test."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.settings import Settings
from bot.tick_once import tick_once
from bot.worker import TickReport
from storage.tables import accounts, outbox
from tests.end_to_end.committee import Committee, local
from tests.end_to_end.process import Bot, SharedClock, free_port, settings_of
from tests.end_to_end.walking import check_text
from tests.fakes.bot_api import FakeBotApi, Person, Shown

START = local(date(2026, 12, 1), "09:30")


@dataclass
class House:
    """`phones` are those who have joined, by the code of the person."""

    committee: Committee
    api: FakeBotApi
    bot: Bot
    clock: SharedClock
    port: int
    phones: dict[str, Person] = field(default_factory=dict)

    @property
    def web(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def joins(self, code: str) -> Person:
        """A new phone, taken from the invitation to the person's home screen."""
        phone = self.phones[code] = self.api.person(code)
        await phone.start(self.committee.invite(code)[code])
        await phone.screen_with("Đồng chí là")
        await phone.tap("Đúng, là tôi")
        await phone.screen_with("Trước khi bắt đầu")
        await phone.tap("Tôi đồng ý")
        await phone.screen_with("Cảm ơn đồng chí đã đồng ý")
        return phone

    async def asks(self, phone: Person, text: str) -> Shown:
        """Write and read the next screen."""
        phone.skip()
        await phone.send(text)
        return await phone.screen()

    async def taps(self, phone: Person, choice: int | str, of: Shown | None = None) -> Shown:
        phone.skip()
        await phone.tap(choice, of=of)
        return await phone.screen()

    def owed(self, phone: Person) -> list[Any]:
        """Outbox rows of this chat that have not gone out."""
        waiting = select(outbox.c.id).join(accounts).where(outbox.c.state.in_(("queued", "sending")))
        return self.committee.rows(waiting.where(accounts.c.address == str(phone.chat.id)))

    async def quiet(self, phone: Person) -> None:
        """Until everything this person sent is dealt with and everything owed has arrived."""
        await self.until(lambda: not self.pending(phone) and not self.owed(phone))

    async def until(self, found: Callable[[], Any], seconds: float = 20) -> None:
        """Any condition, also one of the database, which rings no bell of the fake's when it changes."""
        async with asyncio.timeout(seconds):
            while not found():
                await self.something()

    async def something(self) -> None:
        """Something happened at the fake, or a moment has passed."""
        try:
            async with asyncio.timeout(0.2):
                await self.api.bell.rung()
        except TimeoutError:
            return

    def pending(self, phone: Person) -> bool:
        return any(str(phone.user["id"]) in str(update) for update in self.api.updates.queue)

    async def tick(self, at: datetime) -> TickReport:
        """`tusoi tick --at` in this process, beside the bot if one runs."""
        return await tick_once(Settings(_env_file=None, **_fields(self.bot.env)), at)  # type: ignore[call-arg]

    def check_texts(self) -> None:
        """Every text the bot ever sent keeps to Telegram's length and the contract."""
        for phone in self.phones.values():
            for shown in phone.shown:
                check_text(shown.text)


def _fields(env: dict[str, str]) -> dict[str, Any]:
    return {name.lower(): value for name, value in env.items()}


@asynccontextmanager
async def open_house(folder: Path, socket: Path, mode: str, now: datetime) -> AsyncIterator[House]:
    """The database file `folder/tusoi.db` is there already."""
    url, port = f"sqlite+aiosqlite:///{folder / 'tusoi.db'}", free_port()
    async with FakeBotApi() as api:
        clock = SharedClock(folder / "clock", now)
        env = settings_of(url, port, api.base_url, api.token, mode)
        bot = Bot(socket, folder, env, clock)
        house = House(Committee(url, now), api, bot, clock, port)
        try:
            yield house
        finally:
            if bot.pid:
                await bot.kill()
            house.committee.close()
