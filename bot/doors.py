"""The ways into this house, as people are told them."""

from dataclasses import dataclass, field, replace

from bot.settings import Settings
from conversations.reach_facts import Doors


@dataclass(slots=True)
class OpenDoors:
    """`now` is what holds now: the bot's name on Telegram is known only once Telegram has told it."""

    now: Doors = field(default_factory=Doors)

    def telegram_is(self, name: str) -> None:
        self.now = replace(self.now, telegram=name)


def open_doors(settings: Settings) -> OpenDoors:
    return OpenDoors(Doors(settings.public_url, zalo=bool(settings.zalo_bot_token or settings.zalo_oa_app_id)))
