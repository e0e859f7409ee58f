"""What a chat is shown of a state: its screen, or on a channel that carries no content a sentence and a fresh link."""

from typing import Any

from sqlalchemy import Connection

from bot.house import House
from conversations import curtain
from conversations.incoming import ChannelName
from conversations.place import State
from conversations.screen import Screen
from conversations.step import show
from conversations.stored_screen import to_json
from storage import entry_links
from storage.facts import StoredFacts


def drawn(conn: Connection, state: State, facts: StoredFacts, house: House) -> Screen:
    """From what is stored now."""
    account = facts.account
    if not house.veils(account.channel):
        return show(state, facts)
    link = ""
    if curtain.needs_link(state, facts):
        link = f"{house.links_to}/l/{entry_links.issue(conn, account.id, house.clock())}"
    return curtain.show(state, facts, link)


def payload(screen: Screen, channel: ChannelName, house: House) -> dict[str, Any]:
    """As the outbox keeps it: with whether it may go out where chats carry only links."""
    return to_json(screen) | {"veiled": house.veils(channel)}
