"""Who may stand where: joining and consent come before everything else, and commands lead to places."""

from conversations import words
from conversations.dialogue import Move, stay
from conversations.dialogues.joining import with_code
from conversations.facts import Facts
from conversations.incoming import Asked
from conversations.notices import is_needed
from conversations.place import HOME, Place

WELCOME = Place("welcome")
CONSENT = Place("consent")
BEFORE_JOINING = {"welcome", "who", "not_me", "help"}
OWN_CHATS = {"chats", "chat", "chat_out", "chats_out", "link", "device_joined"}
OWN_DATA = {
    "my_data", "my_data_copy", "my_data_all", "my_requests", "my_request", "ask_kind", "ask_data", "ask_send",
    "request_answered",
}  # fmt: skip
BEFORE_CONSENT = {"consent", "consent_details", "consent_refused", "help", *OWN_DATA, *OWN_CHATS}
OWN_NOTICES = {"device_joined", "request_answered"}
"""Kinds of notices that have a place of their own, so that they are read before consent too."""

COMMAND_PLACES = {
    "menu": HOME,
    "huy": HOME,
    "tonghop": Place("dashboard"),
    "nhac": Place("remind"),
    "dulieu": Place("my_data"),
    "trogiup": Place("help"),
}


def allowed_place(place: Place, facts: Facts) -> Place:
    """The place itself, or what must come before it."""
    if facts.me is None:
        return place if place.name in BEFORE_JOINING else WELCOME
    if place.name in BEFORE_JOINING - {"help", "who"}:
        place = HOME
    if not facts.consented and place.name not in BEFORE_CONSENT | {"who"}:
        return CONSENT
    return place


def command_move(command: Asked, facts: Facts) -> Move:
    """Where a command leads. A code that comes with /start is looked at first."""
    if command.name == "start":
        return with_code(command.argument, facts) if command.argument else Move(HOME)
    place = COMMAND_PLACES.get(command.name)
    if place is None:
        return stay(words.UNKNOWN_COMMAND)
    return Move(place, note=words.LEFT if command.name == "huy" and facts.me else "")


def nudged_place(notice_id: int, facts: Facts) -> Place | None:
    """The screen of a planned notice, or None when it is no longer needed."""
    notice = facts.notice(notice_id)
    if notice is None or facts.me is None or not is_needed(notice, facts):
        return None
    return Place.of(notice.kind if notice.kind in OWN_NOTICES else "notice", notice_id)
