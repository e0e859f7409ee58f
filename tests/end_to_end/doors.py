"""A running bot behind any one of its doors, and phones for it."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.zalo_oa_tokens import pair_of
from handlers.zalo_oa.api import Grant
from storage import channel_tokens
from tests.end_to_end.house import START, House, open_house
from tests.end_to_end.phones import Phone, TelegramPhone, WebPhone, ZaloTexts
from tests.end_to_end.visiting import Visitor
from tests.fakes.zalo_bot import FakeZaloBot
from tests.fakes.zalo_oa import FakeZaloOa

DOORS = ("web", "telegram polling", "telegram webhook", "zalo_bot polling", "zalo_bot webhook", "zalo_oa webhook")
ZALO_SECRET = "zalo-webhook-secret"


@dataclass
class Door:
    """`phone` makes a new one; `secrets` must never be logged."""

    house: House
    phone: Callable[[], Phone]
    secrets: tuple[str, ...] = ()

    async def begins(self, code: str) -> Phone:
        """This person's phone, from the invitation on."""
        phone = self.phone()
        await phone.start(self.house.committee.invite(code)[code])
        return phone


@asynccontextmanager
async def filled_house(
    folder: Path, launched: Path, migrated_file: Path, mode: str = "polling"
) -> AsyncIterator[House]:
    shutil.copy(migrated_file, folder / "tusoi.db")
    async with open_house(folder, launched, mode, START) as house:
        house.committee.fill()
        yield house


def without_telegram(house: House) -> None:
    for name in [name for name in house.bot.env if name.startswith("TELEGRAM_")]:
        del house.bot.env[name]


async def start_zalo_bot(house: House, zalo: FakeZaloBot, mode: str) -> None:
    without_telegram(house)
    house.bot.env |= {
        "ZALO_BOT_TOKEN": zalo.token,
        "ZALO_BOT_API_BASE": zalo.base_url,
        "ZALO_BOT_MODE": mode,
        "ZALO_BOT_WEBHOOK_SECRET": ZALO_SECRET,
    }
    await house.bot.start()
    method = "setWebhook" if mode == "webhook" else "getUpdates"
    await zalo.until(lambda: any(name == method for name, _ in zalo.calls) or bool(zalo.webhook))


def connect(house: House, oa: FakeZaloOa, per_minute: int = 6000) -> None:
    """Settings and a first pair of tokens; the bot is not started."""
    without_telegram(house)
    account = oa.account
    account.per_minute = per_minute
    house.bot.env |= {
        "ZALO_OA_APP_ID": account.app_id,
        "ZALO_OA_APP_SECRET": account.app_secret,
        "ZALO_OA_SECRET": account.secret,
        "ZALO_OA_API_BASE": oa.base_url,
        "ZALO_OA_OAUTH_BASE": oa.base_url,
        "ZALO_OA_PER_MINUTE": str(per_minute),
    }
    form = {"refresh_token": account.granted(), "app_id": account.app_id, "grant_type": "refresh_token"}
    found = account.exchange(form, account.app_secret)
    pair = pair_of(Grant(found["access_token"], found["refresh_token"]), house.clock())
    house.committee.does(lambda conn: channel_tokens.grant(conn, "zalo_oa", pair))
    oa.webhook = f"{house.web}/zalo/oa/webhook"


@asynccontextmanager
async def open_door(name: str, folder: Path, launched: Path, migrated_file: Path) -> AsyncIterator[Door]:
    """The bot is running and listens."""
    channel, _, mode = name.partition(" ")
    async with AsyncExitStack() as stack:
        telegram_mode = mode if channel == "telegram" else "polling"
        house = await stack.enter_async_context(filled_house(folder, launched, migrated_file, telegram_mode))
        if channel == "zalo_bot":
            zalo = await stack.enter_async_context(FakeZaloBot())
            await start_zalo_bot(house, zalo, mode)
            yield Door(house, lambda: ZaloTexts(zalo.phone()), (zalo.token,))
        elif channel == "zalo_oa":
            oa = await stack.enter_async_context(FakeZaloOa(house.clock))
            connect(house, oa)
            await house.bot.start()
            yield Door(house, lambda: ZaloTexts(oa.phone()), (*oa.account.access, *oa.account.refresh))
        elif channel == "telegram":
            await house.bot.start()
            yield Door(house, lambda: TelegramPhone(house, "Người dùng"), (house.api.token,))
        else:
            without_telegram(house)
            await house.bot.start()
            yield Door(house, lambda: WebPhone(_visitor(house, stack)))


def _visitor(house: House, stack: AsyncExitStack) -> Visitor:
    visitor = Visitor(house.web)
    stack.push_async_exit(visitor)
    return visitor
