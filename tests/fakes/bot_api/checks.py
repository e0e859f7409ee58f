"""What each method may be given. A field the method does not have, or of a wrong type or size, is refused."""

import json
from typing import Any

from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit

from tests.fakes.bot_api.errors import ApiError
from tests.fakes.bot_api.html import read_html, units

_SENDING = {
    "chat_id": "int",
    "disable_notification": "bool",
    "protect_content": "bool",
    "reply_markup": "json",
    "reply_parameters": "json",
}
_TEXT = {"text": "str", "parse_mode": "str", "link_preview_options": "json"}
_CAPTION = {"caption": "str", "parse_mode": "str"}
_EDIT = {"chat_id": "int", "message_id": "int", "reply_markup": "json"}

FIELDS: dict[str, dict[str, str]] = {
    "getMe": {},
    "getUpdates": {"offset": "int", "limit": "int", "timeout": "int", "allowed_updates": "json"},
    "setWebhook": {
        "url": "str",
        "secret_token": "str",
        "max_connections": "int",
        "allowed_updates": "json",
        "drop_pending_updates": "bool",
    },
    "deleteWebhook": {"drop_pending_updates": "bool"},
    "getWebhookInfo": {},
    "sendMessage": _SENDING | _TEXT,
    "sendDocument": _SENDING | _CAPTION | {"document": "file"},
    "sendPhoto": _SENDING | _CAPTION | {"photo": "file"},
    "editMessageText": _EDIT | _TEXT,
    "editMessageReplyMarkup": _EDIT,
    "answerCallbackQuery": {"callback_query_id": "str", "text": "str", "show_alert": "bool", "cache_time": "int"},
    "setMyCommands": {"commands": "json", "scope": "json", "language_code": "str"},
    "deleteMyCommands": {"scope": "json", "language_code": "str"},
    "setChatMenuButton": {"chat_id": "int", "menu_button": "json"},
}
REQUIRED = {
    "setWebhook": {"url"},
    "sendMessage": {"chat_id", "text"},
    "sendDocument": {"chat_id", "document"},
    "sendPhoto": {"chat_id", "photo"},
    "editMessageText": {"chat_id", "message_id", "text"},
    "editMessageReplyMarkup": {"chat_id", "message_id"},
    "answerCallbackQuery": {"callback_query_id"},
    "setMyCommands": {"commands"},
}
_BUTTON_KINDS = {"callback_data", "url", "web_app", "switch_inline_query"}


def read_fields(method: str, raw: dict[str, Any]) -> dict[str, Any]:
    """The fields with their types; `raw` comes from a form (all strings) or from JSON."""
    known = FIELDS[method]
    if strangers := raw.keys() - known.keys():
        raise ApiError(400, f"{method} has no field {', '.join(sorted(strangers))}")
    if missing := REQUIRED.get(method, set()) - raw.keys():
        raise ApiError(400, f"{method} needs {', '.join(sorted(missing))}")
    return {name: _typed(name, known[name], value) for name, value in raw.items()}


def _typed(name: str, kind: str, value: Any) -> Any:
    try:
        if kind == "int":
            return int(value)
        if kind == "bool":
            return {"true": True, "false": False}[str(value).lower()]
        if kind == "json":
            return json.loads(value) if isinstance(value, str) else value
    except (ValueError, KeyError):
        raise ApiError(400, f"field {name} is not of type {kind}") from None
    if kind == "str" and not isinstance(value, str):
        raise ApiError(400, f"field {name} is not of type str")
    return value


def read_text(fields: dict[str, Any], name: str, least: int, most: int) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and entities of `text` or `caption`, of `least` to `most` characters."""
    source, mode = fields.get(name, ""), fields.get("parse_mode")
    if mode not in {None, "HTML"}:
        raise ApiError(400, f"unsupported parse_mode {mode}")
    text, entities = read_html(source) if mode else (source, [])
    if units(text.strip()) < least:
        raise ApiError(400, f"message {name} is empty")
    if units(text) > most:
        raise ApiError(400, f"message {'is' if name == 'text' else 'caption is'} too long")
    return text, entities


def check_markup(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """An inline keyboard that the real server would take: 1-64 bytes of data, at most 100 buttons and 8 in a row."""
    if markup is None:
        return None
    if set(markup) != {"inline_keyboard"}:
        raise ApiError(400, "this fake knows inline keyboards only")
    rows = markup["inline_keyboard"]
    if sum(map(len, rows)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER or any(
        not 1 <= len(row) <= InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in rows
    ):
        raise ApiError(400, "reply markup is too long")
    for button in (button for row in rows for button in row):
        _check_button(button)
    return markup if rows else None


def _check_button(button: dict[str, Any]) -> None:
    if set(button) - _BUTTON_KINDS != {"text"} or len(button) != 2:
        raise ApiError(400, f"a button needs text and exactly one kind, not {sorted(button)}")
    if not button["text"].strip():
        raise ApiError(400, "text buttons must be non-empty")
    if (
        "callback_data" in button
        and not 1 <= len(button["callback_data"].encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
    ):
        raise ApiError(400, "BUTTON_DATA_INVALID")
