"""The environment: the contract's table, its defaults, and all faults at once."""

from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.settings import Settings, SettingsFault, load_settings
from tests.bot.conftest import Tusoi

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def faults(**given: str) -> dict[str, str]:
    with pytest.raises(SettingsFault) as caught:
        load_settings(**given)
    return dict(line.split(": ", 1) for line in caught.value.lines)


def test_the_example_names_every_variable_with_its_default() -> None:
    example = {name.lower(): value or "" for name, value in dotenv_values(EXAMPLE).items()}
    defaults = {name: str(field.default) for name, field in Settings.model_fields.items()}
    assert example == defaults


def test_defaults(folder: Path) -> None:
    settings = load_settings()
    assert settings.public_url == "http://127.0.0.1:8080"
    assert settings.database_url == "sqlite+aiosqlite:///data/tusoi.db"
    assert str(settings.zone) == "Asia/Ho_Chi_Minh"


def test_the_file_in_the_working_directory_is_read_and_the_environment_goes_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text("HTTP_PORT=9000\nHTTP_HOST=::1\nTIMEZONE=\nPOSTGRES_PASSWORD=x\n", "utf-8")
    assert load_settings().public_url == "http://[::1]:9000"
    assert load_settings().timezone == "Asia/Ho_Chi_Minh"
    monkeypatch.setenv("HTTP_PORT", "9001")
    assert load_settings().http_port == 9001
    monkeypatch.setenv("PUBLIC_URL", "https://tusoi.example/")
    assert load_settings().public_url == "https://tusoi.example"


def test_all_faults_at_once_and_no_secret_repeated() -> None:
    found = faults(
        database_url="mysql://root:secret@host/x",
        telegram_token="secret",
        telegram_api_base="api.telegram.org",
        telegram_mode="webhook",
        http_port="0",
        public_url="tusoi.example",
        timezone="Mars/North",
        quiet_hours="21:00-25:00",
    )
    assert set(found) == {
        "DATABASE_URL", "TELEGRAM_TOKEN", "TELEGRAM_API_BASE", "TELEGRAM_WEBHOOK_SECRET", "HTTP_PORT", "PUBLIC_URL",
        "TIMEZONE", "QUIET_HOURS",
    }  # fmt: skip
    assert not any("secret" in reason for name, reason in found.items() if name != "TELEGRAM_WEBHOOK_SECRET")


@pytest.mark.parametrize("secret", ["", "có dấu", "a b", "x" * 257])
def test_webhook_secret(secret: str) -> None:
    assert set(faults(telegram_mode="webhook", telegram_webhook_secret=secret)) == {"TELEGRAM_WEBHOOK_SECRET"}
    load_settings(telegram_mode="webhook", telegram_webhook_secret="A-z_09")


@pytest.mark.parametrize("secret", ["", "có dấu", "ngan", "x" * 257])
def test_zalo_webhook_secret(secret: str) -> None:
    assert set(faults(zalo_bot_mode="webhook", zalo_bot_webhook_secret=secret)) == {"ZALO_BOT_WEBHOOK_SECRET"}
    load_settings(zalo_bot_mode="webhook", zalo_bot_webhook_secret="A-z_0912")


def test_a_zalo_token_is_copied_whole() -> None:
    assert set(faults(zalo_bot_token="có dấu cách")) == {"ZALO_BOT_TOKEN"}
    load_settings(zalo_bot_token="123456789:AbC-def_")


OA = {"zalo_oa_app_id": "4182736451029384756", "zalo_oa_app_secret": "app-secret", "zalo_oa_secret": "oa-secret"}


@pytest.mark.parametrize(
    ("changed", "faulty"),
    [
        ({}, set()),
        ({"zalo_oa_app_id": ""}, {"ZALO_OA_APP_SECRET", "ZALO_OA_SECRET"}),
        ({"zalo_oa_app_id": "tusoi"}, {"ZALO_OA_APP_ID"}),
        ({"zalo_oa_app_secret": ""}, {"ZALO_OA_APP_SECRET"}),
        ({"zalo_oa_app_secret": "có dấu cách"}, {"ZALO_OA_APP_SECRET"}),
        ({"zalo_oa_secret": ""}, {"ZALO_OA_SECRET"}),
        ({"zalo_oa_secret": "", "zalo_oa_signature": "off"}, set()),
        ({"zalo_oa_signature": "rsa"}, {"ZALO_OA_SIGNATURE"}),
        ({"zalo_oa_oauth_base": "oauth.zaloapp.com"}, {"ZALO_OA_OAUTH_BASE"}),
        ({"zalo_oa_per_minute": "0"}, {"ZALO_OA_PER_MINUTE"}),
    ],
)
def test_the_official_account_is_set_whole_or_not_at_all(changed: dict[str, str], faulty: set[str]) -> None:
    given = OA | changed
    if faulty:
        assert set(faults(**given)) == faulty
    else:
        assert load_settings(**given).zalo_oa_app_id == OA["zalo_oa_app_id"]


def test_keys_are_made_by_the_program() -> None:
    assert "tusoi key new" in faults(data_key="abc")["DATA_KEY"]
    assert load_settings(data_key="").ring.ids == ()
    assert len(load_settings(data_key=f"{'A' * 43}, {'B' * 42}A").ring.ids) == 2


def test_chats_carry_everything_or_links() -> None:
    assert load_settings(chat_content="links").chat_content == "links"
    assert set(faults(chat_content="half")) == {"CHAT_CONTENT"}


def test_commands_say_every_fault_and_stop(tusoi: Tusoi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PORT", "many")
    monkeypatch.setenv("TELEGRAM_MODE", "pigeon")
    for argv in (("run",), ("doctor",), ("tick", "--at", "2026-12-03T08:00:00")):
        ran = tusoi(*argv)
        assert ran.status == 1
        assert ran.err == "TELEGRAM_MODE: must be 'polling' or 'webhook'\nHTTP_PORT: must be a whole number\n"
