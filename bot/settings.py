"""The environment the bot runs in: variables of `.env` and of the process, checked all at once."""

import re
from datetime import time
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.sealing import KeyRing

Mode = Literal["polling", "webhook"]
Signature = Literal["sha256", "hmac", "off"]

_URL = re.compile(r"https?://[^\s/?#]+[^\s?#]*")
_TELEGRAM_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_ZALO_APP_ID = re.compile(r"\d{5,30}")
_ZALO_TOKEN = re.compile(r"[A-Za-z0-9:_.-]{8,200}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_DATABASES = re.compile(r"sqlite\+aiosqlite:///.+|postgresql\+asyncpg://.+")


class SettingsFault(Exception):
    """What is wrong with the environment: one line per variable, each saying what to do."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Settings(BaseSettings):
    """Field names are the variables in lower case. Later fields may look at earlier ones, so the order matters."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, validate_default=True, extra="ignore", frozen=True
    )

    database_url: str = Field("sqlite+aiosqlite:///data/tusoi.db", repr=False)
    telegram_token: str = Field("", repr=False)
    telegram_api_base: str = "https://api.telegram.org"
    telegram_mode: Mode = "polling"
    telegram_webhook_secret: str = Field("", repr=False)
    zalo_bot_token: str = Field("", repr=False)
    zalo_bot_api_base: str = "https://bot-api.zaloplatforms.com"
    zalo_bot_mode: Mode = "polling"
    zalo_bot_webhook_secret: str = Field("", repr=False)
    zalo_oa_app_id: str = ""
    zalo_oa_app_secret: str = Field("", repr=False)
    zalo_oa_signature: Signature = "sha256"
    zalo_oa_secret: str = Field("", repr=False)
    zalo_oa_api_base: str = "https://openapi.zalo.me"
    zalo_oa_oauth_base: str = "https://oauth.zaloapp.com"
    zalo_oa_per_minute: int = Field(100, ge=10, le=6000)
    http_host: str = "127.0.0.1"
    http_port: int = Field(8080, ge=1, le=65535)
    public_url: str = ""
    timezone: str = "Asia/Ho_Chi_Minh"
    chat_content: Literal["full", "links"] = "full"
    data_key: str = Field("", repr=False)
    quiet_hours: str = "21:00-07:00"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def ring(self) -> KeyRing:
        """The keys that seal free text; without any it is stored as typed."""
        return KeyRing.read(self.data_key)

    @property
    def quiet(self) -> tuple[time, time]:
        """Local start and end of the hours without unsolicited messages; over midnight when start > end."""
        start, end = self.quiet_hours.split("-")
        return time.fromisoformat(start), time.fromisoformat(end)

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not _DATABASES.fullmatch(value):
            raise ValueError("must start with sqlite+aiosqlite:/// or postgresql+asyncpg:// and name a database")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, value: str) -> str:
        if value and not _TELEGRAM_TOKEN.fullmatch(value):
            raise ValueError("is not a bot token; copy it from @BotFather, it looks like 123456:ABC-def")
        return value

    @field_validator("telegram_api_base", "zalo_bot_api_base", "zalo_oa_api_base", "zalo_oa_oauth_base")
    @classmethod
    def _base(cls, value: str) -> str:
        return _checked_url(value)

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _secret(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("telegram_mode") == "webhook" and not value:
            raise ValueError("is required when TELEGRAM_MODE is webhook; set 1-256 characters of A-Z a-z 0-9 _ -")
        if value and not _WEBHOOK_SECRET.fullmatch(value):
            raise ValueError("may hold only 1-256 characters of A-Z a-z 0-9 _ -; choose another one")
        return value

    @field_validator("zalo_bot_webhook_secret")
    @classmethod
    def _zalo_secret(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("zalo_bot_mode") == "webhook" and not value:
            raise ValueError("is required when ZALO_BOT_MODE is webhook; set 8-256 characters of A-Z a-z 0-9 _ -")
        if value and not (_WEBHOOK_SECRET.fullmatch(value) and len(value) >= 8):
            raise ValueError("may hold only 8-256 characters of A-Z a-z 0-9 _ -; choose another one")
        return value

    @field_validator("zalo_bot_token")
    @classmethod
    def _zalo_token(cls, value: str) -> str:
        if value and not _ZALO_TOKEN.fullmatch(value):
            raise ValueError("is not a bot token; copy it whole from the message of Zalo Bot Manager")
        return value

    @field_validator("zalo_oa_app_id")
    @classmethod
    def _app_id(cls, value: str) -> str:
        if value and not _ZALO_APP_ID.fullmatch(value):
            raise ValueError("is the number of the app; copy it from developers.zalo.me")
        return value

    @field_validator("zalo_oa_app_secret", "zalo_oa_secret")
    @classmethod
    def _oa_secret(cls, value: str, info: ValidationInfo) -> str:
        is_needed = info.field_name == "zalo_oa_app_secret" or info.data.get("zalo_oa_signature") != "off"
        if value and info.data.get("zalo_oa_app_id") == "":
            raise ValueError("is set, but ZALO_OA_APP_ID is empty; set both or neither")
        if info.data.get("zalo_oa_app_id") and is_needed and not value:
            raise ValueError("is required when ZALO_OA_APP_ID is set; copy it from developers.zalo.me")
        if value and not _ZALO_TOKEN.fullmatch(value):
            raise ValueError("is not a secret of Zalo's; copy it whole from developers.zalo.me")
        return value

    @field_validator("data_key")
    @classmethod
    def _keys(cls, value: str) -> str:
        KeyRing.read(value)
        return value

    @field_validator("public_url")
    @classmethod
    def _public(cls, value: str, info: ValidationInfo) -> str:
        host = info.data.get("http_host", "")
        host = f"[{host}]" if ":" in host else host
        return _checked_url(value or f"http://{host}:{info.data.get('http_port', '')}")

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, OSError, ValueError) as error:
            raise ValueError("is not a known time zone; write it as Asia/Ho_Chi_Minh") from error
        return value

    @field_validator("quiet_hours")
    @classmethod
    def _quiet(cls, value: str) -> str:
        match = re.fullmatch(r"(\d\d:\d\d)-(\d\d:\d\d)", value)
        try:
            hours = [time.fromisoformat(part) for part in match.groups()] if match else []
        except ValueError:
            hours = []
        if not hours:
            raise ValueError("must be two times of day, written as 21:00-07:00")
        return value


def load_settings(**given: Any) -> Settings:
    """The settings of this process; `given` goes before the environment, which goes before `.env`.

    Raises SettingsFault with every fault at once. A fault never repeats the value: it may be a secret.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsFault(
            [_line(str(e["loc"][0]), e["type"], e["msg"], e.get("ctx", {})) for e in error.errors()]
        ) from None
    except UnicodeDecodeError:
        raise SettingsFault([".env: is not UTF-8 text; save it as UTF-8"]) from None


def _checked_url(value: str) -> str:
    if not _URL.fullmatch(value):
        raise ValueError("must be a full address that starts with http:// or https://")
    return value.rstrip("/")


def _line(variable: str, kind: str, message: str, context: dict[str, Any]) -> str:
    reasons = {
        "value_error": str(context.get("error", "")),
        "literal_error": f"must be {context.get('expected', '')}",
        "int_parsing": "must be a whole number",
        "greater_than_equal": f"must be {context.get('ge')} or more",
        "less_than_equal": f"must be {context.get('le')} or less",
    }
    return f"{variable.upper()}: {reasons.get(kind, message)}"
